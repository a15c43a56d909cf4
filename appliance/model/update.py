"""Updates: versions and their order, the shape of a bundle's file, and what is shown of slots, bundles and outcomes."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from appliance.model.changes import Shown

MAX_BUNDLE = 1 << 30
"""Bytes. A slot's partition holds 1.5 GiB (``image_build/disk.py``), a bundle today about 350 MB."""
PIECE = 1 << 20
"""Bytes of a bundle that travel at once at most."""
ENDING = ".raucb"

_VERSION = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6}){1,3})(?:\+[0-9A-Za-z.]{1,64})?")
_SQUASHFS = b"hsqs"
HEAD = 48
"""Bytes at the beginning of a file that :func:`fault_of_file` looks at."""
TAIL = 8
_SIGNATURE = range(64, 64 * 1024)
"""Bytes that a bundle's signature can have (rauc, src/bundle.c, MAX_BUNDLE_SIGNATURE_SIZE)."""


def release(version: str) -> tuple[int, ...] | None:
    """What can be compared of a version: ``0.2.0+3f9a`` is (0, 2, 0). None for what is no version.

    The part behind ``+`` names the content; it has no order.
    """
    found = _VERSION.fullmatch(version)
    if found is None:
        return None
    numbers = [int(number) for number in found[1].split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))


def is_older(version: str, than: str) -> bool:
    """Whether a version was released before another. Of what is no version nothing is known: False."""
    mine, other = release(version), release(than)
    return mine is not None and other is not None and mine < other


def fault_of_file(head: bytes, signature: bytes, tail: bytes, size: int) -> str | None:
    """Why a file cannot be a whole bundle: ``update_no_bundle``, ``update_truncated``, or None.

    A bundle is a squashfs, padded, then its hash tree, then the signature (CMS in DER), and the signature's length in
    eight bytes, the highest first (rauc, src/bundle.c). head: the first :data:`HEAD` bytes, tail: the last
    :data:`TAIL`, signature: the two bytes where the tail says that the signature begins.
    """
    if len(head) < HEAD or head[:4] != _SQUASHFS:
        return "update_no_bundle"
    content = int.from_bytes(head[40:48], "little")  # squashfs_super_block.bytes_used (squashfs_fs.h)
    length = int.from_bytes(tail, "big")
    whole = len(tail) == TAIL and length in _SIGNATURE and content + length + TAIL <= size
    # 0x30: a sequence; 0x82: its length in two bytes (ITU-T X.690, 8.1.3.5). A signature has never less than 256.
    return None if whole and signature == b"\x30\x82" else "update_truncated"


def signature_at(tail: bytes, size: int) -> int:
    """Where the signature begins, as the tail of a file says; anywhere in the file for a tail that says nonsense."""
    return max(0, min(size, size - TAIL - int.from_bytes(tail, "big")))


class Stage(StrEnum):
    """How far the last update, or going back, has come."""

    INSTALLING = "installing"
    INSTALLED = "installed"
    """In the other slot; the restart has yet to come."""
    RESTARTING = "restarting"
    PROVING = "proving"
    """It runs, and has to prove itself."""
    PROVEN = "proven"
    FAILED = "failed"
    """Not installed; what ran runs on."""
    FALLEN_BACK = "fallen_back"
    """The new system did not prove itself: the one before runs again."""
    UNPROVEN = "unproven"
    """It did not prove itself, and there is no other to go back to."""
    WITHDRAWN = "withdrawn"
    """Installed, and then not wanted: the slot is left alone."""


class Reason(Shown):
    """Why. code and params: of a sentence; said: in English, for a code of another version. text: in each language."""

    code: str
    params: dict[str, str | int] = Field(default_factory=dict)
    said: str = ""
    text: dict[str, str] = Field(default_factory=dict)


class SlotShown(Shown):
    """A slot. name: A or B; running: started from; next: taken at the next start; good: not marked bad."""

    name: str
    device: str = ""
    running: bool = False
    next: bool = False
    good: bool = False
    version: str | None = None
    installed: datetime | None = None


class BundleFile(Shown):
    """A file that could be installed. name: by which verbs are given it; path: on the box; received: bytes so far."""

    name: str
    source: Literal["upload", "stick"]
    file: str
    path: str = ""
    size: int
    received: int = 0
    complete: bool = True


class BundleChecked(Shown):
    """A bundle whose signature, hardware and size are right. older: than what runs."""

    name: str
    file: str
    version: str
    compatible: str
    size: int
    running: str
    older: bool = False


class Meanwhile(Shown):
    """What was stored between the copy and going back to it; None where that cannot be counted."""

    revisions: int | None = None
    audit_lines: int | None = None
    calls: int | None = None


class Outcome(Shown):
    """The last update, or going back to the other system.

    id: names it in the proof of the new system. restored: databases that were put back as they were before it.
    """

    id: str
    kind: Literal["update", "rollback"] = "update"
    stage: Stage
    version: str
    before: str
    slot: str = ""
    at: datetime
    by: str = ""
    reasons: tuple[Reason, ...] = ()
    restored: tuple[str, ...] = ()
    meanwhile: Meanwhile | None = None


class Restart(Shown):
    """A restart that waits. at: not before this moment, None for as soon as no call is up; idle: waits for that."""

    at: datetime | None = None
    idle: bool = True
    by: str = ""


class Progress(Shown):
    """An installation as it goes on. percent: 0 to 100; message: RAUC's own, in English."""

    running: bool
    percent: int = 0
    message: str = ""
    last: Outcome | None = None


class UpdateShown(Shown):
    """Everything of updates. supported: whether the box runs from slots at all.

    missing_lines: that were up before the restart and are not yet. rollback: what the other slot holds, where it can be
    gone back to; rollback_restores: whether that puts settings back as they were at ``rollback_since``.
    """

    supported: bool
    version: str
    compatible: str = ""
    slots: tuple[SlotShown, ...] = ()
    bundles: tuple[BundleFile, ...] = ()
    progress: Progress = Progress(running=False)
    last: Outcome | None = None
    restart: Restart | None = None
    calls: int | None = None
    lines_before: tuple[str, ...] = ()
    missing_lines: tuple[str, ...] = ()
    rollback: str | None = None
    rollback_since: datetime | None = None
