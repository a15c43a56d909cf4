"""A slot's content: the root's three layers joined, made ready to be read-only, as one compressed file system.

Two builds of the same content give the same bytes: what is this build's own (logs, caches, keys) goes, times are
no later than the epoch, Python's compiled files do not name times at all, and mksquashfs sorts.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from image_build import boot, cache, root, sbom, settings, signing
from image_build.mounts import chroot_ready
from image_build.programs import run
from image_build.progress import Problem, step

# Left behind by the build, and made anew where they are needed. Below the root.
LEFT_BEHIND = (
    "var/log/*",
    "var/cache/*",
    "var/lib/apt/lists/*",
    "var/lib/dpkg/*-old",
    "var/lib/dbus/machine-id",
    "var/lib/systemd/random-seed",
    "var/backups/*",
    "var/tmp/*",
    "etc/*-",
    "etc/.pwd.lock",
    "root/.[!.]*",
    "initrd.img*",
    "vmlinuz*",
    "usr/lib/grub/x86_64-efi",
)
KEPT = (
    "var/log/asterisk",
    "var/log/nginx",
    "var/log/journal",
    "var/log/chrony",
    "var/cache/asterisk",
    "var/cache/nginx",
)
# Never in an image: it would be the same on every box.
SECRETS = ("etc/ssh/ssh_host_*", "etc/ssl/private/*", "data/*", "var/lib/asterisk/keys/*", "etc/machine-id")


def epoch() -> int:
    """The time that everything in the image has at most: the packages' date, so that equal content is equal."""
    return int(datetime.fromisoformat(settings.BASE_AS_OF).replace(tzinfo=UTC).timestamp())


def make(layers: Sequence[Path], folder: Path, version: str) -> None:
    """Fill `folder` with `slot.squashfs`, `BOOTX64.EFI` and `sbom.json`."""
    work = folder / "root"
    work.mkdir()
    with root.writable(layers, work) as merged:
        with step("initramfs and GRUB"):
            kernel(merged)
            boot.grub(merged, folder)
        with step("list of packages, licences, tidying"):
            identity(merged, folder, version)
            compile_python(merged)
            tidy(merged)
            no_secret(merged)
            (folder / "sbom.json").write_text(sbom.document(merged, version, epoch()))
            shutil.copyfile(folder / "sbom.json", merged / "usr/share/loopstart/sbom.json")
            up_to_date(merged)
            clamp(merged)
        with step(f"slot ({settings.SLOT_COMPRESSION[0]})"):
            squash(merged, folder / "slot.squashfs")
    cache.remove_tree(work)


def kernel(merged: Path) -> None:
    """One kernel and its initramfs, under names that GRUB knows: /boot/vmlinuz and /boot/initrd.img."""
    versions = sorted(path.name for path in (merged / "usr/lib/modules").iterdir())
    if len(versions) != 1:
        raise Problem(
            "kernels",
            f"the root has modules of {len(versions)} kernels: {', '.join(versions)}",
            where="/usr/lib/modules",
            next_step="image_build/settings.py must install exactly one",
        )
    image = (merged / f"boot/vmlinuz-{versions[0]}").read_bytes()
    config = (merged / f"boot/config-{versions[0]}").read_bytes()
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), "LC_ALL": "C.UTF-8"}
    with chroot_ready(merged):
        run(
            ["chroot", merged, "mkinitramfs", "-o", "/run/initrd.img", versions[0]],
            doing="the initramfs",
            env=environment,
        )
        initrd = (merged / "run/initrd.img").read_bytes()
    for left in (merged / "boot").iterdir():
        left.unlink()
    for name, content in (("vmlinuz", image), ("initrd.img", initrd), (f"config-{versions[0]}", config)):
        (merged / "boot" / name).write_bytes(content)
    shutil.copyfile(boot.GRUB / "start.cfg", merged / "boot/start.cfg")


def identity(merged: Path, folder: Path, version: str) -> None:
    """What this system is: its version, whom it trusts for updates, and the GRUB that belongs to it."""
    own = merged / "usr/share/loopstart"
    own.mkdir(parents=True, exist_ok=True)
    (own / "version").write_text(f"{version}\n")
    (merged / "usr/lib/loopstart/boot").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / "BOOTX64.EFI", merged / "usr/lib/loopstart/boot/BOOTX64.EFI")
    shutil.copyfile(boot.GRUB / "grub.cfg", merged / "usr/lib/loopstart/boot/grub.cfg")
    (merged / "etc/rauc/keyring.pem").write_text(signing.keyring())
    text = (merged / "usr/lib/os-release").read_text()
    lines = [line for line in text.splitlines() if not line.startswith(("IMAGE_ID=", "IMAGE_VERSION="))]
    lines += ["IMAGE_ID=loopstart", f"IMAGE_VERSION={version}"]
    (merged / "usr/lib/os-release").write_text("\n".join(lines) + "\n")


def compile_python(merged: Path) -> None:
    """Our Python compiled without the times of its sources: equal in each build, and not looked at when started.

    Debian's own was compiled by its packages, from sources with the packages' times.
    """
    run(
        [
            *["chroot", merged, "/usr/bin/env", "PYTHONHASHSEED=0", "/usr/bin/python3", "-m", "compileall"],
            *["-q", "-f", "--invalidation-mode", "unchecked-hash", "/opt/loopstart/lib"],
        ],
        doing="compiling Python",
    )


def tidy(merged: Path) -> None:
    for pattern in LEFT_BEHIND:
        for path in sorted(merged.glob(pattern)):
            name = str(path.relative_to(merged))
            if name in KEPT:
                for inside in path.iterdir():
                    _remove(inside)
            else:
                _remove(path)
    # The day on which an account's password last changed would be the day of the build (shadow(5), third field).
    shadow = merged / "etc/shadow"
    accounts = [line.split(":") for line in shadow.read_text().splitlines()]
    day = str(epoch() // 86400)
    shadow.write_text("".join(":".join([*fields[:2], day, *fields[3:]]) + "\n" for fields in accounts))
    # A file to mount over. Empty, not missing: systemd must not take the box's every start for its first.
    (merged / "etc/machine-id").write_text("")


def up_to_date(merged: Path) -> None:
    """Say that caches below /etc and /var fit this /usr, or systemd rebuilds them at each start: /var is volatile.

    systemd-update-done.service(8): it compares the times of these files with that of /usr.
    """
    for name in ("etc/.updated", "var/.updated"):
        (merged / name).write_text("")
    os.utime(merged / "usr", (epoch(), epoch()))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def no_secret(merged: Path) -> None:
    """Raises `Problem` naming every file that would make two boxes alike."""
    found = [path for pattern in SECRETS for path in merged.glob(pattern) if not path.is_file() or path.stat().st_size]
    if found:
        raise Problem(
            "secret-in-image",
            f"every box would share {', '.join(str(path.relative_to(merged)) for path in found)}",
            where="image_build/slot.py",
            next_step="let the role that makes it leave it to the first start",
        )


def clamp(merged: Path) -> None:
    """No time later than the epoch; older ones, of packages' files, stay (Python's compiled files name them)."""
    last = epoch()
    for folder, names, files in os.walk(merged, topdown=False):
        for name in [*files, *names, "."]:
            path = os.path.join(folder, name)  # noqa: PTH118  (hundred thousand of them)
            if os.lstat(path).st_mtime > last:
                os.utime(path, (last, last), follow_symlinks=False)


def squash(merged: Path, target: Path) -> None:
    name, *options = settings.SLOT_COMPRESSION
    run(
        [
            *["mksquashfs", merged, target, "-noappend", "-quiet", "-no-progress", "-comp", name, *options],
            *["-mkfs-time", str(epoch()), "-no-exports", "-no-recovery"],
        ],
        doing="the slot's file system",
        env={name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"},
    )
