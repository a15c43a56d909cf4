"""The box's root, mounted and booted with its own systemd in a container; found again, entered, and ended.

`systemd-nspawn --register=no --keep-unit` works on hosts whose own process 1 is not systemd (tried; see the
facts page on Asterisk). The container lives in a network namespace made beforehand, so that packets can be
watched and cables pulled while it restarts.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from image_build import cache
from image_build.box_state import Box
from image_build.mounts import mount_overlay, mounted_at, unmount
from image_build.progress import Problem

POWER_OFF = signal.SIGRTMIN + 4  # systemd(1), SIGNALS: start poweroff.target
INSIDE = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "container": "systemd-nspawn",
}


def _started_at(process: int) -> str:
    """When this process began, in clock ticks (proc_pid_stat(5), field 22).

    Tells it from a later process of the same number. Empty when it has ended, also before it is collected.
    """
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]


def _alive(note: str) -> int:
    process, _, begun = note.partition(" ")
    return int(process) if process and begun and _started_at(int(process)) == begun else 0


def supervisor(box: Box) -> int:
    """The process id of the running systemd-nspawn; 0 when there is none."""
    return _alive(box.note("supervisor"))


def leader(box: Box) -> int:
    """The process id, on the host, of the container's process 1; 0 when it does not run."""
    outer = supervisor(box)
    if not outer:
        return 0
    try:
        children = Path(f"/proc/{outer}/task/{outer}/children").read_text().split()
    except OSError:
        return 0
    for child in children:
        try:
            status = Path(f"/proc/{child}/status").read_text()
        except OSError:
            continue
        inner = next((line.split()[-1] for line in status.splitlines() if line.startswith("NSpid:")), "")
        if inner == "1":
            return int(child)
    return 0


def mount(box: Box, layers: Sequence[Path]) -> None:
    """Mount the root. What the box wrote outside /data before is dropped, as an update would drop it."""
    remove_mounts(box)
    mount_overlay(layers, box.upper, box.folder / "work", box.merged)


def cgroups(box: Box) -> list[Path]:
    """The box's own cgroup in each hierarchy in which systemd keeps its units.

    With --keep-unit, systemd-nspawn puts the container into `payload` below the cgroup that it was started from. Two
    boxes started from one would share it, and two systemds would keep their units in one tree.
    """
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    return [
        Path(where) / f"loopstart-{box.name}"
        for _, where, kind, options, *_ in mounts
        if kind == "cgroup2" or (kind == "cgroup" and "name=systemd" in options.split(","))
    ]


def _remove_cgroups(box: Box) -> None:
    for group in cgroups(box):
        for path, _, _ in os.walk(group, topdown=False):
            with contextlib.suppress(OSError):  # somebody is still in it; the next start takes it as it is
                Path(path).rmdir()


def start(box: Box) -> None:
    """Boot the container, detached; its console goes to a file."""
    if shutil.which("systemd-nspawn") is None:
        raise Problem("program-missing", "systemd-nspawn is not installed", next_step="run image_build/deps as root")
    command = [
        "systemd-nspawn",
        "--quiet",
        "--directory",
        str(box.merged),
        "--machine",
        f"loopstart-{box.name}",
        "--register=no",
        "--keep-unit",
        "--boot",
        "--settings=no",
        "--console=read-only",
        "--hostname=loopstart",
        f"--network-namespace-path=/run/netns/{box.namespace}",
        "--capability=CAP_NET_ADMIN",
        "--resolv-conf=off",
        "--timezone=off",
        "--link-journal=no",
        f"--bind={box.data}:/data",
        "--kill-signal=SIGRTMIN+3",
    ]
    groups = cgroups(box)
    for group in groups:
        group.mkdir(exist_ok=True)
    enter = "".join(f"echo $$ >{group}/cgroup.procs; " for group in groups)
    with box.console.open("w") as console:
        process = subprocess.Popen(
            ["/bin/sh", "-ec", f'{enter}exec "$@"', "box", *command],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd="/",
        )
    box.write_note("supervisor", f"{process.pid} {_started_at(process.pid)}")
    if not wait_until(lambda: leader(box) != 0 or process.poll() is not None, 15) or process.poll() is not None:
        end = box.console.read_text(errors="replace").strip().splitlines()[-15:]
        raise Problem(
            "no-boot",
            "the container did not start:\n" + "\n".join("    " + line for line in end),
            where=str(box.console),
            next_step="image_build/box down, then up again; see image_build/README.md",
        )


def wait_until(true: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def inside(box: Box, command: Sequence[str]) -> list[str]:
    """The words that run this command inside the box. Raises `Problem` when the box does not run.

    The shell stays outside the box's processes and waits for the command. nsenter(1) would do that itself, but stops
    when the command is stopped: so does systemd-shutdown(8) with everything it is about to kill, and nobody would let
    nsenter go on. The command would never be collected, and the box never end.
    """
    process = leader(box)
    if not process:
        raise Problem("not-running", f"box {box.name} does not run", next_step=f"image_build/box --name {box.name} up")
    environment = [f"{name}={value}" for name, value in (INSIDE | {"TERM": os.environ.get("TERM", "dumb")}).items()]
    return [
        "nsenter",
        "--target",
        str(process),
        "--all",
        "--no-fork",
        "--root",
        "--wd",
        "--",
        "/bin/sh",
        "-c",
        '"$@"; exit "$?"',
        "sh",
        # A program, never a word that the shell itself would carry out, outside the box's processes.
        "env",
        "-i",
        *environment,
        *command,
    ]


def call(box: Box, *command: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command inside and return its output and exit code."""
    return subprocess.run(
        inside(box, command),
        capture_output=True,
        text=True,
        check=False,
        input=stdin or "",
    )


def copy_in(box: Box, source: Path, inside_path: str) -> None:
    """Copy a file of the host into the running box."""
    inside(box, [])
    shutil.copy(source, Path(f"/proc/{leader(box)}/root") / inside_path)


def stop(box: Box, *, hard: bool = False) -> None:
    """End the container: by shutting down, or all at once as a power cut would."""
    first, outer = leader(box), supervisor(box)
    if not outer:
        box.write_note("supervisor", "")
        return
    if first:
        _signal(first, signal.SIGKILL if hard else POWER_OFF)
    if not wait_until(lambda: not supervisor(box), 3 if hard else 30):
        if first:
            _signal(first, signal.SIGKILL)
        wait_until(lambda: not supervisor(box), 3)
        if supervisor(box):
            _signal(outer, signal.SIGKILL)
            wait_until(lambda: not supervisor(box), 3)
    _remove_cgroups(box)
    box.write_note("supervisor", "")


def _signal(process: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)


def remove_mounts(box: Box) -> None:
    """The box's root, and what it wrote there."""
    if mounted_at(box.merged):
        unmount(box.merged)
    for folder in (box.upper, box.folder / "work"):
        wait_until(partial(_removed, folder), 5)
        cache.remove_tree(folder)


def _removed(folder: Path) -> bool:
    """Whether it is gone. Who was killed a moment ago may still have been writing into it."""
    with contextlib.suppress(OSError):
        cache.remove_tree(folder)
    return not folder.exists()
