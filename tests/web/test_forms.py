"""What travels between a form and the daemon."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from appliance.model.extensions import Extension
from appliance.model.merge import merge_patch as merged
from web_admin.forms.field import western
from web_admin.forms.merge_patch import merge_patch
from web_admin.forms.rules import rules_of

TEXTS = st.text(max_size=4)
DESTINATIONS = st.one_of(
    st.fixed_dictionaries({"extension": TEXTS}),
    st.fixed_dictionaries({"voicemail": TEXTS}),
)
EXTENSIONS = st.fixed_dictionaries(
    {"number": TEXTS},
    optional={
        "name": TEXTS,
        "call_limit": st.integers(),
        "voicemail": st.fixed_dictionaries({}, optional={"enabled": st.booleans(), "pin": TEXTS}),
        "forward": st.fixed_dictionaries({}, optional={"always": DESTINATIONS, "busy": DESTINATIONS}),
        "may_pick_up": st.lists(TEXTS, max_size=3),
    },
)


@given(EXTENSIONS, EXTENSIONS)
def test_the_patch_turns_what_was_into_what_was_typed(before: dict[str, object], after: dict[str, object]) -> None:
    assert merged(Extension, before, merge_patch(before, after)) == after


def test_digits_of_every_script_become_western_ones() -> None:
    assert western("٠١٢٣ ۴۵۶ ７８９ abc") == "0123 456 789 abc"


def test_rules_are_found_through_references_and_optional_parts() -> None:
    assert rules_of(Extension, ("number",)).required
    assert rules_of(Extension, ("voicemail", "pin")).optional
    assert rules_of(Extension, ("forward", "no_answer", "after")).minimum == 5
    assert rules_of(Extension, ("may_call",)).choices == ("internal", "local", "national", "international")
