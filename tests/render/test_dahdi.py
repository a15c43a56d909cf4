"""DAHDI's files, and which channels a span gets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from appliance.model.changes import ReloadClass
from appliance.model.hardware import FoundCard, FoundPort, FoundSpan, Inventory, PortKind, SpanPlace
from appliance.model.site import Site
from appliance.render import render_site
from appliance.render.span_channels import hardware_problems, of_site, ranges
from tests.model.strategies import sites
from tests.render.lines import A8B, B410, INVENTORY, LINE_FACTS, LINES, PLACES, SPANS, TE435, lawless_lines
from tests.render.sites import DRAWN, FACTS, site


def _without(card: FoundCard) -> Inventory:
    return replace(INVENTORY, cards=tuple(one for one in INVENTORY.cards if one is not card))


def _file(name: str, drawn: Site = LINES, inventory: Inventory = INVENTORY) -> str:
    text = render_site(drawn, replace(LINE_FACTS, inventory=inventory))[f"dahdi/{name}"].text
    return text.partition("\n")[2]


def test_each_kind_of_span_is_set_up_in_its_own_way() -> None:
    assert (
        _file("system.conf")
        == """
# pri
span=1,1,0,ccs,hdb3,crc4
bchan=1-15,17-31
dchan=16
echocanceller=oslec,1-15,17-31

# out
span=2,0,0,ccs,hdb3
bchan=32-46,48-62
dchan=47
echocanceller=oslec,32-46,48-62

# r2
span=3,2,0,cas,hdb3
cas=63-77,79-93:1101
dchan=78
echocanceller=oslec,63-77,79-93

# t1
span=4,3,0,esf,b8zs
e&m=94-117
echocanceller=oslec,94-117

# bri
span=6,4,0,ccs,ami,te
bchan=133-134
hardhdlc=135
echocanceller=oslec,133-134

# fxs
fxoks=125-126
echocanceller=oslec,125-126

# fxo
fxsks=129-130
echocanceller=oslec,129-130

loadzone=nl
defaultzone=nl
"""
    )


def test_numbers_are_pinned_and_kinds_are_said() -> None:
    assert _file("assigned-spans.conf").splitlines() == [
        "TE435-1234\t1:1:1", "TE435-1234\t2:2:32", "TE435-1234\t3:3:63", "TE435-1234\t4:4:94",
        "@pci:0000:04:00.0\t1:5:125", "B410P-7\t1:6:133", "B410P-7\t2:7:136", "B410P-7\t3:8:139", "B410P-7\t4:9:142",
    ]  # fmt: skip
    assert _file("span-types.conf").splitlines() == [
        "TE435-1234\t1:E1", "TE435-1234\t2:E1", "TE435-1234\t3:E1", "TE435-1234\t4:T1",
    ]  # fmt: skip


def test_drivers_get_the_options_of_the_country() -> None:
    options = _file("modprobe.conf").splitlines()
    assert "options dahdi auto_assign_spans=0" in options
    assert "options wctdm24xxp opermode=SAUDIARABIA companding=alaw" in options
    assert "options wcte43x default_linemode=e1" in options
    in_america = LINES.model_copy(update={"box": LINES.box.model_copy(update={"country": "US"})})
    assert "options wcte43x default_linemode=t1" in _file("modprobe.conf", in_america).splitlines()


def test_nothing_of_dahdi_is_written_for_a_box_without_cards() -> None:
    assert [path for path in render_site(site(), FACTS) if path.startswith("dahdi/")] == []


def test_every_file_waits_until_nobody_talks_but_that_of_numbers_which_disturbs_nobody() -> None:
    files = render_site(LINES, LINE_FACTS)
    classes = {path: file.reload_class for path, file in files.items() if path.startswith("dahdi/")}
    assert classes.pop("dahdi/assigned-spans.conf") is ReloadClass.RELOAD
    assert files["dahdi/assigned-spans.conf"].reload == "loopstart-dahdi.service"
    assert set(classes.values()) == {ReloadClass.RESTART_WHEN_IDLE}


def test_a_card_that_comes_makes_nobody_wait() -> None:
    before = render_site(LINES, LINE_FACTS)
    came = FoundCard("TE131-1", "digium/te131", "pci:0000:09:00.0", (FoundPort(1, PortKind.E1, 1, 1, 31),))
    inventory = Inventory((*INVENTORY.cards, came), (*PLACES, SpanPlace(came.identity, 1, 10, 145, 31)))
    after = render_site(LINES, replace(LINE_FACTS, inventory=inventory))
    changed = [path for path in after if after[path] != before[path]]
    assert changed == ["dahdi/assigned-spans.conf"]
    assert set(before[changed[0]].text.splitlines()) < set(after[changed[0]].text.splitlines())


@pytest.mark.parametrize("gone", [TE435, A8B, B410], ids=lambda card: card.identity)
def test_a_card_that_is_away_renumbers_nobody_and_is_warned_of(gone: FoundCard) -> None:
    before, after = of_site(LINES, INVENTORY), of_site(LINES, _without(gone))
    for name, channels in before.items():
        assert channels.place is not None
        assert (after[name].bearers, after[name].d_channel) == (channels.bearers, channels.d_channel)
        assert after[name].present is (channels.place.identity != gone.identity)
    system = _file("system.conf", inventory=_without(gone))
    lines = set(_file("system.conf").splitlines())
    assert {line for line in system.splitlines() if not line.startswith("#")} <= lines
    assert _file("assigned-spans.conf", inventory=_without(gone)) == _file("assigned-spans.conf")
    problems = list(hardware_problems(LINES, _without(gone)))
    assert {problem.severity for problem in problems} == {"warning"}
    assert {problem.params["span"] for problem in problems} == {
        name for name, channels in after.items() if not channels.present
    }


def test_a_span_that_no_card_fits_is_warned_of_and_left_out() -> None:
    inventory = Inventory((B410,), tuple(place for place in PLACES if place.identity == B410.identity))
    found = {problem.path[2]: problem.code for problem in hardware_problems(LINES, inventory)}
    assert found == {0: "no_fitting_card", 1: "no_fitting_card", 2: "no_fitting_card", 3: "no_fitting_card",
                     5: "no_fitting_card", 6: "no_fitting_card"}  # fmt: skip
    assert "fxoks" not in _file("system.conf", inventory=inventory)


def test_auto_takes_the_first_card_with_free_ports_and_named_cards_come_first() -> None:
    second = FoundCard("TE435-9", None, "pci:0000:06:00.0", (FoundPort(1, PortKind.T1, 1, 1, 24),))
    inventory = Inventory((second, *INVENTORY.cards), (*PLACES, SpanPlace("TE435-9", 1, 10, 200, 31)))
    spans = [SPANS[0] | {"name": "a"}, SPANS[0] | {"name": "b", "card": "TE435-1234"}, SPANS[0] | {"name": "c"}]
    found = of_site(site(hardware={"spans": spans}), inventory)
    assert [channels.bearers[:1] for channels in found.values()] == [(200,), (1,), ()]


def test_telephones_are_not_put_on_ports_for_lines_nor_split_over_cards() -> None:
    spans = [
        {"name": "a", "ports": [4, 5], "kind": "analog", "signalling": "fxo_ks"},
        {"name": "b", "ports": [5], "kind": "analog", "signalling": "fxo_ks"},
        {"name": "c", "ports": [8, 5], "kind": "analog", "signalling": "fxs_ks"},
        {"name": "d", "ports": [5], "kind": "analog", "signalling": "fxs_ks"},
    ]
    found = of_site(site(hardware={"spans": spans}), INVENTORY)
    assert [channels.bearers for channels in found.values()] == [(), (), (132, 129), ()]


def test_a_dynamic_span_has_no_span_line_and_is_told_its_law() -> None:
    card = FoundCard("DYN/loc/1:0", None, "", (FoundPort(1, PortKind.E1, 1, 1, 31),))
    inventory = Inventory((card,), (SpanPlace("DYN/loc/1:0", 1, 1, 1, 31),))
    system = _file("system.conf", site(hardware={"spans": [SPANS[2] | {"port": 1}]}), inventory)
    assert system.splitlines()[1:4] == ["# r2", "cas=1-15,17-31:1101", "alaw=1-15,17-31"]


def test_a_channel_bank_has_all_channels_of_a_t1_and_takes_the_clock_of_whoever_feeds_it() -> None:
    card = FoundCard("TE2-1", None, "", tuple(FoundPort(port, PortKind.T1, port, 1, 24) for port in (1, 2)))
    inventory = Inventory((card,), (SpanPlace("TE2-1", 1, 1, 1, 31), SpanPlace("TE2-1", 2, 2, 32, 31)))
    spans = [
        {"name": "bank", "port": 1, "kind": "t1", "signalling": "fxo_ks"},
        {"name": "lines", "port": 2, "kind": "t1", "signalling": "fxs_ks"},
    ]
    system = _file("system.conf", site(hardware={"spans": spans}), inventory)
    assert [line for line in system.splitlines() if line and not line.startswith(("#", "echo", "load", "def"))] == [
        "span=1,0,0,esf,b8zs", "fxoks=1-24", "span=2,1,0,esf,b8zs", "fxsks=32-55",
    ]  # fmt: skip


def test_ranges_are_as_short_as_can_be() -> None:
    assert ranges((1, 2, 3, 5, 7, 8)) == "1-3,5,7-8"
    assert ranges(()) == ""


@given(lawless_lines())
@DRAWN
def test_no_text_adds_a_line_to_dahdis_files(lawless: Site) -> None:
    names = ("system.conf", "assigned-spans.conf", "span-types.conf", "modprobe.conf")
    lengths = {name: _file(name, lawless).count("\n") for name in names}
    assert lengths["modprobe.conf"] == 12
    for line in _file("system.conf", lawless).splitlines():
        assert line.partition("=")[0] in {
            "", "span", "bchan", "dchan", "fxoks", "echocanceller", "loadzone", "defaultzone",
        } or line.startswith("# ")  # fmt: skip


@given(sites())
@DRAWN
def test_no_channel_is_used_twice(drawn: Site) -> None:
    used = [channel for channels in of_site(drawn, INVENTORY).values() for channel in channels.bearers]
    assert len(used) == len(set(used))


TAKEN_AWAY = FoundCard("DYN/loc/1:0", None, "", (FoundPort(1, None, 1, 1, 0),), (FoundSpan(1, "DYNAMIC", 0),))


@pytest.mark.parametrize("cards", [(), (TAKEN_AWAY,)], ids=["gone", "taken from DAHDI"])
@pytest.mark.parametrize(
    ("kind", "signalling", "width"), [("t1", "fxs_ks", 24), ("t1", "fxs_ks", 31), ("e1", "pri_cpe", 31)]
)
def test_a_dynamic_span_that_is_away_keeps_its_numbers(
    kind: str, signalling: str, width: int, cards: tuple[FoundCard, ...]
) -> None:
    """A T1 is pinned as wide as an E1, but for a dynamic one that had its channels then; being away is an alarm."""
    span = {"name": "bank", "card": "DYN/loc/1:0", "port": 1, "kind": kind, "signalling": signalling}
    inventory = Inventory(cards, (SpanPlace("DYN/loc/1:0", 1, 4, 94, width),))
    [found] = of_site(Site.from_document({"hardware": {"spans": [span]}}), inventory).values()
    assert found.place == inventory.places[0]
    assert not found.present
    assert found.bearers[0] == 94


def test_an_empty_socket_is_no_port_that_was_taken_away() -> None:
    spans = [{"name": "a", "card": "TDM-1", "ports": [1], "kind": "analog", "signalling": "fxo_ks"}]
    ports = (FoundPort(1, None, 1, 1, 1), FoundPort(2, PortKind.FXS, 1, 2, 1))
    places = (SpanPlace("TDM-1", 1, 1, 1, 4),)
    for span, place in ((1, None), (None, places[0])):
        card = FoundCard("TDM-1", None, "", ports, (FoundSpan(1, "ANALOG_MIXED", 4, span),))
        [found] = of_site(Site.from_document({"hardware": {"spans": spans}}), Inventory((card,), places)).values()
        assert (found.place, found.present) == (place, False)
