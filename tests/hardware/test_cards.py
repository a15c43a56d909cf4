"""The right card, module and ports are found, before and after the driver has it, on a tree of every profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.hardware.cards import find_cards
from appliance.hardware.profiles import profiles
from appliance.model.card_profiles import CardProfile
from appliance.model.hardware import CardState, FoundCard, FoundPort, PortKind
from tests.hardware.trees import BCHAN, EMPTY, FXO, FXS, HARDHDLC, Box, Span, spans_of

PROFILES = dict(profiles())
DRIVEN = [key for key, profile in PROFILES.items() if profile.module is not None]
ONE_DEVICE = [key for key in DRIVEN if PROFILES[key].ports and key != "sysmocom/ice1usb"]
"""icE1usb shows a DAHDI device for each line; it has a test of its own."""
PCI = "0000:03:04.0"


def plug(box: Box, profile: CardProfile, which: int = 0, driver: str | None = None) -> str:
    one = profile.identifiers[which]
    return box.pci(one, PCI, driver) if one.bus == "pci" else box.usb(one, "1-2", driver)


def name_of(profile: CardProfile) -> str:
    return f"pci:{PCI}" if profile.identifiers[0].bus == "pci" else "usb:1-2:1.0"


def drive(box: Box, profile: CardProfile, spans: list[Span], *, assigned: bool = True) -> None:
    """The card, its driver and what DAHDI then shows."""
    assert profile.module is not None
    below = plug(box, profile, driver=profile.module.name)
    serial = "DG123" if profile.identity and profile.identity[0].by != "location" else ""
    place = "PCI Bus 03 Slot 05" if not serial else ""
    box.dahdi(
        name_of(profile), below, model=profile.name, spans=spans, hardware_id=serial, location=place, assigned=assigned
    )


def one_card(tmp_path: Path) -> FoundCard:
    (card,) = find_cards(tmp_path)
    return card


@pytest.mark.parametrize("key", PROFILES)
def test_every_identifier_of_a_profile_is_found_before_there_is_a_driver(key: str, tmp_path: Path) -> None:
    profile = PROFILES[key]
    for which in range(len(profile.identifiers)):
        root = tmp_path / str(which)
        plug(Box(root), profile, which)
        card = one_card(root)
        assert card.profile == key
        assert card.module == (profile.module.name if profile.module else None)
        assert card.state == (CardState.WAITING if profile.module else CardState.UNSUPPORTED)
        assert len(card.ports) == sum(group.count for group in profile.ports)
        assert [port.number for port in card.ports] == list(range(1, len(card.ports) + 1))
        assert card.spans == ()


@pytest.mark.parametrize("key", ONE_DEVICE)
@pytest.mark.parametrize("digital", ["E1", "T1"])
def test_a_driven_card_shows_its_ports_as_they_are(key: str, digital: str, tmp_path: Path) -> None:
    profile = PROFILES[key]
    spans = spans_of(profile, digital)
    drive(Box(tmp_path), profile, spans)
    card = one_card(tmp_path)
    assert (card.profile, card.state) == (key, CardState.READY)
    assert card.identity == ("DG123" if profile.identity[0].by == "hardware_id" else "@PCI_Bus_03_Slot_05")
    assert [(span.local_span, span.span_type, span.channels) for span in card.spans] == [
        (span.local, span.span_type, len(span.channels)) for span in spans
    ]
    assert len(card.ports) == sum(group.count for group in profile.ports)
    for port in card.ports:
        span = spans[port.local_span - 1]
        if span.span_type in {"ANALOG_MIXED", "FXO"}:
            assert port.kind == {FXO: PortKind.FXO, FXS: PortKind.FXS}[span.channels[port.first - 1][1]]
            assert port.channels == 1
        else:
            expected = PortKind.BRI if span.span_type.startswith("BRI") else PortKind(span.span_type.lower())
            assert (port.kind, port.channels, port.first) == (expected, len(span.channels), 1)


@pytest.mark.parametrize("key", ONE_DEVICE)
def test_spans_that_are_not_assigned_yet_are_counted_all_the_same(key: str, tmp_path: Path) -> None:
    """DAHDI is shipped with auto_assign_spans=0: at first boot there are devices and no channels."""
    profile = PROFILES[key]
    spans = spans_of(profile)
    drive(Box(tmp_path), profile, spans, assigned=False)
    card = one_card(tmp_path)
    assert card.state is CardState.READY
    assert [(span.local_span, span.channels) for span in card.spans] == [
        (span.local, len(span.channels)) for span in spans
    ]
    assert all(span.span is None and span.base_channel is None for span in card.spans)
    assert len(card.ports) == sum(group.count for group in profile.ports)
    for port in card.ports:
        if spans[port.local_span - 1].span_type == "ANALOG_MIXED":
            assert port.kind is None


def test_an_empty_socket_is_a_port_without_a_kind(tmp_path: Path) -> None:
    profile = PROFILES["digium/tdm410p"]
    drive(Box(tmp_path), profile, spans_of(profile, analog=(FXS, EMPTY, FXO, EMPTY)))
    assert [port.kind for port in one_card(tmp_path).ports] == [PortKind.FXS, None, PortKind.FXO, None]


def test_a_card_with_line_and_bri_modules_numbers_its_sockets_in_order(tmp_path: Path) -> None:
    bri = Span(1, "BRI_TE", "WCBRI/0/0", [("WCBRI/0/0/0", BCHAN), ("WCBRI/0/0/1", BCHAN), ("WCBRI/0/0/2", HARDHDLC)])
    analog = Span(2, "ANALOG_MIXED", "WCTDM/0", [(f"WCTDM/0/{n}", FXS) for n in range(4)])
    drive(Box(tmp_path), PROFILES["digium/hb8"], [bri, analog])
    assert one_card(tmp_path).ports == (
        FoundPort(1, PortKind.BRI, 1, 1, 3),
        *(FoundPort(2 + n, PortKind.FXS, 2, 1 + n, 1) for n in range(4)),
    )


def test_contacts_and_relays_of_an_astribank_are_no_telephone_ports(tmp_path: Path) -> None:
    box, profile = Box(tmp_path), PROFILES["xorcom/astribank"]
    box.usb(profile.identifiers[0], "1-2", "xpp_usb")
    fxs = [(f"XPP_FXS/00/00/{n}", FXS) for n in range(8)]
    extra = [(f"XPP_OUT/00/00/{8 + n}", FXS) for n in range(2)] + [(f"XPP_IN/00/00/{10 + n}", FXS) for n in range(4)]
    fxo = Span(2, "FXO", "XPP_FXO/00/10", [(f"XPP_FXO/00/10/{n}", FXO) for n in range(8)])
    below = "sys/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/xbus-00"
    spans = [Span(1, "FXS", "XPP_FXS/00/00", fxs + extra), fxo]
    where = "usb-0000:00:14.0-2"
    box.dahdi("astribanks:xbus-00", below, model="Astribank2", hardware_id="usb:X1060030", location=where, spans=spans)
    box.link("sys/bus/astribanks/devices/xbus-00", below)
    box.link(f"{below}/transport", "sys/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0")
    card = one_card(tmp_path)
    assert (card.profile, card.identity) == ("xorcom/astribank", "usb:X1060030")
    assert [(span.local_span, span.channels) for span in card.spans] == [(1, 14), (2, 8)]
    assert [port.kind for port in card.ports] == [PortKind.FXS] * 8 + [PortKind.FXO] * 8
    assert card.ports[8] == FoundPort(9, PortKind.FXO, 2, 1, 1)


def two_lines_on_usb(root: Path) -> None:
    """An icE1usb: two DAHDI devices, one serial number, each local span 1."""
    box, profile = Box(root), PROFILES["sysmocom/ice1usb"]
    below = box.usb(profile.identifiers[0], "1-2", "icE1usb")
    for at in (0, 1):
        channels = [(f"icE1usb/1/{at}/{n}", "Clear ") for n in range(31)]
        span = Span(1, "E1", f"icE1usb/1/{at}", channels, description=f"Osmocom icE1USB Card 1 Span {at}")
        box.dahdi(f"usb:1-2:1.{at}", f"{below}/1-2:1.{at}", model="icE1usb", hardware_id="dc697", spans=[span])


def test_both_lines_of_an_ice1usb_are_told_apart(tmp_path: Path) -> None:
    two_lines_on_usb(tmp_path)
    cards = find_cards(tmp_path)
    assert [card.profile for card in cards] == ["sysmocom/ice1usb"] * 2
    assert len({card.identity for card in cards}) == 2
    assert all(card.identity.startswith("/sys/devices/") for card in cards)


def test_two_cards_that_show_one_serial_number_are_known_by_their_place(tmp_path: Path) -> None:
    box, profile = Box(tmp_path), PROFILES["digium/te131"]
    for address in ("0000:03:04.0", "0000:04:00.0"):
        below = box.pci(profile.identifiers[0], address, "wcte13xp")
        box.dahdi(f"pci:{address}", below, model="TE131", hardware_id="1TE131F", spans=spans_of(profile))
    first, second = find_cards(tmp_path)
    assert first.identity != second.identity
    assert first.identity.startswith("/sys/devices/pci0000:00/")


def test_a_dynamic_span_is_a_card_without_a_bus(tmp_path: Path) -> None:
    span = Span(1, "DYNAMIC", "DYN/loc/1:0", [(f"DYN/loc/1:0/{n}", "Clear ") for n in range(31)])
    Box(tmp_path).dahdi("dynamic:loc:1", "sys/devices", model="DYN/loc/1:0", hardware_id="DYN/loc/1:0", spans=[span])
    card = one_card(tmp_path)
    assert (card.identity, card.profile, card.state) == ("DYN/loc/1:0", None, CardState.READY)
    assert card.ports == (FoundPort(1, PortKind.E1, 1, 1, 31),)


def test_other_devices_are_not_cards_and_an_empty_box_has_none(tmp_path: Path) -> None:
    assert find_cards(tmp_path) == ()
    box = Box(tmp_path)
    box.write("sys/bus/pci/devices/0000:00:1f.3/modalias", "pci:v00008086d0000A348sv00001043sd00008694bc04sc03i00")
    box.write("sys/bus/pci/devices/0000:00:1f.4/modalias", "nonsense")
    box.write("sys/bus/usb/devices/usb1/idVendor", "1d6b")
    box.write("sys/bus/usb/devices/usb1/idProduct", "0002")
    assert find_cards(tmp_path) == ()


def test_a_card_that_goes_away_while_it_is_read_is_no_error(tmp_path: Path) -> None:
    box = Box(tmp_path)
    drive(box, PROFILES["digium/te435"], spans_of(PROFILES["digium/te435"]))
    device = tmp_path / f"sys/devices/pci0000:00/0000:00:1c.0/{PCI}/pci:{PCI}"
    for gone in ("span-2/local_spanno", "span-3/basechan", "hardware_id", "type"):
        (device / gone).unlink()
    assert len(find_cards(tmp_path)) == 1


@pytest.mark.parametrize(
    ("address", "location"), [("0000:03:04.0", "PCI Bus 03 Slot 05"), ("0000:0a:00.0", "PCI Bus 10 Slot 01")]
)
def test_a_waiting_card_is_placed_in_the_words_of_the_drivers(address: str, location: str, tmp_path: Path) -> None:
    Box(tmp_path).pci(PROFILES["digium/b410p"].identifiers[0], address)
    assert one_card(tmp_path).location == location
