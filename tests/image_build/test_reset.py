"""The factory reset: everything goes but what was to stay, also when it is cut off in the middle."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[2] / "ansible/roles/machine/files/reset.sh"
KEPT = {"lost+found", "system/rauc/status"}
RECORDINGS = {"recordings/2026/call.wav", "voicemail/101/INBOX/msg0000.wav", "history/history.db", "history/smdr.db"}
GONE = {"site/site.db", "site/accounts.db", "secrets/tls/ca.key", "generations/7/asterisk/pjsip.conf", "backups/x",
        "system/machine-id", "system/ssh/host_key", "system/network.json", "system/var/log/journal/x", "system/.hidden",
        ".hidden", "name with space"}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in KEPT | RECORDINGS | GONE:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name == "lost+found":
            path.mkdir()
        else:
            path.write_text(name)
    (tmp_path / "generations/current").symlink_to("7")
    return tmp_path


def reset(data: Path, *, shell: str = "sh") -> None:
    subprocess.run([*shell.split(), str(PROGRAM), str(data)], check=True, capture_output=True)


def there(data: Path) -> set[str]:
    return {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file() or path.name == "lost+found"}


def test_nothing_happens_unless_it_was_asked_for(data: Path) -> None:
    before = there(data)
    reset(data)
    assert there(data) == before


@pytest.mark.parametrize(("word", "stays"), [("all", KEPT), ("keep", KEPT | RECORDINGS)])
def test_everything_goes_but_what_stays(data: Path, word: str, stays: set[str]) -> None:
    (data / "system/reset").write_text(f"{word}\n")
    reset(data)
    assert there(data) == stays
    assert not (data / "generations").is_symlink() and not (data / "generations").exists()


@pytest.mark.parametrize("deletions", range(12))
def test_a_reset_that_was_cut_off_is_finished_at_the_next_start(data: Path, deletions: int, tmp_path: Path) -> None:
    """The power goes at the n-th removal: until the mark is gone, the next start goes on."""
    (data / "system/reset").write_text("keep\n")
    tools = tmp_path.parent / f"{tmp_path.name}-tools"
    tools.mkdir()
    rm = tools / "rm"
    rm.write_text(f'#!/bin/sh\necho x >>"{tools}/count"\n'
                  f'[ "$(wc -l <"{tools}/count")" -le {deletions} ] || {{ kill -9 $PPID; exit; }}\n'
                  'exec /bin/rm "$@"\n')  # fmt: skip
    rm.chmod(0o755)
    cut = subprocess.run(["sh", str(PROGRAM), str(data)], env={"PATH": f"{tools}:/usr/bin:/bin"}, check=False)
    assert cut.returncode != 0 or not (data / "system/reset").exists()
    reset(data)
    assert there(data) == KEPT | RECORDINGS


@pytest.mark.parametrize("word", ["", "ke", "yes\n"])
def test_a_mark_that_was_not_wholly_written_resets_nothing(data: Path, word: str) -> None:
    before = there(data)
    (data / "system/reset").write_text(word)
    reset(data)
    assert there(data) == before
