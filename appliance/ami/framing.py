"""AMI on the wire, pure: lines to messages, messages to headers, answers to the actions they answer.

An AMI message is lines of ``Name: value`` ended by CR LF, then an empty line. Since Asterisk 14 that holds
for the
output of commands too: each line comes as an ``Output:`` header (main/manager.c, ``action_command``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from appliance.ami.connection import RefusedValueError, Response
from appliance.live.headers import Headers, text

MAX_LINE = 64 * 1024
MAX_MESSAGE_LINES = 500_000
"""``dialplan show`` of 5,000 extensions is about 100,000 lines."""
MAX_SENT_LINE = 1_000
"""Bytes.

Asterisk reads a line of an action into 1,025 bytes (include/asterisk/manager.h) and cuts what is over.
"""
MAX_OPEN_LISTS = 16


class FramingError(Exception):
    """What comes in is no AMI: a line or a message without end."""


def read_message(reader: BinaryIO) -> list[bytes] | None:
    """The lines of the next message without the empty one, None at the end of the stream.

    A message cut off by the end of the stream is not given: half an event is no event. Raises
    :class:`FramingError`, OSError.
    """
    lines: list[bytes] = []
    while True:
        line = reader.readline(MAX_LINE)
        if not line:
            return None
        if not line.endswith(b"\n"):
            if len(line) < MAX_LINE:
                return None
            raise FramingError("line too long")
        if line in {b"\r\n", b"\n"}:
            if lines:
                return lines
            continue
        lines.append(line)
        if len(lines) > MAX_MESSAGE_LINES:
            raise FramingError("message too long")


def headers_of(lines: Iterable[bytes]) -> dict[str, str | tuple[str, ...]]:
    """The headers of a message; a repeated one as a tuple. Bytes that are not UTF-8 become U+FFFD.

    Spaces around values go, except that ``Output`` keeps its indentation. A line without a colon is passed
    over.
    """
    headers: dict[str, str | tuple[str, ...]] = {}
    repeated: dict[str, list[str]] = {}
    for line in lines:
        name, colon, value = line.decode("utf-8", "replace").rstrip("\r\n").partition(":")
        if not colon:
            continue
        name = name.strip()
        value = value.removeprefix(" ") if name == "Output" else value.strip()
        if name in repeated:
            repeated[name].append(value)
        elif name in headers:
            repeated[name] = [str(headers[name]), value]
        else:
            headers[name] = value
    for name, values in repeated.items():
        headers[name] = tuple(values)
    return headers


def checked(headers: Mapping[str, str | list[str]]) -> None:
    """Refuse what Asterisk would read as further headers: CR, LF, NUL, a line over :data:`MAX_SENT_LINE`.

    Raises :class:`~appliance.ami.connection.RefusedValueError` naming the header, never the value: it may be
    secret.
    """
    for name, value in headers.items():
        for one in value if isinstance(value, list) else [value]:
            line = f"{name}: {one}"
            if any(mark in line for mark in "\r\n\0") or not name or ":" in name:
                raise RefusedValueError(f"{name!r}: a value for Asterisk must not contain a line break")
            if len(line.encode("utf-8", "replace")) > MAX_SENT_LINE:
                raise RefusedValueError(f"{name!r}: a value for Asterisk must not be over {MAX_SENT_LINE} bytes")


@dataclass(slots=True)
class _Open:
    headers: Headers
    events: list[Headers] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, and the action it belongs to."""

    action_id: str
    response: Response


class Sorter:
    """Tells answers from events. A list answer is whole once its ``EventList: Complete`` event has come."""

    def __init__(self) -> None:
        self._open: dict[str, _Open] = {}

    def take(self, headers: Headers) -> Answer | Headers | None:
        """An answer that is now whole, an event, or None for a part of a list (or neither)."""
        action_id = text(headers, "ActionID")
        if "Response" in headers:
            if text(headers, "EventList").lower() == "start":
                if len(self._open) >= MAX_OPEN_LISTS:
                    self._open.pop(next(iter(self._open)))
                self._open[action_id] = _Open(headers)
                return None
            return Answer(action_id, _response(headers, ()))
        if "Event" not in headers:
            return None
        opened = self._open.get(action_id) if action_id else None
        if opened is None:
            return headers
        if text(headers, "EventList").lower() in {"complete", "cancelled"}:
            del self._open[action_id]
            return Answer(action_id, _response(opened.headers, opened.events))
        opened.events.append(headers)
        return None


def _response(headers: Headers, events: Sequence[Headers]) -> Response:
    output = headers.get("Output", ())
    return Response(
        ok=text(headers, "Response").lower() != "error",
        headers=headers,
        message=text(headers, "Message"),
        events=tuple(events),
        output=(output,) if isinstance(output, str) else tuple(output),
    )
