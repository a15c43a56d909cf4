"""``loopstart hardware``: telephony cards, their ports and spans."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from appliance.cli import port_tests
from appliance.cli.options import Commands, command, group
from appliance.cli.spans_table import say_spans

if TYPE_CHECKING:
    from appliance.cli.terminal import Terminal


def add_commands(commands: Commands) -> None:
    """Add the commands of the hardware."""
    hardware = group(commands, "hardware", "telephony cards: list, show, test, watch, alarms, propose, capture, forget")
    command(hardware, "list", list_cards, "cards that are there, cards that are away, and every span")
    show_ = command(hardware, "show", show, "one card: its ports, spans, and what is known of it")
    port_tests.add_commands(hardware)
    command(hardware, "watch", watch, "spans, again whenever something changes")
    alarms_ = command(hardware, "alarms", alarms, "alarms of lines, newest first")
    alarms_.add_argument("--lasting", action="store_true", help="only those that have not ended")
    alarms_.add_argument("--span", type=int, metavar="N", help="only of this span")
    alarms_.add_argument("--limit", type=int, default=50, metavar="N", help="how many (default: %(default)s)")
    alarms_.add_argument("--before", type=int, metavar="ID", help="those before the one of this number")
    command(hardware, "propose", propose, "spans for the site file that would make use of the cards")
    capture_ = command(hardware, "capture", capture, "write the hardware as a file that can be replayed elsewhere")
    capture_.add_argument("--output", "-o", metavar="FILE", help="write there instead of printing")
    forget_ = command(hardware, "forget", forget, "free the numbers of a card that is not coming back")
    for parser in (show_, forget_):
        parser.add_argument("identity", metavar="CARD", help="as the list names it, or how its name begins")


def list_cards(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Cards, then spans."""
    from appliance.cli.table import table

    shown = terminal.ask("hardware.list")
    if terminal.answer(shown):
        return None
    word = terminal.word
    rows = [
        (card["identity"], card["model"], word(f"card_{card['state']}"), _ports(card), _numbers(card["spans"]))
        for card in shown["cards"]
    ] + [
        (card["identity"], card["profile"] or "", word("card_away"), "", _numbers(card["spans"]))
        for card in shown["away"]
    ]
    if not rows:
        terminal.say(word("no_cards"))
    else:
        terminal.say(table([word(key) for key in ("card", "model", "state", "ports", "spans")], rows))
    if shown["spans"]:
        terminal.say()
        say_spans(terminal, shown["spans"])
    return None


def show(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """One card, with the picture of its socket."""
    from appliance.cli.table import pairs, table

    result = terminal.ask("hardware.show", identity=arguments.identity)
    if terminal.answer(result):
        return None
    card, word = result["card"], terminal.word
    options = " ".join(f"{name}={value}" for name, value in card["options"].items())
    facts = [
        (word("card"), card["identity"]),
        (word("model"), f"{card['model']} ({card['profile'] or '–'})"),
        (word("place"), f"{card['location']} ({card['device']})"),
        (word("state"), word(f"card_{card['state']}")),
        (word("driver"), f"{card['module'] or '–'} {options}".strip()),
        (word("echo_canceller"), ", ".join(card["echo_cancellers"]) or "–"),
    ]
    terminal.say(pairs(facts))
    if card["ports"]:
        rows = [
            (port["number"], (port["kind"] or word("empty_socket")).upper() if port["kind"] else word("empty_socket"),
             port["span"] or "", _channels(port))
            for port in card["ports"]
        ]  # fmt: skip
        terminal.say()
        terminal.say(table([word(key) for key in ("port", "kind", "span", "channel")], rows))
    if result["spans"]:
        terminal.say()
        say_spans(terminal, result["spans"], channels=True)
    for picture in dict.fromkeys(port["connector"] for port in card["ports"] if port["connector"]):
        terminal.say()
        terminal.say(picture.rstrip())
    if card["remarks"]:
        terminal.say()
    for remark in card["remarks"]:
        terminal.say(f"- {remark['text'].get(terminal.language) or remark['text']['en']}")
        terminal.say(f"  [{remark['evidence']}: {remark['source']}]")
    return None


def watch(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Spans, again and again; with --json one line each time."""
    import json

    for shown in terminal.client.watch("hardware.watch"):
        if terminal.json:
            print(json.dumps(shown, ensure_ascii=False), flush=True)
        else:
            terminal.say(f"--- {terminal.moment(shown['at'])}")
            if shown["spans"]:
                say_spans(terminal, shown["spans"])
            else:
                terminal.say(terminal.word("nothing"))
    return None


def alarms(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Begin, end and kind of each."""
    from appliance.cli.table import table

    asked = {"limit": arguments.limit, "lasting": arguments.lasting}
    asked |= {name: getattr(arguments, name) for name in ("before", "span") if getattr(arguments, name) is not None}
    result = terminal.ask("hardware.alarms", **asked)
    if terminal.answer(result):
        return None
    word = terminal.word
    rows = [
        (
            one["id"],
            one["name"],
            one["span"] if one["channel"] is None else f"{one['span']}/{one['channel']}",
            _kind(terminal, one),
            terminal.moment(one["began"]),
            word("lasts") if one["ended"] is None else terminal.moment(one["ended"]),
            word("unwatched") if one["unwatched"] else "",
        )
        for one in result["alarms"]
    ]
    if rows:
        terminal.say(table(["", *(word(key) for key in ("name", "span", "alarm", "began", "ended")), ""], rows))
    else:
        terminal.say(word("no_alarms"))
    return None


def _kind(terminal: Terminal, alarm: dict[str, Any]) -> str:
    kind = terminal.word(f"alarm_{alarm['kind']}")
    return f"{kind} ({terminal.word('alarm_' + alarm['cause'])})" if alarm["cause"] else kind


def propose(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """As a part of the site file."""
    import yaml

    result = terminal.ask("hardware.propose")
    if not terminal.answer(result):
        document = {"hardware": {"spans": result["spans"]}}
        terminal.say(yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120).rstrip())
    return None


def capture(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """As JSON, to the output or into a file."""
    import json

    from appliance.cli import exits, files

    document = terminal.ask("hardware.capture")["capture"]
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if arguments.output is None:
        terminal.say(text.rstrip())
        return None
    if not files.write(terminal, arguments.output, text):
        return exits.REFUSED
    said = {"path": arguments.output, "files": len(document["files"])}
    if not terminal.answer(said):
        terminal.say(terminal.word("captured", **said))
    return None


def forget(terminal: Terminal, arguments: argparse.Namespace) -> int | None:
    """Free its numbers."""
    result = terminal.ask("hardware.forget", identity=arguments.identity)
    if not terminal.answer(result):
        terminal.say(terminal.word("forgotten", name=arguments.identity, spans=result["spans"]))
    return None


def _ports(card: dict[str, Any]) -> str:
    """``4 E1``, ``2 FXS, 1 FXO, 1 –``."""
    counted: dict[str, int] = {}
    for port in card["ports"]:
        kind = (port["kind"] or "–").upper()
        counted[kind] = counted.get(kind, 0) + 1
    return ", ".join(f"{number} {kind}" for kind, number in counted.items())


def _numbers(numbers: list[int]) -> str:
    """``1-4``, ``1, 3``."""
    if len(numbers) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}-{numbers[-1]}"
    return ", ".join(map(str, numbers))


def _channels(port: dict[str, Any]) -> str:
    if port["channel"] is None:
        return ""
    last = port["channel"] + port["channels"] - 1
    return str(last) if port["channels"] == 1 else f"{port['channel']}-{last}"
