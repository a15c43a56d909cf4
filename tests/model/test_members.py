"""Edits of spans, trunks and routes: what follows them, what goes with them, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.model.edit import edit_extension, edit_noun, fill_secrets, import_extensions, remove_extension
from appliance.model.members import (
    MEMBERS,
    add_member,
    edit_member,
    key_of,
    members,
    move_member,
    references_of,
    remove_member,
)
from appliance.model.problems import InUseError, NotFoundError, ProblemsError
from appliance.model.site import Site
from appliance.model.verify import errors, verify
from tests.model.strategies import sites

SITE = Site.from_document(
    {
        "box": {"emergency": {"numbers": ["911"], "trunks": ["pstn", "spare"]}},
        "extensions": [
            {"number": "101", "name": "Reception", "secret": "Vexl9-quiet-Harbour"},
            {"number": "110", "name": "Lobby", "line": {"span": "fxs", "channel": 1}},
        ],
        "trunks": [
            {"name": "pstn", "kind": "dahdi", "spans": ["pri"]},
            {"name": "spare", "kind": "dahdi", "spans": ["fxo", "t1"]},
        ],
        "inbound_routes": [{"trunk": "pstn", "to": {"extension": "101"}}, {"to": {"hang_up": "busy"}}],
        "outbound_routes": [
            {"name": "local", "match": ["NXXXXXX"], "trunks": ["pstn"]},
            {"name": "abroad", "match": ["00."], "trunks": ["spare", "pstn"]},
        ],
        "hardware": {
            "spans": [
                {"name": "pri", "port": 1, "kind": "e1", "signalling": "pri_cpe"},
                {"name": "fxs", "ports": [1, 2], "kind": "analog", "signalling": "fxo_ks"},
                {"name": "fxo", "ports": [3], "kind": "analog", "signalling": "fxs_ks"},
                {"name": "t1", "port": 1, "kind": "t1", "signalling": "em_w"},
            ]
        },
    }
)


def _where(paths: Any) -> list[str]:
    return [".".join(str(step) for step in path) for path in paths]


def _refused(edit: Any, *arguments: Any) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as caught:
        edit(*arguments)
    return [(each.where, each.code) for each in caught.value.problems]


def test_the_site_of_these_tests_is_well() -> None:
    assert errors(verify(SITE)) == []


def test_a_member_is_added_at_the_end() -> None:
    done = add_member(SITE, "outbound_routes", {"name": "free", "match": ["0800."], "trunks": ["pstn"]})
    assert [route.name for route in done.site.outbound_routes] == ["local", "abroad", "free"]
    assert key_of(done.member) == "free"
    assert _refused(add_member, SITE, "trunks", {"name": "pstn", "kind": "dahdi", "spans": ["t1"]}) == [
        ("trunks[2].name", "duplicate_name")
    ]
    assert _refused(add_member, SITE, "inbound_routes", {"to": {"extension": "101"}}) == [
        ("inbound_routes[2]", "same_conditions")
    ]
    assert _refused(add_member, SITE, "hardware.spans", {"name": "x", "kind": "e9"}) == [
        ("hardware.spans[4].kind", "one_of"),
        ("hardware.spans[4].signalling", "required"),
    ]


def test_what_names_a_member_follows_it_to_another_name() -> None:
    done = edit_member(SITE, "trunks", "pstn", {"name": "telco"})
    assert [route.trunks for route in done.site.outbound_routes] == [("telco",), ("spare", "telco")]
    assert done.site.inbound_routes[0].trunk == "telco"
    assert done.site.box.emergency is not None
    assert done.site.box.emergency.trunks == ("telco", "spare")
    assert _where(done.references) == [
        "box.emergency.trunks.0", "inbound_routes.0.trunk", "outbound_routes.0.trunks.0", "outbound_routes.1.trunks.1",
    ]  # fmt: skip
    assert Site.from_document(done.site.document()) == done.site
    done = edit_member(SITE, "hardware.spans", "fxs", {"name": "phones"})
    assert done.site.extensions[1].line is not None
    assert done.site.extensions[1].line.span == "phones"
    assert errors(verify(done.site)) == []


def test_a_member_in_use_is_not_removed() -> None:
    with pytest.raises(InUseError) as caught:
        remove_member(SITE, "hardware.spans", "pri")
    assert _where(caught.value.references) == ["trunks.0.spans.0"]
    assert caught.value.problems[0].where == "hardware.spans[0]"
    with pytest.raises(InUseError):
        remove_member(SITE, "trunks", "spare")


def test_what_is_left_without_a_trunk_goes_with_it() -> None:
    done = remove_member(SITE, "trunks", "pstn", cascade=True)
    assert [route.name for route in done.site.outbound_routes] == ["abroad"]
    assert done.site.outbound_routes[0].trunks == ("spare",)
    assert [route.key for route in done.site.inbound_routes] == ["any"]
    assert done.site.box.emergency is not None
    assert done.site.box.emergency.trunks == ("spare",)
    done = remove_member(done.site, "trunks", "spare", cascade=True)
    assert (done.site.outbound_routes, done.site.box.emergency) == ((), None)
    assert errors(verify(done.site)) == []


def test_what_is_left_without_a_span_goes_with_it() -> None:
    done = remove_member(SITE, "hardware.spans", "pri", cascade=True)
    assert [trunk.name for trunk in done.site.trunks] == ["spare"]
    assert "outbound_routes.0.trunks.0" in _where(done.references)
    assert errors(verify(done.site)) == []
    done = remove_member(SITE, "hardware.spans", "fxs", cascade=True)
    assert done.site.extensions[1].line is None
    assert fill_secrets(done.site, lambda: "Rows-mint-88-Lantern", lambda: "4711").extensions[1].secret


def test_a_member_moves_to_a_place_counted_from_one() -> None:
    assert [route.name for route in move_member(SITE, "outbound_routes", "abroad", 1).site.outbound_routes] == [
        "abroad", "local",
    ]  # fmt: skip
    assert [span.name for span in move_member(SITE, "hardware.spans", "pri", 99).site.hardware.spans][-1] == "pri"


def test_a_member_that_is_not_there_is_said_so() -> None:
    for edit in (
        lambda: edit_member(SITE, "trunks", "no", {}),
        lambda: remove_member(SITE, "inbound_routes", "any@no"),
        lambda: move_member(SITE, "outbound_routes", "no", 1),
    ):
        with pytest.raises(NotFoundError):
            edit()
    assert _refused(edit_member, SITE, "trunks", "pstn", []) == [("trunks[0]", "mapping")]
    assert _refused(edit_member, SITE, "trunks", "pstn", {"spans": []}) == [("trunks[0].spans", "list_too_short")]


def test_inbound_routes_follow_an_extension_to_another_number_and_go_with_it() -> None:
    done = edit_extension(SITE, "101", {"number": "105"})
    assert done.site.inbound_routes[0].to.name == "105"
    assert done.site.inbound_routes[1] is SITE.inbound_routes[1]
    with pytest.raises(InUseError):
        remove_extension(SITE, "101")
    done = remove_extension(SITE, "101", cascade=True)
    assert [route.key for route in done.site.inbound_routes] == ["any"]
    assert _where(done.references) == ["inbound_routes.0.to"]


def test_an_analog_telephone_has_no_sip_password() -> None:
    def filled(site: Site) -> list[str | None]:
        return [one.secret for one in fill_secrets(site, lambda: "Rows-mint-88-Lantern", lambda: "4711").extensions]

    assert filled(SITE) == ["Vexl9-quiet-Harbour", None]
    plugged = edit_extension(SITE, "101", {"line": {"span": "fxs", "channel": 2}}).site
    assert plugged.extensions[0].secret is None
    assert errors(verify(plugged)) == []
    assert filled(edit_extension(plugged, "101", {"line": None}).site)[0] == "Rows-mint-88-Lantern"
    document = {"number": "101", "name": "Reception", "line": {"span": "fxs", "channel": 2}}
    assert import_extensions(SITE, [document]).site.extensions[0].secret is None


def test_hardware_is_edited_as_one() -> None:
    site = edit_noun(SITE, "hardware", {"smdr": {"tcp_port": 2301}})
    assert site.hardware.smdr.tcp_port == 2301
    assert site.hardware.spans == SITE.hardware.spans


@given(sites(), st.data())
def test_a_removal_with_everything_that_names_it_leaves_no_new_error(site: Site, data: st.DataObject) -> None:
    there = [(noun, key_of(one)) for noun in MEMBERS for one in members(site, noun)]
    if not there:
        return
    noun, key = data.draw(st.sampled_from(there))
    done = remove_member(site, noun, key, cascade=True)
    assert errors(verify(done.site)) == []
    assert Site.from_document(done.site.document()) == done.site
    assert references_of(done.site, noun, key) == ()
