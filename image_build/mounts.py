"""Overlay mounts, and the system mounts a chroot needs; all removed again, newest first."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from image_build.programs import run
from image_build.progress import Problem


def overlay_works() -> bool:
    return any(line.split()[-1] == "overlay" for line in Path("/proc/filesystems").read_text().splitlines())


def mount_overlay(lowers: Sequence[Path], upper: Path, work: Path, at: Path) -> None:
    """Mount `lowers` (highest first) with `upper` on top; `work` must be on `upper`'s disk."""
    if not overlay_works() and subprocess.run(["modprobe", "overlay"], capture_output=True, check=False).returncode:
        raise Problem(
            "no-overlay",
            "this kernel offers no overlayfs",
            where="/proc/filesystems",
            next_step="load the overlay module (modprobe overlay), or use a machine with Debian's own kernel",
        )
    for path in (upper, work, at):
        path.mkdir(parents=True, exist_ok=True)
    upper.chmod(0o755)
    options = f"lowerdir={':'.join(map(str, lowers))},upperdir={upper},workdir={work}"
    run(
        ["mount", "-t", "overlay", "overlay", "-o", options, at],
        doing=f"mounting the overlay at {at}",
        next_step="the cache must lie on a disk that allows extended attributes (ext4, xfs, btrfs); "
        "set XDG_CACHE_HOME to one that does",
    )


def mounted_at(path: Path) -> bool:
    return any(line.split()[4] == str(path) for line in Path("/proc/self/mountinfo").read_text().splitlines())


def unmount(path: Path) -> None:
    """Unmount, lazily when busy; nothing happens when it is not mounted."""
    if mounted_at(path) and subprocess.run(["umount", str(path)], capture_output=True, check=False).returncode:
        subprocess.run(["umount", "-l", str(path)], capture_output=True, check=False)


def unmount_below(path: Path) -> None:
    """Unmount what a killed build left mounted at `path` or below, newest first."""
    points = [Path(line.split()[4]) for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    for point in reversed(points):
        if point == path or path in point.parents:
            unmount(point)


@contextmanager
def chroot_ready(root: Path, *, extra: Sequence[tuple[Path, str]] = ()) -> Iterator[None]:
    """/proc, /dev, /run and /tmp for programs run inside `root`, plus binds `(host path, path inside)`.

    /run and /tmp are fresh memory file systems, so that nothing a build leaves there reaches the image.
    """
    with ExitStack() as undo:

        def mount(*arguments: str | Path, at: str) -> None:
            target = root / at
            target.mkdir(parents=True, exist_ok=True)
            run(["mount", *arguments, target], doing=f"mounting {target}")
            undo.callback(unmount, target)

        mount("-t", "proc", "proc", at="proc")
        mount("-t", "tmpfs", "-o", "mode=755", "dev", at="dev")
        for name, minor in (("null", 3), ("zero", 5), ("full", 7), ("random", 8), ("urandom", 9)):
            run(["mknod", "-m", "666", root / "dev" / name, "c", "1", str(minor)], doing="device nodes")
        run(["mknod", "-m", "666", root / "dev/tty", "c", "5", "0"], doing="device nodes")
        for name, target in (
            ("fd", "/proc/self/fd"),
            ("stdin", "fd/0"),
            ("stdout", "fd/1"),
            ("stderr", "fd/2"),
        ):
            (root / "dev" / name).symlink_to(target)
        (root / "dev/shm").mkdir(mode=0o1777)
        mount("-t", "tmpfs", "-o", "mode=755", "run", at="run")
        mount("-t", "tmpfs", "-o", "mode=1777", "tmp", at="tmp")
        for source, inside in extra:
            mount("--bind", source, at=inside)
        yield
