"""A card that came: its numbers are written into the files that DAHDI is configured from, without anybody asking.

Until then it has no channels, and nobody can tell which of its ports feed telephones. What runs is rendered once more;
the draft stays as it is. Once its spans have their numbers it shows its ports, and what runs is rendered again, for
the site may have lines on them already. A card that comes back is taken in likewise: the files may have been rendered
while it was away. Cards that are there keep their numbers and are not touched, and neither are calls.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from appliance.apply.applier import Applier
from appliance.apply.errors import ApplyRefusedError
from appliance.apply.inventory import BoxInventory
from appliance.apply.switching import seconds_since_boot
from appliance.model.changes import GenerationState
from appliance.model.hardware import CardState, FoundCard, FoundPort, SpanPlace

log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0
AGAIN_AFTER_S = 60.0
"""When what was refused is tried again: systemd may have been too busy with the cards to be asked."""

_Shown: TypeAlias = tuple[str, FoundPort | None]
"""A card that is ready, by its identity; the same with each of its ports of which the kind is known."""


class Newcomers:
    """Looks for cards. :meth:`tick` is for one thread."""

    def __init__(
        self, applier: Applier, inventory: BoxInventory, uptime: Callable[[], float] = seconds_since_boot
    ) -> None:
        self._applier = applier
        self._inventory = inventory
        self._uptime = uptime
        self._known: tuple[SpanPlace, ...] = ()
        self._here: frozenset[_Shown] = frozenset()
        self._next_look = 0.0

    def tick(self) -> None:
        """Look, at times. What cannot be done now (a change that awaits a person, Asterisk away) is tried again."""
        now = self._uptime()
        if now < self._next_look:
            return
        self._next_look = now + LOOK_EVERY_S
        inventory = self._inventory.look()
        places = inventory.current_places
        here = frozenset(_shown(inventory.cards))
        self._here &= here  # one that went is one that may come again
        if places == self._known and here == self._here:
            return
        running = self._applier.store.running()
        if running is None or running.state is GenerationState.AWAITING or not self._applier.asterisk.answers():
            return
        pinned = [place.identity for place in places if place not in self._known]
        came = ", ".join(dict.fromkeys([*pinned, *sorted(identity for identity, _ in here - self._here)]))
        try:
            outcome = self._applier.render_again(came)
        except ApplyRefusedError as error:
            log.info("cards are taken in later: %s", error)
            return
        if outcome.state is GenerationState.REJECTED:
            self._next_look = now + AGAIN_AFTER_S
            return
        self._known, self._here = places, here
        if outcome.generation != running.number:
            log.info("cards are taken in with generation %s: %s", outcome.generation, came)


def _shown(cards: Iterable[FoundCard]) -> Iterator[_Shown]:
    for card in cards:
        if card.state is CardState.READY:
            yield card.identity, None
            yield from ((card.identity, port) for port in card.ports if port.kind is not None)
