"""A card in, a country, and a configuration that could be applied."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.hardware.cards import find_cards
from appliance.hardware.profiles import profiles
from appliance.hardware.proposal import WantedModule, propose, wanted_modules
from appliance.model.hardware import CardState, FoundCard, FoundPort, Inventory, PortKind
from appliance.model.line_standards import line_standard
from appliance.model.span_places import give_places
from appliance.model.spans import Hardware
from appliance.render.span_channels import span_channels
from tests.hardware.test_cards import DRIVEN, ONE_DEVICE, PROFILES, drive, plug, two_lines_on_usb
from tests.hardware.trees import EMPTY, FXO, FXS, Box, spans_of

GB, US = line_standard("GB"), line_standard("US")


def test_an_e1_card_is_proposed_as_lines_of_a_telephone_company(tmp_path: Path) -> None:
    drive(Box(tmp_path), PROFILES["digium/te131"], spans_of(PROFILES["digium/te131"]))
    assert propose(find_cards(tmp_path), GB) == (
        {"name": "pri", "card": "DG123", "port": 1, "kind": "e1", "signalling": "pri_cpe", "switch": "euroisdn",
         "timing": 1, "framing": "ccs", "coding": "hdb3", "crc4": True},
    )  # fmt: skip


def test_a_t1_line_has_its_own_framing_and_no_crc4(tmp_path: Path) -> None:
    drive(Box(tmp_path), PROFILES["digium/te435"], spans_of(PROFILES["digium/te435"], "T1"))
    spans = propose(find_cards(tmp_path), US)
    assert [span["timing"] for span in spans] == [1, 2, 3, 4]
    assert [span["name"] for span in spans] == ["pri", "pri-2", "pri-3", "pri-4"]
    assert {(one["framing"], one["coding"], one["switch"]) for one in spans} == {("esf", "b8zs", "national")}
    assert not any("crc4" in span for span in spans)


def test_telephones_and_lines_of_an_analog_card_are_two_entries_and_empty_sockets_none(tmp_path: Path) -> None:
    profile = PROFILES["digium/tdm410p"]
    drive(Box(tmp_path), profile, spans_of(profile, analog=(FXS, FXO, EMPTY, FXS)))
    assert propose(find_cards(tmp_path), GB) == (
        {"name": "fxs", "card": "@PCI_Bus_03_Slot_05", "ports": [1, 4], "kind": "analog", "signalling": "fxo_ks"},
        {"name": "fxo", "card": "@PCI_Bus_03_Slot_05", "ports": [2], "kind": "analog", "signalling": "fxs_ks"},
    )


@pytest.mark.parametrize("key", ONE_DEVICE)
@pytest.mark.parametrize("country", ["GB", "US", "JP"])
def test_every_card_gets_a_configuration_that_covers_each_of_its_ports_once(
    key: str, country: str, tmp_path: Path
) -> None:
    standard = line_standard(country)
    drive(Box(tmp_path), PROFILES[key], spans_of(PROFILES[key], standard.digital.upper()))
    (card,) = find_cards(tmp_path)
    spans = propose([card], standard)
    covered = [port for span in spans for port in span.get("ports", [span.get("port")])]
    assert sorted(covered) == [port.number for port in card.ports]
    assert len({span["name"] for span in spans}) == len(spans)
    timings = [span["timing"] for span in spans if span.get("timing")]
    assert timings == list(range(1, len(timings) + 1))


@pytest.mark.parametrize("key", DRIVEN)
@pytest.mark.parametrize("country", ["GB", "US"])
def test_what_is_proposed_can_be_put_into_the_site_and_has_its_numbers(key: str, country: str, tmp_path: Path) -> None:
    if key == "sysmocom/ice1usb":
        two_lines_on_usb(tmp_path)
    elif key in ONE_DEVICE:
        drive(Box(tmp_path), PROFILES[key], spans_of(PROFILES[key], line_standard(country).digital.upper()))
    cards = find_cards(tmp_path)
    proposed = propose(cards, line_standard(country))
    hardware = Hardware.model_validate({"spans": proposed})
    inventory = Inventory(cards, give_places((), cards))
    for span, channels in span_channels(hardware.spans, inventory).items():
        assert channels.present and channels.place is not None, span
        assert len(channels.bearers) == channels.span.channels


def test_a_port_whose_kind_is_not_known_yet_is_what_the_country_has() -> None:
    waiting = FoundCard("@x", "digium/te435", "", (FoundPort(1, None, 1, 1, 31),), state=CardState.WAITING)
    assert propose([waiting], GB)[0]["kind"] == "e1"
    assert propose([waiting], US)[0]["kind"] == "t1"


def test_a_card_that_cannot_be_used_is_not_proposed(tmp_path: Path) -> None:
    plug(Box(tmp_path), PROFILES["sangoma/a104d"])
    cards = find_cards(tmp_path)
    assert cards[0].state is CardState.UNSUPPORTED and len(cards[0].ports) == 4
    assert propose(cards, GB) == ()
    assert wanted_modules(cards, GB, profiles()) == ()


@pytest.mark.parametrize("key", DRIVEN)
def test_a_card_is_given_its_module_with_the_options_of_the_country(key: str, tmp_path: Path) -> None:
    plug(Box(tmp_path), PROFILES[key])
    (wanted,) = wanted_modules(find_cards(tmp_path), GB, profiles())
    profile = PROFILES[key]
    assert profile.module is not None and wanted.name == profile.module.name
    assert dict(wanted.options) == profile.options(GB)


def test_a_module_is_wanted_once_for_several_cards() -> None:
    cards = [
        FoundCard("@1", "digium/tdm410p", "", ()),
        FoundCard("@2", "digium/aex800", "", ()),
        FoundCard("@3", "digium/b410p", "", (FoundPort(1, PortKind.BRI, 1, 1, 3),)),
    ]
    assert wanted_modules(cards, GB, profiles()) == (
        WantedModule("wcb4xxp", (("companding", "alaw"),)),
        WantedModule("wctdm24xxp", (("opermode", "UK"), ("companding", "alaw"))),
    )
