"""The table of verbs. A verb is a function marked ``@verb``; what is not marked cannot be asked.

::

    class EditArgs(Args):
        number: str
        changes: dict[str, Any]

    @verb("extension.edit", Permission.SITE_EDIT, changes=True)
    def edit(rooms: Rooms, call: Call, args: EditArgs) -> dict[str, Any]: ...

It gives a pydantic model, or plain JSON types with models anywhere inside; a streaming verb yields them. It
refuses with :class:`appliance.control.errors.RefusedError`; errors of the store and ``ProblemsError`` may
pass through.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import Any, TypeVar, get_type_hints

from pydantic import BaseModel

from appliance.control.asker import Asker, Call
from appliance.control.errors import RefusedError
from appliance.control.rooms import Rooms
from appliance.model.access import Permission
from appliance.model.fields import Noun
from appliance.model.site import parse_noun


class Args(Noun):
    """Arguments of a verb: frozen, and closed to names it does not know.

    Their faults are problems with paths.
    """


class NoArgs(Args):
    """Of a verb that takes none."""


class Open(Enum):
    """Who may ask when it is not a matter of a permission."""

    ANYBODY = "—"
    """No sign-in needed."""
    KNOWN = "signed in"
    """Whoever is signed in, or shows a token of whatever scopes."""
    LOCAL = "local console only"


Needs = Permission | Open | tuple[Permission, ...]
VerbFunction = TypeVar("VerbFunction", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Verb:
    """A registered verb.

    needs: one permission, or any one of several, or :class:`Open`.
    changes: whether it changes something, so that an audit line is written.
    streams: whether it yields many answers.
    """

    name: str
    needs: Needs
    args: type[Args]
    run: Callable[[Rooms, Call, Any], Any]
    changes: bool = False
    streams: bool = False

    def allows(self, asker: Asker) -> bool:
        """Whether an asker may ask it."""
        if isinstance(self.needs, Open):
            return {Open.ANYBODY: True, Open.KNOWN: asker.known, Open.LOCAL: asker.local}[self.needs]
        wanted = self.needs if isinstance(self.needs, tuple) else (self.needs,)
        return any(asker.may(permission) for permission in wanted)


_VERBS: dict[str, Verb] = {}


def verb(
    name: str, needs: Needs, *, changes: bool = False, streams: bool = False
) -> Callable[[VerbFunction], VerbFunction]:
    """Mark ``function(rooms, call, args)`` as a verb; its ``args`` annotation says what it takes."""

    def register(function: VerbFunction) -> VerbFunction:
        if name in _VERBS:
            raise ValueError(f"verb {name} is registered twice")
        args = get_type_hints(function).get("args")
        if list(inspect.signature(function).parameters) != ["rooms", "call", "args"]:
            raise TypeError(f"verb {name} takes (rooms, call, args)")
        if not (isinstance(args, type) and issubclass(args, Args)):
            raise TypeError(f"verb {name} names no Args model")
        _VERBS[name] = Verb(name, needs, args, function, changes, streams)
        return function

    return register


def all_verbs() -> Mapping[str, Verb]:
    """Every verb of ``appliance.control.verbs``, by name."""
    package = import_module("appliance.control.verbs")
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return dict(_VERBS)


def answer(verbs: Mapping[str, Verb], rooms: Rooms, asker: Asker, name: str, args: dict[str, Any]) -> Any:
    """Run a verb for an asker: permission, arguments, the verb, the audit line.

    Gives its result, an iterator for one that streams. Raises what
    :func:`appliance.control.errors.error_body` knows.
    """
    found = verbs.get(name)
    if found is None:
        raise RefusedError("unknown_verb", verb=name[:80])
    _admit(found, asker)
    call = Call(asker, name)
    given = parse_noun(found.args, args)
    if not found.changes:
        return found.run(rooms, call, given)
    intent = rooms.audit.begin(asker.name, asker.address, name)
    try:
        result = found.run(rooms, call, given)
    except Exception:
        rooms.audit.drop(intent)
        raise
    if call.changed:
        rooms.audit.add(call.who or asker.name, asker.address, name, call.subject, call.detail, intent=intent)
    else:
        rooms.audit.drop(intent)
    return result


def _admit(found: Verb, asker: Asker) -> None:
    if not found.allows(asker):
        raise RefusedError("forbidden" if asker.known else "not_signed_in", verb=found.name)
    limited = asker.must_change_password and found.needs not in (Permission.SELF, Open.ANYBODY, Open.KNOWN)
    if limited:
        raise RefusedError("password_change_needed")


def plain(result: Any) -> Any:
    """A verb's result as plain JSON types."""
    if isinstance(result, BaseModel):
        return result.model_dump(mode="json")
    if isinstance(result, Mapping):
        return {key: plain(value) for key, value in result.items()}
    if isinstance(result, list | tuple | Iterator):
        return [plain(value) for value in result]
    return result
