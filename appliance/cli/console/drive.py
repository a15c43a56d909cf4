"""The thin edge: bytes in and out of a terminal, and questions to the daemon.

A line that did not change is not sent again, for a serial line at 9600 bit/s takes two seconds for a whole screen. A
key that changes nothing draws everything anew: that is what one presses after plugging the cable in.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager

from appliance.cli.console import machine
from appliance.cli.console.keys import Keys
from appliance.cli.console.screen import Charset, Screen, encoded
from appliance.cli.console.state import LANGUAGES, Ask, State
from appliance.control.client import ControlClient, ControlError
from appliance.model.texts import field_label

ESCAPE_S = 0.3
"""A cursor key's three bytes are 3 ms apart at 9600 bit/s; a terminal server may hold them back longer."""
REFRESH_S = 15.0
IDLE_S = 300.0
_CLEAR, _SHOW_CURSOR, _HIDE_CURSOR = b"\x1b[0m\x1b[2J\x1b[H", b"\x1b[?25h", b"\x1b[?25l"
_PICTURE, _NORMAL = b"\x1b[0;37;40m", b"\x1b[0m"


def drive(client: ControlClient, terminal_in: int, terminal_out: int, state: State) -> None:
    """Run the menu until the terminal hangs up or the process is told to end."""
    _Driver(client, terminal_in, terminal_out).run(state)


class HungUpError(Exception):
    """The terminal is gone, or somebody ends the menu."""


class _Driver:
    def __init__(self, client: ControlClient, terminal_in: int, terminal_out: int) -> None:
        self._client = client
        self._in, self._out = terminal_in, terminal_out
        self._drawn: Screen | None = None
        self._charset: Charset | None = None
        self._keys = Keys()

    def run(self, state: State) -> None:
        with _raw(self._in):
            try:
                self._write(_HIDE_CURSOR)
                self._loop(state)
            except HungUpError:
                self._write_last(_NORMAL + _CLEAR + _SHOW_CURSOR)

    def _loop(self, state: State) -> None:
        state = self._taken(machine.begin(state))
        quiet = 0.0
        while True:
            every = machine.refresh_s(state)
            wait = ESCAPE_S if self._keys.waits else every or REFRESH_S
            if select.select([self._in], [], [], wait)[0]:
                quiet = 0.0
                pressed = self._keys.feed(self._read())
            else:
                quiet += wait
                pressed = self._keys.pause()
                if not pressed and (quiet >= IDLE_S or state.page == "start"):
                    state = self._taken(machine.idle(state))
                    continue
                if not pressed and every is not None:
                    state = self._taken(machine.refresh(state))
                    quiet = 0.0  # somebody looks on
                    continue
            for key in pressed:
                if key == "quit":
                    raise HungUpError
                before = state
                state = self._taken(machine.press(state, key))
                if state == before or key == "redraw":
                    self._drawn = None
                    self._draw(state)

    def _taken(self, step: machine.Step) -> State:
        """Ask what a step wants asked, one after the other, showing meanwhile that it is being done."""
        state, asks = step
        self._draw(state)
        queue = list(asks)
        while queue:
            ask = queue.pop(0)
            state, more = self._asked(state, ask)
            queue += more
        self._draw(state)
        return state

    def _asked(self, state: State, ask: Ask) -> machine.Step:
        try:
            return machine.answered(state, ask, self._client.ask(ask.verb, **dict(ask.args)))
        except ControlError as error:
            return machine.refused(state, ask, _sentences(error))

    def _draw(self, state: State) -> None:
        screen = machine.draw(state)
        before = self._drawn
        anew = before is None or self._charset is not state.charset or before.picture is not screen.picture
        out = bytearray(_CLEAR if anew else b"")
        for at, line in enumerate(screen.lines):
            if anew or before is None or before.lines[at] != line:
                text = encoded(line, state.charset, picture=screen.picture)
                body = _PICTURE + text + _NORMAL if screen.picture and at < len(screen.lines) - 1 else text
                out += b"\x1b[%d;1H" % (at + 1) + body + b"\x1b[K"
        self._drawn, self._charset = screen, state.charset
        self._write(bytes(out))

    def _read(self) -> bytes:
        try:
            data = os.read(self._in, 1024)
        except OSError as error:
            raise HungUpError from error
        if not data:
            raise HungUpError
        return data

    def _write(self, data: bytes) -> None:
        while data:
            try:
                data = data[os.write(self._out, data) :]
            except OSError as error:
                raise HungUpError from error

    def _write_last(self, data: bytes) -> None:
        try:
            os.write(self._out, data)
        except OSError:
            return


def _sentences(error: ControlError) -> dict[str, str]:
    """Why it refused, in each language: of a form every problem with the name of its field."""
    if error.code != "problems" or not error.problems:
        return error.text or {"en": error.code}
    return {
        language: " ".join(
            f"{field_label(('network', *problem.path), language)}: {problem.text.get(language, problem.code)}"
            for problem in error.problems
            if problem.severity == "error"
        )
        for language in LANGUAGES
    }


def host_name() -> str:
    """The name of the machine, as mDNS tells it to the network."""
    return socket.gethostname().partition(".")[0]


@contextmanager
def _raw(terminal: int) -> Iterator[None]:
    """Every key comes as it is: no signal from Ctrl-C, no job control from Ctrl-Z, no flow control in the way."""
    before = termios.tcgetattr(terminal)
    handlers = {number: signal.signal(number, _end) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    try:
        tty.setraw(terminal, termios.TCSANOW)
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        _restored(terminal, before)


def _restored(terminal: int, before: list[int | list[bytes | int]]) -> None:
    try:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
    except termios.error:  # it has hung up
        return


def _end(number: int, frame: object) -> None:
    raise HungUpError
