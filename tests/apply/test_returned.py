"""Channels that Asterisk lacks after a span came back: made anew once, then by a restart that waits for calls."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import pytest

from appliance.apply.returned import LOOK_EVERY_S, Returned
from appliance.model.site import Site
from tests.apply.bench import Bench


@dataclass
class Channels:
    """What DAHDI has and Asterisk lacks; ``helps`` says whether making them anew does."""

    missing: frozenset[int] = frozenset()
    helps: bool = True
    made: list[frozenset[int]] = field(default_factory=list)

    def missing_channels(self, site: Site) -> frozenset[int]:
        return self.missing

    def make_channels(self, channels: frozenset[int]) -> None:
        self.made.append(channels)
        if self.helps:
            self.missing -= channels


@pytest.fixture
def channels() -> Channels:
    return Channels()


@pytest.fixture
def returned(bench: Bench, channels: Channels) -> Returned:
    return Returned(bench.applier, channels, lambda: bench.reader.now)  # type: ignore[arg-type]


def tick(bench: Bench, returned: Returned, times: int = 1) -> None:
    for _ in range(times):
        bench.reader.now += LOOK_EVERY_S
        returned.tick()


def test_channels_that_came_back_are_made_anew_and_nothing_restarts(
    bench: Bench, returned: Returned, channels: Channels
) -> None:
    tick(bench, returned, 3)
    assert channels.made == []
    for _ in range(2):  # each time that they come back
        channels.missing = frozenset(range(32, 47))
        tick(bench, returned, 3)
    assert channels.made == [frozenset(range(32, 47))] * 2
    assert bench.reader.restarts == 0


def test_where_that_does_not_help_it_restarts_once_when_the_last_call_has_ended(
    bench: Bench, returned: Returned, channels: Channels
) -> None:
    channels.helps, channels.missing = False, frozenset({67})
    bench.reader.channels_up = 2
    tick(bench, returned, 20)
    assert (channels.made, bench.reader.restarts) == ([frozenset({67})], 0)
    bench.reader.channels_up = 0
    tick(bench, returned, 20)
    assert bench.reader.restarts == 1


def test_a_card_that_comes_span_by_span_has_each_of_them_made(
    bench: Bench, returned: Returned, channels: Channels
) -> None:
    channels.helps = False
    channels.missing = frozenset({1})
    tick(bench, returned)
    channels.missing = frozenset({1, 32})
    tick(bench, returned)
    assert channels.made == [frozenset({1}), frozenset({1, 32})]


def test_what_waits_for_a_restart_is_left_to_it(bench: Bench, returned: Returned, channels: Channels) -> None:
    bench.save(Site.from_document({"sip": {"tls": False, "media_encryption": "off"}}))
    bench.applier.apply("noor")
    channels.missing = frozenset({1})
    tick(bench, returned, 3)
    assert channels.made == []


def test_its_restart_never_falls_into_a_change(bench: Bench, returned: Returned, channels: Channels) -> None:
    channels.helps, channels.missing = False, frozenset({67})
    looking = threading.Thread(target=tick, args=(bench, returned, 5))
    with bench.applier.locked():
        looking.start()
        looking.join(0.3)
        assert bench.reader.restarts == 0
    looking.join(30)
    assert bench.reader.restarts == 1
