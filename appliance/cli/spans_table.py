"""Spans and their channels as ``loopstart hardware`` prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def say_spans(terminal: Terminal, spans: list[dict[str, Any]], *, channels: bool = False) -> None:
    """Spans; with ``channels`` also each channel, else only those with calls."""
    from appliance.cli.table import table

    word = terminal.word
    rows = [
        (
            f"{span['span']} {span['site_name']}".strip(),
            span["span_type"].replace("ANALOG_MIXED", "ANALOG"),
            "/".join(span["line"]),
            ", ".join(word(f"alarm_{alarm}") for alarm in span["alarms"]) or word("up"),
            {True: word("up"), False: word("down"), None: ""}[span["d_channel"]],
            _errors(terminal, span),
            _clock(terminal, span),
        )
        for span in spans
    ]
    terminal.say(table([word(key) for key in ("span", "kind", "line", "state", "d_channel", "errors", "clock")], rows))
    carried = [
        (
            channel["number"],
            channel["signalling"] or "–",
            ", ".join(word(f"alarm_{alarm}") for alarm in channel["alarms"])
            or (word("in_use") if channel["in_use"] else ""),
            channel["echo_canceller"] or "",
            " ↔ ".join(channel["talk"]),
        )
        for span in spans
        for channel in span["channels"]
        if channels or channel["talk"]
    ]
    if carried:
        terminal.say()
        head = [word(key) for key in ("channel", "signalling", "state", "echo_canceller", "talk")]
        terminal.say(table(head, carried))


def _errors(terminal: Terminal, span: dict[str, Any]) -> str:
    """Those counted, with what comes every minute in brackets."""
    said = []
    for name, number in span["counts"].items():
        rate = span["rates"].get(name)
        every = f" ({terminal.word('a_minute', rate=f'{rate:g}')})" if rate else ""
        said.append(f"{terminal.word(f'count_{name}')} {number}{every}")
    return ", ".join(said)


def _clock(terminal: Terminal, span: dict[str, Any]) -> str:
    """Whether the box's clock is this one's, and in which turn it would be."""
    now = terminal.word("clock_master") if span["master"] else ""
    if span["clock_source"]:
        now = f"{now} {terminal.word('from_line')}".strip()
    order = span["clock_order"]
    turn = "" if order is None else terminal.word("gives_clock") if order == 0 else f"#{order}"
    return " ".join(part for part in (turn, now) if part)
