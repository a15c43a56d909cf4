"""Every verb is marked, documented, and refused to whoever has not the right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from appliance.control.asker import Asker, Call
from appliance.control.client import ControlError
from appliance.control.registry import Args, NoArgs, Open, Verb, all_verbs, answer, verb
from appliance.control.rooms import Rooms
from appliance.model.access import ROLE_PERMISSIONS, Permission, Role
from tests.control.conftest import House

MEMBERS = ("inbound_route", "outbound_route", "span", "trunk")
ARCHITECTURE = Path(__file__).resolve().parents[2] / "ARCHITECTURE.md"
VERBS = all_verbs()


def documented() -> dict[str, str]:
    """Verb to the text of its permission, from the table of ARCHITECTURE.md.

    A row may hold several verbs, comma-separated, and ``account.list/add/edit`` stands for three.
    """
    found: dict[str, str] = {}
    table = ARCHITECTURE.read_text(encoding="utf-8").partition("## The control socket")[2]
    for line in table.splitlines():
        if not line.startswith("| `"):
            continue
        _, names, permission, *_ = line.split("|")
        for name in re.findall(r"`([^`]+)`", names):
            noun, _, verbs = name.rpartition(".")
            for each in verbs.split("/"):
                found[f"{noun}.{each}" if noun else each] = permission.strip()
    return found


def test_the_documented_verbs_are_exactly_the_registered_ones() -> None:
    assert sorted(documented()) == sorted(VERBS)


@pytest.mark.parametrize("name", sorted(VERBS))
def test_the_documented_permission_is_the_one_that_is_asked(name: str) -> None:
    needs = VERBS[name].needs
    words = documented()[name]
    for needed in needs if isinstance(needs, tuple) else (needs,):
        assert needed.value in words


@pytest.mark.parametrize("name", sorted(VERBS))
def test_every_verb_has_a_permission_a_closed_args_model_and_a_docstring(name: str) -> None:
    found = VERBS[name]
    assert isinstance(found.needs, Permission | Open | tuple)
    assert issubclass(found.args, Args)
    assert found.args.model_config["extra"] == "forbid"
    assert found.run.__doc__


def test_what_shows_and_what_changes_is_told_apart() -> None:
    """A verb that writes no audit line is one of these; a new one must be put here on purpose.

    ``extension.get`` and ``site.export`` write one where they show secrets.
    """
    silent = {name for name, found in VERBS.items() if not found.changes}
    assert silent == {
        "account.list", "account.own", "audit.list", "display.show", "extension.list", "extension.references",
        "first_run.state", "hardware.capture", "hardware.list", "hardware.propose", "hardware.show", "hardware.tests",
        "hardware.watch",
        "hello", "history.get", "history.list", "install.show", "live.show", "live.watch", "log.list", "network.show",
        "power.show",
        "registration.list", "revision.diff", "revision.list", "session.list", "site.plan",
        "site.schema", "site.show", "smdr.status", "smdr.tail", "site.state", "status.show", "token.list", "whoami",
        "hardware.alarms", "mail.list", "update.check", "update.receive", "update.show", "update.watch",
        *(f"{word}.{name}" for word in MEMBERS for name in ("get", "list", "references")),
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(name for name, found in VERBS.items() if found.needs is not Open.ANYBODY))
def test_nobody_is_refused(worn_house: House, name: str) -> None:
    with pytest.raises(ControlError) as refused:
        worn_house.web().ask(name)
    assert refused.value.code == "not_signed_in"


@pytest.mark.parametrize("role", sorted(Role))
def test_a_role_may_ask_what_its_permissions_say_and_nothing_else(role: Role) -> None:
    asker = Asker(name="x", role=role, permissions=ROLE_PERMISSIONS[role])
    for name, found in VERBS.items():
        needs = found.needs if isinstance(found.needs, tuple) else (found.needs,)
        expected = any(
            need in (Open.ANYBODY, Open.KNOWN) or (isinstance(need, Permission) and need in ROLE_PERMISSIONS[role])
            for need in needs
        )
        assert found.allows(asker) == expected, name


def test_what_belongs_to_the_console_is_not_even_an_administrators(worn_house: House) -> None:
    admin = worn_house.account("farhad", Role.ADMIN)
    for name, args in (("sign_in_link", {"account": "farhad"}), ("first_run.code", {})):
        with pytest.raises(ControlError) as refused:
            admin.ask(name, **args)
        assert refused.value.code == "forbidden"


def test_a_function_without_an_args_model_cannot_become_a_verb() -> None:
    with pytest.raises(TypeError):

        @verb("broken.one", Permission.SELF)
        def _without_model(rooms: Rooms, call: Call, args: dict[str, Any]) -> None:
            """No model."""

    with pytest.raises(TypeError):

        @verb("broken.two", Permission.SELF)
        def _without_call(rooms: Rooms, args: NoArgs) -> None:
            """No call."""

    assert not any(name.startswith("broken") for name in all_verbs())


def test_a_verb_cannot_be_registered_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        verb("hello", Open.ANYBODY)(VERBS["hello"].run)


def test_a_session_of_a_reset_link_can_do_nothing_but_change_its_password() -> None:
    limited = Asker(name="x", role=Role.ADMIN, permissions=ROLE_PERMISSIONS[Role.ADMIN], must_change_password=True)
    for name, found in VERBS.items():
        if found.needs in (Permission.SELF, Open.ANYBODY, Open.KNOWN, Open.LOCAL):
            continue
        with pytest.raises(Exception, match="password_change_needed"):
            answer({name: Verb(name, found.needs, Args, _never)}, None, limited, name, {})  # type: ignore[arg-type]


def _never(rooms: Rooms, call: Call, args: Args) -> None:
    raise AssertionError("the verb was run")
