"""The box itself: its name, where it stands, and the languages it speaks."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from appliance.model.fields import CountryCode, Label, Language, Noun, TimeZone, Whole


class Box(Noun):
    """Facts about the box that everything else takes its defaults from.

    country: ISO 3166-1 alpha-2; decides tones.
    extension_digits: how many digits every extension number has.
    """

    PLANNED: ClassVar[frozenset[str]] = frozenset({"emergency"})

    name: Label = "loopstart"
    country: CountryCode = "GB"
    time_zone: TimeZone = "Europe/London"
    language: Language = Language.EN
    languages: tuple[Language, ...] = Field(default=(Language.EN, Language.AR, Language.FA, Language.ZH), min_length=1)
    extension_digits: Whole = Field(default=3, ge=2, le=6)
