"""The front panel, pure: what it draws for what it knows, and that no series of keys does harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.render.display.menu import Action, Place, State, draw, entries, press, tell, turn
from appliance.render.display.panel import LineShown, Panel, ReaderShown, pages
from appliance.render.display.picture import Key, Lamp, Picture, columns, fit

NOW = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
PANEL = Panel("najd-clinic", NOW, calls=3, phones=12, addresses=(("eth0", "192.168.1.20"),))
UP, DOWN, LEFT, RIGHT, ENTER, EXIT = Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT, Key.ENTER, Key.EXIT
DRAWN = set(" !\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def pressed(panel: Panel, *keys: Key, state: State | None = None) -> tuple[State, Picture, list[Action]]:
    state, done = state or State(), []
    picture = draw(state, panel)
    for key in keys:
        state, picture, action = press(state, key, panel)
        done += [action] if action else []
    return state, picture, done


def text(picture: Picture) -> list[str]:
    return [row.rstrip() for row in picture.rows]


def test_the_first_page_tells_what_a_passer_by_wants_to_know() -> None:
    assert text(draw(State(), PANEL)) == ["najd-clinic", "192.168.1.20", "3 calls, 12 phones", "2026-11-22  09:05"]
    assert draw(State(), PANEL).lamps == (Lamp.GREEN, Lamp.OFF, Lamp.GREEN, Lamp.OFF)


def test_an_asterisk_that_is_away_and_a_missing_network_are_told() -> None:
    picture = draw(State(), replace(PANEL, asterisk=False, addresses=()))
    assert text(picture)[1:3] == ["no network address", "Asterisk is away"]
    assert picture.lamps[0] is Lamp.RED


def test_alarms_are_on_the_second_page_and_on_the_lamp() -> None:
    panel = replace(PANEL, lines=(LineShown("pri", "RED"), LineShown("fxs")))
    _, picture, _ = pressed(panel, DOWN)
    assert text(picture) == ["Lines       1 alarms", "pri              RED", "", ""]
    assert picture.lamps[1] is Lamp.RED
    _, picture, _ = pressed(replace(panel, lines=(LineShown("pri"), LineShown("fxs"))), DOWN)
    assert text(picture)[:2] == ["Lines             ok", "2 lines, all up"]


def test_what_wants_attention_has_a_page_of_its_own() -> None:
    assert len(pages(PANEL)) == 2
    panel = replace(PANEL, readers=(ReaderShown("serial", False, waiting=7),), first_run=True, awaiting_s=42)
    _, picture, _ = pressed(panel, UP)
    assert text(picture) == ["Attention", "No administrator yet", "Change ends in 42 s", "serial away        7"]
    assert picture.lamps[3] is Lamp.AMBER


def test_pages_turn_around_and_by_themselves() -> None:
    state, _, _ = pressed(PANEL, DOWN, DOWN)
    assert state == State()
    assert turn(State(), PANEL).at == 1
    assert turn(State(Place.MENU), PANEL) == State(Place.MENU)


def test_the_menu_scrolls_and_shows_what_is_chosen() -> None:
    panel = replace(PANEL, readers=(ReaderShown("tcp", True),), awaiting_s=9)
    _, picture, _ = pressed(panel, ENTER)
    assert text(picture) == [">Addresses", " Lines", " Call records", " Lamp test"]
    _, picture, _ = pressed(panel, ENTER, UP)
    assert text(picture) == [" Lamp test", " Test call record", " Keep the change", ">Undo the change"]


def test_a_list_scrolls_to_its_end_and_no_further() -> None:
    panel = replace(PANEL, lines=tuple(LineShown(f"line-{n}") for n in range(6)))
    state, picture, _ = pressed(panel, ENTER, DOWN, ENTER)
    assert text(picture)[0] == columns("Lines", "more")
    state, picture, _ = pressed(panel, *[DOWN] * 9, state=state)
    assert text(picture) == ["Lines", "line-3            ok", "line-4            ok", "line-5            ok"]
    state, _, _ = pressed(panel, EXIT, EXIT, state=state)
    assert state == State()


def test_the_code_is_offered_only_until_there_is_an_administrator() -> None:
    open_box = replace(PANEL, first_run=True)
    state, _, done = pressed(open_box, ENTER, ENTER, RIGHT, ENTER)
    assert done == [Action.NEW_CODE]
    told = tell(state, "First sign-in code:", "ABCD-1234")
    assert text(draw(told, open_box)) == ["First sign-in code:", "ABCD-1234", "", "any key: back"]
    assert "First sign-in code" not in [entry.label for entry in entries(PANEL)]
    # Somebody claimed the box while the question stood.
    asked, _, _ = pressed(open_box, ENTER, ENTER, RIGHT)
    assert press(asked, ENTER, PANEL)[2] is None


def test_a_question_is_answered_with_no_unless_yes_is_chosen() -> None:
    panel = replace(PANEL, awaiting_s=9)
    asked, picture, _ = pressed(panel, ENTER, UP, ENTER)
    assert text(picture) == ["Undo the change", "that now runs?", " >No   Yes", "arrows, then Enter"]
    assert press(asked, ENTER, panel)[2] is None
    assert press(asked, EXIT, panel)[2] is None
    chosen, picture, _ = pressed(panel, RIGHT, state=asked)
    assert text(picture)[2] == "  No  >Yes"
    assert press(chosen, ENTER, panel)[2] is Action.UNDO_CHANGE


@pytest.mark.parametrize(
    ("name", "drawn"),
    [("Zoë's", "Zoe's"), ("a_b[c]", "a-b(c)"), ("纳吉", "??"), ("عيادة", "?????"), ("a\n\x00~", "a???")],
)
def test_what_no_display_can_draw_is_spelled_otherwise(name: str, drawn: str) -> None:
    assert fit(name).rstrip() == drawn


words = st.text(max_size=24)
panels = st.builds(
    Panel,
    name=words,
    at=st.just(NOW),
    asterisk=st.booleans(),
    calls=st.integers(0, 10**6),
    phones=st.integers(0, 10**6),
    addresses=st.lists(st.tuples(words, words), max_size=4).map(tuple),
    lines=st.lists(st.builds(LineShown, words, words), max_size=4).map(tuple),
    readers=st.lists(st.builds(ReaderShown, words, st.booleans(), st.integers(0, 10**9)), max_size=3).map(tuple),
    first_run=st.booleans(),
    awaiting_s=st.none() | st.integers(0, 10**6),
)


@given(st.lists(st.sampled_from(Key), max_size=30), panels, panels)
def test_any_keys_in_any_box_give_a_picture_that_every_display_can_draw(
    keys: list[Key], before: Panel, after: Panel
) -> None:
    state = State()
    for place, key in enumerate(keys):
        panel = after if place % 3 == 2 else before
        state, picture, action = press(state, key, panel)
        assert len(picture.rows) == len(picture.lamps) == 4
        for row in picture.rows:
            assert len(row) == 20 and set(row) <= DRAWN, row
        if action is Action.NEW_CODE:
            assert panel.first_run
        if action in (Action.CONFIRM_CHANGE, Action.UNDO_CHANGE):
            assert panel.awaiting_s is not None


@given(st.lists(st.sampled_from([ENTER, EXIT]), max_size=40))
def test_enter_alone_never_changes_anything(keys: list[Key]) -> None:
    panel = replace(PANEL, first_run=True, awaiting_s=5, readers=(ReaderShown("tcp", True),))
    for choose in range(len(entries(panel))):
        state, _, _ = pressed(panel, ENTER, *[DOWN] * choose)
        assert pressed(panel, *keys, state=state)[2] == []


@given(st.lists(st.sampled_from(Key), max_size=40))
def test_exit_leads_out_from_anywhere(keys: list[Key]) -> None:
    panel = replace(PANEL, first_run=True, awaiting_s=5)
    state, _, _ = pressed(panel, *keys)
    assert pressed(panel, EXIT, EXIT, EXIT, state=state)[0].place is Place.PAGES
