"""Testinfra looking into the development box: its commands run there as `image_build/box exec` runs them."""

from __future__ import annotations

from typing import Any

from testinfra.backend.base import BaseBackend, CommandResult
from testinfra.host import Host

from tests.boxes import Box


class BoxBackend(BaseBackend):
    """Runs each of testinfra's commands in a box."""

    NAME = "loopstart-box"

    def __init__(self, box: Box, *words: Any, **names: Any) -> None:
        self._box = box
        super().__init__(box.name, *words, **names)

    def run(self, command: str, *args: str, **_names: Any) -> CommandResult:
        """Run one shell command; its quoting is testinfra's."""
        text = self.get_command(command, *args)
        done = self._box.exec(["/bin/sh", "-c", text], check=False)
        return self.result(done.returncode, self.encode(text), done.stdout.encode(), done.stderr.encode())


def host_of(box: Box) -> Host:
    """The box as a testinfra host."""
    return Host(BoxBackend(box))
