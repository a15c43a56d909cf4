"""Drives baresip (Debian's 1.0.0), a real SIP phone without a screen, in a network namespace of its own.

What it says is a tone of its own, read from a WAV file; what it hears is decoded from its wire
(`tests/phones/wire`) or, where the media are encrypted or wideband, read from the recording that baresip
itself makes of what it decoded. Control is its `ctrl_tcp` module: JSON in netstrings, on loopback inside
the namespace.
"""

from __future__ import annotations

import itertools
import json
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests import audio
from tests.audio import Sound
from tests.phones.account import Account
from tests.phones.namespace import Namespace
from tests.phones.wire import Wire

MODULES = Path("/usr/lib/baresip/modules")
CONTROL_PORT = 4444
RTP_PORTS = "20000-20199"
COMMAND_TIMEOUT = 5.0
START_TIMEOUT = 10.0


class PhoneError(AssertionError):
    """A phone did not do what was asked of it. The message carries what it said last."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something the phone noticed. kind as baresip names it, e.g. ``CALL_RINGING``, ``REGISTER_FAIL``."""

    kind: str
    call: str
    peer: str
    param: str


class Baresip:
    """One phone. Use as a context manager: entering starts it, leaving ends it.

    name: of the phone, for messages; tone: what it says, in hertz; folder: of its files, made anew.
    """

    def __init__(self, name: str, namespace: Namespace, account: Account, tone: float, folder: Path) -> None:
        self.name = name
        self.namespace = namespace
        self.account = account
        self.tone = tone
        self.folder = folder
        self.wire = Wire(namespace)
        self.events: list[Event] = []
        self._replies: dict[str, dict[str, Any]] = {}
        self._changed = threading.Condition()
        self._tokens = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._reader: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._write_files()
        self.wire.__enter__()
        try:
            with (self.folder / "log").open("wb") as log:
                self._process = self.namespace.popen(
                    ["baresip", "-f", self.folder, "-s"], stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )
            self._control = self._connect()
            self._reader = threading.Thread(target=self._read, name=f"phone {self.name}", daemon=True)
            self._reader.start()
            self.command("uanew", self.account.line())
            self.command("uafind", f"sip:{self.account.extension}@{self.account.registrar}")
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()  # ends calls and unregisters
            try:
                self._process.wait(timeout=3)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(timeout=3)
        if self._control is not None:
            self._control.close()
        if self._reader is not None:
            self._reader.join(timeout=2)
        self.wire.__exit__(None, None, None)

    # What a person does with a phone.

    def dial(self, number: str) -> None:
        """Call a number of the box, as dialled."""
        self.command("dial", f"sip:{number}@{self.account.registrar}")

    def answer(self) -> None:
        """Take the call that rings."""
        self.command("accept")

    def hang_up(self) -> None:
        """End the current call; of a call that rings, refuse it with 486."""
        self.command("hangup")

    def press(self, digits: str) -> None:
        """Dial into the call: telephone events (RFC 4733), one after another as fingers do."""
        for digit in digits:
            self.command("sndcode", digit)
            time.sleep(0.15)

    def hold(self) -> None:
        """Put the current call on hold."""
        self.command("hold")

    def resume(self) -> None:
        """Take it back."""
        self.command("resume")

    def die(self) -> None:
        """End at once, without a word to anybody."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(timeout=3)

    def line(self, number: int) -> None:
        """Turn to another of the phone's calls, counted from 1."""
        self.command("line", str(number))

    def transfer(self, number: str) -> None:
        """Blind transfer of the current call (RFC 5589, 6)."""
        self.command("transfer", f"sip:{number}@{self.account.registrar}")

    def complete_transfer(self, number: str) -> None:
        """Attended transfer of the call on line 1 to the one on line 2 (RFC 5589, 7).

        This baresip has no command for it, but passes on a Refer-To as given, so the Replaces part (RFC
        3891) is made here from the dialog of line 2.
        """
        dialog = self.dialog_with(number)
        replaces = f"{dialog.call_id}%3Bto-tag%3D{dialog.remote_tag}%3Bfrom-tag%3D{dialog.local_tag}"
        self.line(1)
        self.command("transfer", f"<sip:{number}@{self.account.registrar}?Replaces={replaces}>")

    # What a person sees and hears.

    def registered(self, timeout: float = 5.0) -> bool:
        """Whether the box took the registration; waits for it to be decided."""
        event = self.wait_for(lambda event: event.kind in ("REGISTER_OK", "REGISTER_FAIL"), timeout=timeout)
        return event is not None and event.kind == "REGISTER_OK"

    def wait_for(self, wanted: Callable[[Event], bool], since: int = 0, timeout: float = 5.0) -> Event | None:
        """The first event from ``since`` on that is wanted; None when the time is over or the phone has
        died.
        """
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                for event in self.events[since:]:
                    if wanted(event):
                        return event
                left = deadline - time.monotonic()
                if left <= 0 or (not self._changed.wait(min(left, 0.5)) and not self._alive()):
                    return None

    def heard(self, since: int = 0) -> list[Sound]:
        """What reached the ear since a mark of :meth:`mark`, each stream on its own."""
        if self._readable_wire():
            return self.wire.heard(since)
        return [sound for path in self._recordings() if (sound := _growing_wav(path, since)) is not None]

    def mark(self) -> int:
        """A place in what is heard: packets of the wire, or bytes of the newest recording."""
        if self._readable_wire():
            return self.wire.mark()
        return max((path.stat().st_size for path in self._recordings()), default=0)

    def dialog_with(self, number: str) -> Dialog:
        """The established dialog of the newest call dialled to a number. Raises PhoneError when there is
        none.
        """
        for message in reversed(self.wire.sip):
            to = message.header("To")
            if (
                not message.outgoing
                and message.first_line.startswith("SIP/2.0 200")
                and message.header("CSeq").endswith("INVITE")
                and f"sip:{number}@" in to
            ):
                return Dialog(message.header("Call-ID"), _tag(message.header("From")), _tag(to))
        raise PhoneError(f"{self.name} has no answered call to {number}\n{self.story()}")

    def story(self) -> str:
        """What happened at this phone, for a failure message: its events, its SIP, the end of its log."""
        events = "\n".join(f"  {event.kind} {event.peer} {event.param}" for event in self.events)
        log = (self.folder / "log").read_text(errors="replace") if (self.folder / "log").exists() else ""
        if self.account.transport == "udp":  # the wire says it better than the log does
            log = re.sub(r"\x1b\[36;1m#.*?\x1b\[;m", "", log, flags=re.DOTALL)
        log = re.sub(r"\[\d+:\d+:\d+\] audio=[^(]*\(bit/s\)\s*", "", log)
        return (
            f"--- {self.name}, extension {self.account.extension}\nevents:\n{events}\n"
            f"SIP:\n{self.wire.trace()}\nlog:\n{log[-6000:]}"
        )

    # The machinery.

    def command(self, name: str, params: str = "") -> str:
        """Send a command and give back what it printed. Raises PhoneError when it is refused or not
        answered.
        """
        assert self._control is not None
        token = str(next(self._tokens))
        body = json.dumps({"command": name, "params": params, "token": token}).encode()
        self._control.sendall(b"%d:%s," % (len(body), body))
        deadline = time.monotonic() + COMMAND_TIMEOUT
        with self._changed:
            while token not in self._replies:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise PhoneError(f"{self.name} did not answer to {name!r}\n{self.story()}")
                self._changed.wait(left)
            reply = self._replies.pop(token)
        if not reply.get("ok"):
            raise PhoneError(f"{self.name} refused {name!r}: {reply.get('data')}\n{self.story()}")
        return str(reply.get("data", ""))

    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _readable_wire(self) -> bool:
        return self.account.srtp == "off" and set(self.account.codecs) <= {"alaw", "ulaw"}

    def _recordings(self) -> list[Path]:
        return sorted(self.folder.glob("dump-*-dec.wav"))

    def _write_files(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        audio.write_wav(self.folder / "tone.wav", audio.tone(self.tone, 90.0))
        (self.folder / "accounts").touch()  # the account comes over the control connection, so no event is missed
        (self.folder / "contacts").touch()
        (self.folder / "config").write_text(
            _CONFIG.format(folder=self.folder, address=self.namespace.address, modules=MODULES)
        )

    def _connect(self) -> socket.socket:
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline and self._alive():
            control = self.namespace.socket(socket.AF_INET, socket.SOCK_STREAM)
            try:
                control.connect(("127.0.0.1", CONTROL_PORT))
            except OSError:
                control.close()
                time.sleep(0.05)
            else:
                return control
        raise PhoneError(f"{self.name} did not start\n{self.story()}")

    def _read(self) -> None:
        assert self._control is not None
        data = b""
        while True:
            try:
                more = self._control.recv(65536)
            except OSError:
                return
            if not more:
                return
            data += more
            while (message := _netstring(data)) is not None:
                text, data = message
                self._take(json.loads(text.decode("utf-8", "replace")))

    def _take(self, message: dict[str, Any]) -> None:
        with self._changed:
            if message.get("event"):
                self.events.append(
                    Event(
                        message.get("type", ""), message.get("id", ""), message.get("peeruri", ""),
                        str(message.get("param", "")),
                    )
                )  # fmt: skip
            else:
                self._replies[str(message.get("token"))] = message
            self._changed.notify_all()


@dataclass(frozen=True)
class Dialog:
    """A SIP dialog as one end knows it (RFC 3261, 12)."""

    call_id: str
    local_tag: str
    remote_tag: str


def _tag(header: str) -> str:
    found = re.search(r";tag=([^;>\s]+)", header)
    return found.group(1) if found else ""


def _netstring(data: bytes) -> tuple[bytes, bytes] | None:
    """The first whole netstring (``4:abcd,``) and what follows it; None while it is not all there."""
    length, colon, rest = data.partition(b":")
    if not colon or len(rest) <= int(length):
        return None
    return rest[: int(length)], rest[int(length) + 1 :]


def _growing_wav(path: Path, since: int) -> Sound | None:
    """A WAV that is still being written, from byte ``since`` on: its header holds the rate before it holds
    a length.

    libsndfile writes 44 bytes of header, then samples unbuffered.
    """
    data = path.read_bytes()
    if len(data) <= 44 or since > len(data):
        return None
    rate = int.from_bytes(data[24:28], "little")
    start = max(44, since)
    return audio.pcm(data[start + start % 2 :], rate)


# ausrc_*, auplay_*: the tone file has that rate, and this version does not resample a file by itself.
# aubridge takes what is decoded and drops it. sndfile records it. No jitter buffer: the wire is a virtual
# cable.
_CONFIG = """\
poll_method epoll
sip_listen {address}:5060
call_local_timeout 120
call_max_calls 4
audio_source aufile,{folder}/tone.wav
audio_player aubridge,ear
audio_alert aubridge,bell
ausrc_srate 8000
ausrc_channels 1
auplay_srate 8000
auplay_channels 1
audio_buffer 20-160
jitter_buffer_delay 0-0
rtp_ports 20000-20199
rtp_stats no
module_path {modules}
module g711.so
module g722.so
module gsm.so
module aufile.so
module aubridge.so
module sndfile.so
module srtp.so
module_tmp uuid.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:4444
snd_path {folder}
redial_attempts 0
statmode_default off
ringback_disabled yes
"""
