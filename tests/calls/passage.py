"""What a box did to packets that passed through it, told from when each came in and when it went out.

Every 20 ms of the sound are unlike all others, so a packet that leaves is known by its payload: what is
counted is the box's own delay and loss, whatever the sender's timing was on a busy machine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

FRAME_S = 0.020
GAP_S = 0.020
"""A gap is counted when it is longer than this beyond the 20 ms that lie between packets anyway."""
EDGE_S = 0.5
"""Left out at both ends of a stream, while the call is set up and torn down."""


@dataclass(frozen=True)
class Frame:
    """A packet as it is measured: when, and a fingerprint of its 20 ms."""

    at: float
    print: int


Streams = dict[int, list[Frame]]
"""Frames by the box's port."""


@dataclass(frozen=True)
class Passage:
    """What passed through the box one way.

    packets, lost: of those sent inside the measured time; gaps: silences the box made, source_gaps: those
    that were in what it was sent; transit_ms: time in the box, of each packet.
    """

    packets: int
    lost: int
    gaps: int
    source_gaps: int
    transit_ms: list[float]


def passage(sent: Streams, received: Streams) -> Passage:
    """Match what was received with what was sent, stream by stream."""
    packets = lost = gaps = source_gaps = 0
    transit: list[float] = []
    times: dict[int, list[tuple[float, int]]] = defaultdict(list)  # fingerprint -> when and on which port it came in
    for port, frames in sent.items():
        for frame in frames:
            times[frame.print].append((frame.at, port))
    for seen in times.values():
        seen.sort()
    for frames in received.values():
        port = _source_of(frames, times)
        if port is None:
            lost += len(frames)
            continue
        matched = _match(sent[port], frames)
        transit += [1000 * (out - sent[port][index].at) for index, out in matched]
        if not matched:
            continue
        start, end = matched[0][1] + EDGE_S, matched[-1][1] - EDGE_S
        inside = [index for index, frame in enumerate(sent[port]) if start <= frame.at <= end]
        packets += len(inside)
        lost += len(set(inside) - {index for index, _ in matched})
        for (before, left), (after, arrived) in pairwise(matched):
            if start <= left and arrived <= end and arrived - left > FRAME_S + GAP_S:
                came = sent[port][after].at - sent[port][before].at
                if after - before == 1 and arrived - left - came <= GAP_S:
                    source_gaps += 1
                else:
                    gaps += 1
    return Passage(packets, lost, gaps, source_gaps, transit)


def _source_of(frames: list[Frame], times: dict[int, list[tuple[float, int]]]) -> int | None:
    """The port on which what leaves here came in: that of most frames sampled from the middle."""
    votes: Counter[int] = Counter()
    middle = frames[len(frames) // 4 : -len(frames) // 4 or None]
    for frame in middle[:: max(1, len(middle) // 50)]:
        seen = times.get(frame.print, [])
        at = bisect_right(seen, (frame.at, 1 << 17))
        votes.update(port for came, port in seen[max(0, at - 8) : at] if frame.at - came < FRAME_S)
    return votes.most_common(1)[0][0] if votes else None


def _match(sent: list[Frame], received: list[Frame]) -> list[tuple[int, float]]:
    """Each received frame with the index of the sent one: the latest of its fingerprint before it."""
    where: dict[int, list[int]] = defaultdict(list)
    for index, frame in enumerate(sent):
        where[frame.print].append(index)
    matched = []
    for frame in received:
        before = [index for index in where.get(frame.print, ()) if 0 <= frame.at - sent[index].at < 2.0]
        if before:
            matched.append((before[-1], frame.at))
    return matched
