"""Pages of what is done to the machine itself: its power, a factory reset, installing onto another disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from appliance.cli.console.screen import clean, wrapped
from appliance.cli.console.state import State
from appliance.cli.console.words import isolated
from appliance.model.texts import sentence

POWER = (
    ("power.restart", "idle"), ("power.restart", "now"), ("power.off", "idle"), ("power.off", "now"),
    ("power.cancel", ""),
)  # fmt: skip
RESET = (False, True)
"""What is kept: nothing, or recordings."""
_MARK = "> "


def power(state: State) -> list[str]:
    """What waits, and what can be done."""
    view = state.answer("power.show") or {}
    waiting = view.get("waiting")
    head = wrapped(state.say(f"power_waits_{waiting}")) if waiting else []
    rows = [state.say(f"{verb.replace('.', '_')}_{when}" if when else "power_cancel") for verb, when in POWER]
    return [*head, *([""] if head else []), *_chosen(rows, state.selected)]


def power_sure(state: State) -> list[str]:
    """Asking once more, and then what became of it."""
    if state.subject is None:
        return []
    verb, when = state.subject
    if verb in state.answers:
        return wrapped(state.say("power_goes" if when == "now" else "power_will"))
    said = state.say(f"{verb.replace('.', '_')}_{when}" if when else "power_cancel")
    ends = wrapped(state.say("power_ends_calls")) if when == "now" else []
    return [said, *ends, "", state.say("enter_does")]


def reset(state: State) -> list[str]:
    """What shall stay."""
    rows = [state.say("reset_keep" if keep else "reset_all") for keep in RESET]
    return [*wrapped(state.say("reset_what")), "", *_chosen(rows, state.selected)]


def reset_sure(state: State) -> list[str]:
    """The box's name has to be typed."""
    if "reset.factory" in state.answers:
        return wrapped(state.say("reset_goes"))
    if state.subject is None:
        return []
    name = (state.answer("hello") or {}).get("name") or ""
    kind = state.say("reset_keep" if state.subject else "reset_all")
    ask = wrapped(state.say("reset_type", name=clean(name)))
    return [kind, "", *wrapped(state.say("reset_lost")), "", *ask, "", f"> {state.typed}_"]


def install(state: State) -> list[str]:
    """The disks, each with what it holds and why it cannot be used."""
    if not (state.answer("install.show") or {}).get("source"):
        return wrapped(sentence("install_not_flashed", language=state.language))
    disks = disks_of(state)
    if not disks:
        return wrapped(state.say("no_disks"))
    lines: list[str] = []
    for index, disk in enumerate(disks):
        mark = _MARK if index == state.selected else "  "
        lines.append(f"{mark}{_own(state, _name(disk))}")
        lines.append(f"    {_own(state, ', '.join(disk['holds']) or state.say('empty'))}")
        if disk["refused"]:
            lines += [f"    {line}" for line in wrapped(sentence(disk["refused"], language=state.language), 72)]
    return [*wrapped(state.say("install_which")), "", *lines]


def disks_of(state: State) -> list[dict[str, Any]]:
    """The disks that are listed."""
    view = state.answer("install.show") or {}
    return list(view.get("disks", ())) if view.get("source") else []


def install_sure(state: State) -> list[str]:
    """Its name has to be typed."""
    disk = state.subject
    if disk is None:
        return []
    held = ", ".join(disk["holds"]) or state.say("empty")
    lines = [_own(state, _name(disk)), f"{state.say('holds')}: {_own(state, held)}", ""]
    lines += wrapped(state.say("install_lost"))
    return [*lines, "", *wrapped(state.say("install_type", name=clean(disk["name"]))), "", f"> {state.typed}_"]


def install_run(state: State) -> list[str]:
    """How far it is."""
    progress = (state.answer("install.show") or {}).get("progress")
    if progress is None:
        return []
    percent = 100 * progress["done"] // progress["all"] if progress["all"] else 0
    step, disk, error = progress["step"], clean(progress["disk"]), clean(progress["error"])
    lines = wrapped(state.say(f"install_{step}", disk=disk, percent=percent, detail=error))
    if step in ("slot", "check"):
        lines += ["", "[" + "#" * (percent // 2) + "." * (50 - percent // 2) + "]"]
    if step == "finished":
        lines += ["", *wrapped(state.say("install_off"))]
    return lines


def is_installing(state: State) -> bool:
    """Whether one looks on while a disk is written."""
    progress = (state.answer("install.show") or {}).get("progress")
    return state.page == "install_run" and (progress is None or progress["step"] not in ("finished", "failed"))


def is_installed(state: State) -> bool:
    """Whether the disk is finished."""
    progress = (state.answer("install.show") or {}).get("progress")
    return state.page == "install_run" and progress is not None and progress["step"] == "finished"


BODIES: dict[str, Callable[[State], list[str]]] = {
    "power": power, "power_sure": power_sure, "reset": reset, "reset_sure": reset_sure, "install": install,
    "install_sure": install_sure, "install_run": install_run,
}  # fmt: skip


def _name(disk: dict[str, Any]) -> str:
    parts = (disk["name"], f"{disk['size'] / 1e9:.1f} GB", disk["model"], disk["serial"], disk["transport"])
    return "  ".join(part for part in parts if part)


def _own(state: State, value: object) -> str:
    return isolated(clean(value), state.language)


def _chosen(lines: list[str], selected: int) -> list[str]:
    return [f"{_MARK if at == selected else '  '}{line}" for at, line in enumerate(lines)]
