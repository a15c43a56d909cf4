"""The console menu as the box's unit, with its sandbox, on a terminal of the box."""

from __future__ import annotations

import json
import re

import pytest

from tests.boxes import Box
from tests.terminal import Vt100

pytestmark = pytest.mark.box

# Run inside: opens a terminal, has the unit started on it, types each key when the line is quiet, tells what came.
SIT = """
import json, os, pty, select, subprocess, sys, time
master, slave = pty.openpty()
unit = "loopstart-console@" + os.ttyname(slave)[5:].replace("/", "-") + ".service"
def heard(first):
    out, wait = b"", first
    while select.select([master], [], [], wait)[0]:
        out, wait = out + os.read(master, 65536), 3
    return out.decode()
subprocess.run(["systemctl", "start", unit], check=True)
told = [heard(30)]
for key in json.loads(sys.argv[1]):
    os.write(master, key.encode())
    told.append(heard(30))
show = ["systemctl", "show", "--value", "--property=MainPID", unit]
process = subprocess.run(show, capture_output=True, text=True).stdout.strip()
user = os.stat("/proc/" + process).st_uid
def starts(*words):
    inside = ["nsenter", "--target", process, "--mount", *words]
    return subprocess.run(inside, capture_output=True).returncode
shell, python = starts("/bin/sh", "-c", "true"), starts("/opt/loopstart/bin/python", "-c", "")
subprocess.run(["systemctl", "stop", unit], check=True)
print(json.dumps({"told": told, "user": user, "shell": shell, "python": python}))
"""


def sat(box: Box, *keys: str) -> tuple[list[str], dict[str, int]]:
    """The screen after each key, and what was found of the process."""
    found = json.loads(box.exec(["python3", "-c", SIT, json.dumps(keys)]).stdout)
    glass, screens = Vt100(), []
    found["told"][0] = re.split(r"\x1bc", found["told"][0])[-1]  # systemd resets the terminal first
    for text in found["told"]:
        glass.feed(text)
        screens.append(glass.text)
    return screens, found


def test_a_technician_finds_the_address_in_english(box: Box) -> None:
    screens, found = sat(box, "1", "1", "0", "3", "\x1b[6~")
    assert f"https://{box.address}/" in screens[0]
    assert "Network addresses" in screens[1]
    assert f"{box.address}/24" in screens[2] and "DHCPv4" in screens[2] and "cable in" in screens[2]
    assert "Asterisk 22." in screens[4]
    assert "loopstartd" in screens[5] and "active (running)" in screens[5]
    assert found["user"] == 801


def test_a_technician_finds_the_address_in_arabic(box: Box) -> None:
    screens, _ = sat(box, "2", "1", "\x1b", "9")
    assert "القائمة" in screens[1]
    assert f"{box.address}/24" in screens[2] and "الكبل موصول" in screens[2]
    assert "حزمة الدعم" in screens[4]


def test_no_shell_can_be_started_where_the_menu_runs(box: Box) -> None:
    _, found = sat(box)
    assert found["python"] == 0, "nothing at all can be started there: the test shows nothing"
    assert found["shell"] != 0


def test_serial_ports_and_the_screen_get_the_menu_and_no_login(box: Box) -> None:
    shown = box.exec(["systemctl", "show", "--value", "--property=Id", "serial-getty@ttyS0.service"]).stdout.strip()
    assert shown == "loopstart-console@ttyS0.service"
    assert box.exec(["systemctl", "is-enabled", "getty@tty1.service"], check=False).stdout.strip() == "masked"
    assert box.exec(["systemctl", "is-enabled", "loopstart-console@tty1.service"]).stdout.strip() == "enabled"
    report = box.exec(["systemd-analyze", "security", "--no-pager", "loopstart-console@tty1.service"]).stdout
    level = re.search(r"Overall exposure level for \S+: ([\d.]+)", report)
    assert level is not None and float(level[1]) <= 1.0
