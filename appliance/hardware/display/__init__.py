"""Front-panel displays on a serial line: drivers that turn pictures into bytes, and bytes into keys."""
