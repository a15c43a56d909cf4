"""What every driver of a display does. A driver holds what the display last showed; it opens nothing."""

from __future__ import annotations

from typing import Protocol

from appliance.model.serial_line import Speed
from appliance.render.display.picture import Key, Picture


class Driver(Protocol):
    """One display. ``speed`` is that of its line, which is always 8N1."""

    speed: Speed
    answers: bool
    """Whether it acknowledges each message; then one is sent at a time."""
    has_keys: bool

    def start(self) -> list[bytes]:
        """Messages that ready a display whose state is unknown: after it was plugged in, or reset."""
        ...

    def draw(self, picture: Picture) -> list[bytes]:
        """Messages that make the display show the picture; none when it does already."""
        ...

    def take(self, data: bytes) -> list[Key]:
        """Bytes from the display, cut anywhere and with noise between: the keys that were pressed."""
        ...

    @property
    def acknowledged(self) -> int:
        """How many messages it has acknowledged since :meth:`start`; always 0 where it does not."""
        ...
