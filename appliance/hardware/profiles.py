"""The card profiles of ``hw_profiles``, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from appliance.model.card_profiles import CardProfile, Connector
from appliance.model.yaml_text import own_table


@cache
def profiles() -> Mapping[str, CardProfile]:
    """Every profile by its key, ``vendor/card``, sorted. A profile that breaks the schema is a fault of the software
    (:class:`pydantic.ValidationError`).
    """
    found = {}
    for vendor in _sorted(resources.files("hw_profiles")):
        if vendor.is_dir():
            for card in _sorted(vendor):
                if card.name.endswith(".yaml"):
                    key = f"{vendor.name}/{card.name.removesuffix('.yaml')}"
                    found[key] = CardProfile.model_validate({"key": key, **own_table(card.read_text("utf-8"))})
    return MappingProxyType(found)


@cache
def connectors() -> Mapping[str, Connector]:
    """The sockets that profiles name."""
    table = own_table(resources.files("hw_profiles").joinpath("connectors.yaml").read_text("utf-8"))
    return MappingProxyType({name: Connector.model_validate(facts) for name, facts in table.items()})


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name)
