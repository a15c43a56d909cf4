"""What people see of a call while it lasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from appliance.control.messages import LiveView
from appliance.live.events import ContactStatus
from appliance.live.state import State, endpoint_of
from appliance.live.view import Live, live_view
from tests.live.replay import NEVER, Story
from tests.live.test_properties import END, EVENTS, NAMES


def until(name: str, reached: Callable[[Story], bool]) -> Story:
    """A capture played up to the first event after which something is so."""
    story = Story(State(connected=True))
    for event in EVENTS[name]:
        story.event(event)
        if reached(story):
            return story
    raise AssertionError(f"{name} never comes to that: {story.rows()}")


def seen(name: str) -> list[str]:
    """Every different look of the calls of a capture, in order."""
    looks: list[str] = []
    story = Story(State(connected=True))
    for event in EVENTS[name]:
        story.event(event)
        look = " | ".join(_look(live_view(story.state, NEVER)))
        if not looks or looks[-1] != look:
            looks.append(look)
    return looks


def _look(live: Live) -> list[str]:
    return [
        f"{call.service or call.state}: " + ", ".join(f"{party.number} {party.state}" for party in call.parties)
        for call in live.calls
    ]


def test_a_call_rings_talks_and_is_gone() -> None:
    looks = seen("call")
    wanted = ["dialling: 101 dialling", "ringing: 101 dialling, 102 ringing", "talking: 101 up, 102 up"]
    assert [look for look in looks if look in wanted] == wanted
    assert looks[-1] == ""


def test_who_is_on_hold_is_shown_not_who_holds() -> None:
    looks = seen("hold")
    by_called = looks.index("held: 101 held, 102 up")
    by_caller = looks.index("held: 101 up, 102 held")
    assert by_called < by_caller
    assert "talking: 101 up, 102 up" in looks[by_called:by_caller]


def test_a_service_is_shown_by_its_name() -> None:
    assert "echo_test: 101 up" in seen("echo_test")
    assert any(look.startswith("voicemail: 103") for look in seen("voicemail"))


def test_every_phone_that_rings_is_a_party() -> None:
    assert any(look.count("103 ringing") == 2 for look in seen("three_phones"))


def test_after_a_transfer_the_two_left_are_shown() -> None:
    for name in ("blind_transfer", "attended_transfer"):
        assert "talking: 101 up, 104 up" in seen(name)
    assert "talking: 102 up, 104 up" in seen("blind_transfer_by_caller")


def test_plumbing_of_asterisks_is_not_shown() -> None:
    assert not any("Local" in look for look in seen("redirected_by_phone"))


def test_every_look_fits_the_control_socket() -> None:
    for name in NAMES:
        story = Story(State(connected=True))
        for event in EVENTS[name]:
            story.event(event)
            LiveView.model_validate(asdict(live_view(story.state, END)))


def test_calls_and_registrations_are_in_an_order_that_stays() -> None:
    story = Story(State(connected=True))
    for extension in ("103", "101", "102"):
        story.event(ContactStatus(END, extension, f"sip:{extension}@x", "Reachable"))
    assert [one.extension for one in live_view(story.state, END).registrations] == ["101", "102", "103"]
    story.event(ContactStatus(END, "102", "sip:102@x", "Removed"))
    assert [one.extension for one in live_view(story.state, END).registrations] == ["101", "103"]


def test_an_endpoint_is_read_from_a_channels_name() -> None:
    assert endpoint_of("PJSIP/101-0000002a") == "101"
    assert endpoint_of("PJSIP/branch-riyadh-0000002a") == "branch-riyadh"
    assert endpoint_of("Local/101@phones-00000001;2") == ""
    assert endpoint_of("PJSIP/101-0000002a<ZOMBIE>") == ""
    assert endpoint_of("") == ""
