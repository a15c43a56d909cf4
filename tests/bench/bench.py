"""What a benchmark measures on: a box of its own, code inside it, and a bare Asterisk beside it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.bench.bare import BareAsterisk
from tests.bench.load import Target
from tests.bench.result import Result
from tests.boxes import COMMAND, Box

INSIDE = "/run/bench"
PYTHON = "/opt/loopstart/bin/python"
TESTS = Path(__file__).resolve().parent.parent


@dataclass
class Bench:
    """Handed to every benchmark.

    quick: fewer rounds, smaller caps; the figures are coarser. folder: for files of this run.
    results: of the benchmarks that ran before, by name. say: one line of progress.
    """

    box: Box
    folder: Path
    quick: bool
    say: Callable[[str], None]
    results: dict[str, Result] = field(default_factory=dict)

    @cached_property
    def bare(self) -> BareAsterisk:
        """The bare Asterisk, prepared; started where it is needed."""
        return BareAsterisk(self.box)

    @property
    def ours(self) -> Target:
        """The box as a target of calls."""
        return Target("ours", self.box, self.box.address)

    def push(self) -> None:
        """Put this code into the running box; gone with its next boot."""
        archive = io.BytesIO()
        with tarfile.open(fileobj=archive, mode="w") as tar:
            for path in ("__init__.py", "bench", "captures"):
                tar.add(TESTS / path, f"tests/{path}", filter=lambda found: None if "pycache" in found.name else found)
        command = f"rm -rf {INSIDE}/tests; mkdir -p {INSIDE} && tar -x -C {INSIDE} && chmod 755 {INSIDE}"
        done = subprocess.run(
            [COMMAND, "--name", self.box.name, "exec", "--", "sh", "-c", command],
            input=archive.getvalue(), capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"the measuring code could not be put into the box: {done.stderr.decode()}")

    def inside(self, module: str, question: object = None) -> Any:
        """Run a module of ours inside the box, the question on its input; what it printed, as JSON."""
        return json.loads(self.box.exec(inside_command(module), input=json.dumps(question)).stdout)

    def start_inside(self, module: str, question: object = None) -> Running:
        """The same, without waiting for its end."""
        process = subprocess.Popen(
            [COMMAND, "--name", self.box.name, "exec", "--", *inside_command(module)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(json.dumps(question))
        process.stdin.close()
        process.stdin = None
        return Running(module, process)

    def ask(self, verb: str, **args: Any) -> Any:
        """Ask the daemon."""
        return self.inside("ask", {"verb": verb, "args": args})

    def become(self, document: dict[str, Any]) -> None:
        """Make the box run this site. Raises RuntimeError when it is not confirmed."""
        self.ask("site.import", document=document)
        outcome = self.ask("site.apply", note="bench")
        if outcome["state"] != "confirmed":
            raise RuntimeError(f"the site was not taken: {outcome}")


@dataclass(frozen=True)
class Running:
    """Something that runs inside the box."""

    module: str
    process: subprocess.Popen[str]

    def answer(self, timeout: float) -> Any:
        """What it printed, as JSON. Raises RuntimeError when it failed or the time is over."""
        try:
            out, err = self.process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise RuntimeError(f"{self.module} did not end within {timeout:g} s") from None
        if self.process.returncode:
            raise RuntimeError(f"{self.module} ended with {self.process.returncode}: {err}")
        return json.loads(out)


def inside_command(module: str) -> list[str]:
    """The words that run a module of `tests/bench/inside` in the box."""
    return ["env", f"PYTHONPATH={INSIDE}", "PYTHONDONTWRITEBYTECODE=1", PYTHON, "-m", f"tests.bench.inside.{module}"]


def say(text: str) -> None:
    """Progress, on the error output so that it mixes with nothing."""
    print(text, file=sys.stderr, flush=True)
