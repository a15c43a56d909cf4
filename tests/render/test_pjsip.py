"""pjsip*.conf: what an extension becomes, and what all share."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from appliance.model.extensions import Extension
from appliance.render import render_site
from appliance.render.asterisk.pjsip import fingerprint
from tests.model.strategies import extensions
from tests.render.conf_reader import read
from tests.render.sites import FACTS, site
from tests.render.test_escape import unquoted

RECEPTION: dict[str, Any] = {
    "number": "101",
    "name": 'Reception; "front"',
    "secret": "Vexl9-quiet-Harbour",
    "language": "ar",
    "voicemail": {"enabled": True, "pin": "407193"},
    "pickup_group": "front",
    "may_pick_up": ["front", "back"],
    "registrations": 2,
}


def text(name: str, *described: dict[str, Any], **nouns: Any) -> str:
    return render_site(site(*described, **nouns), FACTS)[f"asterisk/{name}"].text


def test_an_extension_has_a_section_in_each_of_three_files() -> None:
    assert text("pjsip_endpoints.conf", RECEPTION).endswith(
        r"""
[101](phone)
auth = 101
aors = 101
callerid = "Reception\; \"front\"" <101>
language = ar
device_state_busy_at = 4
named_call_group = front
named_pickup_group = front,back
mailboxes = 101@default
set_var = EXTENSION=101
set_var = CALL_LIMIT=4
set_var = FINGERPRINT=c5665d7624babdd7
"""
    )
    # printf %s 101:loopstart:Vexl9-quiet-Harbour | md5sum
    assert text("pjsip_auths.conf", RECEPTION).endswith(
        """
[101](phone)
username = 101
password_digest = MD5:4633292942e4d38428a9791dda515f8c
"""
    )
    assert text("pjsip_aors.conf", RECEPTION).endswith(
        """
[101](phone)
max_contacts = 2
mailboxes = 101@default
"""
    )


@settings(deadline=None)
@given(extensions())
def test_a_name_reaches_the_phone_as_it_is(extension: Extension) -> None:
    described = {"number": extension.number, "name": extension.name, "secret": "Vexl9-quiet-Harbour"}
    [endpoint] = [
        section
        for section in read(text("pjsip_endpoints.conf", described)).sections
        if section.name == extension.number
    ]
    name, number = unquoted(endpoint.one("callerid"))
    assert number == extension.number
    assert extension.name.startswith(name) or name == ""
    assert name == extension.name.strip() or len(name.encode()) > 75


def test_an_extension_without_a_secret_cannot_be_registered() -> None:
    nobody = {"number": "101", "name": "Nobody"}
    for name in ("pjsip_endpoints.conf", "pjsip_auths.conf", "pjsip_aors.conf"):
        assert [section.name for section in read(text(name, nobody)).sections] == ["phone"]


@pytest.mark.parametrize(
    ("encryption", "values"),
    [("off", ["no"]), ("offered", ["sdes", "yes"]), ("required", ["sdes"])],
)
def test_media_encryption_is_off_offered_or_required(encryption: str, values: list[str]) -> None:
    phone = read(text("pjsip_endpoints.conf", sip={"media_encryption": encryption})).section("phone")
    assert [
        value for name in ("media_encryption", "media_encryption_optimistic") for value in phone.all(name)
    ] == values


def test_a_phone_cannot_say_who_is_calling() -> None:
    phone = read(text("pjsip_endpoints.conf")).section("phone")
    assert phone.one("trust_id_inbound") == "no"
    assert phone.one("trust_connected_line") == "no"
    assert phone.one("identify_by") == "username"


@pytest.mark.parametrize(
    "change",
    [{"secret": "Rows-mint-88-Lantern"}, {"name": "Other"}, {"registrations": 5}, {"may_pick_up": []}],
)
def test_a_fingerprint_shows_every_change(change: dict[str, Any]) -> None:
    before, after = site(RECEPTION), site({**RECEPTION, **change})
    key = FACTS.ami_secret
    assert fingerprint(before, before.extensions[0], key) != fingerprint(after, after.extensions[0], key)


def test_a_fingerprint_needs_the_key() -> None:
    drawn = site(RECEPTION)
    [extension] = drawn.extensions
    assert fingerprint(drawn, extension, "one") != fingerprint(drawn, extension, "two")


def test_transports_are_those_of_the_site() -> None:
    conf = read(text("pjsip_transports.conf", sip={"tcp": False}))
    assert [(section.one("protocol"), section.one("bind")) for section in conf.sections] == [
        ("udp", "0.0.0.0:5060"),
        ("tls", "0.0.0.0:5061"),
    ]
    assert conf.section("transport-tls").one("priv_key_file") == FACTS.private_key
