"""Cards, spans and channels as a change needs them: set up as the current generation says, and seen to be so.

Setting up is the work of ``loopstart-dahdi.service`` (ansible/roles/dahdi/files/configure.py), which this daemon may
start and nothing else. It leaves alone what Asterisk holds; that is set up while Asterisk is down, because Asterisk's
own unit wants it at each of its starts.

What must be seen afterwards: each span of a card that is there has its number, each channel its signalling, and
Asterisk its channels and D-channels. An alarm is no fault: nothing need be plugged in.
"""

from __future__ import annotations

import logging
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial

from appliance.ami.actions import DAHDIShowChannels, PRIShowSpans
from appliance.ami.connection import AmiError, Connection
from appliance.apply.errors import NotTakenError
from appliance.apply.inventory import BoxInventory
from appliance.apply.probe import DEADLINE_S, ask, until
from appliance.hardware.span_states import span_states
from appliance.live.headers import Headers, text
from appliance.model.site import Site
from appliance.model.span_state import SpanState
from appliance.render.dahdi import SET_UP, channel_signalling
from appliance.render.span_channels import SpanChannels, of_site, ranges

log = logging.getLogger(__name__)

_START = ("/usr/bin/systemctl", "start", "--no-ask-password", "--", SET_UP)
SET_UP_S = 200.0
"""Longer than the unit's own limit, which ends it first."""
_UNIT_FAILED = "Job for "
"""How systemctl begins when the unit ran and failed, rather than was refused (systemd's systemctl-start-unit.c)."""


@dataclass(frozen=True, slots=True)
class LineFault:
    """Something that is not as rendered. what: ``span``, ``channel`` (of DAHDI), ``dahdi`` (channel of Asterisk) or
    ``pri`` (D-channel of Asterisk); number: DAHDI's. expected, found: of a channel's signalling, empty else.
    """

    what: str
    number: int
    expected: str = ""
    found: str = ""

    @property
    def place(self) -> tuple[str, int]:
        """What is at fault, whatever the fault is."""
        return self.what, self.number

    def error(self) -> NotTakenError:
        """As the reason of a change that is swapped back."""
        if self.what == "channel":
            return NotTakenError(
                "probe_differs", what="DAHDI", name=f"channel {self.number}", field="signalling",
                expected=self.expected, found=self.found,
            )  # fmt: skip
        named = {"span": "DAHDI", "dahdi": "chan_dahdi", "pri": "chan_dahdi"}[self.what]
        thing = {"span": "span", "dahdi": "channel", "pri": "D-channel of span"}[self.what]
        return NotTakenError("probe_missing", what=named, name=f"{thing} {self.number}")


class Lines:
    """The lines of the box. Safe to use from the thread that holds the change path."""

    def __init__(self, connection: Connection, inventory: BoxInventory) -> None:
        self._connection = connection
        self._inventory = inventory
        self._known: frozenset[tuple[str, int]] = frozenset()

    def set_up(self) -> None:
        """Have cards set up as ``current`` says, as far as nobody holds them. What could not be done is in the
        journal of the unit and no reason to swap back: a card may be broken. Raises :class:`NotTakenError`
        (``cards_refused``) when systemd does not let us.
        """
        try:
            done = subprocess.run(  # noqa: S603  # a fixed program with fixed arguments
                _START, capture_output=True, text=True, errors="replace", timeout=SET_UP_S, check=False
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise NotTakenError("cards_refused", str(error)) from error
        if done.returncode == 0:
            return
        if not done.stderr.startswith(_UNIT_FAILED):
            raise NotTakenError("cards_refused", done.stderr.strip()[:500])
        log.warning("not every card could be set up: see the journal of %s", SET_UP)

    def remember_faults(self, site: Site) -> None:
        """What is not as this site says already now is not held against the change that comes next."""
        try:
            self._known = frozenset(fault.place for fault in self.faults(site))
        except NotTakenError:
            self._known = frozenset()
        if self._known:
            log.warning("lines at fault before the change: %s", ", ".join(f"{w} {n}" for w, n in sorted(self._known)))

    def probe(self, site: Site, deadline_s: float = DEADLINE_S) -> None:
        """Raises :class:`NotTakenError` when something of the site's lines is not there before the deadline, unless it
        was at fault before.
        """
        until(partial(self._look, site), time.monotonic() + deadline_s)

    def _look(self, site: Site) -> None:
        for fault in self.faults(site):
            if fault.place not in self._known:
                raise fault.error()

    def missing_channels(self, site: Site) -> frozenset[int]:
        """Channels that DAHDI has as rendered and Asterisk lacks. Raises :class:`NotTakenError` (``probe_silent``)."""
        faults = self.faults(site)
        wrong = {fault.number for fault in faults if fault.what == "channel"}
        gone = {fault.number for fault in faults if fault.what == "span"}
        away = {
            number
            for one in of_site(site, self._inventory.look()).values()
            if one.place is not None and (one.place.span in gone or wrong & set(one.bearers))
            for number in one.bearers
        }
        return frozenset(fault.number for fault in faults if fault.what == "dahdi") - away

    def make_channels(self, channels: AbstractSet[int]) -> None:
        """Have Asterisk make these anew from the file it has, those of one span in one go."""
        for part in ranges(tuple(sorted(channels))).split(","):
            first, _, last = part.partition("-")
            try:
                self._connection.command(f"dahdi create channels {first} {last or first}")
            except AmiError as error:
                log.warning("Asterisk did not make channels %s: %s", part, error)

    def faults(self, site: Site) -> tuple[LineFault, ...]:
        """Everything that is not as rendered. Raises :class:`NotTakenError` (``probe_silent``)."""
        spans = [one for one in of_site(site, self._inventory.look()).values() if one.present]
        if not spans:
            return ()
        channels = ask(lambda: self._connection.send(DAHDIShowChannels()), "chan_dahdi").events
        isdn: tuple[Headers, ...] = ()
        if any(one.span.isdn for one in spans):
            isdn = ask(lambda: self._connection.send(PRIShowSpans()), "PRI").events
        return tuple(
            faults_of(
                spans,
                {state.span: state for state in span_states(self._inventory.root)},
                {text(event, "DAHDIChannel") for event in channels},
                {text(event, "Span") for event in isdn},
            )
        )


def faults_of(
    spans: Iterable[SpanChannels], states: Mapping[int, SpanState], held: AbstractSet[str], isdn: AbstractSet[str]
) -> Iterator[LineFault]:
    """What is not as rendered. states: of DAHDI, by span. held: the channels that Asterisk has. isdn: the spans of
    which it has the D-channel.
    """
    for one in spans:
        if one.place is None:
            continue
        yield from _in_dahdi(one, one.place.span, states)
        yield from (LineFault("dahdi", number) for number in one.bearers if str(number) not in held)
        if one.span.isdn and str(one.place.span) not in isdn:
            yield LineFault("pri", one.place.span)


def _in_dahdi(channels: SpanChannels, span: int, states: Mapping[int, SpanState]) -> Iterator[LineFault]:
    """What DAHDI itself has otherwise."""
    state = states.get(span)
    if state is None:
        yield LineFault("span", span)
        return
    has = {channel.number: channel.signalling or "" for channel in state.channels}
    for number, wanted in channel_signalling(channels).items():
        if has.get(number, "") != wanted:
            yield LineFault("channel", number, wanted, has.get(number, ""))
