"""The project's key signs; what was changed or signed by another is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from image_build import signing
from image_build.progress import Problem

pytestmark = pytest.mark.usefixtures("own_key")


def test_a_signature_is_of_this_file_by_this_key(
    tmp_path: Path, known_key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOPSTART_KEY", str(known_key))
    file, signature, again = tmp_path / "list", tmp_path / "list.p7s", tmp_path / "again.p7s"
    file.write_text("list")
    signing.sign(file, signature)
    signing.verify(file, signature)
    signing.sign(file, again)
    assert again.read_bytes() == signature.read_bytes()
    file.write_text("another list")
    with pytest.raises(Problem):
        signing.verify(file, signature)
    file.write_text("list")
    monkeypatch.delenv("LOOPSTART_KEY")
    with pytest.raises(Problem):
        signing.verify(file, signature)


def test_the_key_is_made_once_and_read_by_its_owner_alone() -> None:
    path = signing.folder()
    assert signing.folder() == path
    assert path.stat().st_mode & 0o077 == 0
    assert not (path / "authority.pem").exists()


def test_a_given_key_must_be_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key.pem").touch()
    monkeypatch.setenv("LOOPSTART_KEY", str(tmp_path))
    with pytest.raises(Problem, match=r"certificate\.pem, keyring\.pem"):
        signing.folder()
