"""Log lines for journald: on standard error, each with its priority in front (sd-daemon(3))."""

from __future__ import annotations

import logging
import sys

_PRIORITIES = {
    logging.DEBUG: 7,
    logging.INFO: 6,
    logging.WARNING: 4,
    logging.ERROR: 3,
    logging.CRITICAL: 2,
}


class JournalFormatter(logging.Formatter):
    """``<6>store.database: …``; a trace is many lines, each of the same priority. Line breaks in values are
    shown as such, so that nobody can write a log line of their own.
    """

    def format(self, record: logging.LogRecord) -> str:
        prefix = f"<{_PRIORITIES.get(record.levelno, 6)}>{record.name.removeprefix('appliance.')}: "
        lines = [record.getMessage().replace("\r", "\\r").replace("\n", "\\n")]
        if record.exc_info:
            lines += self.formatException(record.exc_info).splitlines()
        return "\n".join(prefix + line for line in lines)


def log_to_journal(level: int = logging.INFO) -> None:
    """Send every log line of the process to standard error in this form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JournalFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
