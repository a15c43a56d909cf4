"""The stored form of a site: one compressed JSON document with secret references in it.

The text of each extension is kept, so that saving one of 5,000 writes one and joins the rest.
"""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from appliance.model.extensions import Extension
from appliance.model.secrets_of import REFERENCE
from appliance.model.site import Site
from appliance.store.secrets import SiteSecrets

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The text of an extension, and the ids of the secrets that it refers to."""

    extension: Extension
    text: str
    references: tuple[str, ...]


class Packing:
    """Makes the stored form of sites, one at a time, and reads it. Safe from any thread."""

    def __init__(self, secrets: SiteSecrets) -> None:
        self._secrets = secrets
        self._lock = threading.Lock()
        self._kept: dict[int, _Kept] = {}
        self._last: tuple[Site, bytes] | None = None

    def pack(self, site: Site) -> bytes:
        """The stored form. What it refers to is on disk before this returns.

        A draft that is saved becomes a revision unchanged: it is made once for both.
        """
        with self._lock:
            if self._last is None or self._last[0] is not site:
                self._last = (site, zlib.compress(self._text(site).encode(), level=1))
            return self._last[1]

    def unpack(self, blob: bytes) -> Site:
        """The site of a stored form. Raises ``ProblemsError``."""
        return Site.from_document(self._secrets.join(json.loads(zlib.decompress(blob))))

    def _text(self, site: Site) -> str:
        here = {id(extension): extension for extension in site.extensions}
        # An extension is the same object as long as it is unchanged (appliance.model.edit); it is kept beside
        # its text, so that its id is not given to another one.
        kept = {key: entry for key, entry in self._kept.items() if key in here}
        fresh = tuple(extension for key, extension in here.items() if key not in kept)
        taken = {reference for entry in kept.values() for reference in entry.references}
        document = self._secrets.split(_with(site, fresh).document(), taken)
        for extension, part in zip(fresh, document.get("extensions", ()), strict=True):
            kept[id(extension)] = _Kept(extension, _json(part), tuple(_references(part)))
        self._kept = kept
        if "extensions" not in document:
            return _json(document)
        members = ",".join(kept[id(extension)].text for extension in site.extensions)
        rest = _json({name: value for name, value in document.items() if name != "extensions"})[1:]
        return f'{{"extensions":[{members}]{"" if rest == "}" else ","}{rest}'


def _with(site: Site, extensions: tuple[Extension, ...]) -> Site:
    """The site with these extensions in place of its own; one that never had any keeps none."""
    return site.model_copy(update={"extensions": extensions}) if site.extensions else site


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _references(value: Any) -> Iterator[str]:
    """The ids of all secrets in a document."""
    if isinstance(value, dict):
        if REFERENCE in value:
            yield value[REFERENCE]
        else:
            for inner in value.values():
                yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
