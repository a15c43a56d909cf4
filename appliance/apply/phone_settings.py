"""What people set at their phone with feature codes, kept in Asterisk's own database under the extension's number.

It outlives the extension. A number given to somebody new must not begin with the do-not-disturb or the forward of the
one before, so it is cleared when a number comes into the site, not when it leaves: a removal that is undone loses
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from appliance.ami.actions import DBDel
from appliance.ami.connection import Connection
from appliance.render.asterisk.extensions import KEPT_FAMILIES

# One line of `database show`: the key, spaces, a colon, the value (Asterisk's main/db.c, db_show).
_KEY = re.compile(r"/(?P<family>[^/]+)/(?P<number>[0-9]+) *:")


def forget(connection: Connection, numbers: AbstractSet[str]) -> None:
    """Clear what is kept under these numbers. Raises :class:`appliance.ami.errors.AmiError`."""
    if not numbers:
        return
    for family, number in kept(connection.command("database show")):
        if number in numbers:
            connection.send(DBDel(family, number))
            if family == "dnd":
                # The lamp has its state in memory as well (Asterisk's funcs/func_devstate.c).
                connection.command(f"devstate change Custom:dnd-{number} NOT_INUSE")


def kept(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Family and number of each setting in the lines of `database show`."""
    for line in lines:
        found = _KEY.match(line)
        if found is not None and found["family"] in KEPT_FAMILIES:
            yield found["family"], found["number"]
