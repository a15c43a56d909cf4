"""RAUC, asked over the system bus with systemd's ``busctl``: bundles, slots, installing.

Source: de.pengutronix.rauc.Installer (rauc.readthedocs.io, D-Bus API). What the daemon may ask of it is a policy of the
bus (``ansible/roles/disk/templates/dbus.conf.j2``); why ``busctl``: docs/adr/0050.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

_BUS = "/usr/bin/busctl"
_WHERE = ("de.pengutronix.rauc", "/", "de.pengutronix.rauc.Installer")
TIMEOUT_S = 60
"""Asking for slots starts RAUC where it does not run, and mounts the boot partition."""
SLOTS_GIVEN = "rauc.slot="
"""The word of the kernel's command line of a box that was started from a slot."""


class RaucError(Exception):
    """RAUC says no, or does not answer. ``str()`` is its own sentence, in English."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle with a good signature says of itself."""

    compatible: str
    version: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot. rauc_name: ``rootfs.0``; name: as GRUB knows it; version, installed: of what RAUC put there."""

    rauc_name: str
    name: str
    device: str
    booted: bool
    good: bool
    version: str | None
    installed: datetime | None


class Installer(Protocol):
    """RAUC, as far as updates need it. Everything raises :class:`RaucError`."""

    def supported(self) -> bool:
        """Whether the box runs from a slot at all. Never raises."""
        ...

    def compatible(self) -> str:
        """Which hardware this box takes bundles for."""
        ...

    def inspect(self, path: Path) -> Bundle:
        """Check the signature of a bundle and read what it says of itself."""
        ...

    def install(self, path: Path) -> None:
        """Begin to install into the other slot; :meth:`progress` tells the rest."""
        ...

    def progress(self) -> tuple[bool, int, str, str]:
        """Whether it is at work, percent, what it does, and the last error (empty for none)."""
        ...

    def slots(self) -> tuple[Slot, ...]:
        """Both slots."""
        ...

    def primary(self) -> str:
        """Name (``rootfs.1``) of the slot that is taken at the next start."""
        ...

    def activate(self, rauc_name: str) -> None:
        """Take this slot at the next start."""
        ...


class Rauc:
    """The real one."""

    def supported(self) -> bool:
        """See :class:`Installer`."""
        return SLOTS_GIVEN in Path("/proc/cmdline").read_text(encoding="ascii", errors="replace")

    def compatible(self) -> str:
        """See :class:`Installer`."""
        return str(self._property("Compatible"))

    def inspect(self, path: Path) -> Bundle:
        """See :class:`Installer`."""
        return parse_bundle(self._call("InspectBundle", "sa{sv}", str(path), "0"))

    def install(self, path: Path) -> None:
        """See :class:`Installer`."""
        # It answers nothing, for which busctl prints nothing: not what `_call` reads.
        _asked("call", *_WHERE, "InstallBundle", "sa{sv}", str(path), "0")

    def progress(self) -> tuple[bool, int, str, str]:
        """See :class:`Installer`."""
        percent, message, _ = self._property("Progress")
        at_work = self._property("Operation") != "idle"
        return at_work, int(percent), str(message), str(self._property("LastError"))

    def slots(self) -> tuple[Slot, ...]:
        """See :class:`Installer`."""
        return parse_slots(self._call("GetSlotStatus"))

    def primary(self) -> str:
        """See :class:`Installer`."""
        return str(self._call("GetPrimary")[0])

    def activate(self, rauc_name: str) -> None:
        """See :class:`Installer`."""
        self._call("Mark", "ss", "active", rauc_name)

    def _call(self, method: str, *arguments: str) -> Any:
        return plain(json.loads(_asked("call", *_WHERE, method, *arguments))["data"])

    def _property(self, name: str) -> Any:
        return plain(json.loads(_asked("get-property", *_WHERE, name))["data"])


def plain(value: Any) -> Any:
    """busctl's JSON without the types of its variants (``{"type": "s", "data": "x"}``)."""
    if isinstance(value, dict):
        if value.keys() == {"type", "data"}:
            return plain(value["data"])
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def parse_bundle(answer: Any) -> Bundle:
    """From the answer to ``InspectBundle``. Raises :class:`RaucError` for one that says nothing."""
    try:
        update = answer[0]["update"]
        return Bundle(str(update["compatible"]), str(update["version"]))
    except (LookupError, TypeError) as error:
        raise RaucError("the bundle does not say its version") from error


def parse_slots(answer: Any) -> tuple[Slot, ...]:
    """From the answer to ``GetSlotStatus``, by name; slots without a name for GRUB are none of ours."""
    found = []
    for rauc_name, about in answer[0]:
        if "bootname" not in about:
            continue
        stamp = about.get("installed.timestamp") or ""
        found.append(
            Slot(
                rauc_name=str(rauc_name),
                name=str(about["bootname"]),
                device=str(about.get("device", "")),
                booted=about.get("state") == "booted",
                good=about.get("boot-status") == "good",
                version=about.get("bundle.version"),
                installed=datetime.fromisoformat(stamp) if stamp else None,
            )
        )
    return tuple(sorted(found, key=lambda slot: slot.name))


def _asked(*words: str) -> str:
    command = [_BUS, "--system", "--json=short", f"--timeout={TIMEOUT_S}", "--", *words]
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program; what is given travels as one value of the bus
            command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT_S + 5, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise RaucError(str(error)) from error
    if done.returncode:
        raise RaucError(said_by(done.stderr))
    return done.stdout


def said_by(stderr: str) -> str:
    """The sentence of an error as busctl prints it, without what GLib puts before it."""
    text = stderr.strip().removeprefix("Call failed: ")
    if text.startswith("GDBus.Error:"):
        text = text.partition(": ")[2] or text
    return text or "no answer"
