"""Inbound routes: where a call from outside goes."""

from __future__ import annotations

from typing import ClassVar

from appliance.model.destinations import Destination
from appliance.model.fields import Label, Noun, OutsideNumber

ANY = "any"


class InboundRoute(Noun):
    """Where calls go that fit every condition given. The most telling one wins, whatever the order: first those that
    name the caller, then those that name the number called, then those that name the trunk, then the rest.

    number: that was called; caller: who calls; trunk: the call comes in on.
    """

    PLANNED: ClassVar[frozenset[str]] = frozenset({"schedule", "closed"})

    number: OutsideNumber | None = None
    caller: OutsideNumber | None = None
    trunk: Label | None = None
    to: Destination

    @property
    def key(self) -> str:
        """What it is called by: its conditions, ``number:caller@trunk``, e.g. ``any:+966500000000``."""
        caller = f":{self.caller}" if self.caller else ""
        return f"{self.number or ANY}{caller}{f'@{self.trunk}' if self.trunk else ''}"
