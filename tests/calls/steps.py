"""The sentences a scenario may use, each with what it does to a phone or expects of one.

Every expectation waits for what it expects, up to a limit that only a broken box reaches. Events of a phone
are consumed in order: what one sentence has seen, the next does not see again.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from appliance.model.sip import TLS_PORT
from tests import audio
from tests.calls import product
from tests.phones.baresip import Baresip, Event

PATIENCE = 6.0
"""Seconds to wait for what should happen at once."""
LISTEN_MS = 500
"""A tone is heard when it lasts this long without a break."""
QUIET_S = 1.2
"""Seconds that "hears silence" and "does not ring" last."""


@dataclass
class Stage:
    """The phones on stage, and how far each one's events have been told."""

    box: product.Box
    phones: dict[str, Baresip]
    seen: dict[str, int] = field(default_factory=dict)

    def phone(self, name: str) -> Baresip:
        """A phone by its name in the story."""
        if name not in self.phones:
            raise AssertionError(f"nobody is called {name}; on stage are {', '.join(self.phones)}")
        return self.phones[name]

    def expect(self, name: str, what: str, wanted: Callable[[Event], bool], within: float = PATIENCE) -> Event:
        """The next event of a phone that is wanted; tells on from there."""
        phone = self.phone(name)
        since = self.seen.get(name, 0)
        event = phone.wait_for(wanted, since, within)
        if event is None:
            raise AssertionError(f"{name} {what}: nothing like it within {within:g} s")
        self.seen[name] = phone.events.index(event, since) + 1
        return event


Step = Callable[..., None]
STEPS: list[tuple[re.Pattern[str], Step]] = []
_PARTS = {
    "phone": r"(?P<phone>[a-z]+)",
    "other": r"(?P<other>[a-z]+)",
    "state": r"(?P<state>dialling|ringing|talking|held|service)",
    "number": r"(?P<number>[0-9*#+]+)",
    "within": r"(?: within (?P<within>[0-9.]+) s)?",
}


def step(sentence: str) -> Callable[[Step], Step]:
    """Teach a sentence. ``{phone}``, ``{number}`` and their like are parts; the rest is a
    pattern.
    """
    pattern = re.compile(re.sub(r"\{([a-z]+)\}", lambda part: _PARTS[part[1]], sentence))

    def teach(function: Step) -> Step:
        STEPS.append((pattern, function))
        return function

    return teach


def find(sentence: str) -> Callable[[Stage], None]:
    """What a sentence does. Raises LookupError when no sentence of that form is known."""
    for pattern, function in STEPS:
        if match := pattern.fullmatch(sentence):
            parts = {name: value for name, value in match.groupdict().items() if value is not None}
            return lambda stage: function(stage, **parts)
    raise LookupError(f"no such sentence: {sentence!r}")


# What people do.


@step("{phone} dials {number}")
def dials(stage: Stage, phone: str, number: str) -> None:
    """Start a call."""
    stage.phone(phone).dial(number)


@step("{phone} answers")
def answers(stage: Stage, phone: str) -> None:
    """Take the call that rings, and see it stand."""
    stage.phone(phone).answer()
    stage.expect(phone, "answers", lambda event: event.kind == "CALL_ESTABLISHED")


@step("{phone} (?:hangs up|refuses)")
def hangs_up(stage: Stage, phone: str) -> None:
    """End the call, or refuse one that rings."""
    stage.phone(phone).hang_up()
    stage.expect(phone, "hangs up", lambda event: event.kind == "CALL_CLOSED")


@step("{phone} presses {number}")
def presses(stage: Stage, phone: str, number: str) -> None:
    """Send digits into the call."""
    stage.phone(phone).press(number)


@step("{phone} holds")
def holds(stage: Stage, phone: str) -> None:
    """Put the call on hold."""
    stage.phone(phone).hold()


@step("{phone} resumes")
def resumes(stage: Stage, phone: str) -> None:
    """Take it back."""
    stage.phone(phone).resume()


@step("{phone} transfers to {number}")
def transfers(stage: Stage, phone: str, number: str) -> None:
    """Blind transfer."""
    stage.phone(phone).transfer(number)


@step("{phone} completes the transfer to {number}")
def completes_transfer(stage: Stage, phone: str, number: str) -> None:
    """Attended transfer: connect the held call with the one to that number."""
    stage.phone(phone).complete_transfer(number)


@step("{phone} pulls the plug")
def pulls_the_plug(stage: Stage, phone: str) -> None:
    """The phone is gone without a word."""
    stage.phone(phone).die()


@step("wait (?P<seconds>[0-9.]+) s")
def wait(stage: Stage, seconds: str) -> None:
    """Let time pass, where time itself is the point."""
    time.sleep(float(seconds))


# What people see.


@step("{phone} rings{within}")
def rings(stage: Stage, phone: str, within: str = "") -> None:
    """An incoming call."""
    stage.expect(phone, "rings", _kind("CALL_INCOMING"), float(within or PATIENCE))


@step("{phone} rings showing (?P<shown>.+)")
def rings_showing(stage: Stage, phone: str, shown: str) -> None:
    """An incoming call, and who the screen says it is: `Name <number>`."""
    rings(stage, phone)
    wire = stage.phone(phone).wire  # read by a thread of its own, which may be a moment behind the phone
    invites = product.wait_for(
        lambda: [message for message in wire.sip if message.first_line.startswith("INVITE")],
        bool,
        f"no INVITE on {phone}'s wire",
    )
    seen = product.screen_text(invites[-1].header("From"))
    assert seen == shown, f"{phone} shows {seen!r} instead of {shown!r}"


@step("{phone} does not ring")
def does_not_ring(stage: Stage, phone: str) -> None:
    """No incoming call for a while."""
    event = stage.phone(phone).wait_for(_kind("CALL_INCOMING"), stage.seen.get(phone, 0), QUIET_S)
    assert event is None, f"{phone} rings, called by {event.peer}"


@step("{phone}(?: stops ringing|'s call ends){within}")
def call_ends(stage: Stage, phone: str, within: str = "") -> None:
    """The call is over, ended elsewhere."""
    stage.expect(phone, "'s call ends", _kind("CALL_CLOSED"), float(within or PATIENCE))


@step("{phone} is connected{within}")
def is_connected(stage: Stage, phone: str, within: str = "") -> None:
    """The call it dialled is answered."""
    stage.expect(phone, "is connected", _kind("CALL_ESTABLISHED"), float(within or PATIENCE))


@step("{phone} is told (?P<code>[3-6][0-9][0-9]){within}")
def is_told(stage: Stage, phone: str, code: str, within: str = "") -> None:
    """The call it dialled fails with a SIP status."""
    event = stage.expect(phone, f"is told {code}", _kind("CALL_CLOSED"), float(within or PATIENCE))
    assert event.param.startswith(code), f"{phone} is told {event.param!r} instead of {code}"


@step("{phone}'s lamp (?P<does>lights|goes out)")
def lamp(stage: Stage, phone: str, does: str) -> None:
    """The box tells the phone that messages wait, or that none does any more (RFC 3842)."""
    wanted = "yes" if does == "lights" else "no"
    product.wait_for(
        lambda: [
            message.text.partition("Messages-Waiting:")[2].split("\r\n")[0].strip()
            for message in stage.phone(phone).wire.sip
            if message.first_line.startswith("NOTIFY") and not message.outgoing
        ],
        lambda told: told[-1:] == [wanted],
        f"{phone}'s lamp does not show {wanted}",
    )


# What people hear.


@step("{phone} hears {other}{within}")
def hears(stage: Stage, phone: str, other: str, within: str = "") -> None:
    """Somebody's tone arrives; or music, speech, silence."""
    match other:
        case "silence":
            _hears_silence(stage, phone)
        case "music" | "speech":
            _hears_sound(stage, phone, float(within or PATIENCE), enough=0.9 if other == "music" else 0.3)
        case _:
            _hears_tone(stage, phone, stage.phone(other), float(within or PATIENCE))


@step("{phone} does not hear {other}")
def does_not_hear(stage: Stage, phone: str, other: str) -> None:
    """Whatever arrives, that tone is not in it."""
    listener, tone = stage.phone(phone), stage.phone(other).tone
    since = listener.mark()
    time.sleep(QUIET_S)
    for sound in listener.heard(since):
        assert audio.longest_tone_ms(sound, tone) < LISTEN_MS, f"{phone} hears {other}"


@step("nobody on {phone}'s wire hears {other}")
def wire_is_dark(stage: Stage, phone: str, other: str) -> None:
    """Media pass, and whoever reads the cable finds no tone in them."""
    wire = stage.phone(phone).wire
    since = wire.mark()
    deadline = time.monotonic() + PATIENCE
    packets = []
    while len(packets) <= 40 and time.monotonic() < deadline:  # a busy machine delivers late
        time.sleep(0.1)
        packets = [packet for packet in wire.rtp[since:] if not packet.outgoing]
    assert len(packets) > 40, f"only {len(packets)} packets reached {phone}"
    for sound in wire.heard(since):
        assert audio.longest_tone_ms(sound, stage.phone(other).tone) == 0, f"{other} is heard on {phone}'s wire"
        assert audio.loud_share(sound) > 0.9, "the payload is silence, not cipher"


@step("the box proves itself to {phone}")
def box_proves_itself(stage: Stage, phone: str) -> None:
    """Its TLS certificate is for its address, from its own authority, and the TLS is of our time."""
    context = ssl.create_default_context(cadata=product.authority(stage.box))
    cable = stage.phone(phone).namespace.socket(socket.AF_INET, socket.SOCK_STREAM)
    with cable:
        cable.settimeout(PATIENCE)
        cable.connect((stage.box.address, TLS_PORT))
        with context.wrap_socket(cable, server_hostname=stage.box.address) as secured:
            assert secured.version() in ("TLSv1.2", "TLSv1.3")


@step("nobody reads SIP on {phone}'s wire")
def signalling_is_dark(stage: Stage, phone: str) -> None:
    """No SIP in the clear ever passed."""
    assert stage.phone(phone).wire.sip == [], f"{phone}'s signalling can be read:\n{stage.phone(phone).wire.trace()}"


# What the box shows.


@step("the box shows (?P<count>[0-9]+) calls?")
def box_shows_calls(stage: Stage, count: str) -> None:
    """So many calls are live."""
    product.wait_for(
        lambda: product.live(stage.box),
        lambda live: len(live.calls) == int(count),
        f"the box does not show {count} calls",
    )


@step("the box shows {phone} {state}(?:(?: to| with|) (?P<other>[a-z_]+))?")
def box_shows(stage: Stage, phone: str, state: str, other: str = "") -> None:
    """A live call of that phone's extension, in that state, with the other's extension or a service in it."""
    mine = stage.phone(phone).account.extension
    theirs = stage.phones[other].account.extension if other in stage.phones else other
    product.wait_for(
        lambda: product.live(stage.box),
        lambda live: any(
            call.state == state
            and mine in (members := {party.extension for party in call.parties})
            and (not theirs or theirs in members or theirs == call.service)
            for call in live.calls
        ),
        f"the box does not show {phone} {state} {other}",
    )


def _kind(kind: str) -> Callable[[Event], bool]:
    return lambda event: event.kind == kind


def _hears_tone(stage: Stage, phone: str, other: Baresip, within: float) -> None:
    listener = stage.phone(phone)
    since, deadline = listener.mark(), time.monotonic() + within
    while time.monotonic() < deadline:
        sounds = listener.heard(since)
        if any(audio.longest_tone_ms(sound, other.tone) >= LISTEN_MS for sound in sounds):
            return
        time.sleep(0.1)
    told = ", ".join(f"{sound.duration_ms:.0f} ms at {audio.level_dbfs(sound):.0f} dBFS" for sound in sounds)
    raise AssertionError(f"{phone} does not hear {other.name} ({other.tone:g} Hz); heard {told or 'nothing'}")


def _hears_sound(stage: Stage, phone: str, within: float, enough: float) -> None:
    """Sound that is nobody's tone: of the last two seconds a share is loud."""
    listener = stage.phone(phone)
    since, deadline = listener.mark(), time.monotonic() + within
    while time.monotonic() < deadline:
        for sound in listener.heard(since):
            last = sound.part(sound.duration_ms - 2000, sound.duration_ms) if sound.duration_ms > 2000 else None
            toneless = last and all(
                audio.longest_tone_ms(last, other.tone) < LISTEN_MS for other in stage.phones.values()
            )
            if last and toneless and audio.loud_share(last) >= enough:
                return
        time.sleep(0.1)
    raise AssertionError(f"{phone} hears neither music nor speech within {within:g} s")


def _hears_silence(stage: Stage, phone: str) -> None:
    listener = stage.phone(phone)
    time.sleep(0.3)  # what was on its way when the sentence before ended
    since = listener.mark()
    time.sleep(QUIET_S)
    for sound in listener.heard(since):
        assert audio.is_silent(sound), f"{phone} hears something at {audio.level_dbfs(sound):.0f} dBFS"
