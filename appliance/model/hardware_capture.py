"""A box's hardware as one file: what its ``/sys`` and ``/proc`` said, enough to find the same cards elsewhere."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from appliance.model.fields import Noun

FORMAT: Final = "loopstart-hardware-1"
MAX_FILES = 20_000
MAX_TEXT = 65_536


def _inside(path: str) -> str:
    """A path below ``sys``, ``proc`` or ``lib/modules``, that leads nowhere else when it is written to a tree."""
    parts = path.split("/")
    if not re.match(r"(sys|proc|lib/modules)/", path) or "\0" in path or {"", ".", ".."} & set(parts):
        raise ValueError("not a path of a capture")
    return path


CapturedPath = Annotated[str, Field(max_length=1024), AfterValidator(_inside)]
CapturedText = Annotated[str, Field(max_length=MAX_TEXT)]


class HardwareCapture(Noun):
    """files: path -> text, without the newline at its end. links: path -> the path it leads to. Both below the root.

    taken: when. version: of the software. kernel: its release.
    """

    format: Literal["loopstart-hardware-1"] = FORMAT
    taken: datetime
    version: str = ""
    kernel: str = ""
    files: Annotated[dict[CapturedPath, CapturedText], Field(max_length=MAX_FILES)] = Field(default_factory=dict)
    links: Annotated[dict[CapturedPath, CapturedPath], Field(max_length=MAX_FILES)] = Field(default_factory=dict)
