"""The menu of the front panel: ``press(state, key, panel) -> (state, picture, action)``. Pure and total.

What changes something is asked first, with *No* chosen: pressing Enter again and again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from appliance.render.display.panel import Panel, address_rows, lamps, line_rows, pages, record_rows
from appliance.render.display.picture import ROWS, Key, Lamp, Picture, columns, picture


class Action(StrEnum):
    """What the daemon is to do."""

    NEW_CODE = "new_code"
    TEST_RECORD = "test_record"
    CONFIRM_CHANGE = "confirm_change"
    UNDO_CHANGE = "undo_change"


class Place(StrEnum):
    """Where in the menu."""

    PAGES = "pages"
    MENU = "menu"
    LINES = "lines"
    ADDRESSES = "addresses"
    RECORDS = "records"
    LAMPS = "lamps"
    ASK = "ask"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class State:
    """place; at: page, chosen entry or first row shown, from 0. asked: what is asked about. yes: the answer chosen.

    told: what an action said.
    """

    place: Place = Place.PAGES
    at: int = 0
    asked: Action | None = None
    yes: bool = False
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    label: str
    place: Place
    asked: Action | None = None


_QUESTIONS = {
    Action.NEW_CODE: ("Make a new code?", "An earlier one ends."),
    Action.TEST_RECORD: ("Send a test record", "to every reader?"),
    Action.CONFIRM_CHANGE: ("Keep the change", "that now runs?"),
    Action.UNDO_CHANGE: ("Undo the change", "that now runs?"),
}
_LISTS = {Place.LINES: line_rows, Place.ADDRESSES: address_rows, Place.RECORDS: record_rows}
_BACK = frozenset({Key.EXIT, Key.LEFT})


def entries(panel: Panel) -> tuple[_Entry, ...]:
    """The menu as it now is."""
    found = [
        _Entry("Addresses", Place.ADDRESSES),
        _Entry("Lines", Place.LINES),
        _Entry("Call records", Place.RECORDS),
        _Entry("Lamp test", Place.LAMPS),
    ]
    if panel.readers:
        found.append(_Entry("Test call record", Place.ASK, Action.TEST_RECORD))
    if panel.awaiting_s is not None:
        found.append(_Entry("Keep the change", Place.ASK, Action.CONFIRM_CHANGE))
        found.append(_Entry("Undo the change", Place.ASK, Action.UNDO_CHANGE))
    if panel.first_run:
        found.insert(0, _Entry("First sign-in code", Place.ASK, Action.NEW_CODE))
    return tuple(found)


def press(state: State, key: Key, panel: Panel) -> tuple[State, Picture, Action | None]:
    """A key was pressed. action: to be done now; what it says comes back by :func:`tell`."""
    state, action = _pressed(state, key, panel)
    return state, draw(state, panel), action


def tell(state: State, *rows: str) -> State:
    """What an action said is shown until a key is pressed."""
    return State(Place.TOLD, told=rows)


def turn(state: State, panel: Panel) -> State:
    """The next page, where pages are shown; nothing else changes."""
    return replace(state, at=(state.at + 1) % len(pages(panel))) if state.place is Place.PAGES else state


def draw(state: State, panel: Panel) -> Picture:
    """The picture of a state."""
    lit = lamps(panel)
    if state.place is Place.PAGES:
        shown = pages(panel)
        return picture(shown[state.at % len(shown)], lit)
    if state.place is Place.MENU:
        found = entries(panel)
        at = min(state.at, len(found) - 1)
        first = max(0, min(at - 1, len(found) - ROWS))
        rows = [f"{'>' if first + n == at else ' '}{one.label}" for n, one in enumerate(found[first : first + ROWS])]
        return picture(rows, lit)
    if state.place is Place.LAMPS:
        return picture(["#" * 20] * ROWS, (Lamp.RED, Lamp.GREEN, Lamp.AMBER, Lamp.RED))
    if state.place is Place.ASK and state.asked is not None:
        answers = ("  No  >Yes" if state.yes else " >No   Yes", "arrows, then Enter")
        return picture((*_QUESTIONS[state.asked], *answers), lit)
    if state.place in _LISTS:
        rows = _LISTS[state.place](panel)
        first = min(state.at, max(0, len(rows) - (ROWS - 1)))
        left = len(rows) - first - (ROWS - 1)
        head = columns(state.place.value.capitalize(), "more" if left > 0 else "")
        return picture((head, *rows[first : first + ROWS - 1]), lit)
    return picture((*state.told[: ROWS - 1], *[""] * (ROWS - 1 - len(state.told)), "any key: back"), lit)


def _pressed(state: State, key: Key, panel: Panel) -> tuple[State, Action | None]:
    match state.place:
        case Place.PAGES:
            if key is Key.ENTER:
                return State(Place.MENU), None
            step = {Key.UP: -1, Key.LEFT: -1, Key.DOWN: 1, Key.RIGHT: 1}.get(key)
            return (State() if step is None else replace(state, at=(state.at + step) % len(pages(panel)))), None
        case Place.MENU:
            return _in_menu(state, key, panel), None
        case Place.ASK:
            if key is Key.EXIT:
                return State(Place.MENU), None
            if key is not Key.ENTER:
                return replace(state, yes=not state.yes), None
            return State(Place.MENU), state.asked if state.yes and _is_offered(state.asked, panel) else None
        case Place.LINES | Place.ADDRESSES | Place.RECORDS:
            if key in _BACK:
                return State(Place.MENU), None
            most = max(0, len(_LISTS[state.place](panel)) - (ROWS - 1))
            step = {Key.UP: -1, Key.DOWN: 1}.get(key, 0)
            return replace(state, at=max(0, min(state.at + step, most))), None
    return State(Place.MENU), None  # lamps, told


def _in_menu(state: State, key: Key, panel: Panel) -> State:
    if key in _BACK:
        return State()
    found = entries(panel)
    at = min(state.at, len(found) - 1)
    if key in (Key.UP, Key.DOWN):
        return replace(state, at=(at + (1 if key is Key.DOWN else -1)) % len(found))
    return State(found[at].place, asked=found[at].asked)


def _is_offered(action: Action | None, panel: Panel) -> bool:
    """Still: what was asked may have passed while the panel waited for the answer."""
    return any(entry.asked is action for entry in entries(panel) if entry.asked is not None)
