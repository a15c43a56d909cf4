"""The console menu as a value: what is shown, what is known, what is being asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from appliance.cli.console.screen import Charset
from appliance.cli.console.words import say

LANGUAGES = ("en", "ar", "fa", "zh")


@dataclass(frozen=True, slots=True)
class Ask:
    """A verb that the driver shall ask the daemon."""

    verb: str
    args: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """charset: what the terminal can show now; best: what it could if the person says so (``u`` on the first page).

    host: name of the machine, for its address on the local network.
    answers: verb -> what the daemon said; refusals: verb -> why not, a sentence in each language.
    waiting: how many answers are still to come; quiet: to what the menu asks by itself, again and again.
    offset: first line shown. selected: row of a list.
    subject: what a page is about (a revision, an account, a disk). typed: into its field. values: of a form's fields.
    """

    charset: Charset = Charset.ASCII
    best: Charset = Charset.UTF8
    host: str = "loopstart"
    language: str = "en"
    page: str = "start"
    answers: Mapping[str, Any] = field(default_factory=dict)
    refusals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    waiting: int = 0
    quiet: bool = False
    offset: int = 0
    selected: int = 0
    subject: Any = None
    typed: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    picture: bool = False

    def say(self, key: str, **params: object) -> str:
        """A text in the language of the menu."""
        return say(key, self.language, params)

    def answer(self, verb: str) -> Any:
        """What is known of a verb; None before its answer."""
        return self.answers.get(verb)

    def knowing(self, verb: str, result: Any) -> State:
        """With an answer."""
        refusals = {name: text for name, text in self.refusals.items() if name != verb}
        return replace(self, answers={**self.answers, verb: result}, refusals=refusals)

    def refused(self, verb: str, text: Mapping[str, str]) -> State:
        """With a refusal in place of an answer."""
        answers = {name: one for name, one in self.answers.items() if name != verb}
        return replace(self, answers=answers, refusals={**self.refusals, verb: text})

    def forgetting(self) -> State:
        """Without anything the daemon said, but for the box's name and addresses: codes and links are shown once."""
        kept = {verb: one for verb, one in self.answers.items() if verb in ("hello", "network.show")}
        return replace(self, answers=kept, refusals={}, subject=None, typed="", values={}, picture=False)


def web_address(state: State) -> str | None:
    """``https://…/`` as others reach the box: its first global address, IPv4 before IPv6; None where it has none."""
    found = [
        address["address"]
        for link in (state.answer("network.show") or {}).get("links", ())
        for address in link["addresses"]
        if address["scope"] == "global"
    ]
    if not found:
        return None
    best = min(found, key=lambda address: ":" in address)
    return f"https://[{best}]/" if ":" in best else f"https://{best}/"
