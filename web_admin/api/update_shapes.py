"""Bodies and results of the API about updates."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from appliance.model.changes import Shown
from appliance.model.update import MAX_BUNDLE, PIECE, Outcome, Restart
from web_admin.api.shapes import Asked


class UploadBody(Asked):
    """A bundle that is about to come. size: in bytes."""

    file: str = Field(min_length=1, max_length=200)
    size: int = Field(ge=1, le=MAX_BUNDLE)


class PieceBody(Asked):
    """A piece of it in base64, at most 1 MiB before that. offset: how many bytes came before it."""

    name: str = Field(min_length=1, max_length=300)
    offset: int = Field(ge=0, le=MAX_BUNDLE)
    data: str = Field(min_length=4, max_length=PIECE * 4 // 3 + 4)


class BundleBody(Asked):
    """name: of a bundle, as ``GET /update`` lists it."""

    name: str = Field(min_length=1, max_length=300)


class InstallBody(BundleBody):
    """older: also one that was released before what runs."""

    older: bool = False


class WhenBody(Asked):
    """now: calls end; idle: once no call is up; HH:MM: then, in the box's time, once no call is up."""

    when: str = Field(default="idle", pattern=r"^(now|idle|([01][0-9]|2[0-3]):[0-5][0-9])$")


class RestartResult(Shown):
    """restart: what waits, null when the box restarts at once."""

    restart: Restart | None = None
    last: Outcome | None = None


class CancelledResult(Shown):
    """What was cancelled."""

    cancelled: Literal["restart", "installed", "upload"]
