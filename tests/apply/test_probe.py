"""What a probe looks for. That Asterisk shows it is tested on the box."""

from __future__ import annotations

from appliance.apply.probe import SAMPLE, difference, spread
from appliance.model.edit import edit_extension, edit_noun, remove_extension
from appliance.model.site import Site
from appliance.render.asterisk.extensions import MARK, mark_of
from appliance.render.expected import Expected, expected
from tests.apply.bench import FACTS, render, site_of


def expect(site: Site) -> Expected:
    return expected(site, FACTS)


def test_only_what_an_edit_changed_is_looked_for() -> None:
    before = site_of("101", "102", "103")
    wanted = difference(before, edit_extension(before, "102", {"name": "Lab"}).site, expect)
    assert wanted.endpoints.keys() == {"102"}
    assert (wanted.endpoints_gone, wanted.dialplan, wanted.dialplan_gone) == (frozenset(), frozenset(), frozenset())


def test_a_changed_password_is_looked_for() -> None:
    before = site_of("101")
    after = edit_extension(before, "101", {"secret": "Rows-mint-88-Lantern"}).site
    assert difference(before, after, expect).endpoints.keys() == {"101"}


def test_what_was_removed_must_be_gone() -> None:
    before = site_of("101", "102")
    wanted = difference(before, remove_extension(before, "102").site, expect)
    assert wanted.endpoints == {}
    assert wanted.endpoints_gone == {"102"}
    assert ("to-extension", "102") in wanted.dialplan_gone


def test_a_renumbered_extension_is_there_under_one_number_only() -> None:
    before = site_of("101", "102")
    wanted = difference(before, edit_extension(before, "102", {"number": "105"}).site, expect)
    assert (set(wanted.endpoints), wanted.endpoints_gone) == ({"105"}, {"102"})


def test_a_change_of_codecs_is_looked_for_at_every_endpoint() -> None:
    before = site_of("101", "102")
    wanted = difference(before, edit_noun(before, "sip", {"codecs": ["alaw"]}), expect)
    assert {values["Allow"] for values in wanted.endpoints.values()} == {"(alaw)"}
    assert wanted.endpoints.keys() == {"101", "102"}


def test_a_changed_code_is_looked_for_and_the_old_one_gone() -> None:
    before = site_of("101")
    wanted = difference(before, edit_noun(before, "feature_codes", {"echo_test": "*99"}), expect)
    assert wanted.dialplan == {("feature-codes", "*99")}
    assert wanted.dialplan_gone == {("feature-codes", "*43")}


def test_without_a_before_everything_is_looked_for() -> None:
    wanted = difference(None, site_of("101", "102"), expect)
    assert wanted.endpoints.keys() == {"101", "102"}
    assert ("to-extension", "101") in wanted.dialplan


def test_every_text_of_the_dialplan_has_a_mark_of_its_own() -> None:
    before = site_of("101")
    after = edit_extension(before, "101", {"call_limit": 9}).site
    marks = [mark_of(render(site)["asterisk/extensions.conf"].text) for site in (before, after)]
    assert None not in marks
    assert marks[0] != marks[1]
    assert (MARK, marks[1]) in difference(before, after, expect, marks[1]).dialplan


def test_a_sample_of_many_holds_the_first_and_the_last() -> None:
    names = [str(number) for number in range(1000, 6000)]
    sample = spread(names)
    assert (len(sample), sample[0], sample[-1]) == (SAMPLE, "1000", "5999")
    assert spread(names[:3]) == names[:3]
