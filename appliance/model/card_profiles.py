"""What is known of a model of card, each fact with its evidence: the schema of ``hw_profiles/<vendor>/<card>.yaml``.

A profile holds facts, no code. A source of ``driver`` is a file of dahdi-linux below ``drivers/dahdi``, in the releases
that the profile's module names, and what to look for in it. What a profile says in sentences is a code of
:mod:`appliance.model.texts.hardware`, so that it is said in every language. Facts that nobody could show are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from appliance.model.fields import Noun
from appliance.model.hardware import PortKind
from appliance.model.line_standards import LineStandard

SOFTWARE_ECHO_CANCELLERS = ("oslec", "mg2", "kb1", "sec", "sec2", "jpah")
"""DAHDI's own, which serve any card (dahdi-linux, drivers/dahdi/dahdi_echocan_*.c)."""

Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{4}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$", max_length=64)]


class Evidence(StrEnum):
    """How a fact is known.

    datasheet: the maker says so. driver: read in the driver's source. simulated: seen on a constructed tree.
    on-card: seen on the card.
    """

    DATASHEET = "datasheet"
    DRIVER = "driver"
    SIMULATED = "simulated"
    ON_CARD = "on-card"


class Fact(Noun):
    """Something that is known, how, and where it can be looked up."""

    evidence: Evidence
    source: Text


class DeviceId(Noun):
    """What a device says it is: four hexadecimal digits each; subvendor and subdevice of PCI only."""

    bus: Literal["pci", "usb"]
    vendor: Hex
    device: Hex
    subvendor: Hex | None = None
    subdevice: Hex | None = None

    @classmethod
    def of_alias(cls, alias: str) -> DeviceId | None:
        """The device of a modalias, or what an alias of a module fits: ``pci:v0000D161d00008005sv*sd*bc*sc*i*``,
        ``usb:v1D50p6145d*``. None for another bus.
        """
        for bus, pattern in _ALIASES.items():
            found = re.match(pattern, alias)
            if found:
                parts = [None if part in (None, "*") else part[-4:].lower() for part in found.groups()]
                vendor, device = parts[0], parts[1]
                if vendor is None or device is None:
                    return None
                sub = parts[2:] or [None, None]
                return cls(
                    bus="pci" if bus == "pci" else "usb",
                    vendor=vendor,
                    device=device,
                    subvendor=sub[0],
                    subdevice=sub[1],
                )
        return None


_ALIASES = {
    "pci": r"pci:v([0-9A-F]{8})d([0-9A-F]{8})sv([0-9A-F]{8}|\*)sd([0-9A-F]{8}|\*)",
    "usb": r"usb:v([0-9A-F]{4})p([0-9A-F]{4})d",
}
"""Linux, scripts/mod/file2alias.c: do_pci_entry, do_usb_entry."""


class Identifier(Fact, DeviceId):
    """An entry of the driver's table. Without subvendor or subdevice it fits any."""

    def fits(self, device: DeviceId) -> bool:
        """Whether a device is one of these."""
        return (self.bus, self.vendor, self.device) == (device.bus, device.vendor, device.device) and all(
            mine is None or mine == theirs
            for mine, theirs in ((self.subvendor, device.subvendor), (self.subdevice, device.subdevice))
        )

    @property
    def precision(self) -> int:
        """How much it asks for: the most precise of several that fit is meant."""
        return sum(part is not None for part in (self.subvendor, self.subdevice))


class DriverModule(Fact):
    """The kernel module that drives the card.

    releases: of dahdi-linux, as Debian has them, whose table has the card's identifiers.
    """

    name: Name
    releases: Annotated[tuple[Literal["3.1.0", "3.4.0"], ...], Field(min_length=1)]


class PortGroup(Fact):
    """Sockets of one sort.

    count: how many at most. kinds: what each may be; several where modules are plugged in or the line decides.
    fewer: whether a card of this profile may have fewer, which the driver tells.
    modular: whether each is a module that may be missing. span: ``each``, a DAHDI span of its own, or ``shared``.
    """

    count: Annotated[int, Field(ge=1, le=32)]
    kinds: Annotated[tuple[PortKind, ...], Field(min_length=1)]
    span: Literal["each", "shared"]
    fewer: bool = False
    modular: bool = False
    connector: Code | None = None


class CountryOption(Fact):
    """A parameter of the module that the country decides.

    follows: the value of the :class:`LineStandard` it takes. values: that value -> the module's word for it; the key
    ``other`` for the rest. Empty: they are the same.
    """

    parameter: Name
    follows: Literal["opermode", "digital", "law"]
    values: dict[str, str] = Field(default_factory=dict)

    def value(self, standard: LineStandard) -> str:
        """What the module is to be given."""
        wanted = str(getattr(standard, self.follows))
        return self.values.get(wanted, self.values.get("other", wanted))


class SpanTypes(Fact):
    """How a digital port becomes E1, T1 or J1.

    settable: DAHDI can be told for each port, until its spans are assigned. jumpers: the card's own say otherwise.
    """

    settable: bool
    jumpers: bool = False


class EchoCanceller(Fact):
    """A canceller that the card has or can carry, by the name that DAHDI shows."""

    name: Name
    firmware: Text | None = None


class Firmware(Fact):
    """A file that the driver asks for. needed: without it the card does not work at all.

    without: a code of the texts, what works when the file is not there.
    """

    file: Text
    needed: bool
    without: Code


class Connector(Fact):
    """A socket, drawn in text, seen from the front."""

    picture: Annotated[str, StringConstraints(min_length=1, max_length=1200)]


class Remark(Fact):
    """Something to know, said by the texts: ``text`` is a code."""

    text: Code


class CardIdentity(Fact):
    """What DAHDI tells a card by: ``hardware_id`` stays with the card, ``location`` with the slot, ``path``
    with the USB socket.

    express: whether the driver writes ``PCI Express`` in the location.
    """

    by: Literal["hardware_id", "location", "path"]
    express: bool = False


class CardProfile(Noun):
    """One model of card, or several that the driver cannot tell apart.

    key: ``vendor/card``, the path of the file. module: None for a card that no driver of this image knows; then
    ``unsupported`` says why. identity: empty for a card without spans. ports: empty where only the driver knows them.
    """

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
    vendor: Text
    name: Text
    identifiers: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    module: DriverModule | None = None
    unsupported: Remark | None = None
    identity: Annotated[tuple[CardIdentity, ...], Field(max_length=1)] = ()
    ports: tuple[PortGroup, ...] = ()
    country_options: tuple[CountryOption, ...] = ()
    span_types: SpanTypes | None = None
    echo_cancellers: tuple[EchoCanceller, ...] = ()
    firmware: tuple[Firmware, ...] = ()
    timing: tuple[Remark, ...] = ()
    faults: tuple[Remark, ...] = ()

    @model_validator(mode="after")
    def _driven_or_not(self) -> CardProfile:
        if (self.module is None) != (self.unsupported is not None):
            raise ValueError("a profile has either a module or the reason why none drives it")
        return self

    def options(self, standard: LineStandard) -> dict[str, str]:
        """The module's parameters in a country, in the order of the profile."""
        return {option.parameter: option.value(standard) for option in self.country_options}


def profile_of(device: DeviceId, profiles: Iterable[CardProfile]) -> CardProfile | None:
    """The profile of a device: the one whose identifier asks for most, or None."""
    fitting = [
        (identifier.precision, profile)
        for profile in profiles
        for identifier in profile.identifiers
        if identifier.fits(device)
    ]
    return max(fitting, key=lambda found: found[0])[1] if fitting else None
