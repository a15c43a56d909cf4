"""Updates: what runs, bundles, installing, the restart, going back."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints

from appliance.control.asker import Call
from appliance.control.errors import RefusedError
from appliance.control.rauc import RaucError
from appliance.control.registry import Args, NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.model.access import Permission
from appliance.model.update import (
    MAX_BUNDLE,
    PIECE,
    BundleChecked,
    BundleFile,
    Outcome,
    Progress,
    Restart,
    Stage,
    UpdateShown,
)
from appliance.store import before_update

_EVERY_S = 0.5
_AT_LEAST_S = 10.0
"""A watcher hears this often even when nothing changes, so that it knows the line is open."""

BundleName = Annotated[str, StringConstraints(min_length=1, max_length=300)]
When = Annotated[str, StringConstraints(pattern=r"^(now|idle|([01][0-9]|2[0-3]):[0-5][0-9])$")]


class UploadArgs(Args):
    """file: its name, for people. size: in bytes."""

    file: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    size: Annotated[int, Field(ge=1, le=2**40)]


class ReceiveArgs(Args):
    """name: of the upload. offset: of this piece. data: base64 (RFC 4648, 4) of at most :data:`PIECE` bytes."""

    name: BundleName
    offset: Annotated[int, Field(ge=0, le=MAX_BUNDLE)]
    data: Annotated[str, StringConstraints(min_length=4, max_length=PIECE * 4 // 3 + 4)]


class BundleArgs(Args):
    """name: of a bundle, as ``update.show`` lists it."""

    name: BundleName


class InstallArgs(BundleArgs):
    """older: also one that was released before what runs."""

    older: bool = False


class WhenArgs(Args):
    """when: ``now`` (calls end), ``idle`` (once no call is up), or the next ``HH:MM`` in the time zone of the box, and
    then once no call is up.
    """

    when: When = "idle"


@verb("update.show", Permission.STATUS_READ)
def show(rooms: Rooms, call: Call, args: NoArgs) -> UpdateShown:
    """Slots, versions, bundles on the box, how the last update ended, and what waits."""
    updates = rooms.updates
    if not updates.installer.supported():
        return UpdateShown(supported=False, version=updates.around.version)
    try:
        slots, compatible = updates.slots(), updates.installer.compatible()
    except RaucError as error:
        raise RefusedError("update_failed", detail=str(error)) from None
    state = updates.state
    other = next((slot for slot in slots if not slot.running and slot.good), None)
    rollback = other.version if other is not None else None
    proving = state.last is not None and state.last.stage is Stage.PROVING
    up = updates.around.lines() if proving else ()
    return UpdateShown(
        supported=True,
        version=updates.around.version,
        compatible=compatible,
        slots=slots,
        bundles=updates.files.all(),
        progress=updates.progress(),
        last=state.last,
        restart=state.restart,
        calls=updates.around.calls(),
        lines_before=state.lines,
        missing_lines=tuple(line for line in state.lines if line not in up) if proving else (),
        rollback=rollback,
        rollback_since=before_update.goes_back_since(rooms.paths, rollback) if rollback else None,
    )


@verb("update.upload", Permission.SITE_APPLY, changes=True)
def upload(rooms: Rooms, call: Call, args: UploadArgs) -> BundleFile:
    """Begin to send a bundle up, in the place of the one before. Refused when there is no room for it."""
    last = rooms.updates.state.last
    if last is not None and last.stage is Stage.INSTALLING:
        raise RefusedError("update_installing")
    call.audit(args.file, bytes=args.size)
    return rooms.updates.files.begin(args.file, args.size)


@verb("update.receive", Permission.SITE_APPLY)
def receive(rooms: Rooms, call: Call, args: ReceiveArgs) -> BundleFile:
    """The next piece of it."""
    try:
        data = base64.b64decode(args.data, validate=True)
    except ValueError:  # also of characters outside ASCII, before it is decoded
        raise RefusedError("bad_request", detail="base64") from None
    return rooms.updates.files.receive(args.name, args.offset, data)


@verb("update.check", Permission.STATUS_READ)
def check(rooms: Rooms, call: Call, args: BundleArgs) -> BundleChecked:
    """Signature, hardware, version and size of a bundle; refused with what is wrong. Nothing is installed."""
    return rooms.updates.check(args.name)


@verb("update.install", Permission.SITE_APPLY, changes=True, streams=True)
def install(rooms: Rooms, call: Call, args: InstallArgs) -> Iterator[Progress | None]:
    """Install into the other slot while calls go on. Goes on by itself when nobody listens any more."""
    outcome = rooms.updates.install(args.name, call.asker.name, older=args.older)
    call.audit(outcome.version, slot=outcome.slot, before=outcome.before)
    return _watched(rooms)


@verb("update.watch", Permission.STATUS_READ, streams=True)
def watch(rooms: Rooms, call: Call, args: NoArgs) -> Iterator[Progress | None]:
    """The installation that runs, until it has ended."""
    return _watched(rooms)


@verb("update.restart", Permission.SITE_APPLY, changes=True)
def restart(rooms: Rooms, call: Call, args: WhenArgs) -> dict[str, Any]:
    """Restart into what is installed."""
    state = rooms.updates.plan_restart(_restart(rooms, call, args.when))
    call.audit(state.last.version if state.last else "", when=args.when)
    return {"restart": state.restart, "last": state.last}


@verb("update.cancel", Permission.SITE_APPLY, changes=True)
def cancel(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Literal["restart", "installed", "upload"] | str]:
    """Forget the restart that waits, else what was installed, else what was sent up."""
    cancelled = rooms.updates.cancel()
    call.audit(cancelled)
    return {"cancelled": cancelled}


@verb("update.rollback", Permission.SITE_APPLY, changes=True)
def roll_back(rooms: Rooms, call: Call, args: WhenArgs) -> dict[str, Any]:
    """Restart into the system in the other slot."""
    state = rooms.updates.roll_back(_restart(rooms, call, args.when))
    last: Outcome | None = state.last
    call.audit(last.version if last else "", when=args.when)
    return {"restart": state.restart, "last": last}


def _restart(rooms: Rooms, call: Call, when: str) -> Restart:
    if when == "now":
        return Restart(idle=False, by=call.asker.name)
    found = re.fullmatch(r"([0-9]{2}):([0-9]{2})", when)
    if found is None:
        return Restart(idle=True, by=call.asker.name)
    zone = ZoneInfo(rooms.site.draft().site.box.time_zone)
    at = next_at(rooms.clock().astimezone(zone), int(found[1]), int(found[2]))
    return Restart(at=at, idle=True, by=call.asker.name)


def next_at(now: datetime, hour: int, minute: int) -> datetime:
    """The next moment at which the clock of ``now``'s zone shows that."""
    at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return at if at > now else at + timedelta(days=1)


def _watched(rooms: Rooms) -> Iterator[Progress | None]:
    said: Progress | None = None
    at = float("-inf")
    while True:
        now = rooms.updates.progress()
        if now != said or time.monotonic() - at >= _AT_LEAST_S:
            said, at = now, time.monotonic()
            yield now
        else:
            yield None
        if not now.running:
            return
        time.sleep(_EVERY_S)
