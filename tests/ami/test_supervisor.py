"""The connection comes back by itself, tells so in order, and loses no event silently."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance.ami.actions import Command, Ping
from appliance.ami.captures import read_capture
from appliance.ami.connection import (
    Arrived,
    Connected,
    ConnectionState,
    Lost,
    NotConnectedError,
    Notice,
    RefusedValueError,
)
from appliance.ami.supervisor import Account, Supervisor
from tests.ami.peer import Peer, Talk, eventually

PONG = "Response: Success\nActionID: {id}\nPing: Pong\n\n"


@contextmanager
def supervised(
    *scripts: Callable[[Talk], None],
    queue_events: int = 1000,
    ping_every_s: float = 30.0,
    ping_timeout_s: float = 10.0,
) -> Iterator[tuple[Supervisor, list[Notice], Peer]]:
    notices: list[Notice] = []
    with Peer(*scripts) as peer:
        supervisor = Supervisor(
            Account("loopstart", "a-secret", port=peer.port),
            backoff_s=(0.01,), queue_events=queue_events, ping_every_s=ping_every_s, ping_timeout_s=ping_timeout_s,
        )  # fmt: skip
        supervisor.subscribe(notices.append)
        supervisor.start()
        try:
            yield supervisor, notices, peer
        finally:
            supervisor.stop()


def stays(talk: Talk) -> None:
    talk.sign_in()
    talk.pongs()


def goes(talk: Talk) -> None:
    talk.sign_in()
    talk.send("Event: Newchannel\nUniqueid: 1.0\n\n")
    talk.end()


def told(notices: list[Notice]) -> list[str]:
    """The order of what was told: ``connected``, ``lost``, names of events."""
    names: list[str] = []
    for notice in list(notices):
        if isinstance(notice, Arrived):
            names.append(str(notice.headers["Event"]))
        else:
            names.append("connected" if isinstance(notice, Connected) else "lost")
    return names


def test_a_lost_connection_comes_back_and_is_told_in_order() -> None:
    with supervised(goes, stays) as (supervisor, notices, _):
        wanted = ["connected", "FullyBooted", "Newchannel", "lost", "connected", "FullyBooted"]
        eventually(lambda: told(notices) == wanted)
        assert supervisor.state is ConnectionState.CONNECTED
        assert supervisor.send(Ping()).ok
        lost = next(notice for notice in notices if isinstance(notice, Lost))
        assert lost.last_heard <= lost.at
        assert lost.reason == "eof"


def test_nobody_there_yet_is_tried_again_until_somebody_is() -> None:
    def refuses(talk: Talk) -> None:
        talk.end()

    with supervised(refuses, refuses, refuses, stays) as (_, notices, peer):
        eventually(lambda: "connected" in told(notices))
        assert peer.connections == 4
        assert "lost" not in told(notices)


def test_a_watchdog_ping_finds_an_asterisk_that_says_nothing() -> None:
    def silent(talk: Talk) -> None:
        talk.sign_in()
        while talk.action():
            pass

    with supervised(silent, stays, ping_every_s=0.02, ping_timeout_s=0.3) as (_, notices, _):
        eventually(lambda: told(notices).count("connected") >= 2)
        assert next(notice for notice in notices if isinstance(notice, Lost)).reason == "unanswered"


def test_a_quiet_asterisk_is_still_heard_by_its_pongs() -> None:
    with supervised(stays, ping_every_s=0.02) as (supervisor, notices, _):
        eventually(lambda: told(notices) == ["connected", "FullyBooted"])
        eventually(lambda: supervisor.last_heard is not None)
        heard = supervisor.last_heard
        assert heard is not None
        eventually(lambda: supervisor.last_heard is not None and supervisor.last_heard > heard)
        assert told(notices) == ["connected", "FullyBooted"]


def test_an_action_without_a_connection_is_refused_at_once() -> None:
    supervisor = Supervisor(Account("loopstart", "a-secret", port=1), backoff_s=(0.01,))
    with pytest.raises(NotConnectedError):
        supervisor.send(Ping())
    supervisor.start()
    with pytest.raises(NotConnectedError):
        supervisor.send(Ping())
    supervisor.stop()
    assert supervisor.state is ConnectionState.CLOSED


def test_a_value_with_a_line_break_does_not_cost_the_connection() -> None:
    with supervised(stays) as (supervisor, notices, peer):
        eventually(lambda: "connected" in told(notices))
        with pytest.raises(RefusedValueError):
            supervisor.command("core show version\r\nAction: Ping")
        assert supervisor.send(Ping()).ok
        assert peer.connections == 1


def test_a_subscriber_that_fails_does_not_stop_the_others() -> None:
    with supervised(goes, stays) as (supervisor, notices, _):

        def fails(notice: Notice) -> None:
            raise RuntimeError("a subscriber failed")

        supervisor.subscribe(fails)
        eventually(lambda: told(notices).count("connected") == 2)


def test_a_subscriber_may_ask_while_events_wait_their_turn() -> None:
    asked: list[tuple[str, ...]] = []

    def script(talk: Talk) -> None:
        talk.sign_in()
        action = talk.action()
        talk.send("Event: Newchannel\nUniqueid: 1.0\n\n")
        talk.send(f"Response: Success\nActionID: {action['ActionID']}\nOutput: a\nOutput: b\n\n")
        talk.pongs()

    notices: list[Notice] = []
    with Peer(script) as peer:
        supervisor = Supervisor(Account("loopstart", "a-secret", port=peer.port), backoff_s=(0.01,))

        def asks(notice: Notice) -> None:
            if isinstance(notice, Connected):
                asked.append(supervisor.command("core show channels"))
            notices.append(notice)

        supervisor.subscribe(asks)
        supervisor.start()
        eventually(lambda: told(notices) == ["connected", "FullyBooted", "Newchannel"])
        supervisor.stop()
    assert asked == [("a", "b")]


def test_overflow_drops_the_connection_instead_of_single_events() -> None:
    release = threading.Event()

    def floods(talk: Talk) -> None:
        talk.sign_in()
        for number in range(200):
            talk.send(f"Event: Newchannel\nUniqueid: 1.{number}\n\n")
        talk.pongs()

    seen: list[Notice] = []
    with Peer(floods, stays) as peer:
        supervisor = Supervisor(Account("loopstart", "a-secret", port=peer.port), backoff_s=(0.01,), queue_events=50)

        def slow(notice: Notice) -> None:
            release.wait(10)
            seen.append(notice)

        supervisor.subscribe(slow)
        supervisor.start()
        eventually(lambda: peer.connections == 2)
        release.set()
        eventually(lambda: told(seen).count("connected") == 2)
        supervisor.stop()
    names = told(seen)
    numbers = [
        int(str(notice.headers["Uniqueid"]).split(".")[1])
        for notice in seen
        if isinstance(notice, Arrived) and notice.headers["Event"] == "Newchannel"
    ]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) < 200
    assert names[names.index("lost") + 1] == "connected"
    assert next(notice for notice in seen if isinstance(notice, Lost)).reason == "overflow"


def test_who_has_unsubscribed_hears_nothing_more() -> None:
    with supervised(goes, stays) as (supervisor, notices, _):
        heard: list[Notice] = []
        supervisor.subscribe(heard.append)()
        eventually(lambda: told(notices).count("connected") == 2)
        assert heard == []


def test_a_capture_holds_what_came_and_when_it_was_lost(tmp_path: Path) -> None:
    notices: list[Notice] = []
    path = tmp_path / "one.ami"
    with Peer(goes, stays) as peer:
        supervisor = Supervisor(Account("loopstart", "a-secret", port=peer.port), backoff_s=(0.01,))
        supervisor.subscribe(notices.append)
        supervisor.record(path)
        supervisor.start()
        eventually(lambda: told(notices).count("FullyBooted") == 2)
        supervisor.stop()
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"a-secret" not in path.read_bytes()
    with path.open("rb") as file:
        replayed = [taken for taken in read_capture(file) if isinstance(taken, Arrived | Connected | Lost)]
    assert told(replayed) == told(notices)
    assert [taken.at for taken in replayed] == [notice.at for notice in notices]


def test_a_full_capture_ends_whole(tmp_path: Path) -> None:
    path = tmp_path / "one.ami"
    with Peer(stays) as peer:
        supervisor = Supervisor(Account("loopstart", "a-secret", port=peer.port), backoff_s=(0.01,))
        supervisor.record(path, max_bytes=100)
        supervisor.start()
        eventually(lambda: supervisor.state is ConnectionState.CONNECTED)
        assert supervisor.send(Ping()).ok
        supervisor.stop()
    assert path.stat().st_size <= 100
    with path.open("rb") as file:
        list(read_capture(file))


def test_stopping_ends_every_thread() -> None:
    before = threading.active_count()
    with supervised(stays) as (supervisor, notices, _):
        eventually(lambda: "connected" in told(notices))
        supervisor.stop()
    eventually(lambda: threading.active_count() <= before)


def test_a_command_waits_for_its_whole_output() -> None:
    def script(talk: Talk) -> None:
        talk.sign_in()
        action = talk.action()
        assert action["Command"] == "dialplan show"
        lines = "".join(f"Output: line {number}\n" for number in range(5000))
        talk.send(f"Response: Success\nActionID: {action['ActionID']}\n{lines}\n")
        talk.pongs()

    with supervised(script) as (supervisor, notices, _):
        eventually(lambda: "connected" in told(notices))
        assert supervisor.send(Command("dialplan show")).output == tuple(f"line {number}" for number in range(5000))
