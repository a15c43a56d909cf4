"""Commands into a booted machine, over a virtio-serial port, without anything for tests in the image.

systemd reads credentials from SMBIOS strings (systemd.system-credentials(7)): one adds a unit, another makes
sysinit.target want it. The unit runs the few lines of Python below, which answer one JSON line with another.
"""

from __future__ import annotations

import base64
import itertools
import json
import random
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

PORT = "loopstart.test"
UNIT = "loopstart-test-channel.service"

# Runs in the machine, on its own Python. A command that never ends blocks only its own thread.
SERVER = f"""
import base64, json, subprocess, threading, time
while True:
    try:
        port = open("/dev/virtio-ports/{PORT}", "r+b", buffering=0)
        break
    except OSError:
        time.sleep(0.1)
lock = threading.Lock()
def answer(ask):
    try:
        done = subprocess.run(ask["command"], input=base64.b64decode(ask["input"]), capture_output=True)
        code, out, err = done.returncode, done.stdout, done.stderr
    except OSError as error:
        code, out, err = 127, b"", str(error).encode()
    reply = {{"id": ask["id"], "code": code, "out": base64.b64encode(out).decode(),
             "err": base64.b64encode(err).decode()}}
    data = json.dumps(reply).encode() + b"\\n"
    with lock:
        while data:
            data = data[port.write(data):]
rest = b""
while True:
    piece = port.read(65536)
    if not piece:
        time.sleep(0.05)
        continue
    *lines, rest = (rest + piece).split(b"\\n")
    for line in lines:
        if line.startswith(b"{{"):
            threading.Thread(target=answer, args=(json.loads(line),), daemon=True).start()
"""

UNIT_TEXT = f"""\
[Unit]
Description=Command channel of the test that booted this machine
DefaultDependencies=no
After=systemd-udevd.service
Conflicts=shutdown.target
Before=shutdown.target
[Service]
ExecStart=/usr/bin/python3 -c 'import base64;exec(base64.b64decode("{base64.b64encode(SERVER.encode()).decode()}"))'
Restart=always
RestartSec=1
"""


# Time limits are the image's own, for a PC. Software emulation beside other work is ten times slower: what would be a
# hang there is a start here.
PATIENCE = {
    "loopstart-prepare.service": "TimeoutStartSec=900",
    "loopstartd.service": "TimeoutStartSec=900\nWatchdogSec=300",
    "loopstart-web.service": "TimeoutStartSec=900",
    "asterisk.service": "TimeoutStartSec=900",
    "loopstart-cards.service": "TimeoutStartSec=900",
    "loopstart-dahdi.service": "TimeoutStartSec=900",
    "rauc.service": "TimeoutStartSec=900",
}


def firmware_strings() -> list[str]:
    """What QEMU hands to the machine's firmware tables so that the unit above runs."""
    files = {
        f"systemd.extra-unit.{UNIT}": UNIT_TEXT,
        "systemd.unit-dropin.sysinit.target": f"[Unit]\nWants={UNIT}\n",
        **{f"systemd.unit-dropin.{unit}": f"[Service]\n{text}\n" for unit, text in PATIENCE.items()},
    }
    return [
        f"io.systemd.credential.binary:{name}={base64.b64encode(text.encode()).decode()}"
        for name, text in files.items()
    ]


class NoAnswer(AssertionError):  # noqa: N818  (it says what happened)
    """The machine did not answer in time."""


class Channel:
    """The host's end of the port: a Unix socket of QEMU's."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._socket: socket.socket | None = None
        self._rest = b""
        # Not from 1: what a process before did not wait for is no answer to this one.
        self._numbers = itertools.count(random.getrandbits(48))

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        self._rest = b""

    def ask(self, command: Sequence[str], given: bytes, seconds: float) -> subprocess.CompletedProcess[str]:
        """Run a command inside as root; `NoAnswer` when nothing came back within `seconds`."""
        number = next(self._numbers)
        line = json.dumps({"id": number, "command": list(command), "input": base64.b64encode(given).decode()})
        # A newline first: what an earlier, abandoned connection left half sent ends there.
        self._connected().sendall(b"\n" + line.encode() + b"\n")
        deadline = time.monotonic() + seconds
        while True:
            reply = self._reply(deadline, command)
            if reply["id"] == number:
                out, err = (base64.b64decode(reply[name]).decode(errors="replace") for name in ("out", "err"))
                return subprocess.CompletedProcess(list(command), reply["code"], out, err)

    def _connected(self) -> socket.socket:
        if self._socket is None:
            found = socket.socket(socket.AF_UNIX)
            try:
                found.connect(str(self._path))
            except OSError as error:
                found.close()
                raise NoAnswer(f"no machine at {self._path}: {error}") from None
            self._socket = found
        return self._socket

    def _reply(self, deadline: float, command: Sequence[str]) -> dict:
        while b"\n" not in self._rest:
            left = deadline - time.monotonic()
            if left <= 0:
                raise NoAnswer(f"no answer in time to: {' '.join(command)}")
            self._connected().settimeout(left)
            try:
                piece = self._connected().recv(65536)
            except TimeoutError:
                continue
            if not piece:
                self.close()
                raise NoAnswer(f"the machine went away during: {' '.join(command)}")
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        return json.loads(line)
