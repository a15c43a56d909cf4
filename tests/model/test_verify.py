"""Each rule between fields: what breaks it, where the problem is placed, and what is let through."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.dialables import dialables
from appliance.model.feature_codes import FeatureCodes
from appliance.model.forward_loops import circles
from appliance.model.site import Site
from appliance.model.verify import errors, verify
from tests.model.strategies import sites


def _found(document: dict[str, Any]) -> dict[str, str]:
    """``where -> code``, warnings in brackets."""
    problems = verify(Site.from_document(document))
    return {each.where: each.code if each.severity == "error" else f"({each.code})" for each in problems}


def _extension(number: str, **fields: Any) -> dict[str, Any]:
    return {"number": number, "name": f"Phone {number}", **fields}


def test_an_empty_site_has_no_problem() -> None:
    assert verify(Site()) == []


def test_two_extensions_of_one_number_are_refused_at_the_second() -> None:
    found = verify(Site.from_document({"extensions": [_extension("101"), _extension("102"), _extension("101")]}))
    assert [(each.where, each.code, each.params) for each in found] == [
        ("extensions[2].number", "duplicate_number", {"number": "101", "other": "extensions[0].number"})
    ]


def test_two_feature_codes_may_not_be_the_same() -> None:
    assert _found({"feature_codes": {"echo_test": "*97"}}) == {"feature_codes.voicemail": "duplicate_number"}


@pytest.mark.parametrize(
    ("code", "refused"),
    [("*721", True), ("*7200", True), ("*72*", False), ("*72#1", False), ("*71", False), ("*7", False)],
)
def test_a_code_may_not_look_like_a_set_code_with_digits(code: str, refused: bool) -> None:
    expected = {"feature_codes.echo_test": "code_prefix"} if refused else {}
    assert _found({"feature_codes": {"echo_test": code}}) == expected


def test_a_longer_code_than_one_that_takes_no_digits_is_fine() -> None:
    assert _found({"feature_codes": {"echo_test": "*971"}}) == {}


@given(sites())
def test_every_number_and_code_is_among_the_dialables_with_its_place(site: Site) -> None:
    found = list(dialables(site))
    emergency = site.box.emergency.numbers if site.box.emergency is not None else ()
    assert len(found) == len(FeatureCodes.model_fields) + len(site.extensions) + len(emergency)
    for each in found:
        place: Any = site
        for step in each.path:
            place = place[step] if isinstance(step, int) else getattr(place, step)
        assert place == each.number


def test_extension_numbers_have_the_digits_of_the_box() -> None:
    document = {"box": {"extension_digits": 4}, "extensions": [_extension("101"), _extension("1001")]}
    assert _found(document) == {"extensions[0].number": "extension_length"}


@pytest.mark.parametrize("way", ["always", "busy"])
def test_a_forward_to_nobody_is_refused(way: str) -> None:
    document = {"extensions": [_extension("101", forward={way: {"extension": "109"}})]}
    assert _found(document) == {f"extensions[0].forward.{way}": "no_such_extension"}


def test_a_forward_after_no_answer_to_nobody_is_refused_at_its_destination() -> None:
    document = {"extensions": [_extension("101", forward={"no_answer": {"to": {"voicemail": "109"}}})]}
    assert _found(document) == {"extensions[0].forward.no_answer.to": "no_such_extension"}


def test_the_voicemail_of_an_extension_without_one_is_refused() -> None:
    document = {
        "extensions": [
            _extension("101", forward={"busy": {"voicemail": "102"}, "always": {"voicemail": "103"}}),
            _extension("102", voicemail={"enabled": False, "pin": "40719"}),
            _extension("103", voicemail={"enabled": True}),
        ]
    }
    assert _found(document) == {"extensions[0].forward.busy": "no_voicemail"}


def test_hanging_up_needs_nobody() -> None:
    assert _found({"extensions": [_extension("101", forward={"busy": {"hang_up": "busy"}})]}) == {}


def test_a_forward_to_oneself_is_refused_and_ones_own_voicemail_is_not() -> None:
    me = {"extension": "101"}
    document = {
        "extensions": [
            _extension("101", forward={"always": me, "busy": me, "no_answer": {"to": me}}),
            _extension("102", voicemail={"enabled": True}, forward={"busy": {"voicemail": "102"}}),
        ]
    }
    assert _found(document) == {
        "extensions[0].forward.always": "forward_to_self",
        "extensions[0].forward.busy": "forward_to_self",
        "extensions[0].forward.no_answer.to": "forward_to_self",
    }


def _ring(*numbers: str, way: str = "always") -> dict[str, Any]:
    following = [*numbers[1:], numbers[0]]
    return {
        "extensions": [
            _extension(number, forward={way: {"extension": to}}) for number, to in zip(numbers, following, strict=True)
        ]
    }


def test_a_circle_of_forwards_is_refused_once_and_told_whole() -> None:
    [problem] = verify(Site.from_document(_ring("101", "102", "103")))
    assert (problem.where, problem.code) == ("extensions[0].forward.always", "forward_loop")
    assert problem.params == {"numbers": "101 → 102 → 103 → 101"}


def test_a_tail_that_leads_into_a_circle_is_not_blamed() -> None:
    document = _ring("102", "103")
    document["extensions"].insert(0, _extension("101", forward={"always": {"extension": "102"}}))
    assert _found(document) == {"extensions[1].forward.always": "forward_loop"}


def test_a_circle_that_needs_everybody_to_be_busy_is_a_warning() -> None:
    assert _found(_ring("101", "102", way="busy")) == {"extensions[0].forward": "(forward_circle)"}


def test_a_long_circle_is_told_short() -> None:
    [problem] = verify(Site.from_document(_ring(*[str(number) for number in range(101, 160)])))
    assert problem.params == {"numbers": "101 → 102 → 103 → 104 → 105 → 106 → … → 101"}


@given(
    st.integers(1, 9).flatmap(
        lambda size: st.lists(st.lists(st.integers(0, size - 1), max_size=3), min_size=size, max_size=size)
    )
)
def test_circles_are_the_groups_that_reach_each_other(edges: list[list[int]]) -> None:
    def reached(start: int) -> set[int]:
        seen: set[int] = set()
        new = set(edges[start])
        while new:
            seen |= new
            new = {target for node in new for target in edges[node]} - seen
        return seen

    reach = [reached(node) for node in range(len(edges))]
    expected = {
        frozenset(other for other in range(len(edges)) if other in reach[node] and node in reach[other])
        for node in range(len(edges))
    }
    assert {frozenset(each) for each in circles(edges)} == {each for each in expected if len(each) > 1}


@pytest.mark.parametrize(
    ("secret", "code"),
    [
        ("8273645192", "secret_digits_only"),
        ("101101101a", "secret_guessable"),
        ("Phone101x!", "secret_guessable"),
        ("PassWord12", "secret_guessable"),
        ("aaaaabbbbbaaaa", "secret_guessable"),
        ("kX9!wq3z", "(secret_short)"),
        ("kX9!wq3-101", "(secret_names_extension)"),
        ("kX9!wq3z-101-Lm", None),
        ("Phone-kX9!wq3z", "(secret_names_extension)"),
        ("Vexl9-quiet-Harbour", None),
    ],
)
def test_sip_passwords_are_weighed(secret: str, code: str | None) -> None:
    document = {"extensions": [_extension("101", secret=secret)]}
    assert _found(document) == ({} if code is None else {"extensions[0].secret": code})


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("0101", "pin_is_number"),
        ("1010", "pin_is_number"),
        ("7777", "pin_one_digit"),
        ("1234", "pin_sequence"),
        ("98765", "pin_sequence"),
        ("7890", "pin_sequence"),
        ("3210987654", "pin_sequence"),
        ("51017", "(pin_contains_number)"),
        ("407193", None),
        ("1357", None),
    ],
)
def test_pins_are_weighed(pin: str, code: str | None) -> None:
    document = {"extensions": [_extension("101", voicemail={"pin": pin})]}
    assert _found(document) == ({} if code is None else {"extensions[0].voicemail.pin": code})


def test_a_mailbox_without_a_pin_is_fine() -> None:
    assert _found({"extensions": [_extension("101", voicemail={"enabled": True})]}) == {}


def test_country_and_time_zone_must_be_known() -> None:
    assert _found({"box": {"country": "XX", "time_zone": "Asia/Riad"}}) == {
        "box.country": "unknown_country",
        "box.time_zone": "unknown_time_zone",
    }


def test_a_time_zone_of_another_country_is_a_warning_that_names_the_likely_one() -> None:
    [problem] = verify(Site.from_document({"box": {"country": "SA", "time_zone": "Asia/Tehran"}}))
    assert (problem.where, problem.code, problem.severity) == (
        "box.time_zone",
        "time_zone_elsewhere",
        "warning",
    )
    assert problem.params["suggested"] == "Asia/Riyadh"


def test_languages_must_be_among_those_of_the_box() -> None:
    document = {
        "box": {"language": "ar", "languages": ["en", "zh", "en"]},
        "extensions": [_extension("101", language="fa"), _extension("102", language="zh")],
    }
    assert _found(document) == {
        "box.language": "language_not_offered",
        "box.languages[2]": "repeated",
        "extensions[0].language": "language_not_offered",
    }


def test_some_transport_must_be_on() -> None:
    off = {"udp": False, "tcp": False, "tls": False, "media_encryption": "required"}
    assert _found({"sip": off}) == {"sip": "no_transport"}


def test_keys_in_clear_are_warned_of() -> None:
    assert _found({"sip": {"tls": False, "media_encryption": "required"}}) == {
        "sip.media_encryption": "(keys_in_clear)"
    }
    assert _found({"sip": {"tls": False, "media_encryption": "offered"}}) == {}


def test_a_codec_is_named_once() -> None:
    assert _found({"sip": {"codecs": ["alaw", "ulaw", "alaw"]}}) == {"sip.codecs[2]": "repeated"}


def test_an_empty_pickup_group_is_warned_of() -> None:
    document = {"extensions": [_extension("101", may_pick_up=["front", "back"], pickup_group="front")]}
    assert _found(document) == {"extensions[0].may_pick_up[1]": "(pickup_group_empty)"}


def test_every_problem_is_found_at_once() -> None:
    document = {
        "box": {"country": "XX"},
        "sip": {"codecs": ["alaw", "alaw"]},
        "feature_codes": {"echo_test": "*721"},
        "extensions": [_extension("10"), _extension("101", forward={"always": {"extension": "55"}})],
    }
    assert list(_found(document)) == [
        "box.country",
        "sip.codecs[1]",
        "feature_codes.echo_test",
        "extensions[0].number",
        "extensions[1].forward.always",
    ]


def test_warnings_are_not_errors() -> None:
    found = verify(Site.from_document({"sip": {"tls": False, "media_encryption": "required"}}))
    assert found
    assert errors(found) == []


@given(sites())
def test_verify_finds_the_same_twice_and_changes_nothing(site: Site) -> None:
    before = site.model_copy(deep=True)
    assert verify(site) == verify(site)
    assert site == before
