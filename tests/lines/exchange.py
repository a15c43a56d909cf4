"""A small Asterisk of its own in the machine: the telephone company, and the people at its telephones.

It has its own directories below /run/test/NAME, an explicit short module list, and no network. What happens in it is
told by its dialplan in lines of its log (`note: key=[value] …`): reading a file costs the emulator next to nothing,
asking its console a second.
"""

from __future__ import annotations

import base64
import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.audio import TONE_SHARE, Sound, read_wav, tone_share
from tests.image.machine import Machine
from tests.lines.loopback import write

MODULES = """
    app_dial app_flash app_playtones app_read app_record app_senddtmf app_verbose bridge_simple chan_dahdi codec_alaw
    codec_ulaw format_wav func_callerid func_channel func_global func_math pbx_config res_clioriginate
    res_timing_timerfd
""".split()  # noqa: SIM905 (a list of 19 lines would hide them)
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
PIECE_MS = 100
ENOUGH = 10
"""Pieces with the tone: a second."""
AMONG = 0.25
"""The share of the energy that one of two or three tones has at least."""
GUARD_S = 2
"""So long after a call chan_dahdi gives an analog channel to no other (measured: refused for up to a second)."""
Note = dict[str, str]


class Exchange:
    """chan_dahdi: the text of chan_dahdi.conf below `[channels]`; dialplan: that of extensions.conf."""

    def __init__(self, machine: Machine, name: str, chan_dahdi: str, dialplan: str) -> None:
        self.machine, self.name = machine, name
        self.folder = f"/run/test/{name}"
        self.log = f"{self.folder}/messages.log"
        tree = ("astvarlibdir", "astdbdir", "astkeydir", "astspooldir", "astrundir", "astlogdir", "astcachedir")
        directories = "".join(f"{word} => {self.folder}\n" for word in tree)
        files = {
            "asterisk.conf": f"[directories]\nastetcdir => {self.folder}/etc\n"
            f"astmoddir => /usr/lib/x86_64-linux-gnu/asterisk/modules\n{directories}"
            # Configuration is checked against the documentation that comes with Asterisk.
            "astdatadir => /usr/share/asterisk\n[options]\nhideconnect = yes\n",
            "modules.conf": "[modules]\nautoload=no\n" + "".join(f"load={module}.so\n" for module in MODULES),
            "logger.conf": "[general]\n[logfiles]\nmessages.log => notice,warning,error\n",
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
        command = ["/usr/sbin/asterisk", "-f", "-C", f"{self.folder}/etc/asterisk.conf"]
        self.machine.exec(["systemd-run", "--collect", f"--unit=test-{self.name}", *command])
        self.wait(lambda: "fully booted" in self.ask("core waitfullybooted"), "it starts", 180)

    def stop(self) -> None:
        self.machine.exec(["systemctl", "stop", f"test-{self.name}"], check=False, seconds=120)

    def restart(self) -> None:
        """Its calls end. It opens its channels anew."""
        self.stop()
        self.start()

    def ask(self, *commands: str) -> str:
        """What its console answers, to one command after another."""
        words = " ; ".join(f"asterisk -C {self.folder}/etc/asterisk.conf -rx '{command}'" for command in commands)
        return self.machine.sh(words, check=False, seconds=60 + 10 * len(commands))

    def sets(self, **variables: str) -> None:
        """Give global variables of its dialplan values."""
        self.ask(*(f'dialplan set global {name.upper()} "{value}"' for name, value in variables.items()))

    def call(self, script: str, *channels: str) -> None:
        """Make a call on each of these channels; who is answered does what `script` says."""
        self.ask(*(f"channel originate {channel} extension {script}@person" for channel in channels))

    def notes(self, what: str) -> list[Note]:
        """What its dialplan noted since `forget` by this name, oldest first."""
        text = self.machine.sh(f"grep -a -o 'note: what=.{what}. .*' {self.log}", check=False)
        return [dict(re.findall(r"(\w+)=\[(.*?)\]", line)) for line in text.splitlines()]

    def noted(self, what: str, seconds: float = 90, many: int = 1) -> Note:
        """Wait until something is noted (so often); the latest of it."""
        found: list[Note] = []

        def there() -> bool:
            found[:] = self.notes(what)
            return len(found) >= many

        self.wait(there, f"{what} is noted {many} times", seconds)
        return found[-1]

    def hears(
        self, what: str, tone: float, folder: Path, *, many: int = 1, among: bool = False, seconds: float = 90
    ) -> None:
        """Wait until so many of those whose recordings are noted by this name have heard the tone.

        among: other tones may be in it.
        """
        pieces: dict[str, int] = defaultdict(int)
        seen: set[str] = set()

        def heard() -> bool:
            for note in self.notes(what):
                if note["file"] not in seen and pieces[note["who"]] < ENOUGH:
                    seen.add(note["file"])
                    sound = self.sound(note["file"], folder)
                    share = AMONG if among else TONE_SHARE
                    pieces[note["who"]] += clean_pieces(sound, tone, share) if sound else 0
            return sum(count >= ENOUGH for count in pieces.values()) >= many

        self.wait(heard, f"{what}: {tone:g} Hz is heard by {many}", seconds)

    def sound(self, file: str, folder: Path) -> Sound | None:
        """A recording that a note names; None for one that had begun before `forget`.

        Once it is in the folder, it is gone there: memory holds not many.
        """
        path = folder / Path(file).name
        if not path.exists():
            coded = self.machine.sh(f"test ! -e {file} || (base64 {file} && rm {file})", seconds=120)
            if not coded:
                return None
            path.write_bytes(base64.b64decode(coded))
        return read_wav(path)

    def forget(self) -> None:
        """Remove every note and recording."""
        self.machine.sh(f": >{self.log}; rm -f {self.folder}/*.wav")

    def hang_up(self) -> None:
        """End whatever call is up, and wait until it has ended and its line can be taken again."""
        self.ask("channel request hangup all")
        self.wait(lambda: "0 active channels" in self.ask("core show channels count"), "every call ends", 120)
        time.sleep(GUARD_S)

    def wait(self, true: Callable[[], bool], what: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            if time.monotonic() > deadline:
                log = self.machine.sh(f"tail -n 40 {self.log}", check=False)
                up = self.ask("core show channels concise")
                raise AssertionError(f"{self.name}: {what}: not within {seconds:g} s\n{up}\n{log}")
            time.sleep(0.5)


def clean_pieces(sound: Sound, tone: float, share: float = TONE_SHARE, piece_ms: int = PIECE_MS) -> int:
    """In how many pieces (of a tenth of a second) the tone is. What lies between is the emulator's, which is not always
    in time.
    """
    pieces = [sound.part(at, at + piece_ms) for at in range(0, int(sound.duration_ms) - piece_ms + 1, piece_ms)]
    return sum(tone_share(piece, tone) >= share for piece in pieces)


def note(what: str, *fields: str) -> str:
    """The application that notes it; each field is a variable or function of the dialplan as `name=expression`."""
    told = " ".join(f"{name}=[{value}]" for name, _, value in (field.partition("=") for field in fields))
    return f"Log(NOTICE,note: what=[{what}] {told})"


def listens(tone: float, what: str) -> list[str]:
    """Say a tone for good; a hundred times, note a recording of three seconds of what is heard meanwhile."""
    return [
        f"Playtones({tone:g})",
        "Set(ROUND=$[0${ROUND} + 1])",
        "Set(FILE=${RECORD_TO}/${UNIQUEID}-${ROUND}.wav)",
        "Record(${FILE},0,3,qk)",
        note(what, "who=${UNIQUEID}", "file=${FILE}"),
        "GotoIf($[${ROUND} < 100]?listening)",
        "Wait(600)",
    ]


def script(name: str, steps: Sequence[str]) -> str:
    """An extension of a dialplan, one step after another; that which makes rounds can be gone to."""
    first, *rest = steps
    lines = [f"exten => {name},1,{first}\n"]
    for step in rest:
        label = "(listening)" if step.startswith("Set(ROUND=") else ""
        lines.append(f" same => n{label},{step}\n")
    return "".join(lines)
