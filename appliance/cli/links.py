"""Links into the web of this box."""

from __future__ import annotations

import socket
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def say_link(terminal: Terminal, token: str, minutes: int | None = None) -> None:
    """Print a one-time link, with the words how long it is good."""
    terminal.say(terminal.word("good_once") if minutes is None else terminal.word("good_until", minutes=minutes))
    terminal.say(f"https://{address()}/sign-in/once?token={token}")


def address() -> str:
    """The address by which others reach this box; its name where it has none yet."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            # Sends nothing: it only asks the kernel which of our addresses it would use (192.0.2.0/24: RFC
            # 5737).
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()
