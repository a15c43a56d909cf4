"""What the panel knows of the box, and the pages that tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from appliance.render.display.picture import Lamp, columns


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line (span): its name, and what is wrong with it, ``""`` for nothing."""

    name: str
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class ReaderShown:
    """A reader of call records. waiting: records it has yet to get."""

    name: str
    connected: bool
    waiting: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """The box at one moment. at: on the box's own clock. addresses: of the network, with their interface.

    first_run: the box waits for its first administrator. awaiting_s: a change is undone in so many seconds unless it
    is confirmed; None when there is none.
    """

    name: str
    at: datetime
    version: str = ""
    asterisk: bool = True
    calls: int = 0
    phones: int = 0
    addresses: tuple[tuple[str, str], ...] = ()
    lines: tuple[LineShown, ...] = ()
    readers: tuple[ReaderShown, ...] = ()
    first_run: bool = False
    awaiting_s: int | None = None


def lamps(panel: Panel) -> tuple[Lamp, ...]:
    """From the top: the box, its lines, calls, and what wants attention."""
    alarm = any(line.alarm for line in panel.lines)
    return (
        Lamp.GREEN if panel.asterisk else Lamp.RED,
        Lamp.RED if alarm else Lamp.GREEN if panel.lines else Lamp.OFF,
        Lamp.GREEN if panel.calls else Lamp.OFF,
        Lamp.AMBER if _wants(panel) else Lamp.OFF,
    )


def pages(panel: Panel) -> tuple[tuple[str, ...], ...]:
    """What is shown while nobody presses a key: the box, its lines, and what wants attention, if anything does."""
    address = panel.addresses[0][1] if panel.addresses else "no network address"
    state = f"{panel.calls} calls, {panel.phones} phones" if panel.asterisk else "Asterisk is away"
    alarms = [columns(line.name, line.alarm) for line in panel.lines if line.alarm]
    count = len(panel.lines)
    told = alarms or [f"{count} lines, all up" if count > 1 else "1 line, up" if count else "no lines fitted"]
    shown = [
        (panel.name, address, state, f"{panel.at:%Y-%m-%d  %H:%M}"),
        (columns("Lines", f"{len(alarms)} alarms" if alarms else "ok"), *told[:3]),
    ]
    if wants := _wants(panel):
        shown.append(("Attention", *wants[:3]))
    return tuple(shown)


def line_rows(panel: Panel) -> list[str]:
    """Every line, those with alarms first."""
    ordered = sorted(panel.lines, key=lambda line: not line.alarm)
    return [columns(line.name, line.alarm or "ok") for line in ordered] or ["no lines fitted"]


def address_rows(panel: Panel) -> list[str]:
    """Two rows for each address: one alone can fill one."""
    return [row for name, address in panel.addresses for row in (f"{name}:", address)] or ["no network address"]


def record_rows(panel: Panel) -> list[str]:
    """Every reader of call records."""
    rows: list[str] = []
    for reader in panel.readers:
        rows.append(columns(reader.name, "connected" if reader.connected else "away"))
        rows.append(f" {reader.waiting} wait, {reader.dropped} lost")
    return rows or ["no readers set"]


def _wants(panel: Panel) -> list[str]:
    wants = []
    if panel.first_run:
        wants.append("No administrator yet")
    if panel.awaiting_s is not None:
        wants.append(f"Change ends in {panel.awaiting_s} s")
    for reader in panel.readers:
        if reader.dropped:
            wants.append(f"Lost records: {reader.dropped}")
        elif reader.waiting and not reader.connected:
            wants.append(columns(f"{reader.name} away", str(reader.waiting)))
    return wants
