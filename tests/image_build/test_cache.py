"""What is built is named by its content, made once, and never left half made."""

from __future__ import annotations

from pathlib import Path

import pytest

from image_build import cache


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "REPOSITORY", tmp_path)
    return cache.home()


def test_a_key_follows_content_name_and_execute_bit(tmp_path: Path) -> None:
    file = tmp_path / "tree/file"
    file.parent.mkdir()
    file.write_text("one")
    keys = [cache.key_of_files([file.parent])]
    file.write_text("two")
    keys.append(cache.key_of_files([file.parent]))
    file.chmod(0o755)
    keys.append(cache.key_of_files([file.parent]))
    file.rename(file.with_name("other"))
    keys.append(cache.key_of_files([file.parent]))
    assert len(set(keys)) == len(keys)


def test_a_key_leaves_out_what_is_not_source(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / "__pycache__").mkdir(parents=True)
    (tree / "module.py").write_text("")
    before = cache.key_of_files([tree])
    (tree / "__pycache__/module.pyc").write_text("compiled")
    assert cache.key_of_files([tree]) == before


def test_a_thing_is_made_once() -> None:
    made: list[Path] = []
    first = cache.kept("thing", "k1", made.append)
    assert cache.kept("thing", "k1", made.append) == first
    assert len(made) == 1


def test_a_failed_making_leaves_nothing(home: Path) -> None:
    def fail(draft: Path) -> None:
        (draft / "half").write_text("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cache.kept("thing", "k1", fail)
    assert [path.name for path in home.iterdir()] == ["thing.lock"]


def test_pruning_keeps_the_newest(home: Path) -> None:
    for number in range(5):
        cache.kept("project", f"k{number}", lambda draft: None)
    cache.prune(keep=2)
    assert len(list(home.glob("project-k*"))) == 2
