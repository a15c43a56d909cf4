"""Bundles as they arrive in pieces, and as they are found on sticks."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from appliance.control import bundle_files
from appliance.control.bundle_files import BundleFiles
from appliance.model.update import MAX_BUNDLE
from tests.control.updating import BUNDLE, Box, refused
from tests.tries import tries


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def test_a_bundle_arrives_in_pieces_and_only_in_order(box: Box) -> None:
    files = box.updates.files
    name = files.begin("a b/../c.raucb", len(BUNDLE)).name
    assert not files.receive(name, 0, BUNDLE[:1000]).complete
    for offset in (0, 999, 1001):
        with refused("update_piece"):
            files.receive(name, offset, BUNDLE[1000:1100])
    with refused("update_piece"):
        files.receive(name, 1000, BUNDLE[1000:] + b"more")
    with refused("update_truncated"):
        box.updates.check(name)
    assert files.receive(name, 1000, BUNDLE[1000:]).complete
    [shown] = files.all()
    assert Path(shown.path).parent == box.paths.update
    assert Path(shown.path).read_bytes() == BUNDLE
    assert box.updates.check(name).version == "0.2.0"


@settings(max_examples=tries(25))
@given(some.lists(some.integers(1, 4000), max_size=30))
def test_however_it_is_cut_the_same_file_arrives(tmp_path_factory: pytest.TempPathFactory, cuts: list[int]) -> None:
    folder = tmp_path_factory.mktemp("pieces")
    files = BundleFiles(folder / "update", folder / "sticks")
    shown = files.begin("x.raucb", len(BUNDLE))
    for length in [*cuts, len(BUNDLE)]:
        piece = BUNDLE[shown.received : shown.received + length]
        shown = files.receive(shown.name, shown.received, piece) if piece else shown
    assert Path(files.get(shown.name).path).read_bytes() == BUNDLE


def test_room_is_asked_for_before_the_first_byte(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    free = bundle_files.RESERVE + 1000
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 10**9 - free, free))
    with refused("update_disk_full"):
        box.updates.files.begin("x.raucb", 1001)
    assert box.updates.files.all() == ()
    assert box.updates.files.begin("x.raucb", 1000).size == 1000
    with refused("update_too_large"):
        box.updates.files.begin("x.raucb", MAX_BUNDLE + 1)


def test_a_disk_that_fills_up_meanwhile_keeps_what_had_come(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    name = box.updates.files.begin("x.raucb", len(BUNDLE)).name
    box.updates.files.receive(name, 0, BUNDLE[:100])
    real = Path.open

    def full(path: Path, *mode: Any, **more: Any) -> Any:
        opened = real(path, *mode, **more)
        if mode == ("r+b",):

            class Full:
                def __enter__(self) -> Full:
                    return self

                def __exit__(self, *_: object) -> None:
                    opened.close()

                def __getattr__(self, name: str) -> Any:
                    return getattr(opened, name)

                def write(self, data: bytes) -> int:
                    opened.write(data[:7])
                    raise OSError(28, "No space left on device")

            return Full()
        return opened

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        with refused("update_disk_full"):
            box.updates.files.receive(name, 100, BUNDLE[100:])
    assert box.updates.files.all()[0].received == 100
    assert box.updates.files.receive(name, 100, BUNDLE[100:]).complete


def test_a_stick_is_looked_into_and_nothing_but_files_counts(box: Box) -> None:
    stick = box.sticks / "sda1"
    stick.mkdir(parents=True)
    (stick / "loopstart-0.2.0.raucb").write_bytes(BUNDLE)
    (stick / "letter.txt").write_text("hello")
    (stick / "folder.raucb").mkdir()
    (stick / "link.raucb").symlink_to("/etc/passwd")
    [shown] = box.updates.files.all()
    assert (shown.name, shown.source, shown.size) == ("sda1/loopstart-0.2.0.raucb", "stick", len(BUNDLE))
    assert box.updates.check(shown.name).version == "0.2.0"
    for name in ("sda1/letter.txt", "../../etc/passwd", "sda1/link.raucb", "nothing"):
        with pytest.raises(Exception, match="not_found"):
            box.updates.check(name)
