"""Serial ports on constructed trees: found, named by what is on them, and never opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from appliance.hardware.serial.ports import SerialPort, device_of, find_ports


def tty(root: Path, name: str, device: str, *, by_id: str = "", by_path: str = "", kind: str = "") -> None:
    """A tty as sysfs and udev show it. device: below /sys/devices."""
    place = root / "sys/devices" / device
    entry = place / "tty" / name
    entry.mkdir(parents=True)
    (entry / "device").symlink_to(place)
    if kind:
        (entry / "type").write_text(f"{kind}\n")
    (root / "sys/class/tty").mkdir(parents=True, exist_ok=True)
    (root / "sys/class/tty" / name).symlink_to(entry)
    (root / "dev").mkdir(exist_ok=True)
    (root / "dev" / name).touch()
    for folder, link in (("by-id", by_id), ("by-path", by_path)):
        if link:
            (root / "dev/serial" / folder).mkdir(parents=True, exist_ok=True)
            (root / "dev/serial" / folder / link).symlink_to(f"../../{name}")


def usb(
    root: Path, device: str, vendor: str, product: str, *, maker: str = "", label: str = "", serial: str = ""
) -> None:
    place = root / "sys/devices" / device
    place.mkdir(parents=True, exist_ok=True)
    values = {"idVendor": vendor, "idProduct": product, "manufacturer": maker, "product": label, "serial": serial}
    for name, value in values.items():
        if value:
            (place / name).write_text(f"{value}\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    usb(tmp_path, "pci0/usb1/1-1", "0403", "fc0d", maker="Crystalfontz", label="CFA635-USB LCD", serial="CF0200")
    tty(
        tmp_path, "ttyUSB0", "pci0/usb1/1-1/1-1:1.0/ttyUSB0",
        by_id="usb-Crystalfontz_CFA635-USB_LCD_CF0200-if00-port0", by_path="pci-0000:00:14.0-usb-0:1:1.0-port0",
    )  # fmt: skip
    usb(tmp_path, "pci0/usb1/1-2", "067b", "2303", maker="Prolific", label="USB-Serial")
    tty(
        tmp_path, "ttyUSB1", "pci0/usb1/1-2/1-2:1.0/ttyUSB1",
        by_id="usb-Prolific_USB-Serial-if00-port0", by_path="pci-0000:00:14.0-usb-0:2:1.0-port0",
    )  # fmt: skip
    tty(tmp_path, "ttyS0", "pnp0/00:01", kind="4")
    tty(tmp_path, "ttyS1", "platform/serial8250", kind="0")
    (tmp_path / "sys/class/tty/tty0").mkdir()
    return tmp_path


def test_ports_are_named_by_what_is_on_them(root: Path) -> None:
    """One with a serial number of its own keeps its name in any socket; one without keeps the socket's."""
    assert find_ports(root) == (
        SerialPort("ttyS0", "/dev/ttyS0", "uart"),
        SerialPort(
            "usb-Crystalfontz_CFA635-USB_LCD_CF0200-if00-port0", "/dev/ttyUSB0", "crystalfontz-635",
            "Crystalfontz CFA635-USB LCD",
        ),
        SerialPort("pci-0000:00:14.0-usb-0:2:1.0-port0", "/dev/ttyUSB1", "usb", "Prolific USB-Serial"),
    )  # fmt: skip


def test_a_name_stays_when_the_kernel_numbers_otherwise(root: Path) -> None:
    for port in find_ports(root):
        assert Path(device_of(port.name, root) or "").resolve() == root / port.device.lstrip("/")
    link = root / "dev/serial/by-id/usb-Crystalfontz_CFA635-USB_LCD_CF0200-if00-port0"
    (root / "dev/ttyUSB0").rename(root / "dev/ttyUSB7")
    link.unlink()
    link.symlink_to("../../ttyUSB7")
    assert Path(device_of(link.name, root) or "").resolve() == root / "dev/ttyUSB7"
    assert device_of("ttyUSB0", root) is None


@pytest.mark.parametrize("name", ["sda", "..", "mem", "nothing"])
def test_what_is_no_serial_port_is_not_given_out(root: Path, name: str) -> None:
    for other in ("sda", "mem"):
        (root / "dev" / other).touch()
    assert device_of(name, root) is None


def test_looking_opens_no_port(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "dev/ttyUSB0").unlink()
    os.mkfifo(root / "dev/ttyUSB0")  # opening it would wait for ever
    assert len(find_ports(root)) == 3


def test_a_box_without_ports_has_none(tmp_path: Path) -> None:
    assert find_ports(tmp_path) == ()
