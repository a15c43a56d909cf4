"""What is worked out for each extension, and kept for those that did not change."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from appliance.model.extensions import Extension

Result = TypeVar("Result")


class PerExtension(Generic[Result]):
    """``function(extension, *given)`` of many extensions, worked out again for new ones and for another ``given``.

    So a change of one extension does not cost the working out of all.
    Extensions are frozen and an edit leaves those it does not touch the very same objects
    (:mod:`appliance.model.edit`), so identity tells. Kept are the results of the last call. With a pure function this
    is pure. Safe from any thread.
    """

    def __init__(self, function: Callable[..., Result]) -> None:
        self._function = function
        # The extension is kept beside its result, so that its id is not given to another one meanwhile.
        self._kept: tuple[tuple[Hashable, ...], dict[int, tuple[Extension, Result]]] = ((), {})

    def __call__(self, extensions: Iterable[Extension], *given: Hashable) -> list[Result]:
        """The results, in the order of the extensions."""
        known_given, known = self._kept
        if known_given != given:
            known = {}
        kept: dict[int, tuple[Extension, Result]] = {}
        results: list[Result] = []
        for extension in extensions:
            entry = known.get(id(extension)) or (extension, self._function(extension, *given))
            kept[id(extension)] = entry
            results.append(entry[1])
        self._kept = (given, kept)
        return results
