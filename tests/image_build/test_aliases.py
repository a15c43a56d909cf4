"""The committed list of what each driver claims, and what the role makes of it."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from itertools import combinations
from pathlib import Path

import pytest
import yaml

TOP = Path(__file__).parents[2]
ALIASES: dict[str, list[str]] = yaml.safe_load((TOP / "hw_profiles/aliases.yaml").read_text())
ROLE = yaml.safe_load((TOP / "ansible/roles/dahdi/defaults/main.yml").read_text())

# One card of each kind that either Debian suite's drivers know: vendor, device, subsystem of both, its driver.
CARDS = {
    "X100P": ("e159", "0001", "8085", "0003", "wcfxo"),
    "X100P clone": ("1057", "5608", "0000", "0000", "wcfxo"),
    "TDM400P": ("e159", "0001", "b100", "0001", "wctdm"),
    "OpenVox A1200P": ("e159", "0001", "9519", "0001", "opvxa1200"),
    "T100P": ("e159", "0001", "6159", "0001", "wct1xxp"),
    "TE110P": ("e159", "0001", "71fe", "0001", "wcte11xp"),
    "TDM2400P": ("d161", "2400", "0000", "0000", "wctdm24xxp"),
    "TDM800P": ("d161", "0800", "0000", "0000", "wctdm24xxp"),
    "TDM410P": ("d161", "8005", "0000", "0000", "wctdm24xxp"),
    "AEX410": ("d161", "8006", "0000", "0000", "wctdm24xxp"),
    "A8B": ("d161", "800f", "0000", "0000", "wcaxx"),
    "TE121": ("d161", "8000", "0000", "0000", "wcte12xp"),
    "TE133": ("d161", "800a", "0000", "0000", "wcte13xp"),
    "TE435": ("d161", "800e", "0000", "0000", "wcte43x"),
    "TE410P": ("10ee", "0314", "0000", "0000", "wct4xxp"),
    "B410P": ("d161", "b410", "d161", "b410", "wcb4xxp"),
    "Junghanns quadBRI": ("1397", "08b4", "1397", "b520", "wcb4xxp"),
    "OpenVox B800P": ("1397", "16b8", "1397", "e998", "wcb4xxp"),
    "HFC-S": ("1397", "2bd0", "0000", "0000", "zaphfc"),
    "TC400": ("d161", "3400", "0000", "0000", "wctc4xxp"),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_that_either_suite_knows_has_its_driver(name: str) -> None:
    vendor, device, sub_vendor, sub_device, driver = (word.upper() for word in CARDS[name])
    modalias = f"pci:v0000{vendor}d0000{device}sv0000{sub_vendor}sd0000{sub_device}bc02sc80i00"
    claiming = [m for m, aliases in ALIASES.items() if any(fnmatchcase(modalias, alias) for alias in aliases)]
    assert claiming == [driver.lower()]


@pytest.mark.parametrize(("product", "driver"), [("e4e4p1132", "xpp_usb"), ("1d50p6145", "icE1usb")])
def test_a_card_on_usb_has_its_driver(product: str, driver: str) -> None:
    assert any(alias.lower().startswith(f"usb:v{product}") for alias in ALIASES[driver])


def test_no_two_drivers_claim_one_card() -> None:
    for (first, its), (second, theirs) in combinations(ALIASES.items(), 2):
        for one in its:
            for other in theirs:
                assert not (fnmatchcase(one, other) or fnmatchcase(other, one)), (first, second, one, other)


def test_the_role_holds_back_every_driver_that_has_cards() -> None:
    assert sorted(ROLE["dahdi__drivers"]) == sorted(module for module, aliases in ALIASES.items() if aliases)


def test_udev_starts_the_unit_for_every_card_on_usb() -> None:
    cards = [(card["vendor"], card["product"]) for card in ROLE["dahdi__usb_cards"]]
    for alias in (alias for aliases in ALIASES.values() for alias in aliases if alias.startswith("usb:")):
        found = re.match(r"usb:v(....)p(....)", alias)
        assert found is not None, alias
        vendor, product = found[1].lower(), found[2].lower()
        assert any(vendor == v and fnmatchcase(product, p) for v, p in cards), alias
