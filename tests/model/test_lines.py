"""Rules between spans, trunks, telephones on lines and routes; patterns; how numbers are written."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.countries import all_countries
from appliance.model.dial_patterns import covers, fits, shortest
from appliance.model.numbering import as_dialled, e164, national, numbering
from appliance.model.problems import ProblemsError
from appliance.model.site import Site
from appliance.model.verify import errors, verify
from tests.model.line_strategies import dial_patterns, outside_numbers
from tests.model.strategies import sites

PRI = {"name": "pri", "port": 1, "kind": "e1", "signalling": "pri_cpe"}
FXS = {"name": "fxs", "ports": [1, 2], "kind": "analog", "signalling": "fxo_ks"}
PSTN = {"name": "pstn", "kind": "dahdi", "spans": ["pri"]}
HELP = {"emergency": {"numbers": ["911"], "trunks": ["pstn"]}}


def _document(**nouns: Any) -> dict[str, Any]:
    return {"hardware": {"spans": [PRI, FXS]}, "trunks": [PSTN], "box": HELP, **nouns}


def _found(**nouns: Any) -> dict[str, str]:
    """``where -> code``, warnings in brackets."""
    problems = verify(Site.from_document(_document(**nouns)))
    return {each.where: each.code if each.severity == "error" else f"({each.code})" for each in problems}


def _refused(**nouns: Any) -> dict[str, str]:
    with pytest.raises(ProblemsError) as caught:
        Site.from_document(_document(**nouns))
    return {each.where: each.code for each in caught.value.problems}


def _spans(*changes: dict[str, Any]) -> dict[str, str]:
    return _found(hardware={"spans": [PRI, FXS, *changes]})


def test_lines_without_a_fault_have_no_problem() -> None:
    assert _found() == {}


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        ({"signalling": "bri_cpe"}, "signalling", "not_of_kind"),
        ({"signalling": "fxo_ks"}, "signalling", "not_of_kind"),
        ({"framing": "esf"}, "framing", "not_of_kind"),
        ({"coding": "b8zs"}, "coding", "not_of_kind"),
        ({"ports": [1]}, "ports", "not_for_span"),
        ({"port": None}, "port", "required"),
        ({"r2": {}}, "r2", "not_for_span"),
        ({"signalling": "mfcr2", "switch": "qsig"}, "switch", "not_for_span"),
        ({"kind": "t1", "crc4": True}, "crc4", "not_for_span"),
    ],
)
def test_the_fields_of_a_digital_span_must_go_together(change: dict[str, Any], where: str, code: str) -> None:
    assert _spans(PRI | {"name": "x"} | change)[f"hardware.spans[2].{where}"] == code


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        ({"signalling": "pri_net"}, "signalling", "not_of_kind"),
        ({"ports": []}, "ports", "required"),
        ({"ports": [3, 3]}, "ports[1]", "repeated"),
        ({"port": 1}, "port", "not_for_span"),
        ({"timing": 1}, "timing", "not_for_span"),
        ({"framing": "ccs"}, "framing", "not_for_span"),
    ],
)
def test_the_fields_of_an_analog_span_must_go_together(change: dict[str, Any], where: str, code: str) -> None:
    assert _spans(FXS | {"name": "x"} | change) == {f"hardware.spans[2].{where}": code}


def test_spans_share_neither_names_nor_ports_nor_places_in_the_order_of_clocks() -> None:
    one = PRI | {"name": "a", "card": "TE435-1", "timing": 1}
    two = PRI | {"name": "a", "card": "TE435-1", "timing": 1}
    assert _spans(one, two) == {
        "hardware.spans[3].name": "duplicate_name",
        "hardware.spans[3]": "port_taken",
        "hardware.spans[3].timing": "(timing_repeated)",
    }
    assert _spans(one, two | {"name": "b", "port": 2, "timing": 2}) == {}


def test_a_trunk_takes_spans_with_lines_that_are_there_and_free() -> None:
    assert _found(trunks=[PSTN | {"spans": ["pri", "fxs", "no"]}, PSTN | {"spans": ["pri"]}]) == {
        "trunks[0].spans[1]": "span_for_telephones",
        "trunks[0].spans[2]": "no_such_span",
        "trunks[1].name": "duplicate_name",
        "trunks[1].spans[0]": "span_of_two_trunks",
    }


def test_a_trunk_of_another_kind_is_refused_by_name_once() -> None:
    assert _refused(trunks=[PSTN, {"name": "p", "kind": "sip", "host": "x", "register": True}]) == {
        "trunks[1]": "not_built"
    }
    assert _refused(trunks=[PSTN | {"kind": "gsm", "host": "x"}]) == {
        "trunks[0].kind": "one_of",
        "trunks[0].host": "not_built",
    }


def test_a_telephone_is_on_a_free_channel_of_a_span_for_telephones() -> None:
    def phone(number: str, span: str, channel: int, **fields: Any) -> dict[str, Any]:
        return {"number": number, "name": "T", "line": {"span": span, "channel": channel}, **fields}

    extensions = [
        phone("101", "fxs", 1), phone("102", "fxs", 1), phone("103", "fxs", 3), phone("104", "pri", 1),
        phone("105", "no", 1), phone("106", "fxs", 2, secret="Rows-mint-88-Lantern"),
    ]  # fmt: skip
    assert _found(extensions=extensions) == {
        "extensions[1].line.channel": "channel_taken",
        "extensions[2].line.channel": "no_such_channel",
        "extensions[3].line.span": "span_for_lines",
        "extensions[4].line.span": "no_such_span",
        "extensions[5].secret": "secret_with_line",
    }


def test_a_caller_id_that_is_none_of_our_numbers_is_warned_of() -> None:
    extension = {"number": "101", "name": "A", "caller_id": {"number": "+966112345600"}}
    assert _found(extensions=[extension]) == {}
    assert _found(extensions=[extension], trunks=[PSTN | {"numbers": ["+966112345601"]}]) == {
        "extensions[0].caller_id.number": "(caller_id_not_ours)"
    }


def test_two_inbound_routes_of_the_same_conditions_are_refused() -> None:
    to = {"hang_up": "busy"}
    routes = [
        {"to": to}, {"number": "+966112345600", "to": to}, {"trunk": "pstn", "to": to}, {"trunk": "no", "to": to},
        {"number": "+966112345600", "to": {"extension": "999"}},
    ]  # fmt: skip
    assert _found(inbound_routes=routes) == {
        "inbound_routes[3].trunk": "no_such_trunk",
        "inbound_routes[4]": "same_conditions",
        "inbound_routes[4].to": "no_such_extension",
    }
    keys = [route.key for route in Site.from_document(_document(inbound_routes=routes)).inbound_routes]
    assert keys == ["any", "+966112345600", "any@pstn", "any@no", "+966112345600"]


def test_outbound_routes_must_lead_somewhere_and_leave_a_number() -> None:
    routes = [
        {"name": "a", "match": ["0X.", "0X."], "trunks": ["pstn", "pstn", "no"]},
        {"name": "a", "match": ["05XXXXXXXX", "12X"], "strip": 3, "trunks": ["pstn"]},
        {"name": "b", "match": ["9."], "strip": 1, "trunks": ["pstn"]},
    ]
    assert _found(outbound_routes=routes) == {
        "outbound_routes[0].match[1]": "repeated",
        "outbound_routes[0].trunks[1]": "repeated",
        "outbound_routes[0].trunks[2]": "no_such_trunk",
        "outbound_routes[1].name": "duplicate_name",
        "outbound_routes[1].match[0]": "(pattern_hidden)",
        "outbound_routes[1].match[1]": "strip_too_long",
    }


def test_a_pattern_that_fits_an_extension_is_warned_of() -> None:
    found = _found(
        extensions=[{"number": "911", "name": "A"}, {"number": "112", "name": "B"}],
        outbound_routes=[{"name": "a", "match": ["1XX"], "trunks": ["pstn"]}],
    )
    assert found == {
        "extensions[0].number": "number_clash",
        "outbound_routes[0].match[0]": "(pattern_fits_extension)",
    }


def test_routes_without_emergency_numbers_are_warned_of() -> None:
    route = {"name": "a", "match": ["0."], "trunks": ["pstn"]}
    assert _found(box={}, outbound_routes=[route]) == {"box.emergency": "(no_emergency)"}
    assert _found(box={"emergency": {"numbers": ["911", "911"], "trunks": ["no", "no"]}}) == {
        "box.emergency.numbers[1]": "duplicate_number",
        "box.emergency.trunks[0]": "no_such_trunk",
        "box.emergency.trunks[1]": "no_such_trunk",
    } | {"box.emergency.trunks[1]": "repeated"}


def test_other_machines_get_ports_that_are_free() -> None:
    hardware = {"spans": [PRI], "smdr": {"tcp_port": 2300, "serial": "ttyS0"}, "display": {"serial": "ttyS0"}}
    assert _found(hardware=hardware) == {"hardware.smdr.serial": "serial_port_used"}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("tcp_port", 2299, "too_small"),
        ("tcp_port", 2310, "too_large"),
        ("serial", "../sda", "serial_port"),
        ("speed", 9601, "one_of"),
        ("framing", "9N1", "one_of"),
        ("flow", "dtr", "one_of"),
        ("format", "pdf", "one_of"),
    ],
)
def test_call_records_go_where_the_box_can_send_them(field: str, value: object, code: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        Site.from_document({"hardware": {"smdr": {field: value}}})
    assert [(one.where, one.code) for one in caught.value.problems] == [(f"hardware.smdr.{field}", code)]


@pytest.mark.parametrize("pattern", ["", ".", "0.0", "[5-2]", "[]", "0[", "+966.", "*1", "x", "[1-]", "٣"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    route = {"name": "a", "match": [pattern], "trunks": ["pstn"]}
    assert set(_refused(outbound_routes=[route])) == {"outbound_routes[0].match[0]"}


@pytest.mark.parametrize(
    ("pattern", "number", "expected"),
    [
        ("NXXXXXX", "2345678", True), ("NXXXXXX", "1345678", False), ("NXXXXXX", "23456789", False),
        ("00.", "001", True), ("00.", "00", False), ("0[1-35]X", "020", True), ("0[1-35]X", "040", False),
        ("Z", "0", False), ("X.", "+1", False),
    ],
)  # fmt: skip
def test_patterns_fit_as_asterisk_fits_them(pattern: str, number: str, expected: bool) -> None:
    assert fits(pattern, number) is expected


@given(dial_patterns(), dial_patterns(), st.text(string.digits, min_size=1, max_size=14))
def test_a_pattern_that_covers_another_fits_all_of_its_numbers(wide: str, narrow: str, number: str) -> None:
    assert covers(wide, wide)
    if fits(narrow, number):
        assert len(number) >= shortest(narrow)
        assert fits(wide, number) or not covers(wide, narrow)


@given(dial_patterns())
def test_a_dot_covers_every_longer_pattern(pattern: str) -> None:
    assert covers("X.", pattern) is (shortest(pattern) > 1)


@pytest.mark.parametrize(
    ("delivered", "country", "expected"),
    [
        ("0551234567", "SA", "+966551234567"), ("551234567", "SA", "+966551234567"),
        ("966551234567", "SA", "+966551234567"), ("00442071234567", "SA", "+442071234567"),
        ("+442071234567", "SA", "+442071234567"), ("103", "SA", None), ("", "SA", None), ("3712345", "GB", None),
        ("02071234567", "GB", "+442071234567"), ("2125551234", "US", "+12125551234"),
        ("12125551234", "US", "+12125551234"), ("12345678", "DK", "+4512345678"), ("0612345", "ZZ", None),
        ("*55", "SA", None), ("+12", "SA", None), ("٠٥٥١٢٣٤٥٦٧", "SA", None),
    ],
)  # fmt: skip
def test_what_a_line_delivers_becomes_a_number(delivered: str, country: str, expected: str | None) -> None:
    assert e164(delivered, country) == expected


@given(st.sampled_from(all_countries()), outside_numbers())
def test_a_number_dialled_in_a_country_is_the_same_number(country: str, number: str) -> None:
    plan = numbering(country)
    dialled = as_dialled(number, country)
    assert dialled.isdigit()
    if plan is None or (national(number, country) is None and number.startswith(f"+{plan.code}")):
        return  # of no length that the country has
    assert e164(dialled, country) in {number, None} or not dialled.startswith(plan.international)


@given(sites())
def test_drawn_sites_have_no_errors(site: Site) -> None:
    assert errors(verify(site)) == []
