"""A bundle is taken by those who know its key, and by nobody once a byte of it is another."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from image_build import bundles, cache, signing


@pytest.fixture
def made(tmp_path: Path, own_key: None, known_key: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOOPSTART_KEY", str(known_key))
    slot = tmp_path / "slot"
    slot.write_bytes(os.urandom(1 << 20))
    bundles.pack(slot, "1.0+abc", tmp_path / "update.raucb")
    return tmp_path / "update.raucb"


def info(bundle: Path) -> subprocess.CompletedProcess[str]:
    keyring = f"--keyring={signing.folder() / 'keyring.pem'}"
    return subprocess.run(["rauc", "info", keyring, bundle], capture_output=True, text=True, check=False)


def test_it_names_its_version_and_the_hardware_it_is_for(made: Path) -> None:
    shown = info(made)
    assert shown.returncode == 0, shown.stderr
    assert "1.0+abc" in shown.stdout
    assert bundles.COMPATIBLE in shown.stdout


def test_one_changed_byte_or_a_missing_end_is_refused(made: Path) -> None:
    whole = made.read_bytes()
    made.write_bytes(whole[:-400] + bytes([whole[-400] ^ 1]) + whole[-399:])
    assert info(made).returncode != 0
    made.write_bytes(whole[: len(whole) // 2])
    assert info(made).returncode != 0


def test_another_key_is_refused(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOOPSTART_KEY")
    assert info(made).returncode != 0


def test_boxes_are_told_the_same_hardware() -> None:
    defaults = (cache.REPOSITORY / "ansible/roles/disk/defaults/main.yml").read_text()
    assert f"disk__compatible: {bundles.COMPATIBLE}\n" in defaults
