"""The socket: who may come in, and that nothing that is sent over it breaks it."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.control.client import ControlClient, ControlError
from appliance.control.framing import BadLineError, Lines, parse
from appliance.control.messages import Request
from appliance.control.peers import Doors
from appliance.control.registry import all_verbs
from appliance.control.server import AlreadyRunningError, ControlServer
from tests.control.conftest import CONSOLE, House
from tests.tries import tries

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
FUZZ = settings(
    max_examples=tries(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _say(path: Path, data: bytes) -> list[dict[str, Any]]:
    """Send bytes, close our half, and read every reply."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as connection:
        connection.settimeout(20)
        connection.connect(str(path))
        with suppress(BrokenPipeError):  # the server may refuse and close before everything is said
            connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile("rb") as replies:
            return [json.loads(line) for line in replies]


def _code(reply: dict[str, Any]) -> str:
    return str(reply["error"]["code"])


def test_requests_of_one_connection_are_answered_in_order(house: House) -> None:
    lines = b"".join(Request(id=str(n), verb="hello").model_dump_json().encode() + b"\n" for n in range(20))
    replies = _say(house.console_socket, lines)
    assert [reply["id"] for reply in replies] == [str(n) for n in range(20)]
    assert all(reply["ok"] for reply in replies)


@FUZZ
@given(data=st.binary(max_size=200))
def test_no_bytes_break_the_server(worn_house: House, data: bytes) -> None:
    replies = _say(worn_house.console_socket, data + b"\n")
    assert len(replies) == data.count(b"\n") + 1
    assert {_code(reply) for reply in replies} <= {"bad_request", "version"}
    assert worn_house.console.ask("hello")["protocol"] == 1


@FUZZ
@given(verb=st.sampled_from(sorted(all_verbs())) | st.text(max_size=20), args=JSON, auth=JSON, version=JSON)
def test_no_json_breaks_the_server(worn_house: House, verb: str, args: Any, auth: Any, version: Any) -> None:
    """Sent through the web's door, where nobody is signed in."""
    line = json.dumps({"v": version, "id": "7", "verb": verb, "args": args, "auth": auth})
    [reply] = _say(worn_house.web_socket, line.encode() + b"\n")
    assert reply["ok"] or _code(reply) != "internal"


@pytest.mark.parametrize("verb", sorted(name for name, verb in all_verbs().items() if not verb.streams))
@settings(
    max_examples=tries(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_arguments_of_an_administrator_break_a_verb(worn_house: House, verb: str, data: st.DataObject) -> None:
    fields = all_verbs()[verb].args.model_fields
    names = st.sampled_from(sorted(fields)) if fields else st.nothing()
    args = data.draw(st.dictionaries(names, JSON, max_size=len(fields)))
    line = json.dumps({"id": "7", "verb": verb, "args": args})
    [reply] = _say(worn_house.console_socket, line.encode() + b"\n")
    assert reply["ok"] or _code(reply) != "internal"


@pytest.mark.parametrize(
    "line, code",
    [
        (b"", "bad_request"),
        (b"[]", "bad_request"),
        (b"[" * 100_000, "bad_request"),
        (b'{"verb": "hello", "id": "1", "args": {"a": ' + b"9" * 5000 + b"}}", "bad_request"),
        (b'{"verb": "hello", "id": "1", "args": NaN}', "bad_request"),
        (b'{"verb": "hello", "id": "\\ud800"}', "bad_request"),
        (b'{"verb": "hello", "id": 7}', "bad_request"),
        (b'{"verb": "hello\\u0000", "id": "1"}', "unknown_verb"),
        (b'{"v": 2, "verb": "hello", "id": "1"}', "version"),
        (b'{"verb": "hello", "id": "1", "args": {"more": 1}}', "problems"),
        (b'{"verb": "__init__", "id": "1"}', "unknown_verb"),
    ],
)
def test_what_is_no_request_is_told_so(worn_house: House, line: bytes, code: str) -> None:
    [reply] = _say(worn_house.console_socket, line + b"\n")
    assert _code(reply) == code
    assert set(reply["error"]["text"]) == {"en", "ar", "fa", "zh"}


def test_a_line_without_an_end_is_cut_off_at_the_limit() -> None:
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        lines = Lines(theirs, max_line=1000)
        ours.sendall(b"x" * 900 + b"\n" + b"y" * 1001)
        assert lines.next() == b"x" * 900
        with pytest.raises(BadLineError) as refused:
            lines.next()
        assert refused.value.code == "line_too_long"


@given(pieces=st.lists(st.binary(min_size=1, max_size=30), max_size=8))
def test_lines_are_the_same_however_they_arrive_in_pieces(pieces: list[bytes]) -> None:
    ours, theirs = socket.socketpair()
    with closing(theirs):
        with closing(ours):
            for piece in pieces:
                ours.sendall(piece)
        lines = Lines(theirs)
        found = []
        while (line := lines.next()) is not None:
            found.append(line)
    assert found == b"".join(pieces).split(b"\n")[:-1]


@given(data=st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_a_line_gives_a_request_or_the_reason_why_not(data: bytes) -> None:
    try:
        request = parse(data)
    except BadLineError as error:
        assert error.code in {"bad_request", "version"}
    else:
        assert isinstance(request, Request)


def test_the_socket_is_open_to_the_group_and_closed_to_others(house: House) -> None:
    assert stat.S_IMODE(house.console_socket.stat().st_mode) == 0o660


def test_a_stranger_is_refused_whatever_they_say(house: House, tmp_path: Path) -> None:
    """A server that knows neither this user as the console nor as the web."""
    stranger = ControlServer(tmp_path / "strict", house.rooms, all_verbs(), Doors(frozenset(), frozenset()))
    stranger.start()
    try:
        with pytest.raises(ControlError) as refused:
            ControlClient(tmp_path / "strict").ask("hello")
        assert refused.value.code in {"forbidden", "unavailable"}
        [reply] = _say(tmp_path / "strict", b"")
        assert _code(reply) == "forbidden"
    finally:
        stranger.stop()


def test_the_box_lets_in_root_its_own_user_and_no_other_without_signing_in() -> None:
    doors = Doors.of_this_box()
    assert doors.console == {0, os.getuid()}
    assert not doors.web & doors.console


def test_too_many_connections_are_refused_and_the_others_go_on(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.control.server.MAX_CONNECTIONS", 5)
    path = tmp_path / "small"
    server = ControlServer(path, house.rooms, all_verbs(), CONSOLE)
    server.start()
    held = []
    try:
        for _ in range(5):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.connect(str(path))
            held.append(connection)
        refused = None
        for _ in range(50):
            [reply] = _say(path, b"")
            refused = _code(reply)
            if refused == "unavailable":
                break
        assert refused == "unavailable"
        held[0].settimeout(20)
        held[0].sendall(Request(id="1", verb="hello").model_dump_json().encode() + b"\n")
        assert json.loads(held[0].makefile("rb").readline())["ok"]
    finally:
        for connection in held:
            connection.close()
        server.stop()


def test_a_second_daemon_refuses_to_start_and_a_dead_ones_socket_is_taken_over(house: House) -> None:
    with pytest.raises(AlreadyRunningError):
        ControlServer(house.console_socket, house.rooms, all_verbs(), CONSOLE).start()
    assert house.console.ask("hello")["protocol"] == 1
    left = house.console_socket.with_name("left")
    with closing(socket.socket(socket.AF_UNIX)) as dead:
        dead.bind(str(left))
    server = ControlServer(left, house.rooms, all_verbs(), CONSOLE)
    server.start()
    try:
        assert ControlClient(left).ask("hello")["protocol"] == 1
    finally:
        server.stop()
    assert not left.exists()


def test_stopping_lets_a_running_request_end(house: House, tmp_path: Path) -> None:
    entered, leave = threading.Event(), threading.Event()

    class SlowSite:
        def running(self) -> None:
            entered.set()
            leave.wait(20)

        def draft(self) -> Any:
            return house.rooms.site.draft()

    rooms = replace(house.rooms, site=SlowSite())  # type: ignore[arg-type]
    server = ControlServer(tmp_path / "slow", rooms, all_verbs(), CONSOLE)
    server.start()
    answers: list[Any] = []
    asker = threading.Thread(target=lambda: answers.append(ControlClient(tmp_path / "slow").ask("hello")))
    asker.start()
    assert entered.wait(20)
    stopper = threading.Thread(target=server.stop)
    stopper.start()
    leave.set()
    asker.join(20)
    stopper.join(20)
    assert answers[0]["protocol"] == 1
    with pytest.raises(ControlError) as gone:
        ControlClient(tmp_path / "slow").ask("hello")
    assert gone.value.code == "unavailable"


def test_a_watcher_gets_the_newest_view_and_leaves_no_thread_behind(house: House) -> None:
    before = threading.active_count()
    watching = house.console.watch("live.watch")
    assert next(watching)["connected"] is False
    watching.close()
    deadline = time.monotonic() + 20
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert threading.active_count() <= before


def test_a_watch_of_somebody_without_the_right_is_refused(house: House) -> None:
    with pytest.raises(ControlError) as refused:
        next(house.web().watch("live.watch"))
    assert refused.value.code == "not_signed_in"


def test_the_client_needs_nothing_of_the_daemons_rooms() -> None:
    """The web loads the client: it must not bring SQLite, pyst2 or the renderer with it."""
    script = (
        "import sys, appliance.control.client;"
        "print([name for name in sys.modules if name.startswith(('appliance.store', 'appliance.ami',"
        " 'appliance.apply', 'appliance.render', 'sqlite3', 'asterisk'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
