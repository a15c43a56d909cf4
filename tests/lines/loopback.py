"""Loopback spans: what leaves one end comes in at the other. Facts: DAHDI's `dynamic loc` driver.

Three pairs. The box pins them as it pins cards, so their numbers are the box's own:

    pair        channels  what it is
    pri         31        an E1 of the telephone company
    lines       24        telephone lines: the company feeds them, the box has them on FXO
    telephones  24        telephones: the box feeds them on FXS

`dahdi_dynamic` knows no analog span, so lines and telephones come by channel banks: T1s whose robbed bits say what
loop current says on a pair of wires, with the same signalling and the same code in Asterisk.

DAHDI works through every open channel each millisecond. Under software emulation 220 of them beside other work are more
than a processor does, and then it does nothing else (`coretimer_func` in dahdi-base.c catches up): hence no more pairs.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.image.machine import Machine

GENERATION = "/data/generations/current/dahdi"
PAIRS = {"pri": ("1", 31), "lines": ("2", 24), "telephones": ("3", 24)}
"""Name of each pair: its key in the driver's addresses, and its channels."""
FAR, NEAR = "0", "1"
"""The end of the telephone company, and the box's."""
# `dahdi_cfg` destroys and makes anew every span that it reads here, so this is never in system.conf.
DYNAMIC = "".join(f"dynamic=loc,{key}:{end},{width},0\n" for key, width in PAIRS.values() for end in (FAR, NEAR))
NEWCOMERS = "/run/systemd/system/loopstart-dahdi@.service.d/test.conf"
"""Beside the unit that runs for every card that appears."""


def card(pair: str, end: str = NEAR) -> str:
    """The identity of one end, as the hardware page shows it."""
    return f"DYN/loc/{PAIRS[pair][0]}:{end}"


@dataclass(frozen=True)
class Place:
    """The numbers that DAHDI gave to one end."""

    span: int
    base: int
    width: int

    @property
    def last(self) -> int:
        return self.base + self.width - 1

    @property
    def d_channel(self) -> int:
        """Of an E1."""
        return self.base + 15

    @property
    def bearers(self) -> str:
        """Of an E1, as configuration files write them."""
        return f"{self.base}-{self.base + 14},{self.base + 16}-{self.last}"


def write(machine: Machine, path: str, text: str) -> None:
    """A file in the machine, its directory made if missing."""
    machine.exec(["/bin/sh", "-c", f'mkdir -p "$(dirname {path})" && cat >{path}'], input=text)


def wait_until(true: Callable[[], object], what: str, seconds: float) -> None:
    """Ask until the answer is yes. Every question costs the emulator some work, so not often."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
        time.sleep(1.0)


def make(machine: Machine) -> None:
    """Make the spans, see the box pin them, and let its unit give them their numbers."""
    # Six cards plugged in at once would be six runs of the unit at once; one does it.
    write(machine, NEWCOMERS, "[Unit]\nConditionPathExists=/run/test/plug-in\n")
    machine.exec(["systemctl", "daemon-reload"], seconds=180)
    machine.exec(["modprobe", "dahdi_dynamic_loc"])
    write(machine, "/run/test/dynamic.conf", DYNAMIC)
    machine.exec(["dahdi_cfg", "-c", "/run/test/dynamic.conf"], seconds=300)
    wait_until(lambda: pinned(machine) >= set(_all_ends()), "the box pins the spans", 600)
    machine.exec(["systemctl", "start", "loopstart-dahdi.service"], seconds=600)
    write(machine, "/run/test/plug-in", "")
    assert set(places(machine)) == set(_all_ends())


def pinned(machine: Machine) -> set[str]:
    """The identities that the running generation gives numbers to."""
    text = machine.sh(f"cat {GENERATION}/assigned-spans.conf", check=False)
    return {line.split()[0] for line in text.splitlines() if line.startswith("DYN/")}


def _all_ends() -> list[str]:
    return [card(pair, end) for pair in PAIRS for end in (FAR, NEAR)]


def places(machine: Machine) -> dict[str, Place]:
    """Where every span is that has a number, by its identity."""
    script = (
        "cd /sys/bus/dahdi_spans/devices && for s in span-*; do "
        "echo $(cat $(readlink -f $s)/../hardware_id) ${s#span-} $(cat $s/basechan) $(cat $s/channels); done"
    )
    lines = (line.split() for line in machine.sh(script).splitlines())
    return {identity: Place(int(span), int(base), int(width)) for identity, span, base, width in lines}


def device(machine: Machine, identity: str) -> str:
    """The sysfs directory of one end; its name grows each time it is made anew."""
    listed = machine.sh("cd /sys/bus/dahdi_devices/devices && for d in *; do echo $d $(cat $d/hardware_id); done")
    found = {words[1]: words[0] for words in (line.split() for line in listed.splitlines()) if len(words) == 2}
    return f"/sys/bus/dahdi_devices/devices/{found[identity]}"


def configure_far_ends(machine: Machine, *pairs: str, r2: bool = False) -> None:
    """Set up the company's channels, of every pair where none is named; the box's own it sets up itself.

    r2: the E1 has MFC/R2 instead of ISDN: channels 1 to 15 and 17 to 31 with the bits of an idle line (ITU-T Q.421).
    """
    at = places(machine)
    pri, lines, telephones = (at[card(pair, FAR)] for pair in PAIRS)
    text = f"cas={pri.bearers}:1101\nalaw={pri.bearers}\n" if r2 else f"bchan={pri.bearers}\ndchan={pri.d_channel}\n"
    text += f"fxoks={lines.base}-{lines.last}\nfxsks={telephones.base}-{telephones.last}\n"
    write(machine, "/run/test/company.conf", f"{text}loadzone=fr\ndefaultzone=fr\n")
    for pair in pairs or PAIRS:
        place = at[card(pair, FAR)]
        restricted = ["-S", str(place.span), "-C", f"{place.base}-{place.last}"]
        machine.exec(["dahdi_cfg", "-c", "/run/test/company.conf", *restricted], seconds=120)


def unplug(machine: Machine, pair: str, end: str) -> None:
    """Take one end of a pair from DAHDI, as if its card were pulled: whoever has its channels hears that they go."""
    machine.exec(["dahdi_span_assignments", "remove", device(machine, card(pair, end))], seconds=120)
    wait_until(lambda: card(pair, end) not in places(machine), f"{card(pair, end)} is away", 60)


def plug_in(machine: Machine) -> None:
    """Have every end that is away set up again, as udev does for a card that appears."""
    machine.exec(["systemctl", "start", "loopstart-dahdi.service"], seconds=300)
