"""Calls made by SIPp against the box or the bare Asterisk, told by SIPp's own counts and by the cables' counters.

Nothing is captured here: at the limit of a machine, what watches must cost nothing.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.boxes import Box
from tests.calls.load import Pair, pairs, see_reachable
from tests.phones import sipp
from tests.phones.namespace import Namespace
from tests.phones.sipp import Row

CALL_LIMIT = 50
REGISTERED_S = 3600


@dataclass(frozen=True)
class Target:
    """An Asterisk that switches calls. program: the words that its console is asked with, inside the box."""

    name: str
    box: Box
    address: str
    program: tuple[str, ...] = ("asterisk",)

    def asterisk(self, command: str) -> str:
        """What its console answers."""
        return self.box.exec([*self.program, "-rx", command]).stdout


@dataclass(frozen=True)
class Counts:
    """SIPp's own counts, from its statistics file."""

    succeeded: int
    failed: int
    current: int
    retransmitted: int
    elapsed_s: float


def site(members: Sequence[Pair]) -> dict[str, Any]:
    """A site of these pairs, each allowed many calls at once: what is measured is the box, not its rules."""
    both = [one for pair in members for one in ((pair.caller, pair.caller_secret), (pair.callee, pair.callee_secret))]
    return {
        "box": {"name": "bench", "country": "GB", "extension_digits": 4},
        "extensions": [
            {"number": number, "name": f"Phone {number}", "secret": secret, "call_limit": CALL_LIMIT}
            for number, secret in both
        ],
    }


class Load:
    """Two cables with SIPp at their ends: callers on one, who answers on the other."""

    def __init__(self, near: Namespace, far: Namespace, folder: Path, members: Sequence[Pair] = ()) -> None:
        self.near = near
        self.far = far
        self.folder = folder
        self.members = members or pairs(100)

    def register(self, target: Target) -> None:
        """Register those who answer. Raises PhoneError when one is refused."""
        rows = [Row(pair.callee, str(REGISTERED_S), pair.callee, pair.callee_secret) for pair in self.members]
        folder = self.folder / "register"
        started = sipp.start("register", self.far, target.address, folder, rows=rows, rate=50)
        sipp.finish(started, folder, "register")

    @contextlib.contextmanager
    def answering(self, *targets: Target, sound_s: float = 0.0) -> Iterator[None]:
        """Answer calls meanwhile; begins when these targets know it. sound_s: with sound for at most so long."""
        started = self._start("callee", self.far, name="callee", sound_s=sound_s, more=[])
        try:
            for target in targets:
                self.see_reachable(target)
            yield
        finally:
            sipp.stop(started)

    def see_reachable(self, target: Target) -> None:
        """See that the target knows of all who answer; an overload may have made it believe that some are gone."""
        see_reachable(target.box, [pair.callee for pair in self.members], target.program)

    def call(
        self, target: Target, name: str, *, calls: int, rate: int, talk_ms: int, sound_s: float = 0.0, prefix: str = ""
    ) -> subprocess.Popen[bytes]:
        """Begin so many calls at a rate. name: of the run, for its files; talk_ms: each from answer to end;
        prefix: dialled before each number.
        """
        rows = [Row(pair.caller, prefix + pair.callee, pair.caller, pair.caller_secret) for pair in self.members]
        table = self.folder / "callers.csv"
        table.write_text("SEQUENTIAL\n" + "".join(f"{row.line()}\n" for row in rows))
        more = [
            "-inf", str(table), "-m", str(calls), "-r", str(rate), "-l", "5000", "-d", str(talk_ms),
            "-recv_timeout", "5000", "-key", "display", "",
        ]  # fmt: skip
        return self._start("caller", self.near, name=name, sound_s=sound_s, more=[f"{target.address}:5060", *more])

    def counts(self, name: str) -> Counts:
        """What SIPp has counted so far; all zero before its first line."""
        try:
            head, *rows = (self.folder / f"{name}.stat").read_text().splitlines()
        except (FileNotFoundError, ValueError):
            return Counts(0, 0, 0, 0, 0.0)
        if not rows:
            return Counts(0, 0, 0, 0, 0.0)
        row = dict(zip(head.split(";"), rows[-1].split(";"), strict=False))
        hours, minutes, seconds = row["ElapsedTime(C)"].split(":")[:3]
        return Counts(
            int(row["SuccessfulCall(C)"]), int(row["FailedCall(C)"]), int(row["CurrentCall"]),
            int(row["Retransmissions(C)"]), 3600 * int(hours) + 60 * int(minutes) + float(seconds),
        )  # fmt: skip

    def packets(self) -> tuple[int, int]:
        """Packets that went towards the target and that came from it since the cables were plugged in."""
        sent = received = 0
        for namespace in (self.near, self.far):
            shown = subprocess.run(
                ["ip", "-n", namespace.name, "-s", "-j", "link", "show", namespace.interface],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            counters = json.loads(shown.stdout)[0]["stats64"]
            sent += counters["tx"]["packets"]
            received += counters["rx"]["packets"]
        return sent, received

    def _start(
        self, scenario: str, at: Namespace, *, name: str, sound_s: float, more: list[str]
    ) -> subprocess.Popen[bytes]:
        self.folder.mkdir(parents=True, exist_ok=True)
        text = (sipp.SCENARIOS / f"{scenario}.xml").read_text()
        if sound_s:
            sipp.write_alaw(self.folder / "tone.alaw", sound_s)
        else:
            text = silenced(text)
        file = self.folder / f"{name}.xml"
        file.write_text(text)
        statistics = self.folder / f"{name}.stat"
        statistics.unlink(missing_ok=True)
        command = [
            "sipp", "-sf", str(file), "-i", at.address, "-p", "5060",
            "-mi", at.address, "-mp", str(sipp.MEDIA_PORT), "-nostdin", "-aa",
            "-trace_stat", "-fd", "1", "-stf", str(statistics),
            "-trace_err", "-error_file", str(self.folder / f"{name}_errors.log"), *more,
        ]  # fmt: skip
        with (self.folder / f"{name}.out").open("wb") as out:
            return at.popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out)


def silenced(scenario: str) -> str:
    """A scenario without its sound: where signalling is measured, media would only warm the machine."""
    return re.sub(r"<nop>.*?</nop>", "", scenario, flags=re.DOTALL)


def channels(target: Target) -> int:
    """Channels that are up."""
    found = re.search(r"^(\d+) active channels?", target.asterisk("core show channels count"), re.MULTILINE)
    return int(found.group(1)) if found else 0
