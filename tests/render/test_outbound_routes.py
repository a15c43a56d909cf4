"""The part of the dialplan that leads out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.countries import all_countries
from appliance.model.fields import MayCall
from appliance.model.members import move_member
from appliance.model.numbering import as_dialled, e164
from appliance.model.site import Site
from appliance.render import render_site
from tests.model.line_strategies import outside_numbers
from tests.model.strategies import sites
from tests.render.conf_reader import Conf, read
from tests.render.lines import LINE_FACTS, LINES, lawless_lines
from tests.render.sites import DRAWN, FACTS, site
from tests.render.test_extensions import APPLICATIONS, PATH, steps


def _conf(drawn: Site = LINES) -> Conf:
    return read(render_site(drawn, LINE_FACTS)[PATH].text)


def _lines(conf: Conf, context: str) -> list[str]:
    return [value for name, value in conf.section(context).values if name in {"exten", "same", "include"}]


def _includes(conf: Conf, context: str) -> list[str]:
    return [value for name, value in conf.section(context).values if name == "include"]


def test_every_channel_of_a_card_that_is_called_is_told_whose_it_is() -> None:
    """Dial would give it the caller's account, and the history would take a line for the telephone that calls by it."""
    conf = _conf()
    told = 0
    for section in conf.sections:
        if section.name == "port-tests":
            continue  # nobody's
        before = ""
        for step in [value for name, value in section.values if name in {"exten", "same"}]:
            if "Dial(DAHDI/" in step:
                dials = [line for line in _lines(conf, section.name) if "Dial(DAHDI/" in line]
                assert dials and before, section.name
                told += 1
            if match := re.search(r"Set\(CHANNEL\(peeraccount\)=(.*)\)$", step):
                before = match[1]
                assert before in {"trunk/pstn", "trunk/analog", "extension/${EXTEN}"}
            if ",1," in step.partition("(")[0]:
                before = before if "CHANNEL(peeraccount)" in step else ""
    assert told == 4  # two spans of one trunk, one of the other, and telephones
    assert "load = func_channel.so\n" in render_site(LINES, LINE_FACTS)["asterisk/modules.conf"].text


def test_emergency_numbers_come_before_extensions_and_those_before_the_outside() -> None:
    conf = _conf()
    wanted = ["emergency", "dialled", "feature-codes", "outbound"]
    assert _includes(conf, "phones") == [*wanted, "unknown-numbers"]
    assert _includes(conf, "line-phones") == wanted
    assert _includes(conf, "beyond") == ["outbound", "unknown-numbers"]


def test_routes_are_tried_in_the_order_of_the_site() -> None:
    assert _includes(_conf(), "outbound") == ["route-local", "route-national", "route-abroad", "plus-numbers"]
    moved = move_member(LINES, "outbound_routes", "abroad", 1).site
    assert _includes(_conf(moved), "outbound")[0] == "route-abroad"


def test_a_route_changes_the_number_asks_for_permission_and_tries_its_trunks() -> None:
    conf = _conf()
    assert _lines(conf, "route-abroad") == [
        "_00.,1,Set(DIALLED=${FILTER(0-9,${EXTEN})})",
        "n,Set(NUMBER=+${DIALLED:2})",
        "n,Set(ROUTE=abroad)",
        "n,Goto(by-route,abroad,1)",
    ]
    assert _lines(conf, "by-route")[:4] == [
        "local,1,Gosub(may-leave,s,1(1))",
        "n,Gosub(out-by,pstn,1)",
        "n,Gosub(out-by,analog,1)",
        "n,Goto(no-line,s,1)",
    ]
    assert _lines(conf, "may-call") == ["101,1,Return(3)", "110,1,Return(0)", "_X.,1,Return(2)"]
    assert list(MayCall)[2] is MayCall.NATIONAL


def test_a_call_for_help_asks_for_nothing() -> None:
    assert _lines(_conf(), "emergency")[:6] == [
        "911,1,Set(GROUP(calls)=${EXTENSION})",
        "n,Set(NUMBER=911)",
        "n,Set(ROUTE=emergency)",
        "n,Gosub(out-by,analog,1(always))",
        "n,Gosub(out-by,pstn,1(always))",
        "n,Goto(no-line,s,1)",
    ]


def test_a_trunk_shows_its_number_and_tries_its_spans_from_the_top() -> None:
    lines = _lines(_conf(), "out-by")
    assert "n,GotoIf($[${GROUP_COUNT(pstn@trunk)} >= 30]?full)" in lines
    assert "n,Set(CALLERID(num)=112345600)" in lines
    assert [line for line in lines if "Dial" in line] == [
        "n,Dial(DAHDI/G1/${OUT})", "n,Dial(DAHDI/G5/${OUT})", "n,Dial(DAHDI/G7/${OUT})",
    ]  # fmt: skip


def test_a_name_shown_outside_is_written_so_that_the_dialplan_reads_nothing_of_it() -> None:
    assert _lines(_conf(), "caller-id") == [
        "101,1,Set(CALLERID(num)=112345601)",
        "n,Set(CALLERID(name)=${BASE64_DECODE(2LnZitin2K/YqSDZhtis2K8=)})",
        "n,Return()",
        "_X.,1,Return()",
    ]


def test_a_box_without_trunks_has_none_of_it() -> None:
    conf = read(render_site(site({"number": "101", "name": "A"}), FACTS)[PATH].text)
    assert _includes(conf, "phones") == ["dialled", "feature-codes", "unknown-numbers"]
    assert {section.name for section in conf.sections}.isdisjoint({"outbound", "emergency", "e164", "line-phones"})


@given(sites())
@DRAWN
def test_every_context_that_is_gone_to_is_there(drawn: Site) -> None:
    conf = _conf(drawn)
    there = {section.name for section in conf.sections}
    for name in there:
        assert set(_includes(conf, name)) <= there
    for _, _, application, argument in steps(conf):
        if application in {"Goto", "Gosub"} and argument.count(",") >= 2:
            target = argument.split(",")[0]
            assert "${" in target or target in there, argument


@given(lawless_lines())
@DRAWN
def test_no_text_adds_an_application_or_an_argument(lawless: Site) -> None:
    conf = _conf(lawless)
    ours = re.compile(r"(in(-from-[\w.*#-]*)?(-on-[\w.+*#-]*)?|(line|route)-[\w.+*#-]*|e164-.*)")
    tame = {section.name for section in _conf().sections}
    for section in conf.sections:
        assert section.name in tame or ours.fullmatch(section.name), section.name
    for context, _, application, argument in steps(conf):
        # That of port tests is the same for every site (tests/render/test_port_tests.py).
        assert application in APPLICATIONS or context == "port-tests"
        if context.startswith(("route-", "in", "line-", "by-route", "out-by", "caller-id")):
            plain = re.sub(r"\$\{[A-Z_:0-9]+\}|\$\{(FILTER|LEN|BASE64_DECODE|GROUP_COUNT)\([^()$]*(\$\{[A-Z]+\})?\)\}",
                           "", argument)  # fmt: skip
            assert "${" not in plain, argument


_RETURN = re.compile(r"1,Return\((?P<put>[^$]*)\$\{(EXTEN(:(?P<start>\d+))?|FILTER\((?P<kept>[^,]*),\$\{EXTEN\}\))\}\)")


def _fits(pattern: str, number: str) -> bool:
    """Of the patterns that these contexts have: a prefix and X for each digit, or anything of a few signs."""
    prefix = pattern.removeprefix("_").rstrip("X!")
    if prefix.startswith("["):
        return True
    length = len(pattern) - 1 - pattern.endswith("!")
    long_enough = len(number) >= length if pattern.endswith("!") else len(number) == length
    return number.startswith(prefix) and long_enough


def _returned(conf: Conf, context: str, number: str) -> str | None:
    """What Gosub into a context gives: included contexts are asked in turn, closer patterns stand first."""
    for line in _lines(conf, context):
        pattern, comma, step = line.partition(",")
        if not comma:
            if (found := _returned(conf, pattern, number)) is not None:
                return found
        elif _fits(pattern, number):
            match = _RETURN.fullmatch(step)
            assert match is not None, step
            kept = match["kept"]
            text = number[int(match["start"] or 0) :]
            if kept is not None:
                text = "".join(sign for sign in text if sign.isdigit() or sign in kept.removeprefix("0-9"))
            return match["put"] + text
    return None


@given(st.sampled_from(all_countries()), outside_numbers())
@DRAWN
def test_the_dialplan_writes_numbers_as_the_model_does(country: str, number: str) -> None:
    box = LINES.box.model_copy(update={"country": country})
    conf = _conf(LINES.model_copy(update={"box": box}))
    dialled = as_dialled(number, country)
    assert _returned(conf, "as-dialled", number) == dialled
    for digits in (dialled, number.removeprefix("+"), dialled[1:], "103"):
        if digits:
            assert _returned(conf, "e164", digits) == (e164(digits, country) or digits)


@pytest.mark.parametrize("number", ["911", "0551234567", "*55"])
def test_a_number_that_is_dialled_already_stays(number: str) -> None:
    assert _returned(_conf(), "as-dialled", number) == number
