"""Call records on their way out: to a serial line, and to whoever connects to a TCP port."""
