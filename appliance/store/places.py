"""Which DAHDI numbers the spans of cards were given: rows that are added and never renumbered."""

from __future__ import annotations

from appliance.model.hardware import SpanPlace
from appliance.store.database import Database, Row
from appliance.store.moments import Clock, to_text, utc_now


class PlaceStore:
    """The pinned numbers of the box. Every method is safe to call from any thread."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def places(self) -> tuple[SpanPlace, ...]:
        """All of them, in the order in which they were given."""
        return tuple(_place(row) for row in self._database.query("SELECT * FROM span_places ORDER BY number"))

    def keep(self, places: tuple[SpanPlace, ...]) -> None:
        """Write what :func:`appliance.model.span_places.give_places` made of :meth:`places`: new rows, and which
        rest. What is not among them stays; numbers that are there cannot be changed.
        """
        with self._database.transaction():
            for place in places:
                self._database.execute(
                    "INSERT INTO span_places"
                    " (identity, local_span, span, base_channel, channels, profile, retired, given)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (span) DO UPDATE SET retired = excluded.retired"
                    " WHERE identity = excluded.identity AND local_span = excluded.local_span",
                    (
                        place.identity,
                        place.local_span,
                        place.span,
                        place.base_channel,
                        place.channels,
                        place.profile,
                        int(place.retired),
                        to_text(self._clock()),
                    ),
                )

    def forget(self, identity: str) -> int:
        """Give the numbers of a card up, which a person says is gone for good; how many spans it had."""
        with self._database.transaction():
            return self._database.execute("DELETE FROM span_places WHERE identity = ?", (identity,))


def _place(row: Row) -> SpanPlace:
    return SpanPlace(
        identity=row["identity"],
        local_span=row["local_span"],
        span=row["span"],
        base_channel=row["base_channel"],
        channels=row["channels"],
        profile=row["profile"],
        retired=bool(row["retired"]),
    )
