"""Tests of ports and updates from the menu; and that what the menu asks by itself is not announced."""

from __future__ import annotations

from dataclasses import replace

import pytest

from appliance.cli.console import machine
from appliance.cli.console.screen import Charset
from appliance.cli.console.state import Ask, State
from tests.cli.console.answers import answers
from tests.cli.console.test_chores import table, verbs
from tests.cli.console.test_machine import Table


def asks(at: Table, verb: str) -> list[dict[str, object]]:
    return [dict(ask.args) for ask in at.asked if ask.verb == verb]


def test_a_port_is_tested_with_enter_and_its_result_shown() -> None:
    at = table()
    assert "Ring: failed" in at.press("d")
    at.press("down", "enter")
    assert asks(at, "hardware.test") == [{"span": "najd-clinic", "port": 1, "kind": "ring"}]
    assert verbs(at)[-1] == "hardware.tests"


def test_of_a_digital_span_one_port_is_listed_and_none_of_a_card_that_is_away() -> None:
    at = table()
    at.press("d")
    text = machine.draw(at.state).lines
    assert sum("Out and in again" in line for line in text) == 2
    assert not any("najd-clinic/2" in line for line in text)


def test_a_box_without_ports_says_so() -> None:
    at = table(**{"hardware.tests": {"ports": [], "running": None}})
    assert "uses no ports of cards" in at.press("d")
    at.press("enter")
    assert "hardware.test" not in verbs(at)


def test_one_looks_on_while_a_test_runs() -> None:
    at = table(many=1)
    at.press("d")
    assert machine.refresh_s(at.state) is not None
    at = table(many=2)
    at.press("d")
    assert machine.refresh_s(at.state) is None


def test_a_bundle_is_checked_before_it_is_installed() -> None:
    at = table(**{"update.show": {**answers("b")["update.show"], "last": None, "restart": None}})
    at.press("e", "enter")
    assert "Version" in at.text and asks(at, "update.install") == []
    at.press("enter")
    assert asks(at, "update.install") == [{"name": "b", "older": False}]
    assert at.state.page == "update"


def test_a_bundle_that_is_refused_is_not_installed() -> None:
    at = Table(State(Charset.UTF8), answers("b", many=2) | {
        "update.show": {**answers("b")["update.show"], "last": None, "restart": None}
    }, frozenset({"update.check"}))  # fmt: skip
    at.press("1", "e", "enter", "enter")
    assert asks(at, "update.install") == []


@pytest.mark.parametrize(
    ("downs", "verb", "args"),
    [(1, "update.restart", {"when": "idle"}), (2, "update.restart", {"when": "now"}), (3, "update.cancel", {})],
)
def test_what_is_installed_is_started_or_given_up_after_asking_once_more(
    downs: int, verb: str, args: dict[str, object]
) -> None:
    at = table()
    at.press("e", *["down"] * downs, "enter")
    assert asks(at, verb) == []
    at.press("enter")
    assert asks(at, verb) == [args]


def test_going_back_names_the_version() -> None:
    view = answers("0.9.1", many=2)["update.show"]
    at = table(**{"update.show": {**view, "bundles": [], "restart": None, "last": {**view["last"], "stage": "proven"}}})
    assert "Go back to 0.9.1" in at.press("e")
    at.press("down", "enter", "enter")
    assert asks(at, "update.rollback") == [{"when": "now"}]


def test_a_box_without_slots_offers_nothing() -> None:
    at = table(**{"update.show": {"supported": False, "version": "1"}})
    assert "does not run from slots" in at.press("e")
    at.press("enter", "enter")
    assert [verb for verb in verbs(at) if verb.startswith("update.")] == ["update.show"]


@pytest.mark.parametrize("page", ["install_run", "network", "tests", "update"])
def test_what_the_menu_asks_by_itself_is_not_announced(page: str) -> None:
    """Every line that differs is sent again: at 9600 bit/s one sees it come and go."""
    state = State(Charset.UTF8, page=page, answers=answers("clinic", many=1))
    before = machine.draw(state)
    waiting, asked = machine.refresh(state)
    assert waiting.waiting == len(asked) > 0
    assert machine.draw(waiting) == before


def test_what_a_person_asks_for_is_announced() -> None:
    state = State(Charset.UTF8, page="tests", answers=answers("clinic", many=1))
    quiet, _ = machine.refresh(state)
    state = replace(quiet, waiting=0)
    waiting, asked = machine.press(state, "r")
    assert asked == (Ask("hardware.tests"),)
    assert any("One moment" in line for line in machine.draw(waiting).lines)


def test_the_first_page_looks_again_without_a_word() -> None:
    state = State(Charset.UTF8, answers=answers("clinic", many=1))
    before = machine.draw(state)
    waiting, asked = machine.idle(state)
    assert asked and machine.draw(waiting) == before
