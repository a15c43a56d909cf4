"""The measure of many calls, on a few: every packet is accounted for, and no call is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boxes import Box
from tests.calls import load, product

CALLS, SECONDS = 4, 3


@pytest.mark.box
def test_calls_held_at_once_lose_no_packet_and_all_end_as_their_callers_wish(box: Box, tmp_path: Path) -> None:
    members = load.pairs(CALLS)
    product.apply_site(box, load.site(members))
    applied: list[int] = []

    def change_the_site_under_the_calls() -> None:
        assert len(product.live(box).calls) == CALLS
        product.apply_site(box, load.site([*members, load.pairs(CALLS + 1)[-1]]))
        applied.append(1)

    report = load.run_calls(
        box, CALLS, SECONDS + 6, tmp_path, members=members, meanwhile=change_the_site_under_the_calls
    )
    assert applied == [1]
    assert (report.calls, report.lost, report.lost_packets) == (CALLS, 0, 0)
    # Both ways, 50 packets a second, over the shortest time in which all calls stood.
    assert report.packets > CALLS * 2 * 50 * SECONDS
