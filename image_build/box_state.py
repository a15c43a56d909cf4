"""A development box as it is on disk: its name, its number (and so its network), and its directories."""

from __future__ import annotations

import ipaddress
import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from image_build import cache, settings
from image_build.progress import Problem

FIRST_PHONE = 10


def boxes_folder() -> Path:
    path = Path(os.environ.get("XDG_STATE_HOME") or "/var/lib") / "loopstart/boxes"
    path.mkdir(parents=True, exist_ok=True)
    return path


@dataclass(frozen=True)
class Box:
    """One box. Everything of it lies below `folder`; `data` is the only part that outlives `up`."""

    name: str
    number: int
    folder: Path

    @property
    def address(self) -> str:
        return self.host(2)

    @property
    def gateway(self) -> str:
        return self.host(1)

    @property
    def network(self) -> str:
        return f"{self.host(0)}/24"

    @property
    def bridge(self) -> str:
        return f"lsb{self.number}"

    @property
    def namespace(self) -> str:
        return f"ls-{self.name}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def upper(self) -> Path:
        return self.folder / "upper"

    @property
    def merged(self) -> Path:
        return self.folder / "root"

    @property
    def console(self) -> Path:
        return self.folder / "console.log"

    def host(self, host: int) -> str:
        return settings.BOX_NETWORK.format(number=self.number, host=host)

    def note(self, name: str) -> str:
        """What was last written down under this name; empty when nothing was."""
        try:
            return (self.folder / f"{name}.note").read_text().strip()
        except FileNotFoundError:
            return ""

    def write_note(self, name: str, text: str) -> None:
        path = self.folder / f"{name}.note"
        if text:
            path.write_text(text + "\n")
        else:
            path.unlink(missing_ok=True)

    def phones(self) -> dict[str, int]:
        """Phone names and the last part of their addresses."""
        return {str(name): int(host) for name, host in json.loads(self.note("phones") or "{}").items()}


def check_name(name: str, kind: str) -> None:
    # No hyphen in a box's name: the namespace of phone c of box a is ls-a-c, never that of a box called a-c.
    if not re.fullmatch(r"[a-z][a-z0-9]{0,19}" if kind == "box" else r"[a-z0-9][a-z0-9-]{0,19}", name):
        raise Problem(
            "bad-name",
            f"{name!r} is no name for a {kind}",
            next_step="use a-z and 0-9 (for a phone also -), up to 20 characters",
        )


def find(name: str) -> Box | None:
    """The box of this name, if it was ever made and not purged."""
    check_name(name, "box")
    folder = boxes_folder() / name
    try:
        return Box(name, int((folder / "number.note").read_text()), folder)
    except FileNotFoundError:
        return None


def find_or_make(name: str) -> Box:
    """The box of this name; a new one gets the lowest number whose network nobody uses."""
    with cache.locked("numbers", boxes_folder()):
        box = find(name)
        if box is None:
            taken = {other.number for other in every()}
            routed = _routes()
            free = (number for number in range(1, 255) if number not in taken and not _collides(number, routed))
            number = next(free, 0)
            if not number:
                raise Problem(
                    "no-network",
                    "every network for development boxes is taken",
                    where=settings.BOX_NETWORK,
                    next_step="remove boxes you no longer need: image_build/box --name NAME down --purge",
                )
            box = Box(name, number, boxes_folder() / name)
            box.folder.mkdir(mode=0o755, exist_ok=True)
            box.write_note("number", str(number))
    box.data.mkdir(mode=0o755, exist_ok=True)
    return box


def every() -> list[Box]:
    return [box for path in sorted(boxes_folder().iterdir()) if path.is_dir() and (box := find(path.name))]


def _routes() -> list[ipaddress.IPv4Network]:
    listed = subprocess.run(
        ["ip", "-json", "-4", "route", "show", "table", "all"], capture_output=True, text=True, check=False
    )
    found = []
    for route in json.loads(listed.stdout or "[]"):
        try:
            found.append(ipaddress.IPv4Network(route["dst"], strict=False))
        except ValueError:
            continue
    return found


def _collides(number: int, routes: list[ipaddress.IPv4Network]) -> bool:
    ours = ipaddress.IPv4Network(settings.BOX_NETWORK.format(number=number, host=0) + "/24")
    return any(route.prefixlen > 0 and route.overlaps(ours) for route in routes)
