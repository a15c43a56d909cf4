"""Breaking a rendered file on purpose, to see on a real box that Asterisk's refusal is caught and undone.

Only a daemon started with ``LOOPSTART_FAULTS=1`` in its environment does it, and only for the local console
(root): a test installs a systemd drop-in for that. A box without the drop-in answers ``faults_off``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from appliance.apply.errors import ApplyRefusedError
from appliance.render.files import RenderedFile

ENVIRONMENT = "LOOPSTART_FAULTS"


@dataclass(frozen=True, slots=True)
class Fault:
    """In the file ``path`` of the generation, every ``find`` becomes ``put``."""

    path: str
    find: str
    put: str


def broken(files: dict[str, RenderedFile], fault: Fault) -> dict[str, RenderedFile]:
    """The files with one of them spoiled. Raises :class:`ApplyRefusedError` (``fault_not_found``)."""
    file = files.get(fault.path)
    if file is None or fault.find not in file.text:
        raise ApplyRefusedError("fault_not_found", path=fault.path)
    return {**files, fault.path: replace(file, text=file.text.replace(fault.find, fault.put))}
