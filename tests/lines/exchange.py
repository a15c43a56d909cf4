"""A small Asterisk of its own in the machine: the telephone company, or whoever is needed at an end of a line.

It has its own directories below /run/test/NAME, an explicit short module list, and no network.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from pathlib import Path

from tests.audio import Sound, read_wav
from tests.image.machine import Machine
from tests.lines.loopback import write

MODULES = """
    app_dial app_milliwatt app_playtones app_record app_senddtmf app_verbose bridge_simple chan_dahdi codec_alaw
    codec_ulaw format_wav func_callerid func_channel func_db pbx_config res_clioriginate res_timing_timerfd
""".split()  # noqa: SIM905 (a list of 16 lines would hide them)
SILENT = "[general]\nenabled=no\n"
TONES = """\
[general]
country=us
[us]
description=United States
ringcadence=2000,4000
dial=350+440
busy=480+620/500,0/500
ring=440+480/2000,0/4000
congestion=480+620/250,0/250
"""


class Exchange:
    """chan_dahdi: the text of chan_dahdi.conf below `[channels]`; dialplan: that of extensions.conf."""

    def __init__(self, machine: Machine, name: str, chan_dahdi: str, dialplan: str) -> None:
        self.machine, self.name = machine, name
        self.folder = f"/run/test/{name}"
        tree = ("astvarlibdir", "astdbdir", "astkeydir", "astspooldir", "astrundir", "astlogdir", "astcachedir")
        directories = "".join(f"{word} => {self.folder}\n" for word in tree)
        files = {
            "asterisk.conf": f"[directories]\nastetcdir => {self.folder}/etc\n"
            f"astmoddir => /usr/lib/x86_64-linux-gnu/asterisk/modules\n{directories}"
            # Configuration is checked against the documentation that comes with Asterisk.
            "astdatadir => /usr/share/asterisk\n[options]\nhideconnect = yes\n",
            "modules.conf": "[modules]\nautoload=no\n" + "".join(f"load={module}.so\n" for module in MODULES),
            "logger.conf": "[general]\n[logfiles]\nmessages.log => notice,warning,error,verbose(3)\n",
            "chan_dahdi.conf": f"[trunkgroups]\n[channels]\n{chan_dahdi}",
            "extensions.conf": dialplan,
            "indications.conf": TONES,
            "cdr.conf": SILENT.replace("enabled", "enable"),
            "cel.conf": SILENT.replace("enabled", "enable"),
            "manager.conf": SILENT,
            "http.conf": SILENT,
        }
        for file, text in files.items():
            write(machine, f"{self.folder}/etc/{file}", text)

    def start(self) -> None:
        """Start it as a unit of its own and wait until it takes commands."""
        machine, unit = self.machine, f"test-{self.name}"
        command = ["/usr/sbin/asterisk", "-f", "-C", f"{self.folder}/etc/asterisk.conf"]
        machine.exec(["systemd-run", "--collect", f"--unit={unit}", *command])
        self.wait(lambda: "fully booted" in self.ask("core waitfullybooted"), "it starts", 120)

    def stop(self) -> None:
        self.machine.exec(["systemctl", "stop", f"test-{self.name}"], check=False)

    def ask(self, command: str) -> str:
        """What its console answers."""
        words = ["asterisk", "-C", f"{self.folder}/etc/asterisk.conf", "-rx", command]
        return self.machine.exec(words, check=False).stdout

    def call(self, channel: str, context: str, extension: str = "s") -> None:
        """Make a call on this channel; when it is answered, it runs this extension."""
        self.ask(f"channel originate {channel} extension {extension}@{context}")

    def noted(self, key: str) -> str:
        """What its dialplan wrote to `DB(note/KEY)`; empty while it has not."""
        answer = self.ask(f"database get note {key}")
        return answer.partition("Value: ")[2].strip()

    def forget(self) -> None:
        """Remove every note and recording."""
        self.ask("database deltree note")
        self.machine.sh(f"rm -f {self.folder}/*.wav")

    def noted_soon(self, key: str, seconds: float = 60) -> str:
        """The same, waited for."""
        self.wait(lambda: self.noted(key) != "", f"{key} is noted", seconds)
        return self.noted(key)

    def idle(self, seconds: float = 60) -> None:
        """Wait until no call is up."""
        self.wait(lambda: "0 active channels" in self.ask("core show channels count"), "every call ends", seconds)

    def heard(self, name: str, folder: Path) -> Sound:
        """The recording `NAME.wav` of its dialplan."""
        path = folder / f"{self.name}-{name}.wav"
        path.write_bytes(base64.b64decode(self.machine.sh(f"base64 {self.folder}/{name}.wav")))
        return read_wav(path)

    def wait(self, true: Callable[[], bool], what: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            if time.monotonic() > deadline:
                log = self.machine.sh(f"tail -n 40 {self.folder}/messages.log", check=False)
                raise AssertionError(f"{self.name}: {what}: not within {seconds:g} s\n{log}")
            time.sleep(0.3)
