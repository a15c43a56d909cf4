"""Each hazard of pyst2 0.5.1 has a test that fails if it comes back; the names are those of
appliance/ami/wire.py.
"""

from __future__ import annotations

import gc
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from asterisk.manager import Manager, ManagerMsg

from appliance.ami.actions import Command, CoreShowChannels, Hangup, Originate, Ping
from appliance.ami.connection import (
    ConnectionLostError,
    LoginRefusedError,
    NotConnectedError,
    RefusedValueError,
    UnansweredError,
)
from appliance.ami.wire import Wire
from appliance.live.headers import Headers
from tests.ami.peer import GREETING, Peer, Talk, eventually


class Heard:
    """What came through one wire."""

    def __init__(self) -> None:
        self.events: queue.Queue[Headers] = queue.Queue()
        self.ends: list[str] = []
        self.failing: set[str] = set()

    def on_event(self, at: datetime, headers: Headers) -> None:
        self.events.put(headers)
        if str(headers["Event"]) in self.failing:
            raise RuntimeError("a callback failed")

    def next(self, name: str) -> Headers:
        """The next event of that name; others are passed over."""
        while True:
            headers = self.events.get(timeout=10)
            if headers["Event"] == name:
                return headers


@contextmanager
def wired(script: Callable[[Talk], None]) -> Iterator[tuple[Wire, Heard]]:
    heard = Heard()
    with Peer(script) as peer:
        wire = Wire(heard.on_event, heard.ends.append)
        try:
            wire.open("127.0.0.1", peer.port, "loopstart", "a-secret", 10)
            wire.release()
            yield wire, heard
        finally:
            wire.close()


def answering(reply: str) -> Callable[[Talk], None]:
    """Sign in, then give the same reply to every action, with its ActionID in the place of ``{id}``."""

    def script(talk: Talk) -> None:
        talk.sign_in()
        while action := talk.action():
            talk.send(reply.replace("{id}", action["ActionID"]))

    return script


def test_pyst2_itself_still_has_the_hazards_that_are_contained_here() -> None:
    """When this fails, pyst2 has changed: read it again before trusting it."""
    with pytest.raises(AttributeError, match="has_key"):
        ManagerMsg(["Event: Newchannel\r\n", "ChanVariable: NAME=value\r\n"])
    kept = ManagerMsg(["Response: Success\r\n", "Output: one\r\n", "Output: two\r\n"]).headers
    assert kept["Output"] == "two"
    assert Manager.close is not Wire.close


def test_an_event_with_channel_variables_does_not_stall_the_ones_after_it() -> None:
    def script(talk: Talk) -> None:
        talk.sign_in()
        talk.send(
            "Event: Newchannel\nChannel: PJSIP/101-00000000\nChanVariable: LANGUAGE=ar\n"
            "ChanVariable: TRANSFERS=a=b\n\nEvent: Hangup\nChannel: PJSIP/101-00000000\n\n"
        )
        talk.pongs()

    with wired(script) as (wire, heard):
        assert heard.next("Newchannel")["ChanVariable"] == ("LANGUAGE=ar", "TRANSFERS=a=b")
        heard.next("Hangup")
        assert wire.ask(Ping(), 10).ok


def test_an_exception_in_a_callback_loses_no_later_event(caplog: pytest.LogCaptureFixture) -> None:
    def script(talk: Talk) -> None:
        talk.sign_in()
        talk.send("Event: Bad\n\nEvent: Good\n\n")
        talk.pongs()

    with wired(script) as (_, heard):
        heard.failing.add("Bad")
        heard.next("Bad")
        heard.next("Good")
    assert "an event was lost: Bad" in caplog.text


def test_every_line_of_a_command_comes_back() -> None:
    reply = (
        "Response: Success\nActionID: {id}\nMessage: Command output follows\nOutput: first: line\n"
        "Output:   indented\nOutput: \nOutput: last\n\n"
    )
    with wired(answering(reply)) as (wire, _):
        assert wire.ask(Command("core show version"), 10).output == ("first: line", "  indented", "", "last")


def test_one_line_and_no_line_of_a_command_come_back() -> None:
    with wired(answering("Response: Success\nActionID: {id}\nOutput: only\n\n")) as (wire, _):
        assert wire.ask(Command("core show version"), 10).output == ("only",)
    with wired(answering("Response: Success\nActionID: {id}\n\n")) as (wire, _):
        assert wire.ask(Command("core show version"), 10).output == ()


def test_repeated_headers_do_not_overwrite_each_other() -> None:
    with wired(answering("Response: Success\nActionID: {id}\nLine: a\nLine: b\nLine: c\n\n")) as (wire, _):
        assert wire.ask(Ping(), 10).headers["Line"] == ("a", "b", "c")


def test_a_list_answer_is_whole_and_its_events_are_no_live_events() -> None:
    reply = (
        "Response: Success\nActionID: {id}\nEventList: start\nMessage: Channels will follow\n\n"
        "Event: CoreShowChannel\nActionID: {id}\nUniqueid: 1.0\n\nEvent: Newstate\nUniqueid: 9.9\n\n"
        "Event: CoreShowChannel\nActionID: {id}\nUniqueid: 1.1\n\n"
        "Event: CoreShowChannelsComplete\nActionID: {id}\nEventList: Complete\nListItems: 2\n\n"
    )
    with wired(answering(reply)) as (wire, heard):
        answer = wire.ask(CoreShowChannels(), 10)
        assert [event["Uniqueid"] for event in answer.events] == ["1.0", "1.1"]
        assert heard.next("Newstate")["Uniqueid"] == "9.9"
        assert heard.events.empty()


def test_an_event_with_an_action_id_outside_a_list_is_a_live_event() -> None:
    reply = "Response: Success\nActionID: {id}\n\nEvent: OriginateResponse\nActionID: {id}\nReason: 4\n\n"
    with wired(answering(reply)) as (wire, heard):
        assert wire.ask(Originate("PJSIP/101"), 10).ok
        assert heard.next("OriginateResponse")["Reason"] == "4"


def test_a_late_answer_is_never_taken_for_the_next_one() -> None:
    def script(talk: Talk) -> None:
        talk.sign_in()
        action = talk.action()
        talk.send("Response: Error\nActionID: loopstart-of-another\nMessage: late\n\n")
        talk.send(f"Response: Success\nActionID: {action['ActionID']}\nMessage: mine\n\n")
        talk.pongs()

    with wired(script) as (wire, _):
        assert wire.ask(Ping(), 10).message == "mine"


def test_a_missed_deadline_ends_the_wait_and_the_connection() -> None:
    with wired(answering("Event: Noise\n\n")) as (wire, heard):
        with pytest.raises(UnansweredError):
            wire.ask(Ping(), 0.05)
        assert not wire.connected()
        eventually(lambda: heard.ends == ["unanswered"])
        with pytest.raises(NotConnectedError):
            wire.ask(Ping(), 10)


def test_a_list_that_never_completes_ends_at_the_deadline() -> None:
    reply = "Response: Success\nActionID: {id}\nEventList: start\n\nEvent: CoreShowChannel\nActionID: {id}\n\n"
    with wired(answering(reply)) as (wire, _), pytest.raises(UnansweredError):
        wire.ask(CoreShowChannels(), 0.05)


def test_asterisk_gone_while_an_answer_is_awaited_is_told_at_once() -> None:
    def script(talk: Talk) -> None:
        talk.sign_in()
        talk.action()
        talk.end()

    with wired(script) as (wire, heard):
        with pytest.raises(ConnectionLostError) as caught:
            wire.ask(Ping(), 60)
        assert not isinstance(caught.value, UnansweredError)
        eventually(lambda: heard.ends == ["eof"])


@pytest.mark.parametrize("bad", ["x\r\nAction: Command", "x\nCommand: core stop now", "x\ry", "x\0y", "x" * 2000])
def test_a_value_that_could_inject_a_header_is_not_sent(bad: str) -> None:
    got: list[dict[str, str]] = []

    def script(talk: Talk) -> None:
        talk.sign_in()
        while action := talk.action():
            got.append(action)
            talk.send(f"Response: Success\nActionID: {action['ActionID']}\n\n")

    with wired(script) as (wire, _):
        with pytest.raises(RefusedValueError) as caught:
            wire.ask(Hangup(channel=bad), 10)
        assert bad not in str(caught.value)
        with pytest.raises(RefusedValueError):
            wire.ask(Originate("PJSIP/101", variables=("A=1", bad)), 10)
        assert wire.ask(Ping(), 10).ok
    assert [action["Action"] for action in got] == ["Ping"]


def test_a_secret_with_a_line_break_is_not_sent() -> None:
    got: list[dict[str, str]] = []

    def script(talk: Talk) -> None:
        talk.raw(GREETING)
        got.append(talk.action())

    with Peer(script) as peer:
        wire = Wire(lambda at, headers: None, lambda reason: None)
        with pytest.raises(RefusedValueError):
            wire.open("127.0.0.1", peer.port, "loopstart", "a\r\nAction: Ping", 5)
        eventually(lambda: got == [{}])


def test_a_connection_object_is_not_used_twice() -> None:
    with wired(Talk.sign_in) as (wire, _), pytest.raises(NotConnectedError, match="used once"):
        wire.open("127.0.0.1", 1, "loopstart", "a-secret", 1)


def test_a_peer_that_never_greets_does_not_hold_us() -> None:
    with Peer(lambda talk: None) as peer:
        wire = Wire(lambda at, headers: None, lambda reason: None)
        with pytest.raises(ConnectionLostError):
            wire.open("127.0.0.1", peer.port, "loopstart", "a-secret", 0.05)


def test_a_refused_sign_in_is_told_as_such() -> None:
    def script(talk: Talk) -> None:
        talk.raw(GREETING)
        action = talk.action()
        talk.send(f"Response: Error\nActionID: {action['ActionID']}\nMessage: Authentication failed\n\n")
        talk.action()

    with Peer(script) as peer:
        wire = Wire(lambda at, headers: None, lambda reason: None)
        with pytest.raises(LoginRefusedError, match="Authentication failed"):
            wire.open("127.0.0.1", peer.port, "loopstart", "wrong", 5)


def test_closing_never_waits_for_asterisk() -> None:
    """pyst2 sends Logoff in close() and waits for its answer; a stopped Asterisk would hold it for ever."""
    got: list[dict[str, str]] = []

    def script(talk: Talk) -> None:
        talk.sign_in()
        while action := talk.action():
            got.append(action)

    with wired(script) as (wire, heard):
        done = threading.Event()
        closer = threading.Thread(target=lambda: (wire.close(), done.set()), daemon=True)
        closer.start()
        assert done.wait(10)
        eventually(lambda: heard.ends == ["closed"])
    assert got == []


def test_a_forgotten_connection_is_collected_without_a_word() -> None:
    wire = Wire(lambda at, headers: None, lambda reason: None)
    del wire
    gc.collect()


def test_its_threads_end_with_the_connection() -> None:
    with wired(Talk.sign_in) as (wire, _):
        wire.abandon("test over")
        for thread in (wire.message_thread, wire.event_dispatch_thread):
            thread.join(10)
            assert not thread.is_alive()


def test_a_caller_whose_name_is_an_old_marker_stops_no_event() -> None:
    """pyst2 waits for ``StatusComplete`` once it has read ``status will follow``, wherever that stood."""

    def script(talk: Talk) -> None:
        talk.sign_in()
        talk.send(
            "Event: Newchannel\nCallerIDName: status will follow\n\n"
            "Event: Newchannel\nCallerIDName: Response: Follows --END COMMAND--\n\nEvent: Hangup\n\n"
        )
        talk.pongs()

    with wired(script) as (_, heard):
        assert heard.next("Newchannel")["CallerIDName"] == "status will follow"
        assert heard.next("Newchannel")["CallerIDName"] == "Response: Follows --END COMMAND--"
        heard.next("Hangup")


def test_bytes_that_are_no_text_spoil_only_their_own_value() -> None:
    def script(talk: Talk) -> None:
        talk.sign_in()
        talk.raw(b"Event: Newchannel\r\nCallerIDName: \xff\xfe\r\n\r\nEvent: Hangup\r\n\r\n")
        talk.pongs()

    with wired(script) as (_, heard):
        assert heard.next("Newchannel")["CallerIDName"] == "\ufffd\ufffd"
        heard.next("Hangup")


def test_a_line_without_end_drops_the_connection() -> None:
    def script(talk: Talk) -> None:
        talk.sign_in()
        talk.raw(b"x" * 200_000)
        talk.pongs()

    with wired(script) as (_, heard):
        eventually(lambda: heard.ends == ["line too long"])


def test_events_wait_until_they_are_released() -> None:
    heard = Heard()

    def script(talk: Talk) -> None:
        talk.sign_in()
        talk.pongs()

    with Peer(script) as peer:
        wire = Wire(heard.on_event, heard.ends.append)
        wire.open("127.0.0.1", peer.port, "loopstart", "a-secret", 10)
        assert wire.ask(Ping(), 10).ok
        time.sleep(0.02)
        assert heard.events.empty()
        wire.release()
        heard.next("FullyBooted")
        wire.abandon("test over")
