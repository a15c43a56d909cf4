"""The front panel: what the box knows is put on its display, and what its keys ask for is done.

Whoever stands before the box is taken for somebody with the key to its cabinet: the panel shows what the console shows,
and does four things, each asked first. None of them opens the box to the network: the first sign-in code is good while
there is no administrator.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import partial

from appliance.ami.connection import ConnectionState
from appliance.apply.errors import ApplyError, ApplyRefusedError
from appliance.control.addresses import addresses
from appliance.control.errors import error_body
from appliance.control.rooms import Rooms
from appliance.control.running_site import wall_clock
from appliance.hardware.display.crystalfontz import Crystalfontz635
from appliance.hardware.display.driver import Driver
from appliance.hardware.display.hd44780 import Hd44780Serial
from appliance.hardware.display.matrix_orbital import MatrixOrbital
from appliance.hardware.display.screen import Screen
from appliance.hardware.serial.ports import device_of, find_ports
from appliance.hardware.span_states import span_states
from appliance.model.problems import ProblemsError
from appliance.model.site import Site
from appliance.model.span_state import SpanState
from appliance.model.spans import DisplayKind
from appliance.render.display.menu import Action, Place, State, draw, press, tell, turn
from appliance.render.display.panel import LineShown, Panel, ReaderShown
from appliance.render.display.picture import Key, Picture
from appliance.store.codes import Purpose
from appliance.store.errors import StoreError

log = logging.getLogger(__name__)

AUTHOR = "front panel"
FRESH_S = 1.0
"""How old what is shown may be."""
IDLE_S = 60.0
"""After so long without a key the pages come back."""
TURN_S = 5.0
"""How long a page stays while nobody presses a key."""
DRIVERS: Mapping[DisplayKind, type[Driver]] = {
    DisplayKind.CRYSTALFONTZ_635: Crystalfontz635,
    DisplayKind.MATRIX_ORBITAL: MatrixOrbital,
    DisplayKind.HD44780_SERIAL: Hd44780Serial,
}


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """kind ``none``: no display. port: ``None`` finds the one the display is on. name, zone: of the box."""

    kind: DisplayKind = DisplayKind.NONE
    port: str | None = None
    name: str = ""
    zone: tzinfo = UTC


def settings_of(site: Site) -> DisplaySettings:
    """What a site says of the display."""
    display = site.hardware.display
    return DisplaySettings(display.kind, display.serial, site.box.name, wall_clock(site))


class FrontPanel:
    """Safe to use from any thread. It gets the rooms with each question, being in them itself."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._settings = DisplaySettings()
        self._screen: Screen | None = None
        self._state = State()
        self._panel: tuple[float, Panel] | None = None
        self._touched = self._turned = time.monotonic()

    def set(self, settings: DisplaySettings, rooms: Rooms) -> None:
        """Take settings into effect; a display that stays is not interrupted."""
        before, self._settings = self._settings, settings
        if (before.kind, before.port) == (settings.kind, settings.port):
            return
        self.stop()
        self._state = State()
        if settings.kind is not DisplayKind.NONE:
            screen = Screen(
                settings.port or "",
                DRIVERS[settings.kind](),
                partial(self.picture, rooms),
                partial(self.pressed, rooms),
                find=self._found,
            )
            screen.start()
            self._screen = screen

    def stop(self) -> None:
        """End."""
        screen, self._screen = self._screen, None
        if screen is not None:
            screen.stop()

    @property
    def alive(self) -> bool:
        """Whether the display's thread runs, if there is to be one."""
        screen = self._screen
        return screen is None or screen.alive

    @property
    def settings(self) -> DisplaySettings:
        """Those in effect."""
        return self._settings

    @property
    def connected(self) -> bool:
        """Whether the display is there."""
        screen = self._screen
        return screen is not None and screen.connected

    @property
    def fault(self) -> str:
        """Why it is not, ``""`` for nothing."""
        screen = self._screen
        return "" if screen is None else screen.fault

    def picture(self, rooms: Rooms) -> Picture:
        """What is to be shown now."""
        with self._lock:
            panel, now = self._fresh(rooms, FRESH_S), time.monotonic()
            if now - self._touched > IDLE_S:
                if self._state.place is not Place.PAGES:
                    self._state = State()
                if now - self._turned > TURN_S:
                    self._turned, self._state = now, turn(self._state, panel)
            return draw(self._state, panel)

    def pressed(self, rooms: Rooms, key: Key) -> Picture:
        """A key was pressed: what is shown then."""
        with self._lock:
            self._touched = time.monotonic()
            panel = self._fresh(rooms, 0.0)
            self._state, picture, action = press(self._state, key, panel)
            if action is not None:
                self._state = self._done(rooms, action)
                picture = draw(self._state, self._fresh(rooms, 0.0))
            return picture

    def test_lamps(self) -> None:
        """Every dot and every lamp, until a key is pressed or a minute has passed."""
        with self._lock:
            self._touched, self._state = time.monotonic(), State(Place.LAMPS)

    def _found(self, port: str) -> str | None:
        """The device of the port that is set, else of the one a display of this kind says it is on."""
        if port:
            return device_of(port)
        return next((one.device for one in find_ports() if one.kind == self._settings.kind), None)

    def _fresh(self, rooms: Rooms, age_s: float) -> Panel:
        now = time.monotonic()
        if self._panel is None or now - self._panel[0] > age_s:
            self._panel = (now, self._read(rooms))
        return self._panel[1]

    def _read(self, rooms: Rooms) -> Panel:
        now = rooms.clock()
        live = rooms.live.view()
        try:
            running = rooms.site.running()
            confirm_by = None if running is None else running.confirm_by
            readers = tuple(
                ReaderShown(one.place.reader, one.state.connected, one.place.waiting, one.place.dropped)
                for one in rooms.smdr.status()
            )
            first_run = not rooms.accounts.any()
        except StoreError as error:
            name, confirm_by, readers, first_run = error.code.replace("_", " "), None, (), False
        else:
            name = self._settings.name
        return Panel(
            name=name,
            at=now.astimezone(self._settings.zone),
            version=rooms.version,
            asterisk=rooms.ami.state is ConnectionState.CONNECTED,
            calls=len(live.calls),
            phones=len({registration.extension for registration in live.registrations}),
            addresses=addresses(),
            lines=tuple(_line(span) for span in span_states(rooms.inventory.root)),
            readers=readers,
            first_run=first_run,
            awaiting_s=None if confirm_by is None else max(0, int((confirm_by - now).total_seconds())),
        )

    def _done(self, rooms: Rooms, action: Action) -> State:
        """Do it, write it down, and say what came of it."""
        told: tuple[str, ...]
        try:
            match action:
                case Action.NEW_CODE:
                    told = ("First sign-in code:", rooms.codes.make(Purpose.FIRST_RUN))
                case Action.TEST_RECORD:
                    rooms.smdr.test(rooms.clock())
                    told = ("Test record sent.",)
                case Action.CONFIRM_CHANGE:
                    rooms.applier.confirm()
                    told = ("The change stays.",)
                case Action.UNDO_CHANGE:
                    with rooms.applier.locked():
                        if rooms.site.awaiting() is None:  # roll_back would go back to the revision before
                            raise ApplyRefusedError("nothing_to_confirm")
                        rooms.applier.roll_back(AUTHOR)
                    told = ("The change is undone.",)
            rooms.audit.add(AUTHOR, "", f"display.{action}", "", {})
        except (StoreError, ApplyError, ProblemsError) as error:
            log.warning("front panel: %s failed: %s", action, error)
            return tell(self._state, "It did not work:", error_body(error).code.replace("_", " "))
        return tell(self._state, *told)


def _line(span: SpanState) -> LineShown:
    return LineShown(span.name or f"span {span.span}", " ".join(alarm.replace("_", " ") for alarm in span.alarms))
