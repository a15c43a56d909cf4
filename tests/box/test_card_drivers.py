"""The drivers that are really in the box: for its kernel, with the aliases that the profiles count on."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

from tests.boxes import Box

pytestmark = pytest.mark.box

ALIASES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parents[2] / "hw_profiles/aliases.yaml").read_text())
# Prints the box's one kernel, its drivers with what modinfo says, and what depmod made of it.
LOOK = """
import json, pathlib, subprocess
(tree,) = pathlib.Path("/usr/lib/modules").iterdir()
ours = {}
for path in sorted((tree / "updates/dkms").glob("*.ko*")):
    said = subprocess.run(["modinfo", path], capture_output=True, text=True, check=True).stdout
    lines = [line.split(":", 1) for line in said.splitlines() if ":" in line]
    ours[path.name.partition(".ko")[0]] = [[key, value.strip()] for key, value in lines]
listed = [line.split()[1:] for line in (tree / "modules.alias").read_text().splitlines() if line.startswith("alias ")]
held = subprocess.run(["modprobe", "--showconfig"], capture_output=True, text=True, check=True).stdout
print(json.dumps({"kernel": tree.name, "ours": ours, "aliases": listed, "config": held.splitlines()}))
"""


@pytest.fixture(scope="module")
def found(box: Box) -> dict:
    return json.loads(box.exec(["python3", "-c", LOOK]).stdout)


def test_the_committed_list_is_what_the_drivers_say(found: dict) -> None:
    really = {
        module: sorted(value for key, value in lines if key == "alias" and value.startswith(("pci:", "usb:")))
        for module, lines in found["ours"].items()
    }
    assert really == ALIASES, "image_build/aliases writes the list anew"


def test_every_driver_is_of_the_boxs_kernel(found: dict) -> None:
    for module, lines in found["ours"].items():
        assert dict(lines)["vermagic"].split()[0] == found["kernel"], module


def test_a_card_leads_to_its_driver(found: dict) -> None:
    known = {(alias, module) for alias, module in found["aliases"]}
    assert {(alias, module) for module, aliases in ALIASES.items() for alias in aliases} <= known


def test_no_driver_is_loaded_before_its_options_are_known(found: dict) -> None:
    held = {line.split()[1] for line in found["config"] if line.startswith("blacklist ")}
    assert {module for module, aliases in ALIASES.items() if aliases} <= held
    assert "options dahdi auto_assign_spans=0" in found["config"]


def test_no_other_driver_takes_the_cards(found: dict) -> None:
    """The kernel's own drivers that claim one of our cards by its identifiers must be held back."""
    held = {line.split()[1] for line in found["config"] if line.startswith("blacklist ")}
    ours = [alias for aliases in ALIASES.values() for alias in aliases]
    for alias, module in found["aliases"]:
        named = re.match(r"pci:v[0-9A-F]{8}d[0-9A-F]{8}|usb:v[0-9A-F]{4}p[0-9A-F]{4}", alias)
        if module in ALIASES or named is None:
            continue
        claims = [own for own in ours if own.startswith(named[0]) and _meet(own, alias)]
        assert not claims or module in held, f"{module} claims {claims[0]}"


def _meet(one: str, other: str) -> bool:
    """Whether some card fits both patterns, as far as one of them is the narrower."""
    return fnmatchcase(one, other) or fnmatchcase(other, one)


def test_in_a_container_the_cards_unit_stays_out_of_the_way(box: Box) -> None:
    shown = box.exec(
        ["systemctl", "show", "loopstart-dahdi.service", "-p", "ConditionResult,ActiveState,Result"]
    ).stdout
    assert set(shown.split()) == {"ConditionResult=no", "ActiveState=inactive", "Result=success"}
