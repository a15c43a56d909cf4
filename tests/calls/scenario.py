"""A scenario as it is written: phones, sentences and rows, read and checked before anything is started."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml


class ScenarioError(ValueError):
    """The scenario file itself is wrong."""


@dataclass(frozen=True)
class PhoneSpec:
    """One phone of the story.

    extension: whose account it has, with the secret of `site.yaml`; fields as of `phones.account.Account`.
    """

    name: str
    extension: str
    transport: str = "udp"
    srtp: str = "off"
    codecs: tuple[str, ...] = ("alaw", "ulaw")


@dataclass(frozen=True)
class Scenario:
    """history: expected contacts of the scenario's time, oldest first; each names only the fields that
    matter.
    """

    name: str
    title: str
    site: str
    phones: tuple[PhoneSpec, ...]
    steps: tuple[str, ...]
    history: tuple[dict[str, Any], ...] = ()
    secrets: dict[str, str] = field(default_factory=dict)


_FIELDS = {"title", "phones", "steps", "history"}
_PHONE_FIELDS = {"extension", "transport", "srtp", "codecs"}


def load(folder: Path) -> Scenario:
    """Read a scenario's folder. Raises ScenarioError with what is wrong and where."""
    site = (folder / "site.yaml").read_text()
    told = yaml.safe_load((folder / "scenario.yaml").read_text())
    if unknown := set(told) - _FIELDS:
        raise ScenarioError(f"{folder.name}/scenario.yaml: no such field: {', '.join(sorted(unknown))}")
    secrets = {each["number"]: each["secret"] for each in yaml.safe_load(site)["extensions"] if "secret" in each}
    phones = []
    for name, fields in told["phones"].items():
        if unknown := set(fields) - _PHONE_FIELDS:
            raise ScenarioError(f"{folder.name}: phone {name}: no such field: {', '.join(sorted(unknown))}")
        if fields["extension"] not in secrets:
            raise ScenarioError(f"{folder.name}: phone {name}: site.yaml gives {fields['extension']} no secret")
        options = {key: tuple(value) if key == "codecs" else value for key, value in fields.items()}
        phones.append(PhoneSpec(name=name, **options))
    return Scenario(
        name=folder.name,
        title=told["title"],
        site=site,
        phones=tuple(phones),
        steps=tuple(str(step) for step in told["steps"]),
        history=tuple(told.get("history", ())),
        secrets=secrets,
    )
