"""What a support bundle says of the box, and what it must not say.

Left out on purpose: the history of calls, the audit log, accounts and recordings (they are about people), and every
key and database.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from appliance.control.log_lines import EVERYTHING, WARNING, log_lines
from appliance.control.messages import LogLine
from appliance.control.network import network
from appliance.control.redaction import Redaction
from appliance.control.registry import plain
from appliance.control.rooms import Rooms
from appliance.hardware.capture import capture
from appliance.hardware.span_states import PROC
from appliance.model import site_file
from appliance.model.secrets_of import without
from appliance.model.site import Site

LOG_LINES = 5000
REVISIONS = 50
_MACHINE = Path("/")
_PACKAGES = Path("/var/lib/dpkg/status")


def redaction(rooms: Rooms) -> Redaction:
    """Hides everything that this box knows to be secret."""
    return Redaction([*rooms.site.secret_values(), rooms.box_secrets.ami, *_file(rooms.paths.web_key)])


def contents(rooms: Rooms, status: Callable[[], Any], root: Path = _MACHINE) -> dict[str, str]:
    """The files of a bundle: path to text. status: how the box is. root: the machine's, for its hardware.

    A part that cannot be had does not hinder the others: the file ``missing.txt`` names it with the reason.
    """
    files: dict[str, str] = {}
    missing: list[str] = []
    hide = redaction(rooms)

    def put(path: str, made: Callable[[], Any]) -> None:
        try:
            value = made()
            files[path] = hide(value) if isinstance(value, str) else _json(hide.of(plain(value)))
        except Exception as error:  # whatever is wrong with a box is what the bundle is for
            missing.append(f"{path}: {type(error).__name__}")

    put("status.json", status)
    put("versions.json", lambda: _versions(rooms))
    put("network.json", partial(network, rooms.tasks, rooms.clock()))
    put("hardware.json", lambda: capture(root, rooms.clock(), rooms.version))
    put("spans.txt", lambda: "\n".join(_texts(root / PROC)))
    put("revisions.json", lambda: {"revisions": rooms.site.revisions(REVISIONS)})
    put("draft.yaml", lambda: site_file.dumps(without(rooms.site.draft().site.document())))
    put("running.yaml", lambda: site_file.dumps(without(_running(rooms).document())))
    put("log.txt", lambda: _lines(log_lines(LOG_LINES, EVERYTHING)))
    put("warnings.txt", lambda: _lines(log_lines(LOG_LINES, WARNING)))
    generations = rooms.applier.generations
    number = generations.current()
    if number is not None:
        for path in generations.manifest(number):
            put(f"generation/{path}", partial(generations.text, number, path))
    if missing:
        files["missing.txt"] = "\n".join(missing) + "\n"
    return files


def _running(rooms: Rooms) -> Site:
    running = rooms.site.running()
    return Site() if running is None else rooms.site.revision_site(running.revision)


def _versions(rooms: Rooms) -> dict[str, Any]:
    names, packages = "", {}
    for line in _file(_PACKAGES):
        key, _, value = line.partition(": ")
        if key == "Package":
            names = value
        elif key == "Version":
            packages[names] = value
    return {
        "loopstart": rooms.version,
        "asterisk": rooms.asterisk_version(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "packages": packages,
    }


def _file(path: Path) -> list[str]:
    """Lines of a text file; none where it is not there."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _texts(directory: Path) -> Iterable[str]:
    for path in sorted(directory.glob("[0-9]*")):
        yield f"# {path.name}"
        yield from _file(path)


def _lines(lines: Iterable[LogLine]) -> str:
    oldest_first = reversed(list(lines))
    return "".join(
        f"{line.at:%Y-%m-%dT%H:%M:%S.%fZ} {line.priority:7} {line.unit}: {line.message}\n" for line in oldest_first
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
