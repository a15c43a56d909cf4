"""The web in front of a daemon of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from web_admin import create_app

_IDLE: list[Flask] = []


@contextmanager
def application(socket: Path) -> Iterator[Flask]:
    """An application that asks the daemon at ``socket``.

    One that an earlier test has done with is taken before another is made: compiling its routes and its templates
    takes longer than most tests, and of a daemon it knows nothing but the socket.
    """
    app = _IDLE.pop() if _IDLE else create_app({"SECRET_KEY": "0" * 40})
    app.config["CONTROL_SOCKET"] = str(socket)
    try:
        yield app
    finally:
        _IDLE.append(app)
