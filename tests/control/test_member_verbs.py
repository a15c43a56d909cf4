"""Spans, trunks and routes over the control socket: what is saved, what is refused, what follows."""

from __future__ import annotations

from typing import Any

import pytest

from appliance.control.client import ControlError
from appliance.control.registry import all_verbs
from appliance.control.verbs.member import NOUNS
from appliance.model.access import Permission
from tests.control.conftest import House

SPAN = {"name": "pri", "port": 1, "kind": "e1", "signalling": "pri_cpe"}
TRUNK = {"name": "pstn", "kind": "dahdi", "spans": ["pri"]}
ROUTES = [
    {"name": "local", "match": ["NXXXXXX"], "class": "local", "trunks": ["pstn"]},
    {"name": "abroad", "match": ["00."], "trunks": ["pstn"]},
]


@pytest.fixture
def lines(house: House) -> House:
    house.console.ask("span.add", document=SPAN)
    house.console.ask("trunk.add", document=TRUNK)
    for route in ROUTES:
        house.console.ask("outbound_route.add", document=route)
    house.console.ask("inbound_route.add", document={"caller": "+966500000000", "to": {"hang_up": "busy"}})
    return house


def _keys(house: House, word: str) -> list[str]:
    found: dict[str, Any] = house.console.ask(f"{word}.list")
    return [one["key"] for one in found["members"]]


@pytest.mark.parametrize("word", NOUNS)
def test_every_noun_has_the_same_verbs(word: str) -> None:
    verbs = all_verbs()
    reads = {"list", "get", "references"}
    for name in (*reads, "add", "edit", "move", "remove"):
        wanted = Permission.SITE_READ if name in reads else Permission.SITE_EDIT
        assert verbs[f"{word}.{name}"].needs is wanted


def test_members_are_listed_by_their_keys_in_their_order(lines: House) -> None:
    assert [_keys(lines, word) for word in NOUNS] == [["pri"], ["pstn"], ["any:+966500000000"], ["local", "abroad"]]
    assert lines.console.ask("outbound_route.get", key="local")["document"] == ROUTES[0]


def test_a_route_is_put_in_another_place(lines: House) -> None:
    lines.console.ask("outbound_route.move", key="abroad", place=1)
    assert _keys(lines, "outbound_route") == ["abroad", "local"]


def test_a_renamed_trunk_is_followed_and_its_warnings_are_told(lines: House) -> None:
    result = lines.console.ask("trunk.edit", key="pstn", changes={"name": "telco", "max_calls": 4})
    assert result["key"] == "telco"
    assert lines.console.ask("outbound_route.get", key="local")["document"]["trunks"] == ["telco"]
    hidden = lines.console.ask("outbound_route.add", document={"name": "more", "match": ["00X."], "trunks": ["telco"]})
    assert [problem["code"] for problem in hidden["problems"]] == ["pattern_hidden"]


def test_what_is_wrong_changes_nothing(lines: House) -> None:
    before = lines.console.ask("site.show")["version"]
    with pytest.raises(ControlError) as caught:
        lines.console.ask("trunk.add", document={"name": "x", "kind": "dahdi", "spans": ["no"]})
    assert [problem.where for problem in caught.value.problems] == ["trunks[1].spans[0]"]
    with pytest.raises(ControlError, match="was not found"):
        lines.console.ask("span.edit", key="no", changes={})
    assert lines.console.ask("site.show")["version"] == before


def test_a_trunk_in_use_goes_only_with_what_names_it(lines: House) -> None:
    assert lines.console.ask("trunk.references", key="pstn")["references"] == [
        "outbound_routes[local].trunks[0]", "outbound_routes[abroad].trunks[0]",
    ]  # fmt: skip
    with pytest.raises(ControlError, match="still used in 2 places"):
        lines.console.ask("trunk.remove", key="pstn")
    result = lines.console.ask("trunk.remove", key="pstn", cascade=True)
    assert len(result["removed_references"]) == 2
    assert _keys(lines, "outbound_route") == []


def test_a_span_without_its_card_is_a_warning_of_the_plan(lines: House) -> None:
    problems = lines.console.ask("site.plan")["problems"]
    assert [(problem["code"], problem["severity"]) for problem in problems] == [
        ("no_emergency", "warning"), ("no_fitting_card", "warning"),
    ]  # fmt: skip


def test_hardware_is_edited_beside_its_spans(lines: House) -> None:
    lines.console.ask("hardware.edit", changes={"echo_canceller": "mg2"})
    document = lines.console.ask("site.show")["document"]["hardware"]
    assert document["echo_canceller"] == "mg2"
    assert [span["name"] for span in document["spans"]] == ["pri"]
