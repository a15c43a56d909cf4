"""The box itself: its name, where it stands, and the languages it speaks."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from appliance.model.fields import CountryCode, Label, Language, Noun, Rule, TimeZone, Whole

EmergencyNumber = Annotated[str, Rule("emergency_number", r"^[0-9]{2,6}$", 2, 6)]


class Emergency(Noun):
    """Calls for help: from every telephone, before and above every limit.

    trunks: tried in this order.
    """

    PLANNED: ClassVar[frozenset[str]] = frozenset({"notify", "location"})

    numbers: tuple[EmergencyNumber, ...] = Field(min_length=1, max_length=20)
    trunks: tuple[Label, ...] = Field(min_length=1, max_length=20)


class Box(Noun):
    """Facts about the box that everything else takes its defaults from.

    country: ISO 3166-1 alpha-2; decides tones, how lines behave and how outside numbers are written.
    extension_digits: how many digits every extension number has.
    """

    name: Label = "loopstart"
    country: CountryCode = "GB"
    time_zone: TimeZone = "Europe/London"
    language: Language = Language.EN
    languages: tuple[Language, ...] = Field(default=(Language.EN, Language.AR, Language.FA, Language.ZH), min_length=1)
    extension_digits: Whole = Field(default=3, ge=2, le=6)
    emergency: Emergency | None = None
