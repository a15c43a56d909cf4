"""A card that came gets its line in DAHDI's files by itself; nothing else changes, and the draft stays."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.apply.errors import NotTakenError
from appliance.apply.inventory import BoxInventory
from appliance.apply.newcomers import AGAIN_AFTER_S, LOOK_EVERY_S, Newcomers
from appliance.apply.remembered import Remembered
from appliance.model.changes import GenerationState
from appliance.model.extensions import Extension
from appliance.model.site import Site
from appliance.render.dahdi import SET_UP
from appliance.render.facts import Facts
from appliance.render.files import render_site
from appliance.store.paths import DataPaths
from appliance.store.stores import opened_stores
from tests.apply.bench import FACTS, Bench
from tests.hardware.test_cards import PROFILES, drive
from tests.hardware.trees import FXO, FXS, Box, spans_of

CARD = PROFILES["digium/te435"]
FILE = "current/dahdi/assigned-spans.conf"


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[BoxInventory]:
    with opened_stores(DataPaths(tmp_path / "data")) as stores:
        yield BoxInventory(stores.places, tmp_path / "tree")


@pytest.fixture
def newcomers(bench: Bench, inventory: BoxInventory) -> Newcomers:
    rendered = Remembered(  # as the daemon does it: what is remembered must not hide what came
        render_site, lambda: (Facts(ami_secret=FACTS.ami_secret, inventory=inventory.look()),)
    )
    bench.applier.render = bench.reader.render = rendered
    return Newcomers(bench.applier, inventory, uptime=lambda: bench.reader.now)


def tick(bench: Bench, newcomers: Newcomers) -> None:
    bench.reader.now += LOOK_EVERY_S
    newcomers.tick()


def current(bench: Bench) -> int | None:
    return bench.generations.current()


def test_a_box_without_cards_is_left_alone(bench: Bench, newcomers: Newcomers) -> None:
    before = current(bench)
    for _ in range(3):
        tick(bench, newcomers)
    assert current(bench) == before


def test_a_card_that_came_is_written_down_once_and_the_draft_stays(
    bench: Bench, newcomers: Newcomers, tmp_path: Path
) -> None:
    bench.save(Site(extensions=(Extension(number="101", name="Reception", secret="Vexl9-quiet-Harbour"),)))
    before, draft = bench.running_site, bench.store.draft()
    drive(Box(tmp_path / "tree"), CARD, spans_of(CARD), assigned=False)
    tick(bench, newcomers)
    written = (bench.generations.root / FILE).read_text()
    assert [line for line in written.splitlines() if not line.startswith("#")] == [
        "DG123\t1:1:1", "DG123\t2:2:32", "DG123\t3:3:63", "DG123\t4:4:94"
    ]  # fmt: skip
    assert bench.running_site == before
    assert (bench.store.draft().site, bench.store.draft().version) == (draft.site, draft.version)
    taken = current(bench)
    for _ in range(3):
        tick(bench, newcomers)
    assert current(bench) == taken


def test_a_card_that_is_pulled_changes_nothing(bench: Bench, newcomers: Newcomers, tmp_path: Path) -> None:
    drive(Box(tmp_path / "tree"), CARD, spans_of(CARD))
    tick(bench, newcomers)
    taken = current(bench)
    shutil.rmtree(tmp_path / "tree")
    tick(bench, newcomers)
    assert current(bench) == taken


def test_a_card_waits_for_a_change_that_awaits_a_person_and_for_asterisk(
    bench: Bench, newcomers: Newcomers, tmp_path: Path
) -> None:
    bench.save(Site(extensions=(Extension(number="101", name="Reception", secret="Vexl9-quiet-Harbour"),)))
    bench.applier.apply("noor", confirm_within_s=60)
    drive(Box(tmp_path / "tree"), CARD, spans_of(CARD))
    tick(bench, newcomers)
    assert not (bench.generations.root / FILE).exists()
    bench.applier.confirm()
    bench.reader.there = False
    tick(bench, newcomers)
    assert not (bench.generations.root / FILE).exists()
    bench.reader.there = True
    tick(bench, newcomers)
    assert (bench.generations.root / FILE).exists()
    running = bench.store.running()
    assert running is not None and running.state is GenerationState.CONFIRMED


def test_a_card_that_comes_back_gets_its_lines_again(bench: Bench, newcomers: Newcomers, tmp_path: Path) -> None:
    """The files were rendered while it was away, as at a start at which its driver was slow."""
    tree = tmp_path / "tree"
    drive(Box(tree), CARD, spans_of(CARD))
    tick(bench, newcomers)
    shutil.rmtree(tree)
    span = {"name": "pri", "card": "DG123", "port": 1, "kind": "e1", "signalling": "pri_cpe"}
    bench.save(Site.from_document({"hardware": {"spans": [span]}}))
    bench.applier.apply("noor")
    system = bench.generations.root / "current/dahdi/system.conf"
    assert "span=1," not in system.read_text()
    tick(bench, newcomers)
    drive(Box(tree), CARD, spans_of(CARD))
    tick(bench, newcomers)
    assert "span=1,1,0,ccs,hdb3,crc4" in system.read_text().splitlines()
    taken = current(bench)
    tick(bench, newcomers)
    assert current(bench) == taken


def test_a_card_whose_ports_show_once_it_has_its_numbers_gets_its_lines_then(
    bench: Bench, newcomers: Newcomers, tmp_path: Path
) -> None:
    """The site knew of them before; nobody changes anything."""
    profile, tree = PROFILES["digium/tdm410p"], tmp_path / "tree"
    span = {"name": "fxs", "card": "auto", "ports": [1], "kind": "analog", "signalling": "fxo_ks"}
    bench.save(Site.from_document({"hardware": {"spans": [span]}}))
    bench.applier.apply("noor")
    system = bench.generations.root / "current/dahdi/system.conf"
    drive(Box(tree), profile, spans_of(profile, analog=(FXS, FXO)), assigned=False)
    tick(bench, newcomers)
    assert "fxoks" not in system.read_text()
    shutil.rmtree(tree)
    drive(Box(tree), profile, spans_of(profile, analog=(FXS, FXO)))
    tick(bench, newcomers)
    assert "fxoks=1" in system.read_text().splitlines()
    taken = current(bench)
    shutil.rmtree(tree)
    drive(Box(tree), profile, spans_of(profile, analog=(FXS, FXO)), assigned=False)
    tick(bench, newcomers)
    assert current(bench) == taken  # what it does not show any more changes nothing


def test_a_card_that_is_refused_is_tried_again(
    bench: Bench, newcomers: Newcomers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """systemd was too busy with the cards to be asked."""
    reload, busy = bench.reader.reload, [True]

    def once_refused(module: str) -> None:
        if module == SET_UP and busy:
            busy.pop()
            raise NotTakenError("cards_refused", "Connection timed out")
        reload(module)

    monkeypatch.setattr(bench.reader, "reload", once_refused)
    # What it compares with is rendered from the cards that are there now, which the generation before never saw.
    monkeypatch.setattr(bench.reader, "probe", lambda *_: None)
    drive(Box(tmp_path / "tree"), CARD, spans_of(CARD), assigned=False)
    tick(bench, newcomers)
    tick(bench, newcomers)
    assert not busy and not (bench.generations.root / FILE).exists()
    bench.reader.now += AGAIN_AFTER_S
    tick(bench, newcomers)
    assert (bench.generations.root / FILE).exists()


def test_a_card_that_comes_restarts_nothing_and_is_set_up_at_once(
    bench: Bench, newcomers: Newcomers, tmp_path: Path
) -> None:
    span = {"name": "pri", "card": "DG9", "port": 1, "kind": "e1", "signalling": "pri_cpe"}
    bench.save(Site.from_document({"hardware": {"spans": [span]}}))
    bench.applier.apply("noor")
    bench.reader.start()
    bench.applier.journal.set_waiting(None)
    bench.reader.reloads.clear()
    drive(Box(tmp_path / "tree"), CARD, spans_of(CARD), assigned=False)
    tick(bench, newcomers)
    assert bench.reader.reloads == ["loopstart-dahdi.service"]
    assert bench.applier.pending() is None


def test_a_change_that_a_person_makes_while_a_card_waits_to_be_taken_in_stays(
    bench: Bench, newcomers: Newcomers, tmp_path: Path
) -> None:
    drive(Box(tmp_path / "tree"), CARD, spans_of(CARD), assigned=False)
    bench.save(Site(extensions=(Extension(number="101", name="Reception", secret="Vexl9-quiet-Harbour"),)))
    taking_in = threading.Thread(target=tick, args=(bench, newcomers))
    with bench.applier.locked():
        taking_in.start()
        taking_in.join(0.3)  # it has looked at the card, and waits for the lock
        bench.applier.apply("noor")
    taking_in.join(30)
    assert [extension.number for extension in bench.running_site.extensions] == ["101"]
    assert (bench.generations.root / FILE).exists()
