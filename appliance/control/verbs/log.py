"""The box's log."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from appliance.control.asker import Call
from appliance.control.log_lines import EVERYTHING, WARNING, log_lines
from appliance.control.registry import Args, Open, verb
from appliance.control.rooms import Rooms
from appliance.control.support import redaction
from appliance.model.fields import Whole


class ListArgs(Args):
    """level: ``warning`` and graver, or everything."""

    limit: Annotated[Whole, Field(ge=1, le=5000)] = 200
    level: Literal["warning", "everything"] = "warning"


@verb("log.list", Open.LOCAL)
def list_lines(rooms: Rooms, call: Call, args: ListArgs) -> dict[str, Any]:
    """The last lines, newest first, without secrets."""
    redacted = redaction(rooms)
    lines = log_lines(args.limit, WARNING if args.level == "warning" else EVERYTHING)
    return {"lines": [line.model_copy(update={"message": redacted(line.message)}) for line in lines]}
