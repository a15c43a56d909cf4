"""Generations on disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from appliance.apply import generations as module
from appliance.apply.generations import DiskFullError, Generations
from appliance.render.files import RenderedFile


def files(**texts: str) -> dict[str, RenderedFile]:
    return {
        f"asterisk/{name}.conf": RenderedFile(f"asterisk/{name}.conf", text, reload=f"{name}.so")
        for name, text in texts.items()
    }


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path)


def stage(generations: Generations, number: int, like: int | None = None, **texts: str) -> None:
    generations.adopt(generations.stage(files(**texts), like), number)


def test_a_generation_gives_back_what_was_staged(generations: Generations) -> None:
    stage(generations, 1, pjsip="[101]\n", extensions="[phones]\n")
    assert generations.text(1, "asterisk/pjsip.conf") == "[101]\n"
    assert generations.manifest(1) == module.manifest_of(files(pjsip="[101]\n", extensions="[phones]\n"))
    assert generations.is_whole(1)


def test_an_unchanged_file_is_the_same_file_on_disk(generations: Generations) -> None:
    stage(generations, 1, pjsip="a", extensions="b")
    stage(generations, 2, like=1, pjsip="a", extensions="c")
    kept = [(generations.path(number) / "asterisk/pjsip.conf").stat() for number in (1, 2)]
    assert (kept[0].st_ino, kept[0].st_mtime_ns) == (kept[1].st_ino, kept[1].st_mtime_ns)
    changed = [(generations.path(number) / "asterisk/extensions.conf").stat().st_ino for number in (1, 2)]
    assert changed[0] != changed[1]


def test_a_file_whose_mode_changes_is_written_anew_and_the_old_one_left_alone(generations: Generations) -> None:
    stage(generations, 1, pjsip="a")
    wider = {path: RenderedFile(path, "a", mode=0o644, reload="pjsip.so") for path in files(pjsip="a")}
    generations.adopt(generations.stage(wider, 1), 2)
    assert (generations.path(1) / "asterisk/pjsip.conf").stat().st_mode & 0o777 == 0o640
    assert (generations.path(2) / "asterisk/pjsip.conf").stat().st_mode & 0o777 == 0o644


def test_asterisk_reads_generations_through_its_group_alone(generations: Generations) -> None:
    stage(generations, 1, pjsip="a")
    assert (generations.path(1) / "asterisk/pjsip.conf").stat().st_mode & 0o7777 == 0o640
    for directory in (generations.path(1), generations.path(1) / "asterisk"):
        assert directory.stat().st_mode & 0o7777 == 0o2750


def test_a_generation_lies_in_the_group_of_its_root(tmp_path: Path) -> None:
    group = os.getgroups()[-1] if os.getuid() else 12345
    os.chown(tmp_path, -1, group)
    tmp_path.chmod(0o2750)
    generations = Generations(tmp_path)
    stage(generations, 1, pjsip="a")
    assert (generations.path(1) / "asterisk/pjsip.conf").stat().st_gid == group


def test_current_is_never_missing_while_it_moves(generations: Generations, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2):
        stage(generations, number, pjsip=str(number))
    generations.make_current(1)
    seen = []
    replace = Path.replace

    def watched(self: Path, target: Path) -> Path:
        seen.append(generations.current())
        result = replace(self, target)
        seen.append(generations.current())
        return result

    monkeypatch.setattr(Path, "replace", watched)
    generations.make_current(2)
    assert seen == [1, 2]


def test_current_points_beside_itself_so_that_the_tree_can_be_mounted_anywhere(generations: Generations) -> None:
    stage(generations, 1, pjsip="a")
    generations.make_current(1)
    assert (generations.root / "current").readlink() == Path("1")


def test_current_cannot_point_at_what_is_not_there(generations: Generations) -> None:
    with pytest.raises(FileNotFoundError):
        generations.make_current(7)
    assert generations.current() is None


@pytest.mark.parametrize("call", ["write", "fsync", "link"])
def test_a_full_disk_leaves_nothing_behind(
    generations: Generations, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    stage(generations, 1, pjsip="a", extensions="b")
    generations.make_current(1)
    before = sorted(str(path) for path in generations.root.rglob("*"))

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if call == "write":
        monkeypatch.setattr(module, "write_together", full)
    else:
        monkeypatch.setattr(os, call, full)
    with pytest.raises(DiskFullError):
        generations.stage(files(pjsip="a", extensions="c"), 1)
    assert sorted(str(path) for path in generations.root.rglob("*")) == before


def test_an_interrupted_writer_leaves_nothing_after_the_next_start(generations: Generations) -> None:
    generations.stage(files(pjsip="a"), None)
    (generations.root / ".current-abc").symlink_to("9")
    stage(generations, 3, pjsip="a")
    generations.clean()
    assert [entry.name for entry in generations.root.iterdir()] == ["3"]


def test_old_generations_go_and_those_referred_to_stay(generations: Generations) -> None:
    for number in range(1, 31):
        stage(generations, number, pjsip=str(number))
    generations.make_current(2)
    gone = generations.retire({4})
    assert gone == [1, 3, 5, 6, 7, 8, 9, 10]
    assert generations.numbers() == [2, 4, *range(11, 31)]


def test_a_changed_byte_is_seen(generations: Generations) -> None:
    stage(generations, 1, pjsip="a")
    (generations.path(1) / "asterisk/pjsip.conf").write_text("b", encoding="utf-8")
    assert not generations.is_whole(1)


def test_a_missing_manifest_is_not_whole(generations: Generations) -> None:
    stage(generations, 1, pjsip="a")
    (generations.path(1) / "manifest.json").unlink()
    assert not generations.is_whole(1)
    assert not generations.is_whole(2)
