"""Which mailboxes a probe looks for. That Asterisk shows them is tested on the box."""

from __future__ import annotations

from appliance.apply.voicemail import mailboxes
from appliance.model.edit import edit_extension, edit_noun
from tests.apply.bench import site_of


def test_only_mailboxes_that_are_on_are_looked_for_in_their_language() -> None:
    site = site_of("101", "102", "103")
    for number, changes in (("101", {"voicemail": {"enabled": True}}), ("102", {"language": "ar"})):
        site = edit_extension(site, number, changes).site
    site = edit_extension(site, "102", {"voicemail": {"enabled": True}}).site
    assert mailboxes(site) == {"101": "en", "102": "ar"}


def test_a_new_language_of_the_box_is_looked_for_where_nobody_chose_one() -> None:
    site = edit_extension(site_of("101"), "101", {"voicemail": {"enabled": True}}).site
    assert mailboxes(edit_noun(site, "box", {"language": "fa"})) == {"101": "fa"}
