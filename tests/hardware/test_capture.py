"""A capture is replayed as the same box, leads nowhere else, and holds nothing that was not asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from appliance.hardware.capture import capture, replay
from appliance.hardware.cards import find_cards
from appliance.hardware.span_states import span_states
from appliance.model.hardware_capture import HardwareCapture
from tests.hardware.test_cards import ONE_DEVICE, PROFILES, drive, plug
from tests.hardware.trees import Box, spans_of

NOW = datetime(2027, 1, 3, 8, 0, tzinfo=UTC)


def again(root: Path, to: Path) -> HardwareCapture:
    """Captured, written, read and put up elsewhere."""
    taken = HardwareCapture.model_validate_json(capture(root, NOW, "0.1").model_dump_json())
    replay(taken, to)
    return taken


@pytest.mark.parametrize("key", ONE_DEVICE)
def test_a_replayed_capture_is_the_same_box(key: str, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    drive(Box(here), PROFILES[key], spans_of(PROFILES[key]))
    again(here, there)
    assert find_cards(there) == find_cards(here) != ()
    assert span_states(there) == span_states(here) != ()


@pytest.mark.parametrize("key", ["digium/te435", "sangoma/a104d", "xorcom/astribank-blank"])
def test_a_card_without_a_driver_is_captured_too(key: str, tmp_path: Path) -> None:
    plug(Box(tmp_path / "here"), PROFILES[key])
    again(tmp_path / "here", tmp_path / "there")
    assert find_cards(tmp_path / "there") == find_cards(tmp_path / "here") != ()


def test_a_capture_of_a_replayed_capture_is_the_same(tmp_path: Path) -> None:
    drive(Box(tmp_path / "here"), PROFILES["digium/tdm410p"], spans_of(PROFILES["digium/tdm410p"]))
    first = again(tmp_path / "here", tmp_path / "there")
    second = again(tmp_path / "there", tmp_path / "further")
    assert (first.files, first.links) == (second.files, second.links)


def test_modules_their_parameters_and_aliases_are_in_it(tmp_path: Path) -> None:
    box = Box(tmp_path)
    box.write("proc/sys/kernel/osrelease", "6.12.48-amd64")
    box.write("sys/module/wcte43x/parameters/default_linemode", "e1")
    box.write("sys/module/dahdi/version", "3.1.0")
    ours = "alias pci:v0000D161d0000800Esv*sd*bc*sc*i* wcte43x"
    box.write("lib/modules/6.12.48-amd64/modules.alias", f"alias pci:v00008086d*sv*sd*bc*sc*i* e1000e\n{ours}")
    taken = capture(tmp_path, NOW)
    assert taken.kernel == "6.12.48-amd64"
    assert taken.files["sys/module/wcte43x/parameters/default_linemode"] == "e1"
    assert taken.files["sys/module/dahdi/version"] == "3.1.0"
    assert taken.files["lib/modules/6.12.48-amd64/modules.alias"] == ours


def test_what_was_not_asked_for_is_not_in_it(tmp_path: Path) -> None:
    box = Box(tmp_path)
    box.usb(PROFILES["sysmocom/ice1usb"].identifiers[0], "1-2", serial="of-a-disk-perhaps")
    box.write("sys/bus/pci/devices/0000:00:02.0/rom", "SECRET")
    box.write("proc/dahdi/oslec", "SECRET")
    box.write("proc/cmdline", "SECRET")
    box.write("etc/shadow", "SECRET")
    text = capture(tmp_path, NOW).model_dump_json()
    assert "SECRET" not in text and "of-a-disk-perhaps" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "etc/passwd",
        "sys/../etc/passwd",
        "sys//x",
        "proc/./x",
        "sys",
        "sys/",
        "sys/a\0b",
        "../sys/x",
        "sysx/y",
    ],
)
def test_a_capture_that_leads_elsewhere_is_refused(path: str) -> None:
    for breach in ({"files": {path: ""}}, {"links": {path: "sys/a"}}, {"links": {"sys/a": path}}):
        with pytest.raises(ValidationError):
            HardwareCapture.model_validate({"taken": NOW, **breach})


@given(st.dictionaries(st.text(max_size=30).map(lambda text: f"sys/{text}"), st.text(max_size=20), max_size=3))
def test_no_path_that_is_taken_leaves_the_tree(files: dict[str, str]) -> None:
    try:
        taken = HardwareCapture(taken=NOW, files=files)
    except ValidationError:
        return
    root = Path("/captured")
    for path in taken.files:
        assert (root / path).resolve().is_relative_to(root)


def test_another_format_is_refused() -> None:
    with pytest.raises(ValidationError):
        HardwareCapture.model_validate({"format": "loopstart-hardware-2", "taken": NOW})
