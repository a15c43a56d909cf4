"""The program that sets cards up: it touches what changed, and the generation cannot make root run anything."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

PROGRAM = Path(__file__).parents[2] / "ansible/roles/dahdi/files/configure.py"
KNOWN = {"wctdm24xxp": [], "wcte43x": [], "dahdi_echocan_oslec": []}
SYSTEM = """\
# Made by a test
span=1,1,0,ccs,hdb3,crc4
bchan=1-15,17-31
dchan=16
echocanceller=oslec,1-15,17-31
fxoks=32,33
cas=40-54:1101
loadzone=uk
defaultzone=uk
"""


def load_program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dahdi_configure", PROGRAM)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PURE = load_program()


class Cards:
    """A constructed /sys, a generation, and tools that write down how they were called."""

    def __init__(self, folder: Path) -> None:
        self.program = load_program()
        self.sys, self.generation, tools = folder / "sys", folder / "generation", folder / "tools"
        self.calls = folder / "calls"
        for path in (self.sys, self.generation, tools, folder / "modules/updates/dkms"):
            path.mkdir(parents=True)
        for name in ("dahdi", "wctdm24xxp", "wcte43x"):
            (folder / f"modules/updates/dkms/{name}.ko.xz").touch()
        (folder / "modules/modules.alias").write_text(
            "# Aliases\nalias pci:v0000D161d00002400sv*sd*bc*sc*i* wctdm24xxp\n"
            "alias pci:v0000D161d0000800Esv*sd*bc*sc*i* wcte43x\nalias pci:v00008086d* e1000e\n"
        )
        for name in ("modprobe", "dahdi_cfg", "udevadm"):
            script = f'#!/bin/sh\necho {name} "$@" >>{self.calls}\ncat {folder}/said-{name} >&2 2>/dev/null\n'
            script += f"[ ! -e {folder}/refuse-{name} ]\n"
            (tools / name).write_text(script)
            (tools / name).chmod(0o755)
        self.folder = folder
        for name, value in {
            "GENERATION": self.generation,
            "SYS": self.sys,
            "PROC": folder / "proc/dahdi",
            "STATE": folder / "run/state",
            "OPTIONS": folder / "run/modprobe.d/loopstart-dahdi.conf",
            "MODULES": folder / "modules",
            "TOOLS": f"{tools}:/usr/bin:/bin",
        }.items():
            setattr(self.program, name, value)

    def plug(self, modalias: str) -> None:
        device = self.sys / f"bus/pci/devices/0000:{len(list(self.sys.rglob('modalias'))):02x}"
        device.mkdir(parents=True)
        (device / "modalias").write_text(modalias + "\n")

    def span(self, number: int, base: int, channels: int, registered: str = "1.0") -> None:
        device = self.sys / f"devices/card-{number}"
        device.mkdir(parents=True, exist_ok=True)
        (device / "dahdi_registration_time").write_text(registered)
        (device / f"span-{number}").mkdir(exist_ok=True)
        for name, value in {"basechan": base, "channels": channels}.items():
            (device / f"span-{number}/{name}").write_text(f"{value}\n")
        (self.sys / "bus/dahdi_devices").mkdir(parents=True, exist_ok=True)
        link = self.sys / f"bus/dahdi_spans/devices/span-{number}"
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.is_symlink():
            link.symlink_to(device / f"span-{number}")

    def card(self, hardware_id: str, location: str, types: str) -> Path:
        """A card whose spans have no number; what is written to its attributes is found there."""
        device = self.sys / "bus/dahdi_devices/devices/pci:1"
        device.mkdir(parents=True)
        for name, text in {
            "hardware_id": hardware_id, "location": location, "dahdi_spantype": types, "assign_span": "",
        }.items():  # fmt: skip
            (device / name).write_text(f"{text}\n")
        return device

    def renumbered(self, number: int) -> None:
        """The span loses its number and gets it again: the same in another directory."""
        place = (self.sys / f"bus/dahdi_spans/devices/span-{number}").resolve()
        shutil.copytree(place, place.with_name("again"))
        place.rename(place.with_name("before"))
        place.with_name("again").rename(place)

    def held(self, number: int, channel: int, *, open: bool = True) -> None:
        """Asterisk has a channel of the span open, or no longer; its text as the kernel prints it."""
        path = self.folder / f"proc/dahdi/{number}"
        path.parent.mkdir(parents=True, exist_ok=True)
        use = "(In use) " if open else ""
        path.write_text(f'Span {number}: TE4/0/1 "A (In use) card" HDB3/CCS\n\n\t   {channel} TE4/0/1/1 Clear {use}\n')

    def loaded(self, module: str) -> None:
        (self.sys / "module" / module).mkdir(parents=True)

    def run(self) -> tuple[int, list[str]]:
        """The exit code, and the tools' calls."""
        self.calls.write_text("")
        code = self.program.main()
        return code, self.calls.read_text().splitlines()


@pytest.fixture
def cards(tmp_path: Path) -> Cards:
    return Cards(tmp_path)


def test_without_cards_it_does_nothing(cards: Cards) -> None:
    cards.plug("pci:v00008086d00001502sv0sd0bc02sc00i00")
    assert cards.run() == (0, [])


def test_a_card_gets_its_driver_with_the_countrys_options(cards: Cards) -> None:
    cards.plug("pci:v0000D161d00002400sv00000000sd00000000bc02sc80i00")
    (cards.generation / "modprobe.conf").write_text(
        "options wctdm24xxp opermode=UK\noptions wcte43x default_linemode=e1\n"
    )
    assert cards.run() == (0, ["modprobe dahdi", "modprobe wctdm24xxp"])
    written = (cards.folder / "run/modprobe.d/loopstart-dahdi.conf").read_text()
    assert written == "options wctdm24xxp opermode=UK\noptions wcte43x default_linemode=e1\n"


def test_changed_options_load_the_driver_anew(cards: Cards) -> None:
    cards.plug("pci:v0000D161d00002400sv00000000sd00000000bc02sc80i00")
    assert cards.run()[0] == 0
    cards.loaded("dahdi")
    cards.loaded("wctdm24xxp")
    assert cards.run() == (0, [])
    (cards.generation / "modprobe.conf").write_text("options wctdm24xxp opermode=UK\n")
    assert cards.run() == (0, ["modprobe --remove wctdm24xxp", "modprobe wctdm24xxp"])
    assert cards.run() == (0, [])


def test_a_driver_in_use_keeps_its_options_and_the_unit_says_so(
    cards: Cards, capsys: pytest.CaptureFixture[str]
) -> None:
    cards.plug("pci:v0000D161d00002400sv00000000sd00000000bc02sc80i00")
    cards.run()
    cards.loaded("dahdi")
    cards.loaded("wctdm24xxp")
    (cards.generation / "modprobe.conf").write_text("options wctdm24xxp opermode=UK\n")
    (cards.folder / "refuse-modprobe").touch()
    assert cards.run() == (1, ["modprobe --remove wctdm24xxp"])
    assert "wctdm24xxp is in use: `opermode=UK` takes effect when it is loaded again" in capsys.readouterr().out


def test_a_span_is_configured_once_and_again_only_when_its_lines_change(cards: Cards) -> None:
    (cards.generation / "system.conf").write_text(SYSTEM)
    cards.span(1, 1, 31)
    cards.span(2, 32, 4)
    configuration = f"dahdi_cfg -c {cards.generation}/system.conf"
    first, second = f"{configuration} -S 1 -C 1-31", f"{configuration} -S 2 -C 32-35"
    assert cards.run() == (0, [first, second, "udevadm settle --timeout=30"])
    assert cards.run()[1] == ["udevadm settle --timeout=30"]
    (cards.generation / "system.conf").write_text(SYSTEM.replace("fxoks=32,33", "fxoks=32-35"))
    assert second in cards.run()[1]
    cards.span(1, 1, 31, registered="2.0")
    assert [call for call in cards.run()[1] if call.startswith("dahdi_cfg")] == [first]
    cards.renumbered(2)
    assert [call for call in cards.run()[1] if call.startswith("dahdi_cfg")] == [second]


def test_a_span_on_which_somebody_may_talk_waits_until_asterisk_starts_again(
    cards: Cards, capsys: pytest.CaptureFixture[str]
) -> None:
    (cards.generation / "system.conf").write_text(SYSTEM)
    cards.span(1, 1, 31)
    cards.run()
    cards.held(1, 3)
    cards.span(2, 32, 4)
    (cards.generation / "system.conf").write_text(SYSTEM.replace(",crc4", ""))
    code, calls = cards.run()
    assert code == 0
    assert [call.split()[-4:] for call in calls if call.startswith("dahdi_cfg")] == [["-S", "2", "-C", "32-35"]]
    assert "span 1 is in use: it is set up when Asterisk starts again" in capsys.readouterr().out
    cards.held(1, 3, open=False)
    assert [call.split()[-4:] for call in cards.run()[1] if call.startswith("dahdi_cfg")] == [["-S", "1", "-C", "1-31"]]
    assert [call for call in cards.run()[1] if call.startswith("dahdi_cfg")] == []


def test_a_span_that_fails_does_not_keep_the_others_down(cards: Cards) -> None:
    (cards.generation / "system.conf").write_text(SYSTEM)
    cards.span(1, 1, 31)
    cards.span(2, 32, 4)
    (cards.folder / "refuse-dahdi_cfg").touch()
    code, calls = cards.run()
    assert code == 1
    assert sum(call.startswith("dahdi_cfg") for call in calls) == 2
    assert json.loads((cards.folder / "run/state/state.json").read_text())["spans"] == {}


@pytest.mark.parametrize("called", ["DG/1_2", "@PCI_Bus_03", "{}"])
def test_spans_without_a_number_get_the_kind_and_number_that_the_generation_pins(cards: Cards, called: str) -> None:
    device = cards.card("DG!1 2", "PCI Bus 03", types="1:T1\n2:T1\n3:T1")
    (device / "span-4").mkdir()
    (device / "span-4/local_spanno").write_text("1\n")
    identity = called.format(device)
    (cards.generation / "span-types.conf").write_text(f"# kinds\nother 2:J1\n{identity}\t1:E1\n{identity} 2:E1\n")
    (cards.generation / "assigned-spans.conf").write_text(f"{identity}\t1:4:94\n{identity} 2:5:125\nother 3:6:156\n")
    assert cards.run()[0] == 0
    assert (device / "dahdi_spantype").read_text() == "2:E1\n"
    assert (device / "assign_span").read_text() == "2:5:125\n"


def test_a_span_that_is_neither_e1_nor_t1_to_its_driver_takes_no_kind(cards: Cards) -> None:
    device = cards.card("DYN/loc/1:1", "", types="1:DYNAMIC")
    (cards.generation / "span-types.conf").write_text("DYN/loc/1:1 1:E1\n")
    (cards.generation / "assigned-spans.conf").write_text("DYN/loc/1:1 1:2:32\n")
    assert cards.run()[0] == 0
    assert (device / "dahdi_spantype").read_text() == "1:DYNAMIC\n"
    assert (device / "assign_span").read_text() == "1:2:32\n"


def test_a_number_that_could_not_be_given_is_told(cards: Cards, capsys: pytest.CaptureFixture[str]) -> None:
    device = cards.card("x", "", types="1:E1")
    (device / "assign_span").unlink()
    (device / "assign_span").mkdir()
    (cards.generation / "assigned-spans.conf").write_text("x 1:1:1\n")
    assert cards.run()[0] == 1
    assert "x: span 1 is number 1: Is a directory" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["1:1", "1:1:1:1", "a:1:1", "1:E1", "../1:1:1"])
def test_a_line_of_another_form_is_left_out_and_told(
    cards: Cards, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    device = cards.card("x", "", types="1:E1\n2:E1")
    (cards.generation / "assigned-spans.conf").write_text(f"x {word}\nx 2:2:32\n")
    assert cards.run()[0] == 1
    assert (device / "assign_span").read_text() == "2:2:32\n"
    assert "assigned-spans.conf:1: left out" in capsys.readouterr().out


def test_a_span_without_lines_is_left_alone(cards: Cards) -> None:
    (cards.generation / "system.conf").write_text(SYSTEM)
    cards.span(7, 100, 24)
    assert [call for call in cards.run()[1] if call.startswith("dahdi_cfg")] == []


@pytest.mark.parametrize(
    ("span", "channels", "found"),
    [
        (
            1,
            range(1, 32),
            ["span=1,1,0,ccs,hdb3,crc4", "bchan=1-15,17-31", "dchan=16", "echocanceller=oslec,1-15,17-31"],
        ),
        (2, range(32, 36), ["fxoks=32,33"]),
        (3, range(36, 40), []),
        (4, range(40, 71), ["cas=40-54:1101"]),
    ],
)
def test_a_span_depends_on_its_own_lines_and_the_tones(span: int, channels: range, found: list[str]) -> None:
    tones = ["loadzone=uk", "defaultzone=uk"] if found else []
    assert PURE.lines_about(span, channels, SYSTEM) == found + tones


@pytest.mark.parametrize(
    "line",
    [
        "install wctdm24xxp /bin/sh",
        "options wctdm24xxp opermode=UK; reboot",
        "options e1000e debug=1",
        "alias usb* wctdm24xxp",
        "options wctdm24xxp opermode=$(reboot)",
        "options wctdm24xxp",
    ],
)
def test_what_is_no_option_of_a_driver_is_refused(line: str) -> None:
    trouble = PURE.Trouble()
    assert PURE.options(line, KNOWN, trouble) == {}
    assert len(trouble.seen) == 1


@given(
    st.text()
    | st.lists(st.sampled_from(["options ", "wcte43x", " ", "a=b", "\n", "\\", "\r", "\x0b", "install "])).map("".join)
)
def test_whatever_the_generation_holds_only_options_come_out(text: str) -> None:
    for module, values in PURE.options(text, KNOWN, PURE.Trouble()).items():
        assert module in KNOWN
        assert re.fullmatch(r"[A-Za-z0-9_]+=[A-Za-z0-9_.,:+-]*( [A-Za-z0-9_]+=[A-Za-z0-9_.,:+-]*)*", values)
