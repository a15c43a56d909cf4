"""What we propose for a card, beside what ``dahdi_genconf`` does. Where they differ, docs/hardware.md says why."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from appliance.hardware.cards import find_cards
from appliance.hardware.profiles import profiles
from appliance.hardware.proposal import propose, wanted_modules
from appliance.model.hardware import FoundCard, PortKind
from appliance.model.line_standards import line_standard
from tests.hardware import genconf
from tests.hardware.test_cards import ONE_DEVICE, PROFILES, drive, two_lines_on_usb
from tests.hardware.trees import Box, spans_of

PROGRAM = genconf.installed()
MISSING = "no dahdi_genconf: the image build brings it (make box-test)"
pytestmark = pytest.mark.box  # of whose root it takes dahdi_genconf
DOCUMENT = (Path(__file__).parents[2] / "docs/hardware.md").read_text("utf-8")
NAMES_OTHERWISE = {"openvox/a-series": [], "cologne/hfc-4s": ["qozap"]}
"""What dahdi_genconf names instead of the module: nothing, or one that DAHDI has not had for years."""
T1_TOO = [key for key in ONE_DEVICE if any(PortKind.T1 in group.kinds for group in PROFILES[key].ports)]


def summary_of_theirs(system: str, channels: str) -> list[tuple[Any, ...]]:
    """Per span: number, timing, framing, coding, crc4, signalling; per analog channel: number and signalling."""
    found: list[tuple[Any, ...]] = []
    signalling = re.findall(r"^signalling ?= ?([a-z_]+)\n(?:.*\n)*?channel => (\d+)", channels, flags=re.M)
    first = {int(channel): name for name, channel in signalling}
    base = 0
    for line in system.splitlines():
        if match := re.match(r"span=(\d+),(\d+),0,(\w+),(\w+)(,crc4)?", line):
            base = 0
            found.append((int(match[1]), int(match[2]), match[3], match[4], bool(match[5])))
        elif match := re.match(r"bchan=(\d+)", line):
            base = base or int(match[1])
            found[-1] += (first[base],)
        elif match := re.match(r"(fxoks|fxsks)=(\d+)", line):
            found.append((int(match[2]), match[1].replace("ks", "_ks")))
    return found


def summary_of_ours(card: FoundCard, country: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for span in propose([card], line_standard(country)):
        if span["kind"] == "analog":
            found += [(port, span["signalling"]) for port in span["ports"]]
        else:
            crc4, side = span.get("crc4", False), span["signalling"]
            found.append((span["port"], span["timing"], span["framing"], span["coding"], crc4, side))
    return sorted(found, key=lambda one: one[0])


@pytest.mark.parametrize(
    ("key", "country", "digital"),
    [(key, "GB", "E1") for key in ONE_DEVICE] + [(key, "US", "T1") for key in T1_TOO],
)
def test_what_is_proposed_is_what_genconf_proposes(key: str, country: str, digital: str, tmp_path: Path) -> None:
    assert PROGRAM is not None, MISSING
    tree = tmp_path / "tree"
    drive(Box(tree), PROFILES[key], spans_of(PROFILES[key], digital))
    (card,) = find_cards(tree)
    system, channels, modules = genconf.run(PROGRAM, tree, tmp_path / "work")
    assert summary_of_ours(card, country) == summary_of_theirs(system, channels)
    (wanted,) = wanted_modules([card], line_standard(country), profiles())
    assert modules.split() == NAMES_OTHERWISE.get(key, [wanted.name])
    # Of countries it knows nothing.
    assert "loadzone\t= us" in system


def test_genconf_gives_up_on_a_card_that_we_configure(tmp_path: Path) -> None:
    """It has no name for the spans of an icE1usb, and tries them as analog lines."""
    assert PROGRAM is not None, MISSING
    two_lines_on_usb(tmp_path / "tree")
    with pytest.raises(AssertionError, match="Failed probing type for channel 1"):
        genconf.run(PROGRAM, tmp_path / "tree", tmp_path / "work")
    spans = propose(find_cards(tmp_path / "tree"), line_standard("GB"))
    assert [(span["kind"], span["timing"]) for span in spans] == [("e1", 1), ("e1", 2)]


def test_the_differences_are_explained() -> None:
    part = DOCUMENT.partition("## Beside dahdi_genconf")[2]
    for word in ("loadzone", "opermode", "A1200P", "qozap", "icE1usb", "serial number", "echo canceller"):
        assert word in part
