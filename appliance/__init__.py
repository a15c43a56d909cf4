"""The appliance: the desired state of one box, its way into Asterisk, and the way events come back.

The rooms and what may import what are drawn in ``ARCHITECTURE.md``; ``pyproject.toml`` enforces them.
"""

VERSION = "0.1.0"
"""Of the software; the package's metadata takes it from here."""
