"""Tables on a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from appliance.cli.table import cells, pairs, table

TEXTS = st.text(max_size=60)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=5), st.integers(30, 120))
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str, str]], width: int) -> None:
    for line in table(["Number", "Name", "State"], rows, width).split("\n"):
        assert cells(line) <= width


@given(TEXTS)
def test_no_text_adds_a_line_or_moves_the_cursor(text: str) -> None:
    shown = table(["Name"], [(text,)], 80)
    assert shown.count("\n") == 1
    assert not any(ord(character) < 32 or ord(character) == 127 for character in shown.replace("\n", ""))


def test_columns_stand_under_one_another_in_wide_scripts() -> None:
    shown = table(["Number", "Name", "State"], [("101", "陳大文", "up"), ("102", "Lab", "up")], 80)
    assert [cells(line.split("up")[0]) for line in shown.splitlines()[1:]] == [16, 16]


def test_what_is_cut_is_marked() -> None:
    assert "…" in table(["Name"], [("x" * 100,)], 20)


def test_pairs_stand_under_one_another() -> None:
    assert pairs([("Name", "clinic"), ("Revision", 3)]) == "Name      clinic\nRevision  3"
