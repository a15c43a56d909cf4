"""Pieces of a bundle as they come over the control socket: what is no base64 is refused, not a fault of the box."""

from __future__ import annotations

import pytest

from appliance.control.client import ControlError
from tests.control.conftest import House


@pytest.mark.parametrize("data", ["no base64!", "²oä=", "😀aaaa"])
def test_a_piece_that_is_no_base64_is_refused(house: House, data: str) -> None:
    begun = house.console.ask("update.upload", file="new.raucb", size=4096)
    with pytest.raises(ControlError) as refused:
        house.console.ask("update.receive", name=begun["name"], offset=0, data=data)
    assert refused.value.code == "bad_request"


def test_a_piece_of_a_bundle_that_nobody_began_is_not_found(house: House) -> None:
    with pytest.raises(ControlError) as refused:
        house.console.ask("update.receive", name="other.raucb", offset=0, data="AAAA")
    assert refused.value.code == "not_found"
