#!/usr/bin/python3
"""Bring the box's telephony cards to what the running generation says. Run again at any time: it touches what changed.

Runs as root before Asterisk starts, whenever a card appears (udev), and when the daemon asks. Without cards it does
nothing. Standard library and DAHDI's own tools only, because it must work whatever becomes of the Python environment.

Reads, below /data/generations/current/dahdi; a file that is missing says nothing:

modprobe.conf
    `options MODULE NAME=VALUE ...`, for DAHDI's modules only. The generation belongs to an unprivileged user, and
    modprobe.d(5) can start programs as root: so lines are checked and copied, and modprobe never gets the file itself
span-types.conf, assigned-spans.conf
    E1 or T1, and the numbers pinned to each card: lines of dahdi_span_types and dahdi_span_assignments, each with the
    card's identity as it is, without wildcards. Written to sysfs here: the two are shell scripts that start programs
    for every card times every line, half a minute for eight spans in the emulator
system.conf
    as dahdi_cfg reads it. Given to it span by span: it stops at the first span that is not there, and sets up anew
    what has not changed, which would drop the calls on it (dahdi_cfg.c, main(): SPANCONFIG and STARTUP). A span of
    which Asterisk holds a channel stays as it is: its turn comes when Asterisk starts again, which asks for this first

Exit code 1 when something of this could not be done; the rest is done nevertheless. What was wrong is in the journal.
"""

import fcntl
import json
import os
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

GENERATION = Path("/data/generations/current/dahdi")
STATE = Path("/run/loopstart-dahdi")
OPTIONS = Path("/run/modprobe.d/loopstart-dahdi.conf")
SYS = Path("/sys")
PROC = Path("/proc/dahdi")
MODULES = Path("/usr/lib/modules") / os.uname().release
TOOL_SECONDS = 120
TOOLS = "/usr/sbin:/usr/bin"

OPTION_LINE = re.compile(r"options\s+([A-Za-z0-9_]+)((?:\s+[A-Za-z0-9_]+=[A-Za-z0-9_.,:+-]*)+)")
TYPE = re.compile(r"(\d{1,3}):([ETJ]1)")
PLACE = re.compile(r"(\d{1,3}):(\d{1,3}):(\d{1,4})")
SETTING = re.compile(r"([a-z0-9_&]+)\s*=\s*(.*)")


class Trouble:
    """What could not be done: said once each, and remembered for the exit code."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def say(self, text: str) -> None:
        if text not in self.seen:
            self.seen.append(text)
            print(f"<3>{text}", flush=True)  # sd-daemon(3): an error


def say(text: str) -> None:
    print(text, flush=True)


def text_of(path: Path) -> str:
    try:
        return path.read_text(errors="replace").strip()
    except OSError:
        return ""


def drivers() -> dict[str, list[str]]:
    """DAHDI's own modules of the running kernel, each with its aliases. Echo cancellers and the like have none."""
    found: dict[str, list[str]] = {
        path.name.partition(".ko")[0]: [] for path in sorted((MODULES / "updates/dkms").glob("*.ko*"))
    }
    for line in text_of(MODULES / "modules.alias").splitlines():
        word, _, rest = line.partition(" ")
        alias, _, module = rest.partition(" ")
        if word == "alias" and module in found:
            found[module].append(alias)
    return found


def present(known: dict[str, list[str]]) -> list[str]:
    """The modules whose cards are in the box."""
    devices = {text_of(path) for bus in ("pci", "usb") for path in (SYS / f"bus/{bus}/devices").glob("*/modalias")}
    return [
        module
        for module, aliases in known.items()
        if any(fnmatchcase(device, alias) for alias in aliases for device in devices)
    ]


def options(text: str, known: dict[str, list[str]], trouble: Trouble) -> dict[str, str]:
    """`NAME=VALUE ...` of each module; a line that is anything else is refused."""
    wanted: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = OPTION_LINE.fullmatch(line.strip())
        if match is None or match[1] not in known:
            trouble.say(f"modprobe.conf:{number}: not options of a DAHDI module, left out: {line.strip()[:100]!r}")
            continue
        wanted[match[1]] = " ".join(f"{wanted.get(match[1], '')} {match[2]}".split())
    return wanted


def tool(trouble: Trouble, *command: str) -> bool:
    """Run one of DAHDI's or the kernel's tools; says what it wrote when it failed."""
    environment = {"PATH": TOOLS, "LC_ALL": "C"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment, check=False, timeout=TOOL_SECONDS
        )
    except subprocess.TimeoutExpired:
        trouble.say(f"{' '.join(command)}: no end after {TOOL_SECONDS} s")
        return False
    if done.returncode != 0:
        written = " / ".join(line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip())
        trouble.say(f"{' '.join(command)}: {written[:500] or done.returncode}")
    return done.returncode == 0


def load(wanted: dict[str, str], modules: list[str], state: dict, trouble: Trouble) -> None:
    """Load each module with its options; one that has others is loaded anew when nothing uses it."""
    text = "".join(f"options {module} {values}\n" for module, values in sorted(wanted.items()))
    if text_of(OPTIONS) != text.strip():
        draft = OPTIONS.with_suffix(".new")
        draft.write_text(text)
        draft.replace(OPTIONS)
    for module in modules:
        values, there = wanted.get(module, ""), (SYS / "module" / module).is_dir()
        if there and state["modules"].get(module, values) != values:
            # What uses it, and so a call, keeps it from being removed: modprobe never forces.
            if not tool(trouble, "modprobe", "--remove", module):
                trouble.say(f"{module} is in use: `{values}` takes effect when it is loaded again")
                continue
            there = False
        if not there:
            if not tool(trouble, "modprobe", module):
                continue
            say(f"driver {module} loaded" + (f" with {values}" if values else ""))
        state["modules"][module] = values


def about_cards(name: str, form: re.Pattern[str], trouble: Trouble) -> list[tuple[str, list[str]]]:
    """The lines of one of the two files about cards: identity, and a word of this form for each span."""
    found = []
    for number, line in enumerate(text_of(GENERATION / name).splitlines(), 1):
        words = line.partition("#")[0].split()
        if words and not all(form.fullmatch(word) for word in words[1:]):
            trouble.say(f"{name}:{number}: left out: {line.strip()[:100]!r}")
        elif words:
            found.append((words[0], words[1:]))
    return found


def identities(card: Path) -> set[str]:
    """What a card may be called by, as dahdi_span_assignments has it (`attr_clean`, `match_device`)."""
    named = {"": text_of(card / "hardware_id"), "@": text_of(card / "location")}
    clean = {mark + re.sub(r"[^a-zA-Z0-9/:.-]", "_", text.replace("!", "/")) for mark, text in named.items() if text}
    return clean | {str(card.resolve())}


def write(path: Path, text: str, what: str, trouble: Trouble) -> None:
    try:
        path.write_text(f"{text}\n")
    except OSError as error:
        trouble.say(f"{what}: {error.strerror}")
    else:
        say(what)


def number(trouble: Trouble) -> None:
    """Give spans their kinds and numbers, those that have none. DAHDI takes a kind before the number only."""
    types = about_cards("span-types.conf", TYPE, trouble)
    places = about_cards("assigned-spans.conf", PLACE, trouble)
    for card in sorted((SYS / "bus/dahdi_devices/devices").glob("*")):
        called = identities(card)
        kinds = next((path for path in (card / "dahdi_spantype", card / "spantype") if path.is_file()), None)
        has = text_of(kinds).splitlines() if kinds is not None else []
        # One that its driver calls neither E1 nor T1 (DAHDI's dynamic spans) is what it is, and takes no kind.
        fixed = {word.partition(":")[0] for word in has if not TYPE.fullmatch(word)}
        assigned = {text_of(path / "local_spanno") for path in card.glob("span-*")}
        for identity, words in types:
            for word in words if identity in called and kinds is not None else ():
                local = word.partition(":")[0]
                if word not in has and local not in assigned | fixed:
                    write(kinds, word, f"{identity}: span {local} becomes {word.partition(':')[2]}", trouble)
        for identity, words in places:
            for word in words if identity in called else ():
                local, span, _ = word.split(":")
                if local not in assigned:
                    write(card / "assign_span", word, f"{identity}: span {local} is number {span}", trouble)


def numbers(text: str) -> set[int]:
    """Channel numbers of a list such as `1-15,17-31`; what follows a colon is about them, not one of them."""
    found: set[int] = set()
    for part in text.partition(":")[0].split(","):
        first, _, last = part.strip().partition("-")
        if first.isdigit() and (last or first).isdigit():
            found.update(range(int(first), int(last or first) + 1))
    return found


def lines_about(span: int, channels: range, system: str) -> list[str]:
    """The lines of system.conf that a span depends on; empty when it is not configured."""
    own, common = [], []
    for line in (line.partition("#")[0].strip() for line in system.splitlines()):
        match = SETTING.fullmatch(line)
        if match is None:
            continue
        key, value = match.groups()
        if key in ("loadzone", "defaultzone"):
            common.append(line)
        elif key == "span":
            if value.partition(",")[0].strip() == str(span):
                own.append(line)
        elif numbers(value.partition(",")[2] if key == "echocanceller" else value) & set(channels):
            own.append(line)
    return own + common if own else []


def is_held(span: str) -> bool:
    """Whether somebody has a channel of the span open (dahdi-base.c, dahdi_seq_show: DAHDI_FLAGBIT_OPEN)."""
    return any(line.startswith("\t") and "(In use)" in line for line in text_of(PROC / span).splitlines())


def configure(system: str, state: dict, trouble: Trouble) -> None:
    """dahdi_cfg for every span that is there and is new or changed since it was last configured."""
    done: dict[str, str] = {}
    for path in sorted((SYS / "bus/dahdi_spans/devices").glob("span-*"), key=lambda path: int(path.name[5:])):
        number, base, count = path.name[5:], text_of(path / "basechan"), text_of(path / "channels")
        if not (base.isdigit() and count.isdigit() and int(count)):
            continue
        channels = range(int(base), int(base) + int(count))
        lines = lines_about(int(number), channels, system)
        if not lines:
            continue
        # A card taken out and put in again, or a number taken away and given again, starts unconfigured: the span is
        # then another directory of sysfs.
        place = path.resolve()
        registered = text_of(place.parent / "dahdi_registration_time")
        mark = "\n".join([str(place), str(place.stat().st_ino), registered, base, count, *lines])
        before = state["spans"].get(number)
        if before != mark:
            if is_held(number):
                say(f"span {number} is in use: it is set up when Asterisk starts again")
                if before is not None:
                    done[number] = before
                continue
            restricted = ("-S", number, "-C", f"{channels[0]}-{channels[-1]}")
            if not tool(trouble, "dahdi_cfg", "-c", str(GENERATION / "system.conf"), *restricted):
                continue
            say(f"span {number} configured: channels {channels[0]}-{channels[-1]}")
        done[number] = mark
    state["spans"] = done


def settle(state: dict, trouble: Trouble) -> None:
    known = drivers()
    modules = present(known)
    wanted = options(text_of(GENERATION / "modprobe.conf"), known, trouble)
    if modules:
        load(wanted, ["dahdi", *modules], state, trouble)
    if not (SYS / "bus/dahdi_devices").is_dir():
        return
    number(trouble)
    configure(text_of(GENERATION / "system.conf"), state, trouble)
    # Asterisk opens the devices as its own user: wait until udev has given them to it.
    tool(trouble, "udevadm", "settle", "--timeout=30")


def main() -> int:
    STATE.mkdir(mode=0o755, parents=True, exist_ok=True)
    OPTIONS.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    memory = STATE / "state.json"
    with (STATE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            state = json.loads(memory.read_text())
        except (OSError, ValueError):
            state = {"modules": {}, "spans": {}}
        trouble = Trouble()
        try:
            settle(state, trouble)
        finally:
            memory.write_text(json.dumps(state, indent=1))
    return 1 if trouble.seen else 0


if __name__ == "__main__":
    sys.exit(main())
