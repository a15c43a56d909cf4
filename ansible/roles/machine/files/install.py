#!/usr/bin/python3
"""Install this running system onto another disk: everything on it is lost. Standard library and file system tools only.

usage: install ask      one request of the daemon, a JSON line on standard input; one JSON line in answer

Requests: {"do": "list"}; {"do": "start", "disk": "sda", "serial": ...}: name and serial as the list says, so that it is
the disk that was shown and no other. Answers: {"disks": [...], "from": ...}, {"ok": true}, or {"error": code, ...}.

/run/loopstart-install/state.json
    how far it is: {"step", "done", "all" (bytes), "disk", "error"}. Steps: slot, check, data, boot, finished, failed

The disk gets a new table, this system's slot as slot A, an empty /data and GRUB: nothing of this box's identity is
read, let alone copied. The boot program comes last, so a disk that was not finished starts nothing. What was written is
read back from the disk itself and compared.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import partitions
from partitions import MIB

STATE = Path("/run/loopstart-install/state.json")
OWN_DISK, OWN_SLOTS = Path("/dev/loopstart/disk"), Path("/dev/loopstart")
BOOT = Path("/usr/lib/loopstart/boot")
PLACE = Path("/run/loopstart-install/esp")  # where the new boot partition is mounted to be filled
# linux/fs.h
BLKRRPART, BLKFLSBUF, BLKSSZGET = 0x125F, 0x1261, 0x1268
TOOL_S = 600
NOTES = b"# GRUB Environment Block\nORDER=A B\nA_OK=1\nA_TRY=0\nB_OK=0\nB_TRY=0\n".ljust(1024, b"#")
SHOWN = "NAME,KNAME,MODEL,SERIAL,SIZE,TYPE,RO,TRAN,MOUNTPOINTS,FSTYPE,LABEL,PARTLABEL"
FINISHED = ("finished", "failed")


class RefusedError(Exception):
    """Why this disk cannot be used, or the request not be taken: a code of the texts, and its parameters."""

    def __init__(self, code: str, **params: str | int) -> None:
        self.code, self.params = code, params
        super().__init__(code)


def main() -> int:
    try:
        request = json.loads(sys.stdin.readline(1 << 16))
        if request["do"] == "list":
            return answer({"disks": disks(), "from": own()})
        if request["do"] != "start":
            raise RefusedError("install_request")
        disk = chosen(str(request["disk"]), str(request["serial"]))
        lock = only_one()
    except RefusedError as error:
        return answer({"error": error.code, "params": error.params})
    except (ValueError, TypeError, KeyError):
        return answer({"error": "install_request", "params": {}})
    except (OSError, subprocess.SubprocessError) as error:
        return answer({"error": "install_failed", "params": {"detail": told(error)}})
    note("slot", disk)
    answer({"ok": True})
    try:
        install(disk)
    except (OSError, subprocess.SubprocessError, RefusedError, ValueError) as error:
        print(f"<3>{disk['name']}: {told(error)}", file=sys.stderr, flush=True)
        note("failed", disk, error=told(error))
        return 1
    finally:
        lock.close()
    note("finished", disk)
    return 0


def disks() -> list[dict]:
    """Every disk but this system's own, each with what is on it and why it cannot be used (None: it can)."""
    shown = subprocess.run(
        ["lsblk", "--json", "--bytes", "--output", SHOWN], capture_output=True, text=True, check=True, timeout=TOOL_S
    )
    mine = own()
    found = [one for one in json.loads(shown.stdout)["blockdevices"] if one["type"] == "disk" and one["size"]]
    return [described(one) for one in found if one["name"] != mine and not one["name"].startswith("zram")]


def described(one: dict) -> dict:
    """From lsblk's tree of one disk."""
    below = list(inside(one))
    found = [text for part in [one, *below] if (text := holds(part))]
    return {
        "name": one["name"],
        "model": (one["model"] or "").strip(),
        "serial": (one["serial"] or "").strip(),
        "size": int(one["size"]),
        "transport": one["tran"] or "",
        "holds": list(dict.fromkeys(found)),
        "refused": refusal(one, below),
    }


def inside(one: dict) -> object:
    for part in one.get("children") or ():
        yield part
        yield from inside(part)


def holds(part: dict) -> str:
    """``ext4 “Photos”``."""
    label = part["label"] or part["partlabel"]
    return " ".join(word for word in (part["fstype"], f"“{label}”" if label else "") if word)


def refusal(one: dict, below: list) -> str | None:
    used = [point for part in [one, *below] for point in part["mountpoints"] or () if point]
    if one["ro"]:
        return "install_read_only"
    if used or any(part["type"] not in ("part", "disk") for part in below):
        return "install_in_use"
    return "install_too_small" if int(one["size"]) < partitions.SMALLEST else None


def own() -> str:
    """The name of the disk this system runs from; empty where it is no flashed one."""
    return os.path.basename(os.path.realpath(OWN_DISK)) if OWN_DISK.exists() else ""  # noqa: PTH119


def chosen(name: str, serial: str) -> dict:
    if not own():
        raise RefusedError("install_not_flashed")
    disk = next((one for one in disks() if one["name"] == name), None)
    if disk is None or disk["serial"] != serial:
        raise RefusedError("install_no_disk", name=name)
    if disk["refused"]:
        raise RefusedError(disk["refused"], name=name, least=partitions.SMALLEST // MIB)
    return disk


def only_one() -> object:
    """Held while a disk is being written."""
    STATE.parent.mkdir(mode=0o755, exist_ok=True)
    handle = open(STATE.with_name("lock"), "w")  # noqa: SIM115  (kept open for as long as it is held)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise RefusedError("install_running") from None
    return handle


def install(disk: dict) -> None:
    device = Path("/dev") / disk["name"]
    slot = OWN_SLOTS / running_slot()
    with open(os.open(device, os.O_RDWR | os.O_EXCL | os.O_CLOEXEC), "r+b", buffering=0) as target:
        size = target.seek(0, os.SEEK_END)
        sector = int.from_bytes(fcntl.ioctl(target, BLKSSZGET, bytes(4)), sys.byteorder)
        parts = {part.name: part for part in partitions.layout(size)}
        # From here on the disk is nobody's: without a table at either end no firmware starts what it held.
        for at in (0, size - MIB):
            os.pwrite(target.fileno(), bytes(MIB), at)
        os.fsync(target.fileno())
        sums = copy(slot, target, parts["loopstart-a"].start, disk)
        tables = partitions.tables(size, sector)
        os.pwrite(target.fileno(), tables.backup, tables.backup_at)
        os.pwrite(target.fileno(), tables.first, 0)
        os.fsync(target.fileno())
        check(target, parts["loopstart-a"].start, *sums, disk)
        reread(target)
    run("udevadm", "settle", "--timeout=60")
    note("data", disk)
    run("mkfs.ext4", "-q", "-F", "-b", "4096", "-i", "16384", "-J", "size=32", "-m", "1", "-L", "loopstart-data",
        node(device, 4))  # fmt: skip
    note("boot", disk)
    boot(node(device, 1))
    run("sync")


def running_slot() -> str:
    words = dict(word.partition("=")[::2] for word in Path("/proc/cmdline").read_text().split())
    if words.get("rauc.slot") not in ("A", "B"):
        raise RefusedError("install_not_flashed")
    return words["rauc.slot"].lower()


def copy(slot: Path, target: object, at: int, disk: dict) -> tuple[int, str]:
    """Write the slot's file system; returns its length and sum. A squashfs says how long it is (squashfs_fs.h)."""
    digest = hashlib.sha256()
    with slot.open("rb") as source:
        head = source.read(96)
        if head[:4] != b"hsqs":
            raise RefusedError("install_not_flashed")
        length = -(-int.from_bytes(head[40:48], "little") // 4096) * 4096
        source.seek(0)
        done = 0
        while done < length:
            piece = source.read(min(4 * MIB, length - done))
            if not piece:
                raise OSError(f"{slot} ends early")
            digest.update(piece)
            written(target, piece, at + done)
            done += len(piece)
            note("slot", disk, done, length)
    os.fsync(target.fileno())
    return length, digest.hexdigest()


def written(target: object, piece: bytes, at: int) -> None:
    view = memoryview(piece)
    while view:
        count = os.pwrite(target.fileno(), view, at)
        view, at = view[count:], at + count


def check(target: object, at: int, length: int, wanted: str, disk: dict) -> None:
    """Read back from the disk, not from memory."""
    fcntl.ioctl(target, BLKFLSBUF)
    os.posix_fadvise(target.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    digest, done = hashlib.sha256(), 0
    while done < length:
        piece = os.pread(target.fileno(), min(4 * MIB, length - done), at + done)
        if not piece:
            break
        digest.update(piece)
        done += len(piece)
        note("check", disk, done, length)
    if digest.hexdigest() != wanted:
        raise RefusedError("install_differs", name=disk["name"])


def reread(target: object) -> None:
    """Have the kernel read the new table; udev may hold the disk for a moment."""
    for attempt in range(20):
        try:
            fcntl.ioctl(target, BLKRRPART)
            return
        except OSError:
            if attempt == 19:
                raise
            time.sleep(0.5)


def boot(partition: str) -> None:
    """The EFI system partition, its program last."""
    run("mkfs.vfat", "-F", "32", "-n", "LOOPSTART", partition)
    PLACE.mkdir(exist_ok=True)
    run("mount", "-t", "vfat", "-o", "nosuid,nodev,noexec", partition, str(PLACE))
    try:
        (PLACE / "grub").mkdir()
        (PLACE / "EFI/BOOT").mkdir(parents=True)
        put(PLACE / "grub/grub.cfg", (BOOT / "grub.cfg").read_bytes())
        put(PLACE / "grub/grubenv", NOTES)
        put(PLACE / "EFI/BOOT/BOOTX64.EFI", (BOOT / "BOOTX64.EFI").read_bytes())
    finally:
        run("umount", str(PLACE))


def put(path: Path, content: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def node(device: Path, number: int) -> str:
    """The partition's device once it is there: sda1, nvme0n1p1."""
    between = "p" if device.name[-1].isdigit() else ""
    path = Path(f"{device}{between}{number}")
    for _ in range(100):
        if path.exists():
            return str(path)
        time.sleep(0.1)
    raise OSError(f"{path} does not appear")


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=TOOL_S)


def told(error: Exception) -> str:
    return (getattr(error, "stderr", None) or str(error)).strip()


def note(step: str, disk: dict, done: int = 0, all: int = 0, error: str = "") -> None:
    """Say how far it is; whoever looks finds the old text or the new."""
    value = {"step": step, "done": done, "all": all, "disk": disk["name"], "error": error}
    draft = STATE.with_suffix(".new")
    draft.write_text(json.dumps(value))
    draft.chmod(0o644)
    draft.rename(STATE)


def answer(value: dict) -> int:
    try:
        sys.stdout.write(json.dumps(value) + "\n")
        sys.stdout.flush()
    except OSError:  # whoever asked is gone; the work goes on
        sys.stdout = sys.stderr
    return 0 if "error" not in value else 1


if __name__ == "__main__":
    sys.exit(main())
