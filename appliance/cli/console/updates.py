"""The pages of updates: what runs, how the last one went, and what can be done; each thing is asked once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from appliance.cli.console.screen import clean, columns, wrapped
from appliance.cli.console.state import Ask, State
from appliance.cli.console.words import isolated
from appliance.model.texts.update_labels import LABELS

_MARK = "> "
_GOES_ON = frozenset({"installing", "restarting", "proving"})

Action = tuple[str, str]
"""What is done, and with which bundle or when."""


def actions(state: State) -> list[Action]:
    """What can be done now: install a bundle, restart into what is installed, go back, cancel."""
    view = state.answer("update.show") or {}
    if not view.get("supported"):
        return []
    stage = (view["last"] or {}).get("stage")
    found: list[Action] = []
    if stage not in _GOES_ON:
        found += [("install", bundle["name"]) for bundle in view["bundles"] if bundle["complete"]]
    if stage == "installed":
        found += [("restart", "idle"), ("restart", "now")]
    elif view["rollback"] and stage not in _GOES_ON - {"proving"}:
        found += [("rollback", "idle"), ("rollback", "now")]
    if view["restart"] or stage == "installed":
        found.append(("cancel", ""))
    return found


def checks(action: Action) -> tuple[Ask, ...]:
    """What is to be known before it is asked once more."""
    kind, what = action
    return (Ask("update.check", (("name", what),)),) if kind == "install" else ()


def asked(state: State) -> Ask | None:
    """What Enter asks on the page that asks once more; None while that is not known."""
    if state.subject is None:
        return None
    kind, what = state.subject
    if kind == "install":
        checked = state.answer("update.check")
        if checked is None:
            return None
        return Ask("update.install", (("name", what), ("older", checked["older"])))
    return Ask(f"update.{kind}", (("when", what),) if what else ())


def goes_on(state: State) -> bool:
    """Whether one looks on while something is done."""
    last = (state.answer("update.show") or {}).get("last") or {}
    return state.page == "update" and last.get("stage") in _GOES_ON


def update(state: State) -> list[str]:
    """Systems, the last update, and the list of what can be done."""
    view = state.answer("update.show")
    if not view["supported"]:
        return wrapped(_say(state, "update_no_slots"))
    lines = columns(
        [
            (f"{_say(state, 'slot')} {clean(slot['name'])}", _own(state, slot["version"] or "–"), _states(state, slot))
            for slot in view["slots"]
        ]
    )
    lines += _last(state, view)
    if not view["bundles"]:
        lines += ["", *wrapped(_say(state, "bundles_none_here"))]
    rows = [_named(state, view, action) for action in actions(state)]
    return [*lines, "", *(f"{_MARK if at == state.selected else '  '}{row}" for at, row in enumerate(rows))]


def update_sure(state: State) -> list[str]:
    """What will happen."""
    if state.subject is None:
        return []
    kind, what = state.subject
    if kind != "install":
        calls = wrapped(state.say("power_ends_calls")) if what == "now" else []
        return [_what(state, state.subject), *calls, "", state.say("enter_does")]
    checked = state.answer("update.check")
    if checked is None:
        return []
    facts = [
        (_say(state, "version"), _own(state, checked["version"])),
        (_say(state, "runs_now"), _own(state, checked["running"])),
        (_say(state, "hardware"), _own(state, checked["compatible"])),
        (_say(state, "size"), f"{checked['size'] // 1_000_000} MB"),
    ]
    older = ["", *wrapped(_say(state, "bundle_is_older"))] if checked["older"] else []
    return [*columns(facts), *older, "", _say(state, "install_older" if checked["older"] else "install"),
            state.say("enter_does")]  # fmt: skip


def _last(state: State, view: dict[str, Any]) -> list[str]:
    last = view["last"]
    if not last:
        return []
    values = {name: _own(state, last[name]) for name in ("version", "before", "slot")}
    lines = ["", *wrapped(_say(state, f"stage_{last['stage']}", **values))]
    for reason in last["reasons"]:
        why = reason["text"].get(state.language) or reason["said"] or reason["code"]
        lines += [f"  {line}" for line in wrapped(clean(why), 74)]
    if view["progress"]["running"]:
        percent = max(0, min(int(view["progress"]["percent"]), 100))
        lines.append("[" + "#" * (percent // 2) + "." * (50 - percent // 2) + f"] {percent}%")
    lines += [_say(state, "line_missing", line=_own(state, line)) for line in view["missing_lines"]]
    if view["restart"]:
        at = view["restart"]["at"]
        lines += wrapped(_say(state, "restart_at", at=_own(state, at)) if at else _say(state, "restart_idle"))
    return lines


def _states(state: State, slot: dict[str, Any]) -> str:
    words = [f"slot_{key}" for key in ("running", "next") if slot[key]]
    return ", ".join(_say(state, key) for key in (*words, "slot_good" if slot["good"] else "slot_not_good"))


def _named(state: State, view: dict[str, Any], action: Action) -> str:
    kind, what = action
    if kind != "install":
        return _what(state, action, view["rollback"] or "")
    bundle = next(one for one in view["bundles"] if one["name"] == what)
    return f"{_say(state, 'install')}: {_own(state, bundle['file'])} ({_say(state, 'source_' + bundle['source'])})"


def _what(state: State, action: Action, version: str = "") -> str:
    kind, when = action
    words = {
        "restart": _say(state, "restart_title"),
        "rollback": _say(state, "rollback_title", version=_own(state, version)),
        "cancel": _say(state, "cancel"),
    }
    return f"{words[kind]}: {_say(state, 'when_idle' if when == 'idle' else 'now')}" if when else words[kind]


def _say(state: State, key: str, **params: str) -> str:
    return LABELS[key][state.language].format_map(params)


def _own(state: State, value: object) -> str:
    return isolated(clean(value), state.language)


BODIES: dict[str, Callable[[State], list[str]]] = {"update": update, "update_sure": update_sure}
