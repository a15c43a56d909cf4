"""No text gets out of the place it is written into."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.render import escape
from tests.model.strategies import hostile_text
from tests.render.conf_reader import read
from tests.render.sites import anything


@settings(deadline=None)
@given(anything())
def test_a_value_is_one_value(text: str) -> None:
    conf = read(f"[section]\nname = {escape.conf_value(text)}\nnext = 1\n")
    assert conf.directives == []
    assert [section.name for section in conf.sections] == ["section"]
    assert [name for name, _ in conf.sections[0].values] == ["name", "next"]
    assert conf.sections[0].one("next") == "1"


@settings(deadline=None)
@given(hostile_text())
def test_a_value_that_can_be_shown_comes_back_as_it_was(text: str) -> None:
    assert read(f"[section]\nname = {escape.conf_value(text)}\n").sections[0].one("name") == text


@settings(deadline=None)
@given(st.sampled_from(";\\"), st.integers(1, 6000), anything())
def test_a_value_never_makes_a_line_that_asterisk_skips(character: str, length: int, text: str) -> None:
    line = f"set_var = {escape.conf_value(text + character * length)}"
    assert len(line.encode()) < 8190
    read(f"[section]\n{line}\n")


@settings(deadline=None)
@given(anything())
def test_a_section_name_opens_one_section(text: str) -> None:
    conf = read(f"[{escape.conf_section(text)}](template)\nname = 1\n")
    assert [(section.modifiers, len(section.values)) for section in conf.sections] == [("(template)", 1)]


def unquoted(value: str) -> tuple[str, str]:
    """Name and number of a caller ID, as RFC 3261 and Asterisk's documentation read it: the last ``<`` counts."""
    name, _, number = value.rpartition("<")
    name = name.strip()
    assert name.startswith('"') and name.endswith('"') and len(name) >= 2
    plain, place = "", 1
    while place < len(name) - 1:
        if name[place] == "\\":
            place += 1
        else:
            assert name[place] != '"', "the quoted string ended early"
        plain += name[place]
        place += 1
    assert place == len(name) - 1, "the closing quote was escaped"
    return plain, number.removesuffix(">")


@settings(deadline=None)
@given(anything())
def test_a_caller_id_is_one_name_and_one_number(text: str) -> None:
    name, number = unquoted(escape.caller_id(text, "101"))
    assert number == "101"
    assert len(name.encode()) <= escape.CALLER_NAME_BYTES


@settings(deadline=None)
@given(hostile_text(19))
def test_a_name_that_fits_comes_back_as_it_was(text: str) -> None:
    assert unquoted(escape.caller_id(text, "101"))[0] == text


def test_a_long_name_ends_with_a_whole_character() -> None:
    name, _ = unquoted(escape.caller_id("م" * 60, "101"))
    assert name == "م" * 39


@settings(deadline=None)
@given(anything())
def test_an_argument_holds_nothing_that_the_dialplan_reads(text: str) -> None:
    assert set(escape.dialplan_argument(text)).isdisjoint(set("\n\r\t\0,;\"'\\${}[]()&|^!<>=:?%`~"))


@settings(deadline=None)
@given(st.from_regex(r"[0-9*#+]{1,10}", fullmatch=True))
def test_an_argument_leaves_numbers_and_codes_alone(text: str) -> None:
    assert escape.dialplan_argument(text) == text
