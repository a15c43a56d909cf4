"""Programs of systemd that the daemon asks: fixed paths, fixed arguments, nothing changed by them.

Where there is no systemd (a test, a machine that starts up) there is no answer; the first failure is logged, and so is
the first answer after it.
"""

from __future__ import annotations

import logging
import subprocess
import threading

log = logging.getLogger(__name__)

TIMEOUT_S = 5.0
_lock = threading.Lock()
_failing: set[str] = set()


def output_of(*command: str) -> str | None:
    """What the program prints; None where it fails or takes longer than :data:`TIMEOUT_S`."""
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program with fixed arguments
            command, capture_output=True, text=True, errors="replace", timeout=TIMEOUT_S, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        with _lock:
            if command[0] not in _failing:
                _failing.add(command[0])
                log.warning("%s cannot be asked: %s", command[0], error)
        return None
    with _lock:
        if command[0] in _failing:
            _failing.discard(command[0])
            log.info("%s can be asked again", command[0])
    return done.stdout
