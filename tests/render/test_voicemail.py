"""voicemail.conf: mailboxes open to whom the site says."""

from __future__ import annotations

from appliance.render import render_site
from tests.render.conf_reader import Conf, read
from tests.render.sites import FACTS, site


def mailboxes() -> Conf:
    return read(
        render_site(
            site(
                {"number": "101", "name": "A", "voicemail": {"enabled": True, "pin": "407193"}},
                {"number": "102", "name": "B", "language": "fa", "voicemail": {"enabled": True}},
                {"number": "103", "name": "C"},
                box={"time_zone": "Asia/Riyadh", "language": "ar"},
            ),
            FACTS,
        )["asterisk/voicemail.conf"].text
    )


def test_a_mailbox_has_its_pin_and_language() -> None:
    # The minus keeps the PIN from being changed at the phone: the site says what it is.
    assert mailboxes().section("default").values == [
        ("101", "-407193,,,,language=ar|minsecs=2"),
        ("102", "-none,,,,language=fa|minsecs=2"),
    ]


def test_a_mailbox_without_a_pin_has_a_password_that_no_key_types() -> None:
    password = mailboxes().section("default").one("102").split(",")[0]
    assert set(password.removeprefix("-")).isdisjoint("0123456789*#ABCD") and password != "-"


def test_messages_carry_the_time_of_the_box() -> None:
    assert mailboxes().section("zonemessages").one("box").startswith("Asia/Riyadh|")
