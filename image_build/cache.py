"""Where built things are kept, and the keys that name them by content.

Everything expensive is a directory `<kind>-<key>` in the cache. The key covers every input, so a directory
that exists is right and complete: it is made under another name and renamed. A lock per kind lets several
engineers (or tests) build at once; the second waits and finds the work done.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from image_build.mounts import unmount_below
from image_build.progress import say

REPOSITORY = Path(__file__).resolve().parent.parent
SKIPPED = {"__pycache__", "node_modules", ".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


def home() -> Path:
    """The cache directory, made if missing: `$XDG_CACHE_HOME/loopstart`, by default `~/.cache/loopstart`."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    path = Path(base) / "loopstart"
    path.mkdir(parents=True, exist_ok=True)
    return path


def key_of(*parts: object) -> str:
    """Twelve hexadecimal digits naming these values."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode() + b"\0")
    return digest.hexdigest()[:12]


def files_below(paths: Iterable[Path]) -> Iterator[Path]:
    """Every source file in these files and directories, in a stable order; missing ones are left out."""
    for path in sorted(paths):
        if path.is_file():
            yield path
        elif path.is_dir():
            for folder, names, files in os.walk(path):
                names[:] = sorted(name for name in names if name not in SKIPPED and not name.endswith(".egg-info"))
                for name in sorted(files):
                    if not name.endswith(".pyc"):
                        yield Path(folder) / name


def key_of_files(paths: Iterable[Path], below: Path | None = None) -> str:
    """A key over names (below `below`, by default the repository), execute bits and contents."""
    digest = hashlib.sha256()
    for path in files_below(paths):
        content = path.read_bytes()
        name = path.relative_to(below or REPOSITORY)
        digest.update(f"{name}\0{os.access(path, os.X_OK)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


@contextmanager
def snapshot(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """A copy of these files of the repository, and its key; gone afterwards.

    What is built from a copy is what its key says, also while somebody edits the working tree.
    """
    with tempfile.TemporaryDirectory(prefix="snapshot-", dir=home()) as name:
        folder = Path(name)
        folder.chmod(0o755)
        for path in files_below(paths):
            target = folder / path.relative_to(REPOSITORY)
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # an editor replaces a file by removing it first
                shutil.copy2(path, target)
        yield folder, key_of_files([folder], folder)


@contextmanager
def locked(name: str, folder: Path | None = None) -> Iterator[None]:
    """Hold the lock of this name; says so when it has to wait."""
    path = (folder or home()) / f"{name}.lock"
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another build holds {path}; waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def kept(kind: str, key: str, make: Callable[[Path], None]) -> Path:
    """The directory `<kind>-<key>`; when missing, `make` fills a new one. A failed making leaves nothing."""
    path = home() / f"{kind}-{key}"
    if path.is_dir():
        os.utime(path)
        return path
    with locked(kind):
        if path.is_dir():
            return path
        draft = home() / f"{kind}-{key}.draft"
        unmount_below(draft)
        remove_tree(draft)
        draft.mkdir(mode=0o755)
        try:
            make(draft)
        except BaseException:
            unmount_below(draft)
            remove_tree(draft)
            raise
        draft.rename(path)
    return path


# Of each kind, how many are kept. Disk images are large, and made from the other kinds in a minute or two.
KEPT = {"project": 6, "root": 6, "system": 6, "wheels": 6, "assets": 6, "repository": 6, "base": 6, "lines": 6}
KEPT |= {"image": 2, "flashable": 2, "bundle": 2, "variant": 4}


def prune(keep: int = 0) -> None:
    """Remove old layers, wheels, images: of each kind all but the newest (`keep` or KEPT) and what is mounted."""
    mounts = Path("/proc/self/mountinfo").read_text()
    for kind, usual in KEPT.items():
        with locked(kind):
            made = [path for path in home().glob(f"{kind}-*") if path.is_dir() and path.suffix != ".draft"]
            made.sort(key=lambda path: path.stat().st_mtime, reverse=True)
            for path in made[keep or usual :]:
                if f"{path}/" not in mounts:
                    remove_tree(path)


def remove_tree(path: Path) -> None:
    """Remove a directory we made. Refuses when something is mounted below it."""
    if not path.exists():
        return
    mounted = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    inside = [point for point in mounted if point == str(path) or point.startswith(f"{path}/")]
    if inside:
        raise RuntimeError(f"{path} still has mounts below it: {inside}")
    shutil.rmtree(path)
