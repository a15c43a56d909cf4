"""A RAUC that installs when it is told, and a box around it that never restarts by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from appliance.control.rauc import Bundle, RaucError, Slot
from appliance.control.update_state import Surroundings

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Rauc:
    """Answers as :class:`appliance.control.rauc.Installer` promises."""

    def __init__(self) -> None:
        self.bundle = Bundle("loopstart-amd64", "0.2.0")
        self.refusal = ""
        self.at_work = False
        self.error = ""
        self.percent = 0
        self.next = "rootfs.0"
        self.both = {
            "A": Slot("rootfs.0", "A", "/dev/loopstart/a", True, True, None, None),
            "B": Slot("rootfs.1", "B", "/dev/loopstart/b", False, False, None, None),
        }

    def supported(self) -> bool:
        return True

    def compatible(self) -> str:
        return "loopstart-amd64"

    def inspect(self, path: Path) -> Bundle:
        if self.refusal:
            raise RaucError(self.refusal)
        return self.bundle

    def install(self, path: Path) -> None:
        if self.at_work:
            raise RaucError("Already processing a different method")
        self.at_work, self.error, self.percent = True, "", 1

    def progress(self) -> tuple[bool, int, str, str]:
        return self.at_work, self.percent, "Copying image to rootfs.1", self.error

    def slots(self) -> tuple[Slot, ...]:
        return tuple(self.both.values())

    def primary(self) -> str:
        return self.next

    def activate(self, rauc_name: str) -> None:
        self.next = rauc_name
        name = next(slot.name for slot in self.both.values() if slot.rauc_name == rauc_name)
        self.both[name] = replace(self.both[name], good=True)

    def finished(self, error: str = "") -> None:
        """The installation has ended."""
        self.at_work, self.error, self.percent = False, error, 100
        other = next(slot for slot in self.both.values() if not slot.booted)
        if not error:
            self.both[other.name] = replace(other, version=self.bundle.version, good=False, installed=START)

    def booted(self, name: str) -> None:
        """The box has come up from this slot."""
        self.both = {each: replace(slot, booted=each == name) for each, slot in self.both.items()}


class Around:
    """What the box around updates is told to be."""

    def __init__(self) -> None:
        self.now = START
        self.up: tuple[str, ...] = ("span 1", "PRI 1")
        self.calls: int | None = 0
        self.restarts = 0
        self.boot = "first"
        self.version = "0.1.0+3f9a"

    def surroundings(self) -> Surroundings:
        def restart() -> None:
            self.restarts += 1

        return Surroundings(
            clock=lambda: self.now,
            lines=lambda: self.up,
            calls=lambda: self.calls,
            version=self.version,
            restart=restart,
            boot_id=lambda: self.boot,
        )
