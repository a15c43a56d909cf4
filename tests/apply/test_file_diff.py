"""Diffs of rendered files."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from appliance.apply.file_diff import SHOWN_LINES, Mask, changes, unified

NOTHING = Mask(lambda: ())
LINES = st.lists(st.sampled_from(["[101]", "[102]", "type = auth", "", "a", "b", "c"]), max_size=40)


@given(LINES, LINES)
def test_the_changes_lead_from_one_text_to_the_other(old: list[str], new: list[str]) -> None:
    rebuilt, position = [], 0
    for a, b, c, d in changes(old, new):
        assert position <= a <= b
        assert (a, b) != (c, d) or old[a:b] != new[c:d]
        rebuilt += old[position:a] + new[c:d]
        position = b
    assert rebuilt + old[position:] == new


@given(LINES, LINES)
def test_the_hunks_lead_from_one_text_to_the_other(old: list[str], new: list[str]) -> None:
    diff = unified("file", "".join(f"{line}\n" for line in old), "".join(f"{line}\n" for line in new), NOTHING)
    assert patched(old, diff) == new


def patched(old: list[str], diff: str) -> list[str]:
    """Apply a unified diff, checking each heading and each context line."""
    rebuilt: list[str] = []
    position = 0
    for hunk in re.split(r"^(?=@@ )", diff, flags=re.M)[1:]:
        heading, *lines = hunk.splitlines()
        start, length, to, taken = (
            int(number or 1)
            for number in re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", heading).groups()  # type: ignore[union-attr]
        )
        first = start - 1 if length else start
        rebuilt += old[position:first]
        assert len(rebuilt) == (to - 1 if taken else to)
        before = [line[1:] for line in lines if line[0] in " -"]
        after = [line[1:] for line in lines if line[0] in " +"]
        assert old[first : first + length] == before
        assert len(after) == taken
        rebuilt += after
        position = first + length
    return rebuilt + old[position:]


def test_an_equal_text_has_no_diff() -> None:
    assert unified("a", "x\ny\n", "x\ny\n", NOTHING) == ""


def test_a_changed_password_shows_as_changed_and_is_not_shown() -> None:
    diff = unified("pjsip.conf", "password = one-Hill-77\n", "password = two-Hill-78\n", NOTHING)
    assert "-password = ***" in diff
    assert "+password = ***" in diff
    assert "Hill" not in diff


def test_a_digest_of_a_password_is_not_shown() -> None:
    diff = unified("pjsip.conf", "", "password_digest = MD5:0123456789abcdef\n", NOTHING)
    assert "0123" not in diff


def test_a_secret_is_hidden_wherever_it_stands() -> None:
    mask = Mask(lambda: ["4071", "Vexl9-quiet-Harbour"])
    diff = unified("voicemail.conf", "", "101 = -4071,Reception,Vexl9-quiet-Harbour\n", mask)
    assert "+101 = -***,Reception,***" in diff


def test_a_pin_hides_nothing_that_merely_contains_it() -> None:
    mask = Mask(lambda: ["1011"])
    assert mask("exten => 21011,1,Gosub(x)") == "exten => 21011,1,Gosub(x)"


def test_an_extension_among_thousands_is_a_diff_of_its_own_lines() -> None:
    def text(numbers: range, name: str) -> str:
        return "".join(f"\n[{n}](phone)\nauth = {n}\ncallerid = {name if n == 2500 else n}\n" for n in numbers)

    diff = unified("pjsip.conf", text(range(1000, 6000), "Old"), text(range(1000, 6000), "New"), NOTHING)
    assert [line for line in diff.splitlines()[2:] if line[0] in "+-"] == ["-callerid = Old", "+callerid = New"]


def test_a_huge_diff_is_cut_and_says_so() -> None:
    diff = unified("a", "", "\n".join(str(n) for n in range(5000)), NOTHING)
    assert len(diff.splitlines()) == SHOWN_LINES + 1
    assert diff.splitlines()[-1] == f"@@ {5000 + 3 - SHOWN_LINES} more lines @@"
