"""The verbs of the hardware, asked over the socket of a daemon that looks at a tree."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from appliance.control.client import ControlError
from appliance.hardware.capture import replay
from appliance.hardware.cards import find_cards
from appliance.model.access import Role
from appliance.model.hardware_capture import HardwareCapture
from appliance.model.hardware_shown import HardwareShown
from tests.control.conftest import House
from tests.hardware.test_cards import PCI, PROFILES, drive, plug
from tests.hardware.trees import FXO, FXS, Box, spans_of


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return tmp_path / "hardware"


def listed(house: House) -> HardwareShown:
    return HardwareShown.model_validate(house.console.ask("hardware.list"))


def code(house: House, verb: str, **args: object) -> str:
    with pytest.raises(ControlError) as caught:
        house.console.ask(verb, **args)
    return caught.value.code


def test_a_box_without_cards_says_so(house: House) -> None:
    shown = listed(house)
    assert (shown.cards, shown.away, shown.spans) == ((), (), ())


def test_a_card_is_listed_with_its_ports_numbers_and_spans(house: House, tree: Path) -> None:
    house.console.ask("box.edit", changes={"country": "GB", "time_zone": "Europe/London"})
    profile = PROFILES["digium/tdm410p"]
    spans = spans_of(profile, analog=(FXS, FXO))
    drive(Box(tree), profile, spans)
    shown = listed(house)
    (card,) = shown.cards
    assert (card.profile, card.state, card.module) == ("digium/tdm410p", "ready", "wctdm24xxp")
    assert card.options == {"opermode": "UK", "companding": "alaw"}
    assert [(port.kind, port.span, port.channel) for port in card.ports] == [
        ("fxs", 1, 1), ("fxo", 1, 2), ("fxs", 1, 3), ("fxo", 1, 4)
    ]  # fmt: skip
    (span,) = shown.spans
    assert (span.span, span.card, span.local_span, span.up) == (1, card.identity, 1, True)


def test_one_card_is_shown_with_what_is_known_of_it(house: House, tree: Path) -> None:
    drive(Box(tree), PROFILES["digium/te435"], spans_of(PROFILES["digium/te435"]))
    result = house.console.ask("hardware.show", identity="DG123")
    assert [span["span"] for span in result["spans"]] == [1, 2, 3, 4]
    assert {remark["about"] for remark in result["card"]["remarks"]} == {"firmware", "timing", "fault"}
    for remark in result["card"]["remarks"]:
        assert set(remark["text"]) == {"en", "ar", "fa", "zh"} and remark["source"]
    assert "dahdi-fw-te435.bin" in result["card"]["remarks"][0]["text"]["en"]
    assert house.console.ask("hardware.show", identity="DG")["card"]["identity"] == "DG123"
    assert code(house, "hardware.show", identity="nothing") == "not_found"


def test_a_card_that_cannot_be_used_says_why(house: House, tree: Path) -> None:
    plug(Box(tree), PROFILES["sangoma/a101"])
    (card,) = listed(house).cards
    assert card.state == "unsupported" and card.spans == ()
    assert [remark.about for remark in card.remarks] == ["unsupported"]


def test_a_card_that_is_pulled_is_away_with_its_numbers_until_it_is_forgotten(house: House, tree: Path) -> None:
    drive(Box(tree), PROFILES["digium/te435"], spans_of(PROFILES["digium/te435"]))
    listed(house)
    assert code(house, "hardware.forget", identity="DG123") == "card_present"
    shutil.rmtree(tree)
    (away,) = listed(house).away
    assert (away.identity, away.profile, away.spans, away.replaced) == ("DG123", "digium/te435", (1, 2, 3, 4), False)
    assert house.console.ask("hardware.forget", identity="DG123") == {"spans": 4}
    assert listed(house).away == ()
    assert code(house, "hardware.forget", identity="DG123") == "not_found"


def test_a_configuration_is_proposed(house: House, tree: Path) -> None:
    drive(Box(tree), PROFILES["digium/b410p"], spans_of(PROFILES["digium/b410p"]))
    spans = house.console.ask("hardware.propose")["spans"]
    assert [(span["name"], span["port"], span["signalling"]) for span in spans] == [
        ("bri", 1, "bri_cpe_ptmp"), ("bri-2", 2, "bri_net_ptmp"), ("bri-3", 3, "bri_cpe_ptmp"),
        ("bri-4", 4, "bri_net_ptmp"),
    ]  # fmt: skip


def test_what_is_captured_over_the_socket_can_be_replayed(house: House, tree: Path, tmp_path: Path) -> None:
    drive(Box(tree), PROFILES["digium/hb8"], spans_of(PROFILES["digium/hb8"]))
    taken = HardwareCapture.model_validate(house.console.ask("hardware.capture")["capture"])
    replay(taken, tmp_path / "there")
    assert find_cards(tmp_path / "there") == find_cards(tree) != ()


def test_a_watcher_hears_of_an_alarm(house: House, tree: Path) -> None:
    drive(Box(tree), PROFILES["digium/te131"], spans_of(PROFILES["digium/te131"]))
    watched = house.console.watch("hardware.watch")
    first = HardwareShown.model_validate(next(watched))
    assert first.spans[0].up
    alarms = tree / f"sys/devices/pci0000:00/0000:00:1c.0/{PCI}/pci:{PCI}/span-1/alarms"
    alarms.write_text("0x8\n")
    second = HardwareShown.model_validate(next(watched))
    assert [str(alarm) for alarm in second.spans[0].alarms] == ["red"] and not second.spans[0].up
    watched.close()


def test_what_is_planned_has_the_numbers_of_the_cards(house: House, tree: Path) -> None:
    drive(Box(tree), PROFILES["digium/te131"], spans_of(PROFILES["digium/te131"]))
    document = house.console.ask("site.show")["document"]
    document["hardware"] = {"spans": house.console.ask("hardware.propose")["spans"]}
    assert house.console.ask("site.import", document=document)["problems"] == []
    files = {change["path"]: change for change in house.console.ask("site.plan")["files"]}
    assert "DG123\t1:1:1" in files["dahdi/assigned-spans.conf"]["diff"]
    assert "span=1,1,0,ccs,hdb3,crc4" in files["dahdi/system.conf"]["diff"]


def test_who_may_not_look_may_not(house: House) -> None:
    agent = house.account("omar", Role.AGENT)
    supervisor = house.account("sara", Role.SUPERVISOR)
    for verb in ("hardware.list", "hardware.capture"):
        with pytest.raises(ControlError) as caught:
            agent.ask(verb)
        assert caught.value.code == "forbidden"
    assert supervisor.ask("hardware.list")["cards"] == []
    with pytest.raises(ControlError) as caught:
        supervisor.ask("hardware.forget", identity="DG123")
    assert caught.value.code == "forbidden"
