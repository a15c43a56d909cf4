"""The measure of gaps and losses, proven on streams with faults planted in them."""

from __future__ import annotations

from itertools import count

import pytest

from tests.calls.passage import Frame, Streams, passage

FRAMES = 500


def stream(port: int, start: float, first_print: int) -> list[Frame]:
    """Ten seconds of even packets."""
    return [Frame(start + 0.02 * number, first_print + number) for number in range(FRAMES)]


def through(sent: list[Frame], delay: float = 0.001) -> list[Frame]:
    return [Frame(frame.at + delay, frame.print) for frame in sent]


def late(frames: list[Frame], at: int, by: float) -> list[Frame]:
    """One frame and those that queue up behind it come late."""
    until = frames[at].at + by
    return [Frame(max(frame.at, until + 1e-4 * (number - at)) if number >= at else frame.at, frame.print)
            for number, frame in enumerate(frames)]  # fmt: skip


def test_an_even_passage_has_no_gap_and_no_loss() -> None:
    sent = stream(1, 100.0, 0)
    way = passage({1: sent}, {9: through(sent)})
    assert (way.gaps, way.source_gaps, way.lost) == (0, 0, 0)
    assert way.packets == pytest.approx(FRAMES - 50, abs=3)
    assert max(way.transit_ms) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(("by", "gaps"), [(0.015, 0), (0.019, 0), (0.022, 1), (0.050, 1), (0.300, 1)])
def test_a_delay_in_the_box_is_its_gap(by: float, gaps: int) -> None:
    sent = stream(1, 100.0, 0)
    way = passage({1: sent}, {9: late(through(sent), 250, by)})
    assert (way.gaps, way.source_gaps, way.lost) == (gaps, 0, 0)
    assert max(way.transit_ms) == pytest.approx(1 + 1000 * by, abs=0.1)


def test_a_delay_at_the_sender_is_not_the_boxs_gap() -> None:
    sent = late(stream(1, 100.0, 0), 250, 0.100)
    way = passage({1: sent}, {9: through(sent)})
    assert (way.gaps, way.source_gaps, way.lost) == (0, 1, 0)


def test_packets_that_vanish_in_the_box_are_lost_and_leave_a_gap() -> None:
    sent = stream(1, 100.0, 0)
    received = [frame for number, frame in enumerate(through(sent)) if number not in (200, 201, 202)]
    way = passage({1: sent}, {9: received})
    assert (way.gaps, way.source_gaps, way.lost) == (1, 0, 3)


def test_sound_that_loops_is_matched_with_its_own_round() -> None:
    sent = [Frame(100 + 0.02 * number, number % 200) for number in range(600)]
    way = passage({1: sent}, {9: through(sent)})
    assert (way.gaps, way.lost) == (0, 0)
    assert max(way.transit_ms) < 2


def test_fifty_streams_of_the_same_sound_are_told_apart_by_when_they_play_it() -> None:
    ports = count(10000, 2)
    sent: Streams = {next(ports): stream(0, 100 + 0.1 * number, 0) for number in range(50)}
    received: Streams = {
        port + 1000: late(through(frames), 300, 0.05) if number == 7 else through(frames)
        for number, (port, frames) in enumerate(sent.items())
    }
    way = passage(sent, received)
    assert (way.gaps, way.source_gaps, way.lost) == (1, 0, 0)


def test_a_stream_from_nowhere_counts_as_lost() -> None:
    sent, other = stream(1, 100.0, 0), stream(2, 100.0, 10_000)
    assert passage({1: sent}, {9: other}).lost == FRAMES
