"""The development box in tests: what `image_build/box` does, as a class.

A box is brought up by the command (`make box-test` does), or by the first test that needs it. Its name comes
from LOOPSTART_BOX, by default `test`, so that tests never touch the box a person is using.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

COMMAND = Path(__file__).resolve().parent.parent / "image_build/box"
RESTART_S = 15.0


class Box:
    """One development box. Everything is asked of the real one; nothing is remembered but its address."""

    def __init__(self, name: str | None = None) -> None:
        self.name = name or os.environ.get("LOOPSTART_BOX", "test")

    def _box(self, *words: str, input: str | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [str(COMMAND), "--name", self.name, *words],
            input=input,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(
                f"box {self.name}: {' '.join(words)} ended with {done.returncode}\n"
                f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
            )
        return done

    @cached_property
    def address(self) -> str:
        """The box's address, always the same for one box: 10.77.N.2."""
        return self._box("address").stdout.strip()

    @cached_property
    def data(self) -> Path:
        """The box's /data, on the host."""
        return Path(os.environ.get("XDG_STATE_HOME") or "/var/lib") / "loopstart/boxes" / self.name / "data"

    def exec(
        self, command: Sequence[str], *, input: str | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run a command inside as root. With `check`, an exit code other than 0 fails the test."""
        return self._box("exec", "--", *command, input=input, check=check)

    def asterisk(self, command: str) -> str:
        """What Asterisk's console answers.

        An Asterisk that the box restarts by itself where no call is up is back within seconds: waited for.
        """
        deadline = time.monotonic() + RESTART_S
        while True:
            done = self.exec(["asterisk", "-rx", command], check=time.monotonic() > deadline)
            if not done.returncode:
                return done.stdout
            time.sleep(0.2)

    def phone(self, name: str) -> tuple[str, str]:
        """Plug a phone in, if it is not yet: its network namespace and its address."""
        namespace, address = self._box("phone", name).stdout.split()
        return namespace, address

    def unplug(self, name: str) -> None:
        """Take the phone away, ending what runs in its namespace."""
        self._box("phone", name, "--remove")

    def up(self, *, fresh: bool = False) -> None:
        """Bring the box up to date with the working tree; returns when it is healthy."""
        self._box("up", *(["--fresh"] if fresh else []))

    def down(self) -> None:
        self._box("down")

    def reboot(self) -> None:
        """Restart it with everything it wrote, also after `kill`; returns when it is healthy."""
        self._box("reboot")

    def kill(self) -> None:
        """Stop it all at once, as a power cut would."""
        self._box("kill")


def wait_until(true: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Wait until a question is answered with yes; fails the test with `what` when the time is over."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(0.1)
