"""Boxes have networks of their own, and names that cannot run into each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from image_build import box_state
from image_build.progress import Problem


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(box_state, "_routes", list)


def test_each_box_has_a_network_of_its_own_and_keeps_it() -> None:
    first, second = box_state.find_or_make("first"), box_state.find_or_make("second")
    assert (first.address, second.address) == ("10.77.1.2", "10.77.2.2")
    assert box_state.find_or_make("first") == first


def test_a_network_that_the_machine_routes_already_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import ipaddress

    monkeypatch.setattr(box_state, "_routes", lambda: [ipaddress.IPv4Network("10.77.0.0/23")])
    assert box_state.find_or_make("first").number == 2


@pytest.mark.parametrize("name", ["", "a-b", "../x", "Box", "x" * 21, "1box", "box;true"])
def test_it_refuses_a_name_that_could_be_taken_for_something_else(name: str) -> None:
    with pytest.raises(Problem):
        box_state.find_or_make(name)


def test_a_phone_may_have_a_hyphen() -> None:
    box_state.check_name("front-desk", "phone")
