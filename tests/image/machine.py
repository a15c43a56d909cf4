"""A machine with a disk: QEMU under UEFI, software emulation, its power cut at will.

The disk is an overlay over the image, which is never written.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.image import firmware
from tests.image.channel import PORT, Channel, NoAnswer, firmware_strings

ACCELERATOR = os.environ.get("LOOPSTART_QEMU_ACCEL", "tcg,thread=multi")
# Before 8.0, QEMU's emulation leaves rubbish in the flags after CMPXCHG16B, until the next instruction that sets them;
# an interrupt in between brings the rubbish back with IRET, and a guest's kernel, whose allocator uses the instruction
# all the time, dies of a double fault. Without the instruction the kernel has its own way.
PROCESSOR = "max,-cx16"


class Machine:
    """One machine. `folder` keeps its disk, its firmware's variables and its console's log.

    image: a raw disk image, opened read-only below the machine's own disk.
    disk_size: of the machine's disk, e.g. "8G"; by default the image's own.
    network: what QEMU's `-netdev` takes after `id=lan`, e.g. `user`, with `hostfwd=…`, or `tap,ifname=…`;
        `none` for a machine without a cable.
    options: further words for QEMU's command line (a second disk).
    stick: the disk is a USB stick. disk: one that exists already, in place of a new one over the image.
    """

    def __init__(
        self,
        folder: Path,
        image: Path,
        *,
        disk_size: str = "",
        memory: int = 1024,
        processors: int = 2,
        network: str = "user,ipv6=off",
        options: Sequence[str] = (),
        stick: bool = False,
        disk: Path | None = None,
    ) -> None:
        self.folder = folder
        self.image = image
        self.memory = memory
        self.processors = processors
        self.network = network
        self.options = list(options)
        self.stick = stick
        self.disk = disk or folder / "disk.qcow2"
        self.console = folder / "console.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._channel = Channel(folder / "channel")
        folder.mkdir(parents=True, exist_ok=True)
        if not self.disk.exists():
            size = [disk_size] if disk_size else []
            made = ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", str(image.resolve())]
            subprocess.run([*made, str(self.disk), *size], check=True)
        if not (folder / "variables.fd").exists():
            shutil.copyfile(firmware.folder() / firmware.VARIABLES, folder / "variables.fd")

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Switch it on; returns at once."""
        assert not self.runs, "it is switched on"
        for name in ("channel", "serial", "qmp"):
            (self.folder / name).unlink(missing_ok=True)
        with (self.folder / "qemu.log").open("ab") as log:
            self._process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def command(self) -> list[str]:
        """QEMU's command line."""
        words = ["qemu-system-x86_64", "-nodefaults", "-no-user-config", "-display", "none", "-machine", "q35"]
        words += ["-accel", ACCELERATOR, "-cpu", PROCESSOR, "-smp", str(self.processors), "-m", str(self.memory)]
        code = firmware.folder() / firmware.CODE
        words += ["-drive", f"if=pflash,unit=0,format=raw,readonly=on,file={code}"]
        words += ["-drive", f"if=pflash,unit=1,format=raw,file={self.folder / 'variables.fd'}"]
        words += ["-drive", f"if=none,id=disk,format=qcow2,file={self.disk}"]
        if self.stick:
            words += ["-device", "qemu-xhci", "-device", "usb-storage,drive=disk,bootindex=1,removable=on"]
        else:
            words += ["-device", "virtio-blk-pci,drive=disk,bootindex=1"]
        words += ["-device", "virtio-rng-pci", "-vga", "std"]
        if self.network != "none":
            words += ["-netdev", _netdev(self.network), "-device", "virtio-net-pci,netdev=lan,romfile="]
        words += ["-chardev", self._socket("serial", f",logfile={self.console},logappend=on")]
        words += ["-serial", "chardev:serial", "-device", "virtio-serial-pci", "-chardev", self._socket("channel")]
        words += [
            "-device",
            f"virtserialport,chardev=channel,name={PORT}",
            "-qmp",
            f"unix:{self.folder / 'qmp'},server,wait=off",
        ]
        for text in firmware_strings():
            words += ["-smbios", f"type=11,value={text}"]
        return [*words, *self.options]

    def _socket(self, name: str, more: str = "") -> str:
        return f"socket,id={name},path={self.folder / name},server=on,wait=off{more}"

    def up(self, seconds: float = 480) -> None:
        """Switch it on, if it is off, and wait until it takes commands."""
        if not self.runs:
            self.start()
        self.wait_for_commands(seconds)

    def wait_for_commands(self, seconds: float = 480) -> None:
        """Wait until a command is answered, early in the start of the system."""
        deadline = time.monotonic() + seconds
        while True:
            assert self.runs, f"QEMU ended: {(self.folder / 'qemu.log').read_text()[-2000:]}"
            try:
                if self.exec(["true"], check=False, seconds=10).returncode == 0:
                    return
            except NoAnswer:
                self._channel.close()
            if time.monotonic() > deadline:
                raise NoAnswer(f"no command answered within {seconds:g} s; console:\n{self.console_text()[-3000:]}")
            time.sleep(0.2)

    def wait_until_started(self, seconds: float = 480) -> str:
        """Wait until systemd has nothing more to start; returns its word for it (`running`, `degraded`)."""
        done = self.exec(["systemctl", "is-system-running", "--wait"], check=False, seconds=seconds)
        return done.stdout.strip()

    def exec(
        self, command: Sequence[str], *, input: str = "", check: bool = True, seconds: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run a command inside as root. With `check`, an exit code other than 0 fails the test."""
        try:
            done = self._channel.ask(command, input.encode(), seconds)
        except NoAnswer as error:
            # It may be up again by the time somebody looks: a panic restarts the box.
            _, panic, why = self.console_text().rpartition("Kernel panic")
            raise NoAnswer(f"{error}\nits console said: {panic}{why[:200]}" if panic else str(error)) from None
        if check and done.returncode:
            raise AssertionError(
                f"{' '.join(command)} ended with {done.returncode}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
            )
        return done

    def sh(self, script: str, *, check: bool = True, seconds: float = 60) -> str:
        """What a shell script inside prints."""
        return self.exec(["/bin/sh", "-c", script], check=check, seconds=seconds).stdout

    def console_text(self) -> str:
        """Everything the serial console has printed so far."""
        return self.console.read_text(errors="replace") if self.console.exists() else ""

    def type(self, text: str) -> None:
        """Type on the serial console."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.folder / "serial"))
            line.sendall(text.encode())

    def kill(self) -> None:
        """Cut its power."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self._channel.close()

    def power_off(self, seconds: float = 60) -> None:
        """Press the power button and wait until it is off; a machine that does not obey loses its power."""
        if self.runs and self._process is not None:
            self.monitor("system_powerdown")
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        self.kill()

    def restarted(self, seconds: float = 480) -> None:
        """Reboot from inside and wait until it takes commands again."""
        before = self.sh("cat /proc/sys/kernel/random/boot_id")
        with contextlib.suppress(NoAnswer):
            self.exec(["systemctl", "reboot"], check=False, seconds=10)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(NoAnswer):
                now = self.exec(["cat", "/proc/sys/kernel/random/boot_id"], check=False, seconds=10)
                if now.returncode == 0 and now.stdout != before:
                    return
            self._channel.close()
            time.sleep(0.5)
        raise NoAnswer(f"not back within {seconds:g} s; console:\n{self.console_text()[-3000:]}")

    @contextlib.contextmanager
    def standing_still(self) -> Iterator[None]:
        """Inside the block the machine makes no step, and its clocks stand: for it no time passes."""
        self.monitor("stop")
        try:
            yield
        finally:
            self.monitor("cont")

    def monitor(self, command: str, **arguments: object) -> object:
        """One command of QEMU's own monitor (QMP), e.g. `device_del`; returns what it answers."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.folder / "qmp"))
            stream = line.makefile("rw")
            stream.readline()
            for execute, given in (("qmp_capabilities", {}), (command, arguments)):
                stream.write(json.dumps({"execute": execute, "arguments": given}) + "\n")
                stream.flush()
                reply = json.loads(stream.readline())
                while "event" in reply:
                    reply = json.loads(stream.readline())
                assert "error" not in reply, reply
            return reply["return"]


def _netdev(network: str) -> str:
    kind, _, more = network.partition(",")
    return f"{kind},id=lan" + (f",{more}" if more else "")
