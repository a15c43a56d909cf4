"""Tests of ports: one at a time, each within a limit, the result kept with when and by whom.

What is measured is judged by pure functions (:mod:`appliance.live.port_tests`). Calls are Asterisk's; what needs
DAHDI's devices is asked of root's program (``ansible/roles/machine/files/line.py``).
"""

from __future__ import annotations

import logging
import threading
import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appliance.ami.connection import AmiError, Connection
from appliance.control.errors import RefusedError
from appliance.control.line_calls import LineCall, connected
from appliance.control.line_watch import LineWatch
from appliance.control.machine_tasks import MachineError, MachineTasks
from appliance.hardware.span_states import span_states
from appliance.live import port_tests as verdicts
from appliance.live.tone_levels import Heard, heard, steady_level, tones_of
from appliance.model.numbering import as_dialled
from appliance.model.port_tests import LoopMode, PortTestKind, PortTestOutcome, PortTestShown, Verdict
from appliance.model.site import Site
from appliance.model.texts import sentences
from appliance.render.asterisk.indications import zone_of
from appliance.render.asterisk.port_tests import LISTEN_S, LONGEST_S, RECORDING, TONE_HZ
from appliance.render.span_channels import SpanChannels
from appliance.store.moments import utc_now
from appliance.store.port_tests import PortTestStore

log = logging.getLogger(__name__)

SEIZE_S = 10.0
"""A line is seized within two seconds or not at all; the rest is for what is recorded."""
CLEARS_S = 20.0
"""A line that signals nothing is known to have been given up when it has not rung for some nine seconds."""
SENT_DBM0 = -10.0
"""What Asterisk's Playtones sends: a sine of 7219 of 32767 (main/indications.c, ast_playtones_start)."""
TEST_TONES = "1004,1020,800,820"
"""What telephone companies send on their test numbers: North America; ITU-T O.133; others of ITU-T."""


@dataclass(frozen=True, slots=True)
class PortTest:
    """What shall be tested. port: the place of the channel in its span, from 1. number: to call, E.164 or as dialled.
    own: all numbers that lead to this box. seconds: how long to ring or to send.
    """

    site: Site
    span: SpanChannels
    port: int
    kind: PortTestKind
    number: str = ""
    own: tuple[str, ...] = ()
    seconds: int = 10
    loop: LoopMode = LoopMode.PLUG

    @property
    def channel(self) -> int:
        """DAHDI's number."""
        return self.span.bearers[self.port - 1]


class PortTests:
    """Safe to use from any thread. recording: where Asterisk leaves what it records; told: hears what a test found."""

    def __init__(  # noqa: PLR0917  # what it works with
        self,
        connection: Connection,
        lines: LineWatch,
        store: PortTestStore,
        tasks: MachineTasks,
        root: Path,
        told: Callable[[PortTestShown], None],
        recording: Path = Path("/run/asterisk") / f"{RECORDING}.wav",
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._connection = connection
        self._lines = lines
        self._store = store
        self._tasks = tasks
        self._root = root
        self._told = told
        self._recording = recording
        self._clock = clock
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._running: PortTestShown | None = None
        self._ended: PortTestShown | None = None
        self._thread: threading.Thread | None = None
        self._given_up = False

    def start(self) -> None:
        """A test that the daemon before was killed at has no result."""
        if count := self._store.interrupted(self._clock()):
            log.warning("%d tests of ports ended with the daemon before", count)

    def stop(self) -> None:
        """End the test that runs, without a result; what it took is given back."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=15)

    @property
    def running(self) -> PortTestShown | None:
        """The test that runs."""
        return self._running

    @property
    def holds_channels(self) -> bool:
        """Whether Asterisk has given up a channel for a test."""
        return self._given_up

    def newest(self) -> tuple[PortTestShown, ...]:
        """The newest test of each port and kind."""
        return self._store.newest()

    def now(self, number: int) -> PortTestShown | None:
        """A test as it stands; None for one that was forgotten."""
        found = self._store.get(number)
        with self._lock:
            running, ended = self._running, self._ended
        if found is not None and found.ended is None and (running is None or running.id != number):
            # Its end could not be written; it is not shown as running for ever.
            return ended if ended is not None and ended.id == number else None
        return found

    def begin(self, test: PortTest, by: str) -> PortTestShown:
        """Begin a test. Raises :class:`RefusedError` (``test_running``) while another runs."""
        with self._lock:
            if self._running is not None:
                raise RefusedError("test_running", span=self._running.span, port=self._running.port)
            begun = self._store.begin(test.span.span.name, test.port, test.channel, test.kind, by, self._clock())
            self._running = begun
            self._thread = threading.Thread(target=self._run, args=(test, begun), name="port-test", daemon=True)
            self._thread.start()
            return begun

    def _run(self, test: PortTest, begun: PortTestShown) -> None:
        try:
            verdict = _TESTS[test.kind](self, test)
        except AmiError:
            verdict = Verdict(outcome=PortTestOutcome.OPEN, code="test_asterisk_lost")
        except MachineError as error:
            verdict = Verdict(outcome=PortTestOutcome.OPEN, code=error.code, params=error.params)
        except Exception:
            log.exception("the test %s of channel %d broke off", test.kind, test.channel)
            verdict = Verdict(outcome=PortTestOutcome.OPEN, code="test_broken")
        if self._stopping.is_set():
            verdict = Verdict(outcome=PortTestOutcome.OPEN, code="test_interrupted")
        ended = ended_by(begun, verdict, self._clock())
        try:
            ended = self._store.end(begun.id, verdict, self._clock())
            self._told(ended)
        except Exception:
            log.exception("the result of a test could not be kept")
        with self._lock:
            self._running, self._ended = None, ended
        log.info("test %s of %s port %d: %s", test.kind, ended.span, ended.port, ended.code)

    # --- tests

    def _state(self, test: PortTest) -> Verdict:
        place = test.span.place
        found = next((one for one in span_states(self._root) if place is not None and one.span == place.span), None)
        if found is None:
            return Verdict(outcome=PortTestOutcome.FAILED, code="test_alarm_not_open")
        of_channel = next((one.alarms for one in found.channels if one.number == test.channel), ())
        line = test.span.span.signalling.value.startswith("fxs_")
        d_channel: bool | None = None
        if test.span.span.isdn and (known := self._lines.d_channels()) is not None:
            d_channel = known.get(found.span, False)
        return verdicts.state((*found.alarms, *of_channel), d_channel=d_channel, line=line)

    def _voltage(self, test: PortTest) -> Verdict:
        found = self._tasks.ask("line", do="voltage", channel=test.channel).get("millivolts")
        volts = found / 1000 if isinstance(found, int) else None
        return verdicts.voltage(volts, telephone=test.span.span.for_telephones)

    def _ring(self, test: PortTest) -> Verdict:
        with self._call() as call:
            call.begin(str(test.channel), "thank", ring_s=test.seconds, caller_id="Loopstart <0>")
            call.ended(test.seconds + SEIZE_S)
            return verdicts.ring(call.called, test.seconds)

    def _dial_tone(self, test: PortTest) -> Verdict:
        called, samples = self._recorded(str(test.channel), "listen", SEIZE_S)
        if samples is None:
            return verdicts.dial_tone(called, None)
        tones = dict(zone_of(test.site.box.country).tones)
        wanted = (*tones_of(tones["dial"]), *tones_of(tones.get("stutter", "")))
        return verdicts.dial_tone(called, heard(samples, wanted))

    def _echo(self, test: PortTest) -> Verdict:
        called, samples = self._recorded(str(test.channel), "echo", SEIZE_S)
        came_back = None if samples is None else steady_level(samples, TONE_HZ)
        return verdicts.echo(called, SENT_DBM0, came_back)

    def _level(self, test: PortTest) -> Verdict:
        called, samples = self._recorded(self._dialled(test), "listen", test.seconds)
        found: Heard | None = None if samples is None else heard(samples, tones_of(TEST_TONES))
        return verdicts.level(called, found)

    def _call_back(self, test: PortTest) -> Verdict:
        with self._call(lambda called: verdicts.leads_here(called, test.own)) as call:
            call.begin(self._dialled(test), "wait", ring_s=test.seconds)
            back = call.cleared(CLEARS_S) if call.came_in(test.seconds) else None
            return verdicts.call_back(call.called, back, test.seconds)

    def _loop(self, test: PortTest) -> Verdict:
        place, number = test.span.place, test.channel
        assert place is not None
        self._given_up = True
        try:
            self._connection.command(f"dahdi destroy channels {number} {number}")
            found = self._tasks.ask(
                "line", do="loop", span=place.span, channel=number, seconds=test.seconds, loop=test.loop.value
            )
        finally:
            try:
                self._connection.command(f"dahdi create channels {number} {number}")
            finally:
                self._given_up = False
        return verdicts.loop(verdicts.Pattern(int(found["octets"]), int(found["errors"]), bool(found["found"])))

    # --- means

    def _call(self, expected: Callable[[str], bool] = lambda _: False) -> LineCall:
        connected(self._connection)
        return LineCall(self._connection, self._stopping, expected)

    def _dialled(self, test: PortTest) -> str:
        number = as_dialled(test.number, test.site.box.country) if test.number.startswith("+") else test.number
        return f"{test.channel}/{number}"

    def _recorded(self, port: str, extension: str, ring_s: float) -> tuple[verdicts.Called, array[int] | None]:
        """What was recorded while the call was up; None where it was not answered."""
        before = self._written()
        with self._call() as call:
            call.begin(port, extension, ring_s=ring_s)
            call.ended(ring_s + min(LISTEN_S * 2 + SEIZE_S, LONGEST_S))
            called = call.called
        if called.answered_s is None or self._written() == before:
            return called, None
        return called, samples(self._recording)

    def _written(self) -> int:
        try:
            return self._recording.stat().st_mtime_ns
        except OSError:
            return 0


_TESTS: dict[PortTestKind, Callable[[PortTests, PortTest], Verdict]] = {
    PortTestKind.STATE: PortTests._state,
    PortTestKind.VOLTAGE: PortTests._voltage,
    PortTestKind.RING: PortTests._ring,
    PortTestKind.DIAL_TONE: PortTests._dial_tone,
    PortTestKind.ECHO: PortTests._echo,
    PortTestKind.CALL_BACK: PortTests._call_back,
    PortTestKind.LEVEL: PortTests._level,
    PortTestKind.LOOP: PortTests._loop,
}


def samples(path: Path) -> array[int]:
    """A recording of Asterisk's: 8000 samples a second of 16 bits. Raises :class:`OSError`, :class:`wave.Error`."""
    with wave.open(str(path), "rb") as file:
        return array("h", file.readframes(file.getnframes()))


def ended_by(begun: PortTestShown, verdict: Verdict, now: datetime) -> PortTestShown:
    """A test with its result."""
    text = sentences(verdict.code, verdict.params)
    return begun.model_copy(update={**dict(verdict), "text": text, "ended": now})
