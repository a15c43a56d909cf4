"""What is in the box and which numbers it has: cards looked at, newcomers pinned, and that written down at once."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from appliance.hardware.cards import find_cards
from appliance.model.hardware import FoundCard, Inventory
from appliance.model.span_places import NoNumbersLeftError, give_places
from appliance.store.places import PlaceStore

log = logging.getLogger(__name__)


class BoxInventory:
    """The cards of the box. Safe to use from any thread.

    root: of ``/sys`` and ``/proc``; tests give a tree.
    """

    def __init__(self, places: PlaceStore, root: Path = Path("/")) -> None:
        self._places = places
        self._root = root
        self._lock = threading.Lock()
        self._seen: dict[str, FoundCard] = {}
        self._refused: set[str] = set()

    @property
    def root(self) -> Path:
        """Where its ``/sys`` and ``/proc`` are."""
        return self._root

    def look(self) -> Inventory:
        """The cards that are there now. One that is ready and was never seen is pinned before this returns."""
        with self._lock:
            cards = find_cards(self._root)
            before = self._places.places()
            after = before
            for card in cards:
                try:
                    after = give_places(after, [card])
                    self._refused.discard(card.identity)
                except NoNumbersLeftError:
                    self._refuse(card)
            if after != before:
                self._places.keep(after)
            self._tell(cards)
            return Inventory(cards, after)

    def forget(self, identity: str) -> int:
        """Give up the numbers of a card that is not coming back; how many spans it had. Nothing while it is there."""
        with self._lock:
            if any(card.identity == identity for card in find_cards(self._root)):
                return 0
            return self._places.forget(identity)

    def _refuse(self, card: FoundCard) -> None:
        if card.identity not in self._refused:
            self._refused.add(card.identity)
            log.error("card %s (%s): DAHDI has no numbers left for it", card.identity, card.model)

    def _tell(self, cards: tuple[FoundCard, ...]) -> None:
        """Log who came, who went and whose driver took it: transitions, each once."""
        now = {card.device: card for card in cards}
        for device, card in now.items():
            was = self._seen.get(device)
            if was is None or (was.identity, was.profile, was.state) != (card.identity, card.profile, card.state):
                log.info("card %s at %s: %s, %s", card.identity, device, card.model, card.state)
        for device in self._seen.keys() - now.keys():
            log.warning("card %s at %s is gone", self._seen[device].identity, device)
        self._seen = now
