"""The serial ports of the box, named by what is on them. Found from sysfs and udev's links alone: no port is opened,
so that no device is disturbed (opening raises DTR, which resets some and makes modems hang up).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

KNOWN = {
    # USB vendor and product, lower case: what is on the port. From the kernel's drivers/usb/serial/ftdi_sio_ids.h
    # (FTDI_XF_*: Crystalfontz; MTXORB_*: Matrix Orbital).
    ("0403", "fc08"): "crystalfontz-632",
    ("0403", "fc09"): "crystalfontz-634",
    ("0403", "fc0b"): "crystalfontz-633",
    ("0403", "fc0c"): "crystalfontz-631",
    ("0403", "fc0d"): "crystalfontz-635",
    ("0403", "fc0e"): "crystalfontz-640",
    **{("0403", f"fa0{digit}"): "matrix-orbital" for digit in range(7)},
}
_NO_UART = "0"
"""8250 makes ttyS0 to ttyS3 whether there is a chip or not; ``type`` 0 is none (serial_core.h, PORT_UNKNOWN)."""


@dataclass(frozen=True, slots=True)
class SerialPort:
    """A port that is there.

    name: what to call it in the site: the by-id name of a USB device with a serial number of its own, else the by-path
    name (the socket it is in), else the kernel's. device: path to open. kind: a display of :data:`KNOWN`, ``usb``,
    ``uart`` or ``virtual``. label: maker and product as the device says them, ``""`` for a plain port.
    """

    name: str
    device: str
    kind: str
    label: str = ""


def find_ports(root: Path = Path("/")) -> tuple[SerialPort, ...]:
    """Every serial port, by device. root: of the file system, for tests."""
    by_id, by_path = _links(root, "by-id"), _links(root, "by-path")
    found = []
    ttys = root / "sys/class/tty"
    for entry in sorted(ttys.iterdir()) if ttys.is_dir() else ():
        if not (entry / "device").exists() or not (root / "dev" / entry.name).exists():
            continue  # consoles and pseudo-terminals have no device
        if _text(entry / "type") == _NO_UART:
            continue
        usb = _usb(entry)
        identity = (_text(usb / "idVendor"), _text(usb / "idProduct")) if usb else ("", "")
        label = " ".join(filter(None, (_text(usb / "manufacturer"), _text(usb / "product")))) if usb else ""
        unique = by_id.get(entry.name) if usb and _text(usb / "serial") else None
        found.append(
            SerialPort(
                name=unique or by_path.get(entry.name) or entry.name,
                device=f"/dev/{entry.name}",
                kind=KNOWN.get(identity, "usb" if usb else "uart"),
                label=label,
            )
        )
    return tuple(found)


def device_of(port: str, root: Path = Path("/")) -> str | None:
    """The path to open for a port's name; None while it is not there.

    Any of its names will do: by-id, by-path, or the kernel's. A path is taken as it is.
    """
    if port.startswith("/"):
        return port if Path(port).exists() else None
    folders = ["dev/serial/by-id", "dev/serial/by-path", *(["dev"] if port.startswith("tty") else [])]
    paths = (root / folder / port for folder in folders)
    return next((str(path) for path in paths if not path.is_dir() and path.exists()), None)


def _links(root: Path, folder: str) -> dict[str, str]:
    """Kernel's name -> udev's name. Of several names the shortest."""
    names: dict[str, str] = {}
    directory = root / "dev/serial" / folder
    for link in sorted(directory.iterdir(), key=lambda one: (-len(one.name), one.name)) if directory.is_dir() else ():
        if link.is_symlink():
            names[link.readlink().name] = link.name
    return names


def _usb(entry: Path) -> Path | None:
    """The USB device above a tty, None for a port that is none."""
    place = (entry / "device").resolve()
    while place.name and place.name != "sys":
        if (place / "idVendor").exists():
            return place
        place = place.parent
    return None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
