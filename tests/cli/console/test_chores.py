"""What the menu does to the machine: nothing without being asked twice, and what is asked is what was shown."""

from __future__ import annotations

import pytest

from appliance.cli.console import machine, network_form
from appliance.cli.console.screen import Charset
from appliance.cli.console.state import Ask, State
from appliance.model.network import Network
from appliance.model.site import parse_noun
from tests.cli.console.answers import answers
from tests.cli.console.test_machine import Table

NAME = "najd-clinic"


def table(many: int = 2, **says: object) -> Table:
    at = Table(State(Charset.UTF8), {**answers(NAME, many=many), **says})
    at.press("1")
    return at


def verbs(at: Table) -> list[str]:
    return [ask.verb for ask in at.asked]


def test_settings_are_typed_and_tried() -> None:
    at = table()
    at.press("1", "e", "down", " ", "down", *"10.1.2.3/24", "down", *"10.1.2.1", "down", "down", *"9.9.9.9 1.1.1.1")
    assert "> Name servers: 9.9.9.9 1.1.1.1_" in at.text
    at.press("down", *"20", "down", "down", *"10.20.0.1/24", "enter")
    assert "network.edit" not in verbs(at)
    at.press("enter")
    [patch] = [dict(ask.args)["changes"] for ask in at.asked if ask.verb == "network.edit"]
    assert parse_noun(Network, {name: value for name, value in patch.items() if value is not None}).ipv4.gateway
    assert patch == {
        "interface": None,
        "ipv4": {"method": "static", "address": "10.1.2.3/24", "gateway": "10.1.2.1"},
        "ipv6": {"method": "automatic", "address": None, "gateway": None},
        "resolvers": ["9.9.9.9", "1.1.1.1"],
        "phones_vlan": {"id": 20, "method": "static", "address": "10.20.0.1/24"},
    }
    assert at.state.page == "network"


def test_what_is_tried_is_kept_or_undone_by_a_key() -> None:
    for key, verb in (("c", "network.confirm"), ("u", "network.revert")):
        at = table(many=1)
        assert "another 90 s" in at.press("1")
        at.press(key)
        assert verb in verbs(at)
        assert machine.refresh_s(at.state) is not None
    at = table(many=2)
    assert "Nobody kept the settings" in at.press("1")
    at.press("c", "u")
    assert not {"network.confirm", "network.revert"} & set(verbs(at))


def test_a_form_that_is_left_asks_nothing() -> None:
    at = table()
    at.press("1", "e", "down", " ", "escape")
    assert at.state.page == "network" and "network.edit" not in verbs(at)


def test_a_refusal_leaves_what_was_typed() -> None:
    at = table()
    at.refuses = frozenset({"network.edit"})
    at.press("1", "e", "down", " ", "down", *"10.1.2.3", *["down"] * 9, "enter")
    assert "10.1.2.3" in at.text and at.state.page == "network_edit"
    assert at.state.values["ipv4.address"] == "10.1.2.3"


def test_every_setting_that_is_in_effect_opens_in_the_form() -> None:
    settings = parse_noun(Network, {
        "interface": "eth0", "ipv4": {"method": "static", "address": "10.1.2.3/24", "gateway": "10.1.2.1"},
        "ipv6": {"method": "off"}, "resolvers": ["10.1.2.1"], "phones_vlan": {"id": 7, "method": "dhcp"},
    }).model_dump(mode="json")  # fmt: skip
    said = {**answers()["network.show"], "settings": settings, "trial": None}
    state = State(answers={"network.show": said})
    again = network_form.changes(network_form.begun(state))
    assert parse_noun(Network, again).model_dump(mode="json") == settings


@pytest.mark.parametrize(("downs", "verb", "when"), [(0, "power.restart", "idle"), (3, "power.off", "now")])
def test_power_is_asked_twice(downs: int, verb: str, when: str) -> None:
    at = table()
    at.press("a", *["down"] * downs, "enter")
    assert verb not in verbs(at)
    at.press("0")
    assert verb not in verbs(at)
    at.press("down", *["up"] * 9, *["down"] * downs, "enter", "enter")
    assert at.asked[-1] == Ask(verb, (("when", when),))
    at.press("enter")
    assert verbs(at).count(verb) == 1


@pytest.mark.parametrize("keep", [False, True])
def test_a_reset_wants_the_name_of_the_box(keep: bool) -> None:
    at = table()
    at.press("c", *(["down"] if keep else []), "enter", "enter", *"najd", "enter")
    assert "reset.factory" not in verbs(at)
    at.press(*"-clinic", "enter")
    assert at.asked[-1] == Ask("reset.factory", (("box", NAME), ("keep_recordings", keep)))


def test_installing_wants_the_name_of_the_disk_and_shows_how_far_it_is() -> None:
    at = table()
    assert "sdb  8.6 GB  najd-clinic" in at.press("b")
    at.press("down", "enter")
    assert at.state.page == "install", "a disk that cannot be used is not chosen"
    at.press("up", "enter", *"sda", "enter")
    assert "install.start" not in verbs(at)
    at.press("backspace", *"b", "enter")
    assert Ask("install.start", (("disk", "sdb"), ("serial", NAME))) in at.asked
    assert "writing the system, 50%" in at.text
    assert machine.refresh_s(at.state) is not None
    finished = {"step": "finished", "disk": "sdb", "done": 0, "all": 0, "error": ""}
    at.says["install.show"] = {**at.says["install.show"], "progress": finished}
    at.state = at._run(machine.refresh(at.state))
    assert "sdb: finished." in at.text and machine.refresh_s(at.state) is None
    at.press("enter")
    assert at.asked[-1] == Ask("power.off", (("when", "now"),))


def test_a_box_that_was_not_flashed_offers_no_disk() -> None:
    at = table(**{"install.show": {"source": "", "disks": [], "progress": None}})
    assert "does not run from a flashed stick" in at.press("b")
    at.press("enter")
    assert "install.start" not in verbs(at)
