"""A plain Debian with Asterisk on a disk of its own, started as the image is: what the image's start is measured by.

Debian's packages as they come, with their own configuration, and one telephone: the same kernel, the same Asterisk
(Debian 13 itself has none), the same GRUB from the same kind of partition, a root on ext4. No web, no TLS, no history.
"""

from __future__ import annotations

import os
import subprocess
import uuid
from pathlib import Path

from image_build import cache, disk, repository, settings
from image_build.programs import run
from image_build.progress import step

ROOT_SIZE = 3 << 30
NUMBER, SECRET, SERVICE = "1000", "plain-telephone-1000", "600"
PACKAGES = (
    *("systemd", "systemd-sysv", "udev", "dbus", "kmod", "iproute2", "procps", "netbase", "ca-certificates"),
    *("initramfs-tools", "linux-image-6.12", "python3", "asterisk", "asterisk-config", "asterisk-core-sounds-en-gsm"),
)
PJSIP = f"""\
[transport-udp]
type = transport
protocol = udp
bind = 0.0.0.0

[{NUMBER}]
type = endpoint
context = phones
disallow = all
allow = alaw
auth = {NUMBER}
aors = {NUMBER}

[{NUMBER}]
type = auth
auth_type = userpass
username = {NUMBER}
password = {SECRET}

[{NUMBER}]
type = aor
max_contacts = 1
"""
EXTENSIONS = f"[phones]\nexten => {SERVICE},1,Answer()\n same => n,Echo()\n"
# In small letters: the initramfs looks for /dev/disk/by-partuuid/<it>.
ROOT_ID = str(uuid.uuid5(disk.NAMES, "plain root"))
NETWORK = "[Match]\nName=en* eth*\n[Network]\nDHCP=yes\n"
GRUB = f"""\
set timeout=1
serial --unit=0 --speed=115200
terminal_output console serial
menuentry "Debian" {{
    linux /vmlinuz root=PARTUUID={ROOT_ID} rw quiet console=tty0 console=ttyS0,115200 panic=10
    initrd /initrd.img
}}
"""


def image(grub: Path) -> Path:
    """The raw disk, built when missing. ``grub``: GRUB's program, the image's own."""
    local = repository.complete()
    kernel = next(local.glob("linux-image-*.deb")).name.split("_")[0]
    packages = ",".join(kernel if name.startswith("linux-image") else name for name in PACKAGES)
    texts = (PJSIP, EXTENSIONS, NETWORK, GRUB)
    key = cache.key_of(settings.BOX_SUITE, settings.BASE_AS_OF, packages, local.name, texts, str(ROOT_SIZE))

    def make(draft: Path) -> None:
        root = draft / "root"
        with step("plain Debian with Asterisk (mmdebstrap)"):
            _root(root, draft / "source.list", local, packages)
        with step("its disk"):
            _disk(root, draft, grub)
        cache.remove_tree(root)

    return cache.kept("plain", key, make) / "disk.raw"


def _root(root: Path, source: Path, local: Path, packages: str) -> None:
    source.write_text(f"deb [trusted=yes] copy://{local} ./\n")
    run(
        [
            *["mmdebstrap", "--variant=minbase", f"--include={packages}", '--aptopt=Apt::Install-Recommends "false"'],
            '--setup-hook=mkdir -p "$1/etc/apt/sources.list.d"',
            f'--setup-hook=cp {source} "$1/etc/apt/sources.list.d/0000local.list"',
            '--customize-hook=rm -f "$1/etc/apt/sources.list.d/0000local.list"',
            '--customize-hook=chroot "$1" systemctl enable systemd-networkd asterisk',
            *[settings.BOX_SUITE, root],
        ],
        doing="making the plain root",
        next_step="is Debian's archive reachable? then run the same command again",
    )
    (root / "etc/asterisk/pjsip.conf").write_text(PJSIP)
    (root / "etc/asterisk/extensions.conf").write_text(EXTENSIONS)
    (root / "etc/systemd/network/10-lan.network").write_text(NETWORK)
    (root / "etc/hostname").write_text("plain\n")
    (root / "etc/machine-id").write_text("uninitialized\n")  # this start is its first, machine-id(5)


def _disk(root: Path, draft: Path, grub: Path) -> None:
    boot = draft / "esp"
    with boot.open("wb") as sink:
        sink.truncate(128 * disk.MIB)
    run(["mkfs.vfat", "-F", "32", boot], doing="the boot partition")
    (draft / "grub.cfg").write_text(GRUB)
    environment = {**os.environ, "MTOOLS_SKIP_CHECK": "1"}
    run(["mmd", "-i", boot, "::/EFI", "::/EFI/BOOT", "::/grub"], doing="the boot partition", env=environment)
    files = {
        "EFI/BOOT/BOOTX64.EFI": grub,
        "grub/grub.cfg": draft / "grub.cfg",
        "vmlinuz": next((root / "boot").glob("vmlinuz-*")),
        "initrd.img": next((root / "boot").glob("initrd.img-*")),
    }
    for name, source in files.items():
        run(["mcopy", "-i", boot, source, f"::/{name}"], doing="the boot partition", env=environment)
    system = draft / "system"
    run(["mke2fs", "-q", "-t", "ext4", "-E", "lazy_itable_init=1", "-d", root, system, f"{ROOT_SIZE >> 10}k"],
        doing="the plain root's file system")  # fmt: skip
    starts = {boot: disk.MIB, system: disk.MIB + boot.stat().st_size}
    whole = draft / "disk.raw"
    with whole.open("wb") as sink:
        sink.truncate(starts[system] + ROOT_SIZE + disk.MIB)
    lines = ["label: gpt", "unit: sectors"]
    for source, type_, name in ((boot, disk.EFI_TYPE, str(uuid.uuid4())), (system, disk.LINUX_TYPE, ROOT_ID)):
        start, size = starts[source] // disk.SECTOR, source.stat().st_size // disk.SECTOR
        lines.append(f"start={start}, size={size}, type={type_}, uuid={name}")
    subprocess.run(
        ["sfdisk", "--quiet", "--no-reread", "--no-tell-kernel", whole],
        input="\n".join(lines) + "\n", text=True, check=True,
    )  # fmt: skip
    for source, at in starts.items():
        disk.copy_sparse(source, whole, at)
        source.unlink()
