"""Everything that people can dial, whichever noun it belongs to: one list, so that no two can be the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from appliance.model.feature_codes import FeatureCodes
from appliance.model.problems import Path
from appliance.model.site import Site


class Dialled(NamedTuple):
    """A number or code that people dial.

    path: of the field that holds it; noun: what it belongs to, in the site's language (``extensions``).
    takes_digits: more digits are dialled behind it (``*72`` and then ``102``).
    """

    number: str
    path: Path
    noun: str
    takes_digits: bool = False


def dialables(site: Site) -> Iterator[Dialled]:
    """Every number and code of the site, in document order. A new noun with a number adds a line here."""
    if site.box.emergency is not None:
        yield from (
            Dialled(number, ("box", "emergency", "numbers", index), "box")
            for index, number in enumerate(site.box.emergency.numbers)
        )
    yield from _feature_codes(site)
    yield from (
        Dialled(extension.number, ("extensions", index, "number"), "extensions")
        for index, extension in enumerate(site.extensions)
    )


def _feature_codes(site: Site) -> Iterator[Dialled]:
    for name in FeatureCodes.model_fields:
        yield Dialled(
            getattr(site.feature_codes, name),
            ("feature_codes", name),
            "feature_codes",
            name in FeatureCodes.TAKES_DIGITS,
        )
