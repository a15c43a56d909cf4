"""``loopstart hardware test`` and ``tests``: a telephone rung, a line listened to, a call out and in again."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from appliance.cli.options import Commands, command

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal

_KINDS = ("state", "voltage", "ring", "dial_tone", "echo", "call_back", "level", "loop")
"""As :class:`appliance.model.port_tests.PortTestKind`, whose module is loaded only when a test is made."""


def add_commands(hardware: Commands) -> None:
    """Add both commands."""
    test_ = command(hardware, "test", test, "test a port, or every port of a span; says passed or failed in words")
    test_.add_argument("port", metavar="SPAN[/PORT]", help="a span of the site; without PORT every port of it")
    test_.add_argument("--kind", choices=_KINDS, help="one test; else those that call nobody and need no plug")
    test_.add_argument("--number", metavar="NUMBER", help="to call: of this box (call_back), a test tone (level)")
    test_.add_argument("--seconds", type=int, metavar="N", help="how long to ring, to wait for an answer, to send")
    test_.add_argument("--loop", choices=("plug", "card"), help="where a pattern turns round (default: plug)")
    command(hardware, "tests", tests, "every port, and the newest result of each test")


def test(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Each test in turn; the exit code tells whether one failed."""
    import json

    from appliance.cli import exits

    name, _, place = arguments.port.partition("/")
    if place and not place.isdecimal():
        raise exits.UsageError(terminal.word("port_number", port=place))
    ports = [one for one in terminal.ask("hardware.tests")["ports"] if one["span"] == name]
    chosen = [(int(place), None)] if place else _all(ports)
    more = {key: value for key in ("number", "seconds", "loop") if (value := getattr(arguments, key)) is not None}
    failed = False
    ended: list[dict[str, Any]] = []
    for port, known in chosen or [(1, None)]:  # a span that is not there is refused by the daemon, with its name
        usual = known or next((one["usual"] for one in ports if one["port"] == port), ["state"])
        for kind in [arguments.kind] if arguments.kind else usual:
            asked = more if arguments.kind else {}
            found = _last(terminal, span=name, port=port, kind=kind, **asked)
            failed |= found["outcome"] == "failed"
            ended.append(found)
            if not terminal.json:
                terminal.say(_line(terminal, found))
    if terminal.json:
        print(json.dumps({"tests": ended}, ensure_ascii=False))
    return exits.REFUSED if failed else None


def tests(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Ports and results."""
    from appliance.cli.table import table

    result = terminal.ask("hardware.tests")
    if terminal.answer(result):
        return None
    word = terminal.word
    if not result["ports"]:
        terminal.say(word("no_ports"))
        return None
    rows = [
        (
            f"{port['span']}/{port['port']}",
            word(f"test_kind_{one['kind']}"),
            word(f"test_{one['outcome']}"),
            terminal.moment(one["ended"] or one["began"]),
            one["by"],
            said(terminal, one),
        )
        for port in result["ports"]
        for one in port["last"]
    ]
    # Channels of a digital span share one wire: those that were never tested are all as the first.
    untested = [one for one in result["ports"] if not one["last"] and ("loop" not in one["kinds"] or one["port"] == 1)]
    rows += [(f"{one['span']}/{one['port']}", "–", "", "", "", "") for one in untested]
    terminal.say(table([word(key) for key in ("port", "test", "result", "ended", "who", "found")], rows))
    return None


def said(terminal: Terminal, test: dict[str, Any]) -> str:
    """What a test found, in the language of the terminal."""
    return str(test["text"].get(terminal.language) or test["text"].get("en") or test["code"])


def _all(ports: list[dict[str, Any]]) -> list[tuple[int, list[str] | None]]:
    """Every port; of a digital span, whose channels share one wire, the first."""
    whole = bool(ports) and "loop" in ports[0]["kinds"]
    return [(one["port"], one["usual"]) for one in (ports[:1] if whole else ports)]


def _last(terminal: Terminal, **asked: Any) -> dict[str, Any]:
    """The test once it has ended."""
    found: dict[str, Any] = {}
    for shown in terminal.client.watch("hardware.test", **asked):
        found = shown
    return found


def _line(terminal: Terminal, test: dict[str, Any]) -> str:
    word = terminal.word
    place = f"{test['span']}/{test['port']}"
    return f"{place}  {word('test_kind_' + test['kind'])}: {word('test_' + test['outcome'])}. {said(terminal, test)}"
