"""What the daemon asks of root: one socket for each task, held by systemd (ansible/roles/machine).

A request and its answer are one JSON line each. The daemon gives settings and names; what is done with them, and
whether it may be, is decided by root's program.
"""

from __future__ import annotations

import json
import logging
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

ANSWER_S = 60.0
_LONGEST = 1 << 20


class MachineError(Exception):
    """Root's program refused, or could not be asked. code: of the texts; params: of its sentence."""

    def __init__(self, code: str, params: dict[str, str | int]) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}")


@dataclass(frozen=True, slots=True)
class MachineTasks:
    """run: ``/run``, with sockets and states; kept: ``/data/system``. Tests give directories of their own."""

    run: Path = Path("/run")
    kept: Path = Path("/data/system")

    def ask(self, task: str, **request: Any) -> dict[str, Any]:
        """One request. Raises :class:`MachineError`."""
        path = self.run / "loopstart-machine" / f"{task}.sock"
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(ANSWER_S)
                line.connect(str(path))
                line.sendall(json.dumps(request).encode() + b"\n")
                answer = json.loads(line.makefile("rb").readline(_LONGEST))
        except (OSError, ValueError) as error:
            log.error("%s of the machine cannot be asked: %s", task, error)
            raise MachineError("machine_silent", {"task": task}) from error
        if "error" not in answer:
            return dict(answer)
        log.warning("%s of the machine refused: %s", task, answer["error"])
        if "params" in answer:
            raise MachineError(str(answer["error"]), dict(answer["params"]))
        raise MachineError("machine_refused", {"detail": str(answer["error"])[:300]})

    def state(self, task: str, name: str) -> dict[str, Any] | None:
        """What a program says of itself in ``/run``; None where it has said nothing."""
        return read_json(self.run / f"loopstart-{task}" / name)


def read_json(path: Path) -> dict[str, Any] | None:
    """An object in a file; None where there is none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
