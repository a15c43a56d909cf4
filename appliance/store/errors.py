"""What can go wrong with stored things.

* StoreError
  + DiskFullError        nothing was written; free space first
  + NewerDatabaseError   made by a later version of the software; start that version
  + DamagedError         damaged, and no whole backup to go back to
  + UnreadableError      cannot be opened now (its writer is away, or no right to it)
  + OvertakenError       somebody saved in between
  + MissingError         no such thing
  + TakenError           the name is in use already

Each has a ``code`` of :mod:`appliance.model.texts` and ``params`` for its sentence.
"""

from __future__ import annotations

from typing import ClassVar


class StoreError(Exception):
    """Root of the tree above."""

    code: ClassVar[str] = "store"

    def __init__(self, **params: str | int) -> None:
        self.params = params
        super().__init__(f"{self.code} {params}" if params else self.code)


class DiskFullError(StoreError):
    """No room left; the transaction was rolled back whole. params: path."""

    code = "disk_full"


class NewerDatabaseError(StoreError):
    """The database has migrations that this version does not know. params: path, migration."""

    code = "database_newer"


class DamagedError(StoreError):
    """The database does not pass its integrity check and no backup does. params: path."""

    code = "database_damaged"


class UnreadableError(StoreError):
    """The database cannot be opened or asked. params: path, detail."""

    code = "database_unreadable"


class OvertakenError(StoreError):
    """The draft moved on since it was read. params: expected, version, changed_by."""

    code = "overtaken"


class MissingError(StoreError):
    """Nothing of that name. params: noun, name."""

    code = "not_found"


class TakenError(StoreError):
    """The name is in use. params: noun, name."""

    code = "name_taken"
