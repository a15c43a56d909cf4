"""Drives SIPp where the exact SIP message matters, or where there are many calls.

Its scenarios are in `sipp_scenarios/`. What was said is read from the wire (`tests/phones/wire`), byte by
byte and with the kernel's time stamps, not from SIPp's own logs.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests import audio
from tests.phones.baresip import PhoneError
from tests.phones.namespace import Namespace
from tests.phones.wire import ALAW_VALUES

SCENARIOS = Path(__file__).parent / "sipp_scenarios"
MEDIA_PORT = 24000
"""SIPp 3.6.1 sends the media of all its calls from one port."""
NOBODY = "none"
"""A password for accounts that need none."""


@dataclass(frozen=True)
class Row:
    """One call or registration of a table: field0, field1, and the credentials that the scenario answers
    with.
    """

    first: str
    second: str
    username: str
    password: str = NOBODY

    def line(self) -> str:
        """As SIPp's injection files have it; semicolons separate, so none may be inside."""
        return f"{self.first};{self.second};[authentication username={self.username} password={self.password}]"


def start(
    scenario: str,
    namespace: Namespace,
    box: str,
    folder: Path,
    *,
    rows: Sequence[Row] = (),
    calls: int = 0,
    rate: float = 10.0,
    at_once: int = 1000,
    talk_ms: int = 0,
    sound_s: float = 20.0,
    keys: Mapping[str, str] | None = None,
    port: int = 5060,
) -> subprocess.Popen[bytes]:
    """Start SIPp inside a namespace.

    calls: ends after so many, 0 for one for each row; rate: new calls a second; at_once: how many may stand
    at the same time; talk_ms: how long a caller talks; sound_s: how long a callee can; keys: texts that the
    scenario's messages name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # SIPp's endless loop ends with the file, so the file is as long as the call.
    write_alaw(folder / "tone.alaw", seconds=max(sound_s, talk_ms / 1000 + 5))
    command: list[str | Path] = [
        "sipp", f"{box}:5060", "-sf", SCENARIOS / f"{scenario}.xml",
        "-i", namespace.address, "-p", str(port), "-mi", namespace.address, "-mp", str(MEDIA_PORT),
        "-d", str(talk_ms), "-r", f"{max(1, round(rate))}", "-l", str(at_once), "-nostdin", "-trace_err",
        "-aa", "-recv_timeout", str(20000 + (round(1000 * sound_s) if scenario == "callee" else 0)),
    ]  # fmt: skip
    if rows:
        table = folder / f"{scenario}.csv"
        table.write_text("SEQUENTIAL\n" + "".join(f"{row.line()}\n" for row in rows))
        command += ["-inf", table]
    if calls or rows:
        command += ["-m", str(calls or len(rows))]
    for name, value in (keys or {}).items():
        command += ["-key", name, value]
    with (folder / f"{scenario}.out").open("wb") as out:
        return namespace.popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out)


def finish(process: subprocess.Popen[bytes], folder: Path, scenario: str, timeout: float = 60.0) -> None:
    """Wait until SIPp has ended by itself. Raises PhoneError when a call failed or the time is over."""
    try:
        code = process.wait(timeout=timeout)
    except subprocess.TimeoutExpired:
        stop(process)
        raise PhoneError(f"SIPp {scenario} did not end within {timeout:g} s\n{report(folder, scenario)}") from None
    if code != 0:
        raise PhoneError(f"SIPp {scenario} ended with {code}\n{report(folder, scenario)}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End it now."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=3)


def report(folder: Path, scenario: str) -> str:
    """What SIPp said last, for a failure message."""
    errors = "".join(path.read_text(errors="replace")[-2000:] for path in folder.glob("*_errors.log"))
    out = (folder / f"{scenario}.out").read_text(errors="replace")
    return f"{errors}\n{out[-3000:]}"


def write_alaw(path: Path, seconds: float) -> None:
    """Sound in which every 20 ms are unlike all others, so that a packet can be told among thousands.

    A tone under noise, as raw A-law, made from a fixed seed.
    """
    if path.exists() and path.stat().st_size == round(seconds * 8000):
        return
    noise = np.random.default_rng(1).normal(0, 0.05, round(seconds * 8000))
    samples = audio.tone(740.0, seconds).samples + noise
    path.write_bytes(_alaw_bytes(samples))


def _alaw_bytes(samples: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bytes:
    """ITU-T G.711, table 1a: the nearest of the 256 values, found in their sorted order."""
    order = np.argsort(ALAW_VALUES)
    sorted_values = ALAW_VALUES[order]
    middles = (sorted_values[1:] + sorted_values[:-1]) / 2
    return order[np.searchsorted(middles, samples)].astype(np.uint8).tobytes()
