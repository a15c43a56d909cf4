"""The pure core of the console menu: a state and an event give a state, what to ask, and a screen.

Events are keys (:mod:`appliance.cli.console.keys`), answers of the daemon, and :func:`idle`. Nothing here opens
anything; the driver asks what it is told to ask and draws what it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from appliance.cli.console import chores, network_form, pages, port_tests, qr, updates
from appliance.cli.console.keys import letter
from appliance.cli.console.screen import (
    BODY_ROWS,
    COLUMNS,
    RIGHT_TO_LEFT_MARK,
    ROWS,
    Charset,
    Screen,
    clean,
    fitted,
    wrapped,
)
from appliance.cli.console.state import LANGUAGES, Ask, State, web_address
from appliance.cli.console.words import RIGHT_TO_LEFT

MENU = (
    "network", "sign_in", "status", "lines", "calls", "log", "revisions", "time", "support",
    "power", "install", "reset", "tests", "update",
)  # fmt: skip
MENU_KEYS = "123456789abcde"
_LONGEST_TYPED = 63
_TYPING = ("rollback", "reset_sure", "install_sure")
_REFRESH_S = 3.0


@dataclass(frozen=True, slots=True)
class _Page:
    """asks: before it is shown, and on R. needs: verbs without whose answer it cannot be shown."""

    asks: tuple[Ask, ...] = ()
    back: str = "menu"
    keys: str = "keys_page"

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(ask.verb for ask in self.asks)


_HELLO, _NETWORK, _INSTALL = Ask("hello"), Ask("network.show"), Ask("install.show")
_PAGES: dict[str, _Page] = {
    "start": _Page((_HELLO, _NETWORK), "start", "keys_start"),
    "menu": _Page((), "start", "keys_menu"),
    "network": _Page((_NETWORK,), keys="keys_network"),
    "network_edit": _Page((), "network", "keys_form"),
    "sign_in": _Page((_HELLO, _NETWORK), keys="keys_choose"),
    "link": _Page((), "sign_in", "keys_qr"),
    "status": _Page((Ask("status.show"),)),
    "lines": _Page((Ask("hardware.list"),)),
    "calls": _Page((Ask("live.show"),)),
    "log": _Page((Ask("log.list", (("limit", 50),)),)),
    "revisions": _Page((Ask("revision.list", (("limit", 50),)), Ask("site.state")), keys="keys_choose"),
    "rollback": _Page((), "revisions", "keys_typing"),
    "time": _Page((_HELLO, Ask("status.show"))),
    "support": _Page(keys="keys_enter"),
    "power": _Page((Ask("power.show"),), keys="keys_choose"),
    "power_sure": _Page((), "power", "keys_enter"),
    "install": _Page((_INSTALL,), keys="keys_choose"),
    "install_sure": _Page((), "install", "keys_typing"),
    "install_run": _Page((_INSTALL,), "install"),
    "reset": _Page((_HELLO,), keys="keys_choose"),
    "reset_sure": _Page((), "reset", "keys_typing"),
    "tests": _Page((Ask("hardware.tests"),), keys="keys_choose"),
    "update": _Page((Ask("update.show"),), keys="keys_choose"),
    "update_sure": _Page((), "update", "keys_enter"),
}
Step = tuple[State, tuple[Ask, ...]]
_LISTS: dict[str, Callable[[State], Sequence[Any]]] = {
    "revisions": pages.revisions_of,
    "power": lambda _: chores.POWER,
    "reset": lambda _: chores.RESET,
    "install": chores.disks_of,
    "tests": port_tests.rows,
    "update": updates.actions,
    "sign_in": lambda state: () if "first_run.code" in state.answers else pages.accounts_of(state),
}
"""What one chooses from."""


def begin(state: State) -> Step:
    """The first page, and what it wants to know."""
    return _to(state.forgetting(), "start")


def idle(state: State) -> Step:
    """Nobody has been here for a while: back to the first page, in English again as whoever comes next may read it."""
    if state.page == "start":
        return refresh(state)
    return begin(replace(state, language="en"))


def refresh_s(state: State) -> float | None:
    """How soon the page wants to look again by itself; None: not."""
    trial = (state.answer("network.show") or {}).get("trial")
    looks_on = chores.is_installing(state) or (state.page == "network" and trial is not None)
    looks_on = looks_on or port_tests.runs(state) or updates.goes_on(state)
    return _REFRESH_S if looks_on else None


def refresh(state: State) -> Step:
    """Look again, without a word: a serial line would write it and take it back every few seconds."""
    if state.waiting:
        return state, ()
    state, asks = _asking(state, _PAGES[state.page].asks)
    return replace(state, quiet=True), asks


def answered(state: State, ask: Ask, result: Any) -> Step:
    """The daemon has answered. Answers to what was left meanwhile are kept out: a code may be among them."""
    state = replace(state, waiting=max(state.waiting - 1, 0)).knowing(ask.verb, result)
    if ask.verb == "network.edit" and state.page == "network_edit":
        return _to(state, "network")
    if ask.verb in ("network.confirm", "network.revert") and state.page == "network":
        return _asking(state, _PAGES["network"].asks)
    if ask.verb == "hardware.test" and state.page == "tests":
        return _asking(state, _PAGES["tests"].asks)
    if ask.verb.startswith("update.") and ask.verb not in ("update.show", "update.check"):
        return _to(state, "update") if state.page == "update_sure" else (state, ())
    if ask.verb == "install.start" and state.page == "install_sure":
        return _to(state, "install_run")
    if ask.verb == "hello" and state.page == "sign_in":
        return _asking(state, (Ask("first_run.code") if result.get("first_run") else Ask("account.list"),))
    return state, ()


def refused(state: State, ask: Ask, text: Mapping[str, str]) -> Step:
    """The daemon has refused, or could not be asked."""
    return replace(state, waiting=max(state.waiting - 1, 0)).refused(ask.verb, text), ()


def press(state: State, key: str) -> Step:
    """A key was pressed."""
    if state.picture:
        return replace(state, picture=False), ()
    if state.page in _TYPING and not _is_done(state):
        return _typed(state, key)
    if state.page == "network_edit":
        return _filled(state, key)
    page, pressed = _PAGES[state.page], letter(key)
    if state.page == "start":
        return _language(state, pressed)
    if pressed in ("0", "escape"):
        return _to(state, page.back)
    if state.page == "menu":
        return _menu(state, pressed)
    if pressed == "r" and page.asks:
        return _asking(state, page.asks)
    if page.keys == "keys_choose" and (count := _choices(state)):
        return _choose(state, pressed, count)
    if pressed == "q" and _picture_text(state) is not None:
        return replace(state, picture=True), ()
    if state.page == "network" and (step := _on_network(state, pressed)) is not None:
        return step
    if pressed == "enter" and not state.waiting and (step := _entered(state)) is not None:
        return step
    return replace(state, offset=_scrolled(state, pressed)), ()


def draw(state: State) -> Screen:
    """The screen of a state: always so many lines, none too wide."""
    if state.picture and (text := _picture_text(state)) is not None:
        picture = qr.drawn(text, state.charset)
        lines = wrapped(state.say("qr_too_large")) if picture is None else picture
        blank = [""] * (ROWS - 1 - len(lines))
        return Screen((*lines, *blank, fitted(state.say("any_key"))), picture is not None)
    page = _PAGES[state.page]
    body = _body(state)
    end = state.offset + BODY_ROWS
    marks = [state.say(key) for key, is_so in (("above", state.offset > 0), ("more", len(body) > end)) if is_so]
    shown = [fitted(line) for line in body[state.offset : end]]
    keys = state.say("keys_qr" if _picture_text(state) is not None else _keys(state, page))
    if state.page == "start" and state.best is not state.charset and state.best is Charset.UTF8:
        keys += "   U = UTF-8"
    name = clean((state.answer("hello") or {}).get("name"))
    title = "  ".join(part for part in ("Loopstart", name, state.say(state.page)) if part)
    rule = "─" * COLUMNS
    below = f"── {'  '.join(marks)} ──" if marks else rule
    drawn = (
        title,
        rule,
        *shown,
        *[""] * (BODY_ROWS - len(shown)),
        state.say("asking") if state.waiting and not state.quiet else below,
        keys,
    )
    return Screen(tuple(_directed(fitted(line), state.language) for line in drawn))


def _keys(state: State, page: _Page) -> str:
    trial = (state.answer("network.show") or {}).get("trial")
    if chores.is_installed(state):
        return "keys_enter"
    return "keys_trial" if state.page == "network" and trial is not None else page.keys


def _directed(line: str, language: str) -> str:
    """A terminal that finds a line's direction by its first letter finds the language's (UAX 9, rule P2)."""
    return f"{RIGHT_TO_LEFT_MARK}{line}" if language in RIGHT_TO_LEFT and line else line


def _body(state: State) -> list[str]:
    """The lines of the page, or why it cannot be shown, or nothing while it is being asked for."""
    sentences = [text.get(state.language) or text.get("en") or verb for verb, text in state.refusals.items()]
    told = [line for sentence in sentences for line in (*wrapped(clean(sentence)), "")]
    if state.page == "menu":
        rows = [f"{key.upper()}  {state.say(name)}" for key, name in zip(MENU_KEYS, MENU, strict=True)]
        return [f"{'>' if at == state.selected else ' '} {row}" for at, row in enumerate(rows)]
    if state.page not in ("start", "sign_in") and not all(verb in state.answers for verb in _PAGES[state.page].needs):
        return told
    if state.page == "sign_in" and not ({"first_run.code", "account.list"} & state.answers.keys()):
        return told
    return told + pages.BODIES[state.page](state)


def _to(state: State, page: str) -> Step:
    """Another page, from its top; what the last one knew is forgotten."""
    selected = MENU.index(state.page) if page == "menu" and state.page in MENU else 0
    state = replace(state.forgetting(), page=page, offset=0, selected=selected)
    return _asking(state, _PAGES[page].asks)


def _asking(state: State, asks: tuple[Ask, ...]) -> Step:
    return replace(state, waiting=state.waiting + len(asks), quiet=False), asks


def _language(state: State, key: str) -> Step:
    if key == "u" and state.best is Charset.UTF8:
        charset = Charset.ASCII if state.charset is Charset.UTF8 else Charset.UTF8
        return replace(state, charset=charset), ()
    if key in ("1", "enter"):
        return _to(replace(state, language="en"), "menu")
    if key in ("2", "3", "4"):
        if state.best is not Charset.UTF8:
            return _to(replace(state, language="en"), "menu")
        return _to(replace(state, language=LANGUAGES[int(key) - 1], charset=Charset.UTF8), "menu")
    return state, ()


def _menu(state: State, key: str) -> Step:
    if key in ("up", "down"):
        return replace(state, selected=(state.selected + (1 if key == "down" else -1)) % len(MENU)), ()
    if key == "enter":
        return _to(state, MENU[state.selected])
    if len(key) == 1 and key in MENU_KEYS:
        return _to(state, MENU[MENU_KEYS.index(key)])
    return state, ()


def _choices(state: State) -> int:
    return len(_LISTS[state.page](state))


def _choose(state: State, key: str, count: int) -> Step:
    selected = min(state.selected, count - 1)
    if key == "enter":
        return _chosen(state, selected)
    if key == "c" and state.page == "revisions" and (state.answer("site.state") or {}).get("confirm_by"):
        return _asking(_to(state, "rollback")[0], (Ask("site.confirm"),))
    moves = {"up": -1, "down": 1, "pageup": -BODY_ROWS, "pagedown": BODY_ROWS, "home": -count, "end": count}
    state = replace(state, selected=max(0, min(selected + moves.get(key, 0), count - 1)))
    line = pages.chosen_line(state, _body(state)) or 0
    offset = min(state.offset, line) if state.selected else 0
    return replace(state, offset=max(offset, line - BODY_ROWS + 1)), ()


def _chosen(state: State, selected: int) -> Step:
    if state.page == "power":
        return replace(_to(state, "power_sure")[0], subject=chores.POWER[selected]), ()
    if state.page == "reset":
        return replace(_to(state, "reset_sure")[0], subject=chores.RESET[selected]), ()
    if state.page == "tests":
        return (state, ()) if state.waiting else _asking(state, (port_tests.asked(port_tests.rows(state)[selected]),))
    if state.page == "update":
        action = updates.actions(state)[selected]
        return _asking(replace(_to(state, "update_sure")[0], subject=action), updates.checks(action))
    if state.page == "install":
        disk = chores.disks_of(state)[selected]
        return (state, ()) if disk["refused"] else (replace(_to(state, "install_sure")[0], subject=disk), ())
    if state.page == "revisions":
        revision = pages.revisions_of(state)[selected]
        if revision["current"]:
            text = {language: replace(state, language=language).say("runs_already") for language in LANGUAGES}
            return replace(state.knowing("", None), offset=0).refused("", text), ()
        return replace(_to(state, "rollback")[0], subject=revision["number"]), ()
    name = pages.accounts_of(state)[selected]["name"]
    return _asking(replace(_to(state, "link")[0], subject=name), (Ask("sign_in_link", (("account", name),)),))


def _typed(state: State, key: str) -> Step:
    """On the pages that ask once more: Enter only when the right thing was typed."""
    pressed = letter(key)
    if key == "escape":
        return _to(state, _PAGES[state.page].back)
    if key == "backspace":
        return replace(state, typed=state.typed[:-1]), ()
    wanted, ask = _confirmation(state)
    if key == "enter" and state.typed == wanted and not state.waiting:
        return _asking(replace(state, typed=""), (ask,))
    if len(pressed) == 1 and pressed.isascii() and pressed.isprintable() and len(state.typed) < _LONGEST_TYPED:
        return replace(state, typed=state.typed + pressed), ()
    return state, ()


def _confirmation(state: State) -> tuple[str, Ask]:
    """What has to be typed on a page that asks once more, and what is asked of the daemon then."""
    if state.page == "reset_sure":
        name = str((state.answer("hello") or {}).get("name") or "")
        return name, Ask("reset.factory", (("box", name), ("keep_recordings", state.subject)))
    if state.page == "install_sure":
        disk = state.subject
        return disk["name"].lower(), Ask("install.start", (("disk", disk["name"]), ("serial", disk["serial"])))
    return str(state.subject), Ask("site.rollback", (("revision", state.subject),))


def _filled(state: State, key: str) -> Step:
    """On the form of the network settings."""
    if key == "escape":
        return _to(state, "network")
    rows = network_form.shown(state.values)
    if key == "enter" and rows[min(state.selected, len(rows) - 1)] == network_form.TRY and not state.waiting:
        return _asking(state, (Ask("network.edit", (("changes", network_form.changes(state.values)),)),))
    return network_form.pressed(state, key), ()


def _on_network(state: State, key: str) -> Step | None:
    view = state.answer("network.show") or {}
    if view.get("trial") is not None and key in ("c", "u") and not state.waiting:
        return _asking(state, (Ask("network.confirm" if key == "c" else "network.revert"),))
    if key == "e" and view.get("known"):
        values = network_form.begun(state)
        return replace(_to(state, "network_edit")[0], values=values), ()
    return None


def _entered(state: State) -> Step | None:
    """Enter on a page without a list."""
    if state.page == "support":
        return _asking(state, (Ask("support.bundle"),))
    if state.page == "power_sure" and state.subject is not None and state.subject[0] not in state.answers:
        verb, when = state.subject
        return _asking(state, (Ask(verb, (("when", when),) if when else ()),))
    if state.page == "update_sure" and (ask := updates.asked(state)) is not None:
        return _asking(state, (ask,))
    if chores.is_installed(state):
        return _asking(state, (Ask("power.off", (("when", "now"),)),))
    if state.page in _TYPING:
        return _to(state, _PAGES[state.page].back)
    return None


def _is_done(state: State) -> bool:
    """Whether the page that asks once more has nothing to ask any more."""
    asked = ("site.rollback", "site.confirm", "reset.factory", "install.start")
    return state.subject is None or any(verb in known for verb in asked for known in (state.answers, state.refusals))


def _picture_text(state: State) -> str | None:
    """What a QR code on this page would say; None where there is none."""
    if state.page == "link":
        return pages.link_url(state)
    if state.page == "sign_in" and "first_run.code" in state.answers:
        return qr.address_text(web_address(state) or f"https://{state.host}.local/")
    return None


def _scrolled(state: State, key: str) -> int:
    moves = {"up": -1, "down": 1, "pageup": -BODY_ROWS, "pagedown": BODY_ROWS, " ": BODY_ROWS, "home": -(10**6),
             "end": 10**6}  # fmt: skip
    most = max(len(_body(state)) - BODY_ROWS, 0)
    return max(0, min(state.offset + moves.get(key, 0), most))
