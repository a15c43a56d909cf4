"""The page of port tests: what can be tested, what was found, and Enter tests again."""

from __future__ import annotations

from typing import Any

from appliance.cli.console.screen import clean, wrapped
from appliance.cli.console.state import Ask, State
from appliance.cli.console.words import isolated
from appliance.model.texts.port_tests import LABELS

_MARK = "> "
_CALLS_BACK = "call_back"
_WITH_A_PLUG = "loop"

Row = tuple[dict[str, Any], str]


def rows(state: State) -> list[Row]:
    """Ports, each with every test that needs no plug; of a digital span, whose channels share one wire, the first."""
    found: list[Row] = []
    for port in (state.answer("hardware.tests") or {}).get("ports", ()):
        if port["channel"] is None or (_WITH_A_PLUG in port["kinds"] and port["port"] > 1):
            continue
        found += [(port, kind) for kind in port["usual"]]
        if _CALLS_BACK in port["kinds"] and port["numbers"]:
            found.append((port, _CALLS_BACK))
    return found


def asked(row: Row) -> Ask:
    """What Enter asks."""
    port, kind = row
    return Ask("hardware.test", (("span", port["span"]), ("port", port["port"]), ("kind", kind)))


def runs(state: State) -> bool:
    """Whether one looks on while a test runs."""
    return state.page == "tests" and (state.answer("hardware.tests") or {}).get("running") is not None


def body(state: State) -> list[str]:
    """A line each, and below it what was found."""
    lines: list[str] = []
    for at, (port, kind) in enumerate(rows(state)):
        last = next((one for one in port["last"] if one["kind"] == kind), None)
        how = f": {_word(state, 'test_' + last['outcome'])}" if last else ""
        place = isolated(clean(f"{port['span']}/{port['port']}"), state.language)
        mark = _MARK if at == state.selected else "  "
        lines.append(f"{mark}{place}  {_word(state, 'test_kind_' + kind)}{how}")
        if last and last["outcome"] != "running":
            text = clean(last["text"].get(state.language) or last["text"].get("en") or last["code"])
            lines += [f"      {line}" for line in wrapped(text, 70)]
    return lines or wrapped(_word(state, "no_ports"))


def _word(state: State, key: str) -> str:
    return LABELS[key][state.language] if key in LABELS else clean(key)
