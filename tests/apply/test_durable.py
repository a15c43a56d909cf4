"""What a power cut leaves: nothing is pointed at before it, and its name, are on disk."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.apply import durable
from appliance.apply.durable import NewFile, replace, write_together
from tests.apply.bench import Bench, site_of


class Disk:
    """Knows what fsync has been asked for: the bytes of files, by inode, and the names in directories."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written: set[int] = set()
        self.names: dict[int, dict[str, int]] = {}
        self._fsync = os.fsync
        monkeypatch.setattr(os, "fsync", self.sync)

    def sync(self, descriptor: int) -> None:
        self._fsync(descriptor)
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            self.names[status.st_ino] = {entry.name: entry.inode() for entry in os.scandir(descriptor)}
        else:
            self.written.add(status.st_ino)

    def lacks(self, path: Path) -> list[str]:
        """What below a path would be gone, or empty, after a power cut now."""
        missing = [] if self.names.get(path.parent.stat().st_ino, {}).get(path.name) == path.stat().st_ino else [path]
        for each in path.rglob("*") if path.is_dir() else [path]:
            if self.names.get(each.parent.stat().st_ino, {}).get(each.name) != each.stat().st_ino:
                missing.append(each)
            if each.is_file() and each.stat().st_ino not in self.written:
                missing.append(each)
        return [str(each) for each in missing]


def watch_current(monkeypatch: pytest.MonkeyPatch, look: Callable[[Path], None]) -> None:
    """Call ``look`` with the generation that ``current`` is about to point at."""
    move = Path.replace

    def watched(self: Path, target: Path) -> Path:
        if Path(target).name == "current":
            look(self.parent / self.readlink())
        return move(self, target)

    monkeypatch.setattr(Path, "replace", watched)


def test_a_generation_and_the_doubt_are_on_disk_before_current_points_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    bench = Bench.at(tmp_path)
    moves: list[str] = []

    def look(generation: Path) -> None:
        assert disk.lacks(generation) == []
        assert disk.lacks(generation.parent / ".doubt.json") == []
        moves.append(generation.name)

    watch_current(monkeypatch, look)
    bench.boot()
    for numbers in (("101",), ("101", "102"), ("102",)):
        bench.save(site_of(*numbers))
        bench.applier.apply("noor")
    bench.applier.roll_back("noor")
    assert len(moves) == 5


@pytest.mark.parametrize("spared", [".doubt.json.new", "manifest.json", "pjsip_aors.conf", "asterisk"])
def test_it_would_be_seen_if_one_of_them_were_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spared: str) -> None:
    disk = Disk(monkeypatch)
    sync = disk.sync

    def forgetful(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").readlink().name != spared:
            sync(descriptor)

    monkeypatch.setattr(os, "fsync", forgetful)
    found: list[str] = []
    watch_current(
        monkeypatch,
        lambda path: found.extend([*disk.lacks(path), *disk.lacks(path.parent / ".doubt.json")]),
    )
    Bench.at(tmp_path).boot()
    assert found


def test_files_and_names_are_on_disk_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)
    (tmp_path / "inner").mkdir()
    files = [NewFile(tmp_path / "inner" / str(turn), b"x" * turn, 0o640) for turn in range(40)]
    write_together(files, [tmp_path, tmp_path / "inner"])
    assert disk.lacks(tmp_path / "inner") == []
    assert [file.path.read_bytes() for file in files] == [file.data for file in files]
    assert {file.path.stat().st_mode & 0o777 for file in files} == {0o640}


@pytest.mark.parametrize("call", ["write", "fsync", "fchmod"])
def test_one_failure_among_many_is_raised_and_leaves_no_descriptor_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    real, calls = getattr(os, call), iter(range(100))

    def third_fails(*arguments: object) -> object:
        if next(calls) == 2:
            raise OSError(errno.EIO, "Input/output error")
        return real(*arguments)

    before = sorted(Path("/proc/self/fd").iterdir())
    monkeypatch.setattr(os, call, third_fails)
    with pytest.raises(OSError, match="Input/output error"):
        write_together([NewFile(tmp_path / str(turn), b"x", 0o600) for turn in range(5)], [tmp_path])
    monkeypatch.undo()
    assert sorted(Path("/proc/self/fd").iterdir()) == before


def test_a_long_file_is_written_whole_by_a_system_that_writes_it_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:7]))
    durable.write_new(NewFile(tmp_path / "file", b"0123456789" * 10, 0o600))
    assert (tmp_path / "file").read_bytes() == b"0123456789" * 10


def test_a_file_that_is_there_is_never_written_into(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"before")
    with pytest.raises(FileExistsError):
        durable.write_new(NewFile(tmp_path / "file", b"after", 0o600))
    assert (tmp_path / "file").read_bytes() == b"before"


def test_a_replaced_file_is_on_disk_under_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)
    for text in (b"one", b"two"):
        replace(tmp_path / "note.json", text, 0o640)
        assert disk.lacks(tmp_path / "note.json") == []
    assert (tmp_path / "note.json").read_bytes() == b"two"
