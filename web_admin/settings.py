"""Where the web admin finds its key and the daemon, and the limits it works under."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from appliance.control.messages import SOCKET_PATH

KEY_PATH = "/data/site/web.key"
KEY_BYTES = 32
MIB = 1024 * 1024


class KeyMissingError(RuntimeError):
    """The file of the secret key is absent or too short. The daemon makes it before the web starts."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: no key of at least {KEY_BYTES} bytes; start loopstartd once, it makes the file")


def load(app: Flask, config: Mapping[str, Any]) -> None:
    """Set the defaults, then ``config``, then read the key.

    ``LOOPSTART_WEB_KEY`` and ``LOOPSTART_CONTROL`` name the key file and the control socket for tests and development.
    """
    app.config.update(
        WEB_KEY_PATH=os.environ.get("LOOPSTART_WEB_KEY", KEY_PATH),
        CONTROL_SOCKET=os.environ.get("LOOPSTART_CONTROL", SOCKET_PATH),
        SESSION_COOKIE_NAME="__Host-web",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the browser's session: a page left open overnight still saves
        MAX_CONTENT_LENGTH=4 * MIB,  # a CSV of 5,000 extensions is about 0.5 MB
        MAX_FORM_MEMORY_SIZE=4 * MIB,
        SEND_FILE_MAX_AGE_DEFAULT=86400,
        STREAM_SECONDS=600,
        # Per worker process of sixteen threads (ansible/roles/web_admin): four always stay free for pages.
        STREAMS_PER_SESSION=4,
        STREAMS_PER_WORKER=12,
    )
    app.config.from_mapping(config)
    if not app.config.get("SECRET_KEY"):
        app.config["SECRET_KEY"] = _key(app.config["WEB_KEY_PATH"])
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}


def _key(path: str) -> bytes:
    try:
        key = Path(path).read_bytes().strip()
    except OSError as error:
        raise KeyMissingError(path) from error
    if len(key) < KEY_BYTES:
        raise KeyMissingError(path)
    return key
