"""An immutable mapping that is cheap to change: the live state holds thousands of channels and changes with
each event.

A plain dictionary would be copied whole for every event. A table is a tuple of small dictionaries; a change
copies the tuple and one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
D = TypeVar("D")

_SHARDS = 32


class Table(Generic[K, V]):
    """Read like a mapping; ``put`` and ``without`` give a new table. Iteration order means nothing."""

    __slots__ = ("_shards", "_size")

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        shards: list[dict[K, V]] = [{} for _ in range(_SHARDS)]
        for key, value in (items or {}).items():
            shards[hash(key) % _SHARDS][key] = value
        self._shards: tuple[dict[K, V], ...] = tuple(shards)
        self._size = sum(map(len, shards))

    def get(self, key: K) -> V | None:
        """The value, or None."""
        return self._shards[hash(key) % _SHARDS].get(key)

    def put(self, key: K, value: V) -> Table[K, V]:
        """A table with this key set."""
        return self._with_shard(hash(key) % _SHARDS, {**self._shards[hash(key) % _SHARDS], key: value})

    def without(self, key: K) -> Table[K, V]:
        """A table without this key; the same table when it has none."""
        place = hash(key) % _SHARDS
        if key not in self._shards[place]:
            return self
        return self._with_shard(place, {k: v for k, v in self._shards[place].items() if k != key})

    def _with_shard(self, place: int, shard: dict[K, V]) -> Table[K, V]:
        changed: Table[K, V] = Table.__new__(Table)
        changed._shards = (*self._shards[:place], shard, *self._shards[place + 1 :])
        changed._size = self._size + len(shard) - len(self._shards[place])
        return changed

    def values(self) -> Iterable[V]:
        """Every value."""
        for shard in self._shards:
            yield from shard.values()

    def items(self) -> Iterable[tuple[K, V]]:
        """Every pair."""
        for shard in self._shards:
            yield from shard.items()

    def changes(self, after: Table[K, V]) -> Iterable[tuple[K, V | None, V | None]]:
        """Every key whose value is another in ``after``, with both; None where there is none.

        Quick: by identity.
        """
        for mine, theirs in zip(self._shards, after._shards, strict=True):
            if mine is theirs:
                continue
            for key, value in theirs.items():
                if mine.get(key) is not value:
                    yield key, mine.get(key), value
            for key, value in mine.items():
                if key not in theirs:
                    yield key, value, None

    def __iter__(self) -> Iterator[K]:
        for shard in self._shards:
            yield from shard

    def __contains__(self, key: K) -> bool:
        return key in self._shards[hash(key) % _SHARDS]

    def __len__(self) -> int:
        return self._size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._shards == other._shards

    def __hash__(self) -> int:
        return hash(frozenset(self))
