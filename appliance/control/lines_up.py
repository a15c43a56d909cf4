"""Which lines are up, by names that mean the same before and after a restart."""

from __future__ import annotations

import re
from pathlib import Path

from appliance.ami.connection import AmiError, Connection
from appliance.hardware.span_states import span_states

_D_CHANNEL = re.compile(r"PRI span ([0-9]+)/[0-9]+: (?:.*, )?Up(?:,|$)")


def lines_up(root: Path, ami: Connection) -> tuple[str, ...]:
    """``span 1`` for a span without alarm, ``PRI 1`` for one whose D-channel is up. Numbers are pinned to the card.

    root: of the ``/sys`` and ``/proc`` in which spans are looked for.
    """
    spans = [f"span {state.span}" for state in span_states(root) if state.up]
    try:
        found = ami.command("pri show spans")
    except AmiError:  # Asterisk is away, or has no card to show
        found = ()
    return (*spans, *d_channels(found))


def d_channels(shown: tuple[str, ...]) -> list[str]:
    """From ``pri show spans`` (Asterisk's channels/sig_pri.c, build_status: ``In Alarm, ``, ``Down, `` or ``Up, ``)."""
    return [f"PRI {found[1]}" for line in shown if (found := _D_CHANNEL.match(line.strip()))]
