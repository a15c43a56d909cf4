"""RAUC itself on the development box: who may ask it, what it says of bundles, how GRUB's notes change.

A container has no device mapper, so nothing is installed here; that is tried on the flashed image (``tests/image``).
The slots are files, and RAUC runs as a unit of the test with a configuration of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.control.rauc import Bundle, parse_bundle, parse_slots, plain, said_by
from appliance.control.update_state import refusal
from image_build import boot, bundles, signing
from tests.boxes import Box

pytestmark = pytest.mark.box

WHERE = ["de.pengutronix.rauc", "/", "de.pengutronix.rauc.Installer"]
FOLDER = "/data/rauc-test"
SETTING = f"""
set -e
mkdir -p {FOLDER}/status
truncate -s 8M {FOLDER}/a {FOLDER}/b
cat >{FOLDER}/grubenv
sed -e 's,/efi/grub/grubenv,{FOLDER}/grubenv,' -e 's,/data/system/rauc,{FOLDER}/status,' \\
    -e 's,/dev/loopstart/,{FOLDER}/,' -e 's,/etc/rauc/keyring.pem,{FOLDER}/keyring.pem,' \\
    /etc/rauc/system.conf >{FOLDER}/conf
systemd-run --quiet --unit=rauc-test -p Environment=PATH=/usr/lib/loopstart/updates:/usr/sbin:/usr/bin \\
    rauc --conf={FOLDER}/conf --override-boot-slot=A service
"""


def asked(box: Box, user: str, *words: str) -> tuple[bool, str]:
    """What the bus answers to a user of the box: whether it did, and its words."""
    command = ["runuser", "-u", user, "--", "busctl", "--system", "--json=short", "--", *words]
    done = box.exec(command, check=False)
    return done.returncode == 0, done.stdout if done.returncode == 0 else said_by(done.stderr)


@pytest.fixture(scope="module")
def rauc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    box, folder = Box(), tmp_path_factory.mktemp("bundles")
    slot = folder / "slot"
    slot.write_bytes(os.urandom(1 << 20))
    bundles.pack(slot, "0.2.0", folder / "good.raucb")
    bundles.pack(slot, "0.2.0", folder / "foreign.raucb", compatible="loopstart-arm64")
    good = (folder / "good.raucb").read_bytes()
    altered = bytearray(good)
    altered[good.rindex(b"loopstart-amd64") + 14] ^= 1
    (folder / "altered.raucb").write_bytes(altered)
    box.exec(["sh", "-c", SETTING], input=boot.notes().decode())
    there = box.data / Path(FOLDER).name
    for path in folder.glob("*.raucb"):
        (there / path.name).write_bytes(path.read_bytes())
    (there / "keyring.pem").write_text(signing.keyring())
    box.exec(["busctl", "--system", "--timeout=30", "call", *WHERE, "GetPrimary"])
    yield box
    box.exec(["sh", "-c", f"systemctl stop rauc-test; rm -rf {FOLDER}"])


@pytest.mark.parametrize(
    ("user", "words", "allowed"),
    [
        ("loopstart", ["call", *WHERE, "GetSlotStatus"], True),
        ("loopstart", ["call", *WHERE, "GetPrimary"], True),
        ("loopstart", ["get-property", *WHERE, "Operation"], True),
        ("loopstart", ["call", *WHERE, "Info", "s", f"{FOLDER}/good.raucb"], False),
        ("loopstart", ["call", *WHERE, "Install", "s", f"{FOLDER}/good.raucb"], False),
        ("loopstart-web", ["call", *WHERE, "GetSlotStatus"], False),
        ("loopstart-web", ["call", *WHERE, "Mark", "ss", "active", "other"], False),
        ("asterisk", ["call", *WHERE, "InstallBundle", "sa{sv}", f"{FOLDER}/good.raucb", "0"], False),
        ("asterisk", ["get-property", *WHERE, "Operation"], False),
    ],
)
def test_the_bus_lets_the_daemon_ask_what_it_needs_and_nobody_else_anything(
    rauc: Box, user: str, words: list[str], allowed: bool
) -> None:
    done, said = asked(rauc, user, *words)
    assert done is allowed, said
    assert allowed or "Access denied" in said


def test_a_good_bundle_says_what_it_is(rauc: Box) -> None:
    done, said = asked(rauc, "loopstart", "call", *WHERE, "InspectBundle", "sa{sv}", f"{FOLDER}/good.raucb", "0")
    assert done, said
    assert parse_bundle(plain(json.loads(said))) == Bundle("loopstart-amd64", "0.2.0")


def test_one_that_was_altered_is_refused_for_its_signature(rauc: Box) -> None:
    done, said = asked(rauc, "loopstart", "call", *WHERE, "InspectBundle", "sa{sv}", f"{FOLDER}/altered.raucb", "0")
    assert not done
    assert refusal(said) == "update_signature"


def test_the_other_slot_becomes_the_next_one_and_the_notes_stay_in_their_place(rauc: Box) -> None:
    before = rauc.exec(["stat", "-c", "%i %s", f"{FOLDER}/grubenv"]).stdout
    done, said = asked(rauc, "loopstart", "call", *WHERE, "Mark", "ss", "active", "rootfs.1")
    assert done, said
    assert rauc.exec(["stat", "-c", "%i %s", f"{FOLDER}/grubenv"]).stdout == before
    notes = rauc.exec(["grub-editenv", f"{FOLDER}/grubenv", "list"]).stdout.split("\n")
    assert {"ORDER=B A", "B_OK=1", "A_OK=1"} <= set(notes)
    _, said = asked(rauc, "loopstart", "call", *WHERE, "GetSlotStatus")
    slots = {slot.name: slot for slot in parse_slots(plain(json.loads(said)))}
    assert (slots["A"].booted, slots["B"].booted, slots["B"].good) == (True, False, True)
