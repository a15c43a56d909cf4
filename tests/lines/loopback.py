"""Loopback spans: what leaves one end comes in at the other. Facts and numbers: DAHDI's `dynamic loc` driver.

Three pairs, made in this order, pinned to these numbers by their hardware identity:

    span  channels  who has it
    1     1-31      telephone company, E1 network side
    2     32-62     box, E1 user side
    3     63-66     telephone company: 63, 64 feed the box's lines; 65, 66 play telephones
    4     67-70     box: 67, 68 are lines (FXO); 69, 70 are telephone ports (FXS)
"""

from __future__ import annotations

from tests.image.machine import Machine

GENERATION = "/data/generations/current/dahdi"
# `dahdi_cfg` destroys and makes anew every span that it reads here, so this is never in system.conf.
DYNAMIC = """\
dynamic=loc,1:0,31,0
dynamic=loc,1:1,31,0
dynamic=loc,2:0,4,0
dynamic=loc,2:1,4,0
"""
PLACES = {"1:0": (1, 1), "1:1": (2, 32), "2:0": (3, 63), "2:1": (4, 67)}
SYSTEM = """\
bchan=1-15,17-31
dchan=16
bchan=32-46,48-62
dchan=47
echocanceller=oslec,32-46,48-62
fxoks=63,64
fxsks=65,66
fxsks=67,68
fxoks=69,70
loadzone=us
defaultzone=us
"""


def write(machine: Machine, path: str, text: str) -> None:
    """A file in the machine, its directory made if missing."""
    machine.exec(["/bin/sh", "-c", f'mkdir -p "$(dirname {path})" && cat >{path}'], input=text)


def identities(machine: Machine) -> dict[str, str]:
    """The sysfs directory of each end, by its address ("1:0")."""
    listed = machine.sh("cd /sys/bus/dahdi_devices/devices && for d in *; do echo $d $(cat $d/hardware_id); done")
    pairs = (line.split() for line in listed.splitlines())
    return {words[1].rpartition("/")[2]: words[0] for words in pairs if len(words) == 2}


def make(machine: Machine) -> None:
    """Make the spans, and a generation that pins and configures them; our own unit does the rest."""
    machine.exec(["modprobe", "dahdi_dynamic_loc"])
    write(machine, "/run/test/dynamic.conf", DYNAMIC)
    machine.exec(["dahdi_cfg", "-c", "/run/test/dynamic.conf"], seconds=120)
    pinned = "".join(f"{identity} 1:{span}:{base}\n" for identity, (span, base) in _hardware_ids(machine).items())
    write(machine, f"{GENERATION}/assigned-spans.conf", pinned)
    write(machine, f"{GENERATION}/system.conf", SYSTEM)
    machine.exec(["systemctl", "start", "loopstart-dahdi.service"], seconds=900)


def _hardware_ids(machine: Machine) -> dict[str, tuple[int, int]]:
    devices = identities(machine)
    assert set(devices) == set(PLACES), devices
    read = {address: machine.sh(f"cat '/sys/bus/dahdi_devices/devices/{name}/hardware_id'").strip()
            for address, name in devices.items()}  # fmt: skip
    return {read[address]: PLACES[address] for address in PLACES}


def spans(machine: Machine) -> dict[int, tuple[str, int]]:
    """The hardware identity and first channel of every span that has a number."""
    script = (
        "cd /sys/bus/dahdi_spans/devices && for s in span-*; do "
        "echo ${s#span-} $(cat $(readlink -f $s)/../hardware_id) $(cat $s/basechan); done"
    )
    lines = (line.split() for line in machine.sh(script).splitlines())
    return {int(number): (identity, int(base)) for number, identity, base in lines}
