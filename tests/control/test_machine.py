"""What systemd says becomes what people see; and the daily jobs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from appliance.control.machine import Machine, parse_services
from appliance.control.upkeep import DAY_S, Upkeep, jobs
from appliance.store.paths import DataPaths
from appliance.store.stores import opened_stores

SHOWN = """\
Id=asterisk.service
LoadState=loaded
ActiveState=active
SubState=running
ActiveEnterTimestamp=@1798963200
MemoryCurrent=52428800

Id=nginx.service
LoadState=loaded
ActiveState=failed
SubState=failed
ActiveEnterTimestamp=
MemoryCurrent=[not set]

Id=nftables.service
LoadState=loaded
ActiveState=active
SubState=exited
ActiveEnterTimestamp=@1798963200
MemoryCurrent=18446744073709551615

Id=chrony.service
LoadState=loaded
ActiveState=inactive
SubState=dead
ActiveEnterTimestamp=
ConditionResult=no
ConditionTimestamp=@1798963200
MemoryCurrent=[not set]

Id=fail2ban.service
LoadState=loaded
ActiveState=inactive
SubState=dead
ActiveEnterTimestamp=
ConditionResult=no
ConditionTimestamp=
MemoryCurrent=[not set]

Id=avahi-daemon.service
LoadState=not-found
ActiveState=inactive
SubState=dead
ActiveEnterTimestamp=
MemoryCurrent=[not set]
"""


def test_services_are_told_as_systemd_sees_them_and_those_not_installed_are_left_out() -> None:
    told = [(one.name, one.active, one.state, one.since, one.memory_bytes) for one in parse_services(SHOWN)]
    since = datetime.fromtimestamp(1798963200, UTC)
    assert told == [
        ("asterisk", True, "active (running)", since, 52428800),
        ("nginx", False, "failed (failed)", None, None),
        ("nftables", True, "active (exited)", since, None),
        ("chrony", False, "inactive (dead)", None, None),
        ("fail2ban", False, "inactive (dead)", None, None),
    ]


def test_a_service_that_is_not_for_this_machine_is_told_from_one_that_nobody_started() -> None:
    assert [one.name for one in parse_services(SHOWN) if not one.applicable] == ["chrony"]


def test_where_systemd_cannot_be_asked_there_are_no_services(tmp_path: Path) -> None:
    assert list(parse_services("")) == []
    assert Machine(tmp_path, units=()).memory().total > 0


def test_each_database_is_backed_up_once_a_day(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "data")
    with opened_stores(paths) as stores:
        now = datetime.now(UTC).timestamp()
        for _ in range(2):
            Upkeep(jobs(stores.databases, stores.site, paths.backups, lambda: now)).once()
        assert len(list(paths.backups.glob("*.bak"))) == len(stores.databases)
        Upkeep(jobs(stores.databases, stores.site, paths.backups, lambda: now + DAY_S)).once()
        assert len(list(paths.backups.glob("*.bak"))) == 2 * len(stores.databases)


def test_a_job_that_fails_does_not_keep_the_others_from_being_done() -> None:
    done = []

    def fails() -> None:
        raise RuntimeError

    Upkeep([("first", fails), ("second", lambda: done.append("second"))]).once()
    assert done == ["second"]
