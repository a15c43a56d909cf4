"""Where a command writes, in which language, and whom it asks."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from appliance.cli.options import LANGUAGES
from appliance.cli.words import word
from appliance.control.client import ControlClient, ControlError


@dataclass(frozen=True, slots=True)
class Terminal:
    """One run of the command.

    json: print what the daemon answered instead of words.
    """

    client: ControlClient
    language: str
    json: bool

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> Terminal:
        """From the options everywhere."""
        language = getattr(arguments, "language", None) or language_of(os.environ)
        return cls(ControlClient(getattr(arguments, "socket", "")), language, getattr(arguments, "json", False))

    def ask(self, verb: str, /, **args: Any) -> Any:
        """Ask the daemon; raises :class:`ControlError`."""
        return self.client.ask(verb, **args)

    def word(self, key: str, **params: object) -> str:
        """One of the command's own words or sentences in the language."""
        return word(key, self.language, **params)

    def say(self, text: str = "") -> None:
        """One line for the person."""
        print(text)

    def say_error(self, text: str) -> None:
        """One line beside the output."""
        print(text, file=sys.stderr)

    def answer(self, result: Any) -> bool:
        """Print a result as JSON, where that was asked for; whether it was."""
        if self.json:
            print(json.dumps(result, ensure_ascii=False, indent=2))
        return self.json

    def problems(self, problems: Iterable[Mapping[str, Any]]) -> None:
        """Each problem with its path and its sentence, beside the output."""
        for problem in problems:
            text = problem["text"].get(self.language) or problem["text"].get("en") or problem["code"]
            severity = self.word(problem["severity"])
            self.say_error(f"{severity}: {problem['where']}: {text}")

    def error(self, error: ControlError) -> None:
        """Why the daemon refused, as words or as JSON."""
        if self.json:
            shown = {"code": error.code, "params": error.params, "text": error.text}
            problems = [problem.model_dump(mode="json") for problem in error.problems]
            print(json.dumps({"error": shown | {"problems": problems}}, ensure_ascii=False, indent=2))
            return
        self.problems(problem.model_dump(mode="json") for problem in error.problems)
        if error.problems and error.code != "problems":
            return  # the one problem is the answer
        said = error.text.get(self.language) or error.text.get("en")
        if said is None and error.code == "unavailable":
            denied = error.params.get("detail") == "Permission denied"
            said = self.word("need_root" if denied else "no_daemon", detail=error.params.get("detail", ""))
        elif said is None and error.code == "timeout":
            said = self.word("no_answer")
        self.say_error(said or error.code)

    def moment(self, text: str | None) -> str:
        """A moment as the daemon sends it, in the time of this box."""
        if not text:
            return ""
        return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def language_of(environment: Mapping[str, str]) -> str:
    """The language of gettext's variables, in their order; English where it is none of ours."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for choice in environment.get(name, "").split(":"):
            if (language := choice[:2].lower()) in LANGUAGES:
                return language
        if environment.get(name):
            return "en"
    return "en"


def seconds_text(seconds: float) -> str:
    """``0:07``, ``12:05``, ``1:02:03``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
