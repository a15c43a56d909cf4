"""Throw-away keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from image_build import signing


@pytest.fixture
def own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No key of the machine's: one is made where it is asked for; a short one, which is found ten times faster."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("LOOPSTART_KEY", raising=False)
    monkeypatch.setattr(signing, "BITS", 2048)


@pytest.fixture(scope="session")
def known_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one key, for tests that only need that there is one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("key")))
        patch.delenv("LOOPSTART_KEY", raising=False)
        patch.setattr(signing, "BITS", 2048)
        return signing.folder()
