"""Every card that a driver knows has a profile, every profile its driver, and every fact its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from appliance.hardware.profiles import connectors, profiles
from appliance.model.card_profiles import CardProfile, DeviceId, Evidence, profile_of
from appliance.model.hardware import PortKind
from appliance.model.line_standards import line_standard
from appliance.model.texts import PROBLEM_TEXTS

PROFILES = dict(profiles())
BUILT: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parents[2] / "hw_profiles/aliases.yaml").read_text("ascii")
)
"""What the modules of the image claim, as modinfo shows it; made by image_build/aliases."""
ALIASES = [(module, alias) for module, aliases in BUILT.items() for alias in aliases]
DRIVEN = {key: profile for key, profile in PROFILES.items() if profile.module is not None}


def device(alias: str) -> DeviceId:
    found = DeviceId.of_alias(alias)
    assert found is not None, alias
    return found


@pytest.mark.parametrize(("module", "alias"), ALIASES)
def test_every_alias_of_a_module_has_a_profile_that_names_the_module(module: str, alias: str) -> None:
    profile = profile_of(device(alias), PROFILES.values())
    assert profile is not None
    assert profile.module is not None and profile.module.name == module


@pytest.mark.parametrize("key", DRIVEN)
def test_no_profile_has_an_identifier_that_its_module_does_not_know(key: str) -> None:
    profile = DRIVEN[key]
    assert profile.module is not None
    known = [device(alias) for module, alias in ALIASES if module == profile.module.name]
    for identifier in profile.identifiers:
        mine = (identifier.bus, identifier.vendor, identifier.device, identifier.subvendor, identifier.subdevice)
        assert mine in [(one.bus, one.vendor, one.device, one.subvendor, one.subdevice) for one in known]


@pytest.mark.parametrize("key", DRIVEN)
def test_no_profile_is_without_its_module(key: str) -> None:
    profile = DRIVEN[key]
    assert profile.module is not None and BUILT[profile.module.name]


@pytest.mark.parametrize("key", sorted(set(PROFILES) - set(DRIVEN)))
def test_a_card_without_a_driver_says_why_and_no_module_knows_it(key: str) -> None:
    profile = PROFILES[key]
    assert profile.unsupported is not None and profile.unsupported.text in PROBLEM_TEXTS
    for _, alias in ALIASES:
        assert not any(identifier.fits(device(alias)) for identifier in profile.identifiers)


@pytest.mark.parametrize("key", PROFILES)
def test_what_a_profile_says_can_be_said_and_shown(key: str) -> None:
    profile = PROFILES[key]
    codes = {remark.text for remark in (*profile.timing, *profile.faults)} | {one.without for one in profile.firmware}
    assert codes <= set(PROBLEM_TEXTS)
    for group in profile.ports:
        assert group.connector in connectors()
    if profile.module is not None:
        assert len(profile.ports) > 0 or key == "xorcom/astribank" or profile.faults[0].text == "fault_transcoder"
        assert profile.identity or not profile.ports


@pytest.mark.parametrize("key", PROFILES)
def test_no_fact_is_claimed_to_have_been_seen_on_a_card(key: str) -> None:
    """Nobody had one. Who has, changes this with the capture that shows it."""
    assert Evidence.ON_CARD not in {identifier.evidence for identifier in PROFILES[key].identifiers}


@pytest.mark.parametrize("picture", [one.picture for one in connectors().values()], ids=list(connectors()))
def test_a_picture_of_a_socket_is_plain_text_that_fits_a_screen(picture: str) -> None:
    assert picture.isascii()
    assert max(map(len, picture.splitlines())) <= 78 and len(picture.splitlines()) <= 12


def test_the_most_precise_identifier_is_meant() -> None:
    fourth = device("pci:v0000D161d00000410sv00000004sd00000000bc02sc80i00")
    assert profile_of(fourth, PROFILES.values()) is PROFILES["digium/te410p"]
    clone = device("pci:v0000E159d00000001sv00008086sd00000003bc02sc80i00")
    assert profile_of(clone, PROFILES.values()) is PROFILES["digium/x100p"]
    tdm = device("pci:v0000E159d00000001sv0000B119sd00000003bc02sc80i00")
    assert profile_of(tdm, PROFILES.values()) is PROFILES["digium/tdm400p"]
    # Tiger Jet's own chip, on a card that is none of these.
    assert profile_of(device("pci:v0000E159d00000001sv0000ABCDsd00000001bc02sc80i00"), PROFILES.values()) is None
    # An Ethernet controller.
    assert profile_of(device("pci:v00008086d0000153Asv00001043sd000085C4bc02sc00i00"), PROFILES.values()) is None


def test_a_module_is_given_what_the_country_uses() -> None:
    saudi, british, american = line_standard("SA"), line_standard("GB"), line_standard("US")
    assert PROFILES["digium/a8b"].options(saudi) == {"opermode": "SAUDIARABIA", "companding": "alaw"}
    assert PROFILES["digium/x100p"].options(british) == {"opermode": "1"}
    assert PROFILES["digium/x100p"].options(american) == {"opermode": "0"}
    assert PROFILES["digium/te435"].options(british) == {"default_linemode": "e1"}
    assert PROFILES["digium/te110p"].options(american) == {"t1e1override": "0"}
    assert PROFILES["openvox/a-series"].options(american) == {"opermode": "FCC", "alawoverride": "0"}


@pytest.mark.parametrize("alias", ["", "acpi:PNP0C0A:", "usb:v*p*d*", "pci:v*d*sv*sd*bc06sc04i*"])
def test_an_alias_without_a_device_is_none(alias: str) -> None:
    assert DeviceId.of_alias(alias) is None


def test_a_profile_that_breaks_the_schema_is_refused() -> None:
    whole = PROFILES["digium/te435"].model_dump(mode="json")
    assert CardProfile.model_validate(whole) == PROFILES["digium/te435"]
    for breach in ({"module": None}, {"colour": "green"}, {"identifiers": []}, {"key": "digium"}):
        with pytest.raises(ValidationError):
            CardProfile.model_validate({**whole, **breach})
    unsourced = dict(whole["identifiers"][0], source="")
    with pytest.raises(ValidationError):
        CardProfile.model_validate({**whole, "identifiers": [unsourced]})


def test_analog_ports_share_a_span_and_digital_ones_do_not() -> None:
    for profile in PROFILES.values():
        for group in profile.ports:
            shared = group.span == "shared"
            assert shared == (set(group.kinds) & {PortKind.FXS, PortKind.FXO} != set()), profile.key


def test_sources_of_drivers_name_a_file() -> None:
    for profile in DRIVEN.values():
        for identifier in profile.identifiers:
            assert re.match(r"[A-Za-z0-9_/.-]+\.c, ", identifier.source), profile.key
