"""A generation that Asterisk does not take although it answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.apply.journal import Doubt
from appliance.apply.unsettled import Unsettled
from appliance.model.changes import ReloadClass
from tests.apply.bench import Bench, site_of

ENDPOINTS = "asterisk/pjsip_endpoints.conf"
SOME_MODULE = "app_voicemail.so"


def tries(bench: Bench, times: int, unsettled: Unsettled | None = None) -> bool:
    """As the timer does it: settle, and when that fails see to it that the next try is another one."""
    unsettled = unsettled or Unsettled(bench.applier)
    for _ in range(times):
        if bench.applier.settle():
            return True
        unsettled.step()
    return False


@pytest.fixture
def stale(bench: Bench) -> Bench:
    """The daemon died; what is held of the endpoints is of before, and the note names a module that never read them."""
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    (bench.reader.held / ENDPOINTS).write_text("; of before\n", encoding="utf-8")
    bench.applier.journal.set_doubt(Doubt(1, (SOME_MODULE,)))
    return bench


@pytest.fixture
def deaf(stale: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """And a reload of their module does not make them effective, though the generation says so: a start alone does."""
    manifest = stale.generations.manifest(2)
    module = manifest[ENDPOINTS].reload
    assert manifest[ENDPOINTS].reload_class is ReloadClass.RELOAD
    reader = stale.reader
    reload = reader.reload
    monkeypatch.setattr(reader, "reload", lambda name: None if name == module else reload(name))
    return stale


def test_a_module_that_was_left_out_is_reloaded(stale: Bench) -> None:
    assert not stale.applier.settle()
    assert tries(stale, 2)
    assert stale.reader.holds(stale.running_site)
    assert stale.reader.restarts == 0


def test_what_no_reload_makes_effective_gets_its_restart_when_no_call_is_up(deaf: Bench) -> None:
    deaf.reader.channels_up = 1
    unsettled = Unsettled(deaf.applier)
    assert not tries(deaf, 20, unsettled)
    assert deaf.reader.restarts == 0, "no call is ended for it"
    deaf.reader.channels_up = 0
    assert tries(deaf, 3, unsettled)
    assert deaf.reader.restarts == 1
    assert deaf.reader.holds(deaf.running_site)
    assert deaf.applier.journal.doubt() is None
    assert deaf.applier.unsettled is None


def test_what_a_restart_does_not_mend_makes_no_second_one(deaf: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deaf.reader, "start", lambda: None)
    assert not tries(deaf, 20)
    assert deaf.reader.restarts == 1


def test_an_asterisk_that_says_nothing_is_not_restarted(deaf: Bench) -> None:
    deaf.reader.silent = True
    deaf.reader.channels_up = None
    assert not tries(deaf, 20)
    assert deaf.reader.restarts == 0


def test_a_daemon_that_starts_again_settles_it_all_the_same(deaf: Bench, tmp_path: Path) -> None:
    assert not tries(deaf, 2)
    again = Bench.at(tmp_path)
    again.applier.recover()
    assert tries(again, 3)
    assert again.reader.holds(again.running_site)
