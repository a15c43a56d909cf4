"""Trees of ``/sys`` and ``/proc`` as the kernel and DAHDI's drivers show them, made from what the drivers' sources say.

Names and attributes: dahdi-linux 3.1.0 and 3.4.0, drivers/dahdi/dahdi-sysfs.c, dahdi-sysfs-chan.c, dahdi-base.c
(``dahdi_seq_show``), and each driver's own names of spans and channels.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from appliance.model.card_profiles import CardProfile, Identifier
from appliance.model.hardware import PortKind

FXS = "FXOLS FXOGS FXOKS E&M Clear SF "
FXO = "FXSLS FXSKS Clear SF "
EMPTY = ""
CLEAR = "E&M Clear HDLCRAW HDLCFCS HDLCNET Slave SF CAS DACS DACS+RBS "
BCHAN = "Clear "
HARDHDLC = "Hardware-assisted HDLC "

SPAN_NAMES = {
    "wcfxo": "WCFXO/{card}", "wctdm": "WCTDM/{card}", "wctdm24xxp": "WCTDM/{card}", "wcaxx": "WCTDM/{card}",
    "opvxa1200": "OPVXA1200/{card}", "wct4xxp": "TE{spans}/{card}/{local}", "wcte43x": "WCTE{spans}/{card}/{local}",
    "wcte13xp": "WCT13x/{card}", "wcte12xp": "WCT1/{card}", "wcte11xp": "WCT1/{card}", "wct1xxp": "WCT1/{card}",
    "wcb4xxp": "B4/{card}/{local}", "zaphfc": "ZTHFC{local}", "icE1usb": "icE1usb/1/{card}",
}  # fmt: skip
SPAN_DESCRIPTIONS = {
    "wcfxo": "Wildcard X101P Board {board}", "wctdm": "Wildcard TDM400P REV I Board {board}",
    "wctdm24xxp": "Wildcard {model}", "wcaxx": "Wildcard {model}", "opvxa1200": "OpenVox A1200P/A800P Board {board}",
    "wct4xxp": "T{spans}XXP (PCI) Card {card} Span {local}", "wcte43x": "WCTE{spans}3X (PCI) Card {card} Span {local}",
    "wcte13xp": "Wildcard {model} Card {card}", "wcte12xp": "Wildcard {model} Card {card}",
    "wcte11xp": "Digium Wildcard TE110P T1/E1 Board Card {card}", "wct1xxp": "Digium Wildcard {kind} Card {card}",
    "wcb4xxp": "B4XXP (PCI) Card {card} Span {local}", "zaphfc": "HFC-S PCI A ISDN card {card} [TE] ",
    "icE1usb": "Osmocom icE1USB Card 1 Span {card}",
}  # fmt: skip
MODELS = {"digium/te131": "TE131/TE133", "digium/te132": "TE132/TE134"}
"""What a driver calls the model where it is not the profile's name."""
FROM_ZERO = {"wcfxo", "wctdm", "wctdm24xxp", "wcaxx", "opvxa1200"}
"""Drivers that count a span's channels from 0 in their names."""


@dataclass
class Span:
    """local: within the card. channels: (name, abilities)."""

    local: int
    span_type: str
    name: str
    channels: list[tuple[str, str]]
    alarms: int = 0
    description: str = "card"


@dataclass
class Box:
    """A box without cards, to be filled."""

    root: Path
    _spans: count[int] = field(default_factory=lambda: count(1))
    _base: int = 1

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", encoding="utf-8")

    def link(self, path: str, target: str) -> None:
        """A relative link from one place of the tree to another."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(os.path.relpath(self.root / target, place.parent))

    def pci(self, one: Identifier, address: str = "0000:03:04.0", driver: str | None = None) -> str:
        """A device on PCI; its directory."""
        sub = (one.subvendor or "1043", one.subdevice or "0001")
        path = f"sys/devices/pci0000:00/0000:00:1c.0/{address}"
        numbers = "v0000{}d0000{}sv0000{}sd0000{}".format(*(x.upper() for x in (one.vendor, one.device, *sub)))
        self.write(f"{path}/modalias", f"pci:{numbers}bc02sc80i00")
        ids = {"vendor": one.vendor, "device": one.device, "subsystem_vendor": sub[0], "subsystem_device": sub[1]}
        self._ids(path, ids, "0x")
        self.link(f"sys/bus/pci/devices/{address}", path)
        self._bind(path, "pci", driver)
        return path

    def usb(self, one: Identifier, address: str = "1-2", driver: str | None = None, serial: str = "0042") -> str:
        """A device on USB, with one interface; its directory."""
        path = f"sys/devices/pci0000:00/0000:00:14.0/usb1/{address}"
        self._ids(path, {"idVendor": one.vendor, "idProduct": one.device, "serial": serial}, "")
        interface = f"{path}/{address}:1.0"
        self.write(f"{interface}/bInterfaceNumber", "00")
        self.link(f"sys/bus/usb/devices/{address}", path)
        self._bind(interface, "usb", driver)
        return path

    def dahdi(
        self, name: str, below: str, *, model: str, spans: list[Span], hardware_id: str = "", location: str = "",
        assigned: bool = True,
    ) -> None:  # fmt: skip
        """A device of DAHDI, with its spans and channels when they are assigned."""
        path = f"{below}/{name}"
        self.write(f"{path}/manufacturer", "Digium")
        self.write(f"{path}/type", model)
        self.write(f"{path}/hardware_id", hardware_id)
        self.write(f"{path}/location", location)
        self.write(f"{path}/span_count", str(len(spans)))
        self.write(f"{path}/dahdi_spantype", "\n".join(f"{span.local}:{span.span_type}" for span in spans))
        self.link(f"sys/bus/dahdi_devices/devices/{name}", path)
        for span in spans if assigned else ():
            self._assign(path, span)

    def _assign(self, device: str, span: Span) -> None:
        number, base = next(self._spans), self._base
        self._base += len(span.channels)
        path = f"{device}/span-{number}"
        digital = span.span_type not in {"FXS", "FXO", "ANALOG_MIXED"}
        shown = {
            "name": span.name, "desc": span.description, "spantype": span.span_type, "local_spanno": span.local,
            "alarms": f"0x{span.alarms:x}", "lbo": 0, "syncsrc": 0, "is_digital": int(digital), "is_sync_master": 0,
            "basechan": base, "channels": len(span.channels), "lineconfig": "",
        }  # fmt: skip
        for attribute, value in shown.items():
            self.write(f"{path}/{attribute}", str(value))
        self.link(f"sys/bus/dahdi_spans/devices/span-{number}", path)
        lines = [f'Span {number}: {span.name} "{span.description}" ', ""]
        for position, (name, abilities) in enumerate(span.channels, 1):
            lines.append(f"\t{base + position - 1:4} {name} ")
            if digital and position > 3:
                continue  # thirty directories that are all alike, and that nobody reads
            channel = f"{path}/dahdi!chan!{number:03}!{position:03}"
            values = {"name": name, "channo": base + position - 1, "chanpos": position, "sig": "Unconfigured"}
            for attribute, value in (values | {"sigcap": abilities, "alarms": "", "in_use": 0}).items():
                self.write(f"{channel}/{attribute}", str(value))
        self.write(f"proc/dahdi/{number}", "\n".join(lines))

    def _ids(self, path: str, values: dict[str, str], prefix: str) -> None:
        for name, value in values.items():
            self.write(f"{path}/{name}", prefix + value)

    def _bind(self, path: str, bus: str, driver: str | None) -> None:
        if driver is not None:
            (self.root / f"sys/bus/{bus}/drivers/{driver}").mkdir(parents=True, exist_ok=True)
            self.link(f"{path}/driver", f"sys/bus/{bus}/drivers/{driver}")


def spans_of(
    profile: CardProfile, digital: str = "E1", analog: tuple[str, ...] = (FXO, FXS), card: int = 0
) -> list[Span]:
    """The spans that a driver makes for a card of a profile, all its sockets filled.

    digital: what its lines are. analog: abilities of its analog modules, in turn.
    """
    assert profile.module is not None
    name, description = SPAN_NAMES[profile.module.name], SPAN_DESCRIPTIONS[profile.module.name]
    kind = "E100P E1/PRA" if digital == "E1" else "T100P T1/PRI"
    words = {"card": card, "board": card + 1, "model": MODELS.get(profile.key, profile.name), "kind": kind}
    made: list[Span] = []
    for group in profile.ports:
        for index in range(group.count if group.span == "each" else 1):
            local = len(made) + 1
            called = name.format(card=card, local=local, spans=group.count)
            described = description.format(**words, local=local, spans=group.count)
            if group.span == "shared":
                first = 0 if profile.module.name in FROM_ZERO else 1
                kinds = (FXO,) if group.kinds == (PortKind.FXO,) else analog
                channels = [(f"{called}/{first + n}", kinds[n % len(kinds)]) for n in range(group.count)]
                made.append(Span(local, "FXO" if kinds == (FXO,) else "ANALOG_MIXED", called, channels, 0, described))
            elif PortKind.BRI in group.kinds:
                sides = ("BRI_TE", "BRI_NT")
                channels = [(f"{called}/{n}", HARDHDLC if n == 3 else BCHAN) for n in (1, 2, 3)]
                made.append(Span(local, sides[index % 2], called, channels, 0, described))
            else:
                width = 31 if digital == "E1" else 24
                made.append(
                    Span(local, digital, called, [(f"{called}/{n}", CLEAR) for n in range(1, width + 1)], 0, described)
                )
    return made
