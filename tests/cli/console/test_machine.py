"""The menu as a value: whatever is pressed and whatever the daemon says, a screen that a terminal can show."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.cli.console import machine
from appliance.cli.console.keys import NAMES
from appliance.cli.console.screen import COLUMNS, ROWS, Charset, encoded
from appliance.cli.console.state import Ask, State
from appliance.cli.table import cells
from appliance.model.texts import sentences
from tests.cli.console.answers import HOSTILE, TEXTS, answers

LANGUAGES = ("en", "ar", "fa", "zh")
KEYS = st.lists(st.sampled_from([*sorted(NAMES - {"quit"}), *"0123456789abcerqcuxRQ٣۴"]) | st.characters(), max_size=30)
ALLOWED = re.compile(rb"[\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]+")


class Table:
    """A menu with somebody who answers for the daemon. refuses: verbs that are refused."""

    def __init__(self, state: State, says: dict[str, Any], refuses: frozenset[str] = frozenset()) -> None:
        self.says, self.refuses = says, refuses
        self.asked: list[Ask] = []
        self.state = self._run(machine.begin(state))

    def press(self, *keys: str) -> str:
        for key in keys:
            self.state = self._run(machine.press(self.state, key))
        return self.text

    @property
    def text(self) -> str:
        return "\n".join(machine.draw(self.state).lines)

    def _run(self, step: machine.Step) -> State:
        state, asks = step
        queue = list(asks)
        while queue:
            ask = queue.pop(0)
            self.asked.append(ask)
            _fits(state)
            if ask.verb in self.refuses:
                state, more = machine.refused(state, ask, sentences("unavailable"))
            else:
                state, more = machine.answered(state, ask, self.says[ask.verb])
            queue += more
        _fits(state)
        assert state.waiting == 0
        return state


def _fits(state: State) -> None:
    screen = machine.draw(state)
    assert len(screen.lines) == ROWS
    for line in screen.lines:
        assert cells(line) <= COLUMNS, line
        for charset in Charset:
            sent = encoded(line, charset, picture=screen.picture)
            if screen.picture:
                sent = re.sub(rb"\x1b\[7?m", b"", sent)
            assert cells(sent.decode()) <= COLUMNS
            assert ALLOWED.sub(b"", sent) == b"", sent
            assert not re.search("[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066\u2067]", sent.decode())
            assert charset is not Charset.ASCII or sent.isascii()


VERBS = sorted(answers())


@given(
    KEYS, TEXTS, st.sampled_from(list(Charset)), st.sampled_from(list(Charset)), st.booleans(), st.integers(0, 60),
    st.frozensets(st.sampled_from(VERBS)),
)  # fmt: skip
def test_whatever_is_pressed_and_answered_a_screen_comes_of_it(  # noqa: PLR0917  # what hypothesis gives
    keys: list[str], text: str, charset: Charset, best: Charset, first_run: bool, many: int, refuses: frozenset[str]
) -> None:
    table = Table(State(charset, best), answers(text, first_run=first_run, many=many), refuses)
    for key in keys:
        table.press(key)
    table.state = table._run(machine.idle(table.state))


@pytest.mark.slow  # thousands of screens
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("first_run", [True, False])
def test_every_page_fits_in_every_language(language: str, first_run: bool) -> None:
    for text, many in (("clinic", 2), (HOSTILE, 40), ("", 0)):
        for refuses in (frozenset[str](), frozenset(VERBS)):
            table = Table(State(Charset.UTF8), answers(text, first_run=first_run, many=many), refuses)
            table.press(str(LANGUAGES.index(language) + 1))
            assert table.state.language == language
            for number in machine.MENU_KEYS:
                table.press(number, "down", "enter", "e", "q", "x", "pagedown", "end")
                while table.state.page != "menu":
                    table.press("escape")


def test_a_name_cannot_move_the_cursor_nor_turn_a_line_around() -> None:
    table = Table(State(Charset.UTF8), answers(HOSTILE))
    for number in "123456789":
        shown = table.press("1", number)
        assert "\x1b" not in shown and "\u202e" not in shown
        table.press("0")


def test_the_first_code_is_shown_once_and_forgotten_with_its_page() -> None:
    table = Table(State(), answers(first_run=True))
    assert "aaaa-bbbb-cccc" in table.press("1", "2")
    assert "https://192.0.2.7/" in table.text
    table.press("0")
    assert "first_run.code" not in table.state.answers


def test_whoever_walks_away_leaves_nothing_on_the_screen() -> None:
    table = Table(State(), answers())
    assert "t" * 43 in table.press("1", "2", "enter").replace("\n", "")
    table.state = table._run(machine.idle(table.state))
    assert table.state.page == "start" and "ttt" not in table.text
    assert not {"sign_in_link", "account.list"} & table.state.answers.keys()


def test_going_back_wants_the_number_typed() -> None:
    table = Table(State(), answers(many=3))
    table.press("1", "7", "down", "enter")
    assert "type the number 2" in table.text
    table.press("enter", "3", "enter")
    assert Ask("site.rollback", (("revision", 2),)) not in table.asked
    table.press("backspace", "2")
    assert "Done: revision 9 runs" in table.press("enter")
    assert table.asked[-1] == Ask("site.rollback", (("revision", 2),))


def test_the_revision_that_runs_is_not_gone_back_to() -> None:
    table = Table(State(), answers())
    assert "runs already" in table.press("1", "7", "enter")
    assert not any(ask.verb == "site.rollback" for ask in table.asked)


def test_a_change_that_awaits_is_confirmed_with_c() -> None:
    table = Table(State(), answers())
    table.press("1", "7", "c")
    assert table.asked[-1] == Ask("site.confirm")


def test_nothing_but_what_the_pages_say_changes_the_box() -> None:
    """Wandering through every page with every harmless key asks nothing that changes anything but the three things
    that say so: codes, links, bundles, and going back after the number was typed."""
    table = Table(State(), answers(many=3))
    for number in "13456789":
        table.press("1", number, "r", "down", "up", " ", "pagedown", "x", "q", "0", "0")
    changing = {"first_run.code", "sign_in_link", "site.rollback", "site.confirm", "support.bundle"}
    assert not changing & {ask.verb for ask in table.asked}


def test_a_daemon_that_is_away_is_told_of_in_the_language() -> None:
    table = Table(State(Charset.UTF8), answers(), frozenset(VERBS))
    assert sentences("unavailable")["ar"][:20] in table.press("2", "3")


def test_digits_are_taken_in_the_scripts_of_the_languages() -> None:
    table = Table(State(Charset.UTF8), answers())
    table.press("۳", "۹")
    assert (table.state.language, table.state.page) == ("fa", "support")


def test_the_linux_console_says_that_it_knows_english_only() -> None:
    table = Table(State(Charset.VGA, Charset.VGA), answers())
    assert "English only" in table.text
    table.press("2")
    assert table.state.language == "en"


@pytest.mark.parametrize("charset", [Charset.UTF8, Charset.VGA, Charset.ASCII])
def test_the_qr_code_says_the_address(charset: Charset) -> None:
    """Read back as a matrix from what is drawn, and compared with one that another call of the encoder makes."""
    import segno

    table = Table(State(charset, charset), answers(first_run=True))
    table.press("1", "2", "q")
    lines = machine.draw(table.state).lines
    assert machine.draw(table.state).picture
    wanted = [
        [bool(dark) for dark in row]
        for row in segno.make("HTTPS://192.0.2.7", error="l", micro=False, boost_error=False).matrix
    ]
    light: list[list[bool]] = []
    for line in lines[:-1]:
        if charset is Charset.ASCII:
            light.append([one == "█" for one in line[::2]])
        else:
            light += [[one in "█▀" for one in line], [one in "█▄" for one in line]]
    width = max(map(len, light))
    dark = [[not one for one in row] + [True] * (width - len(row)) for row in light if row]
    found = [
        [row[left : left + len(wanted)] for row in dark[top : top + len(wanted)]]
        for top in range(len(dark) - len(wanted) + 1)
        for left in range(width - len(wanted) + 1)
    ]
    assert wanted in found


def test_a_link_too_long_for_a_plain_terminal_says_so() -> None:
    table = Table(State(Charset.ASCII), answers())
    assert "does not fit" in table.press("1", "2", "enter", "q")
    fits = Table(State(Charset.UTF8), answers())
    fits.press("1", "2", "enter", "q")
    assert machine.draw(fits.state).picture


def test_a_box_without_an_address_is_named() -> None:
    says = answers(first_run=True)
    says["network.show"] = {"known": True, "links": []}
    table = Table(replace(State(), host="clinic"), says)
    assert "no address" in table.text
    assert "https://clinic.local/" in table.press("1", "2")
