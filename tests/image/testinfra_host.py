"""Testinfra looking into a booted machine."""

from __future__ import annotations

from typing import Any

from testinfra.backend.base import BaseBackend, CommandResult
from testinfra.host import Host

from tests.image.machine import Machine


class MachineBackend(BaseBackend):
    """Runs each of testinfra's commands in a machine."""

    NAME = "loopstart-machine"

    def __init__(self, machine: Machine, *words: Any, **names: Any) -> None:
        self._machine = machine
        super().__init__(machine.folder.name, *words, **names)

    def run(self, command: str, *args: str, **_names: Any) -> CommandResult:
        """Run one shell command; its quoting is testinfra's."""
        text = self.get_command(command, *args)
        done = self._machine.exec(["/bin/sh", "-c", text], check=False)
        return self.result(done.returncode, self.encode(text), done.stdout.encode(), done.stderr.encode())


def host_of(machine: Machine) -> Host:
    """The machine as a testinfra host."""
    return Host(MachineBackend(machine))
