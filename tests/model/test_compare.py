"""What two sites differ in: every value, no secret, nothing that has no effect."""

from __future__ import annotations

import pytest
from hypothesis import given

from appliance.model.changes import ValueChange
from appliance.model.compare import changes, key_path, words
from appliance.model.edit import add_extension, edit_extension, edit_noun
from appliance.model.fields import Noun
from appliance.model.members import edit_member, key_of, move_member, remove_member
from appliance.model.site import Site
from appliance.model.texts import TEXT_LANGUAGES
from tests.model.strategies import sites

SITE = Site.from_document(
    {
        "extensions": [
            {"number": "101", "name": "Reception", "secret": "Vexl9-quiet-Harbour"},
            {"number": "102", "name": "Lab", "forward": {"busy": {"extension": "101"}}},
        ]
    }
)


UNORDERED = ("trunks", "inbound_routes")


def _by_key(members: tuple[Noun, ...]) -> dict[str, Noun]:
    return {key_of(member): member for member in members}


def _one(before: Site, after: Site) -> ValueChange:
    [change] = changes(before, after)
    return change


def test_equal_sites_have_no_changes() -> None:
    assert changes(SITE, SITE) == ()
    assert changes(SITE, Site.from_document(SITE.document())) == ()


def test_a_written_out_default_and_another_order_are_no_change() -> None:
    document = SITE.document()
    document["box"] = {"country": "GB"}
    document["extensions"].reverse()
    assert changes(SITE, Site.from_document(document)) == ()


def test_a_box_from_the_factory_is_what_the_first_site_is_compared_with() -> None:
    assert [change.path for change in changes(None, SITE)] == ["extensions[101]", "extensions[102]"]
    assert changes(None, Site()) == ()


def test_a_changed_value_is_named_by_the_key_of_its_member() -> None:
    change = _one(SITE, edit_extension(SITE, "102", {"name": "Laboratory"}).site)
    assert change == ValueChange(path="extensions[102].name", kind="changed", before="Lab", after="Laboratory")


def test_a_changed_secret_shows_only_that_it_changed() -> None:
    change = _one(SITE, edit_extension(SITE, "101", {"secret": "Rows-mint-88-Lantern"}).site)
    assert change == ValueChange(path="extensions[101].secret", kind="changed", before="***", after="***")
    assert words(change, "en") == "Extension 101 · SIP password is changed"


def test_an_added_member_shows_its_document_without_secrets() -> None:
    new = {"number": "103", "name": "New", "secret": "Rows-mint-88-Lantern", "voicemail": {"pin": "1357"}}
    change = _one(SITE, add_extension(SITE, new).site)
    assert (change.path, change.kind, change.before) == ("extensions[103]", "added", None)
    assert change.after == {"number": "103", "name": "New", "secret": "***", "voicemail": {"pin": "***"}}


def test_a_destination_is_one_value() -> None:
    change = _one(SITE, edit_extension(SITE, "102", {"forward": {"busy": {"hang_up": "busy"}}}).site)
    assert (change.path, change.before, change.after) == (
        "extensions[102].forward.busy",
        {"extension": "101"},
        {"hang_up": "busy"},
    )


def test_a_list_is_one_value_of_plain_texts() -> None:
    change = _one(SITE, edit_noun(SITE, "sip", {"codecs": ["alaw"]}))
    assert (change.before, change.after) == (["g722", "alaw", "ulaw"], ["alaw"])
    assert type(change.after[0]) is str


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        ({"name": "Laboratory"}, "Extension 102 · Name: from “Lab” to “Laboratory”"),
        ({"language": "fa"}, "Extension 102 · Language: now Persian"),
        ({"forward": {"busy": None}}, "Extension 102 · Forward when busy: no longer extension 101"),
        ({"voicemail": {"enabled": True}}, "Extension 102 · Voicemail on: from no to yes"),
        ({"call_limit": 2}, "Extension 102 · Calls at once: from 4 to 2"),
        ({"secret": "Rows-mint-88-Lantern"}, "Extension 102 · SIP password is added"),
    ],
)
def test_changes_are_said_in_plain_words(patch: dict[str, object], said: str) -> None:
    assert words(_one(SITE, edit_extension(SITE, "102", patch).site), "en") == said


def test_a_removed_extension_is_said_with_its_name() -> None:
    change = _one(SITE, Site.from_document({"extensions": SITE.document()["extensions"][:1]}))
    assert words(change, "en") == "Extension 102 (Lab) is removed"
    assert words(change, "zh") == "移除分機 102 (Lab)"


@given(sites(), sites())
def test_every_difference_is_seen_and_said_and_no_secret_shown(before: Site, after: Site) -> None:
    found = changes(before, after)
    numbers = {extension.number for extension in before.extensions}
    same_effect = before == after or (
        (before.box, before.sip, before.feature_codes, before.outbound_routes, before.hardware)
        == (after.box, after.sip, after.feature_codes, after.outbound_routes, after.hardware)
        and all(_by_key(getattr(before, noun)) == _by_key(getattr(after, noun)) for noun in UNORDERED)
        and sorted(before.extensions, key=lambda each: each.number)
        == sorted(after.extensions, key=lambda each: each.number)
    )
    assert (found == ()) == same_effect
    assert len({change.path for change in found}) == len(found)
    assert {
        change.path
        for change in found
        if change.kind == "removed" and change.path.startswith("extensions") and change.path.endswith("]")
    } == {f"extensions[{number}]" for number in numbers - {extension.number for extension in after.extensions}}
    for change in found:
        assert all(words(change, language) for language in TEXT_LANGUAGES)
        if change.path.endswith((".secret", ".pin")):
            assert {change.before, change.after} <= {None, "***"}


@given(sites(), sites())
def test_changes_seen_backwards_are_the_same_changes(before: Site, after: Site) -> None:
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    forth = {(each.path, each.kind, repr(each.before), repr(each.after)) for each in changes(before, after)}
    back = {(each.path, turned[each.kind], repr(each.after), repr(each.before)) for each in changes(after, before)}
    assert forth == back


def test_a_path_names_list_members_by_their_key() -> None:
    assert key_path(SITE, ("extensions", 1, "forward", "busy")) == "extensions[102].forward.busy"
    assert key_path(SITE, ("extensions", 9, "name")) == "extensions[9].name"
    assert key_path(SITE, ()) == "site"


LINES = Site.from_document(
    {
        "hardware": {"spans": [{"name": "pri", "port": 1, "kind": "e1", "signalling": "pri_cpe"}]},
        "trunks": [{"name": "pstn", "kind": "dahdi", "spans": ["pri"]}],
        "inbound_routes": [{"caller": "+966500000000", "to": {"hang_up": "busy"}}],
        "outbound_routes": [
            {"name": "local", "match": ["NXXXXXX"], "class": "local", "trunks": ["pstn"]},
            {"name": "abroad", "match": ["00."], "trunks": ["pstn"]},
        ],
    }
)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (edit_member(LINES, "trunks", "pstn", {"max_calls": 4}).site, "Trunk pstn · Calls at once: now 4"),
        (
            edit_member(LINES, "outbound_routes", "local", {"class": "national"}).site,
            "Outbound route local · Needs permission for: from “local” to “national”",
        ),
        (
            move_member(LINES, "outbound_routes", "abroad", 1).site,
            "Outbound route · order: from “local”, “abroad” to “abroad”, “local”",
        ),
        (
            remove_member(LINES, "inbound_routes", "any:+966500000000").site,
            "Inbound route any:+966500000000 is removed",
        ),
        (
            edit_member(LINES, "hardware.spans", "pri", {"timing": 0}).site,
            "Span pri · Clock (0 gives it): now 0",
        ),
        (edit_noun(LINES, "hardware", {"echo_canceller": "mg2"}), "Hardware · Echo canceller: from “oslec” to “mg2”"),
        (
            edit_noun(LINES, "hardware", {"smdr": {"tcp_port": 2300}}),
            "Hardware · SMDR TCP port: now 2300",
        ),
    ],
)
def test_changes_of_lines_are_said_in_plain_words(after: Site, said: str) -> None:
    change = _one(LINES, after)
    assert words(change, "en") == said
    assert all(words(change, language) for language in TEXT_LANGUAGES)


def test_paths_into_lines_are_named_by_key() -> None:
    assert key_path(LINES, ("inbound_routes", 0, "to")) == "inbound_routes[any:+966500000000].to"
    assert key_path(LINES, ("hardware", "spans", 0, "port")) == "hardware.spans[pri].port"
    assert key_path(LINES, ("outbound_routes", 1, "match", 0)) == "outbound_routes[abroad].match[0]"
