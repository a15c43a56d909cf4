"""A form over a document: typed text in, document out, problems back onto the fields they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from appliance.model.changes import ProblemShown
from appliance.model.fields import Noun
from appliance.model.problems import ProblemsError
from appliance.model.site import parse_noun
from appliance.model.texts import field_label, sentences
from web_admin import errors, languages
from web_admin.daemon import RefusedError
from web_admin.forms.field import Field, Section, parsed, typed
from web_admin.forms.rules import Path, Rules, rules_of


@dataclass(slots=True)
class Form:
    """Fields, what is typed in them, and what is wrong with it.

    root: where the noun is in the site (``extensions``), which names its fields; empty for what is not of the site.
    values: by the name of the input, as typed. problems: sentences by the name of the input; ``top`` those that
    belong to no field.
    """

    noun: type[Noun]
    sections: tuple[Section, ...]
    root: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)
    top: list[str] = field(default_factory=list)

    @property
    def fields(self) -> Iterable[Field]:
        """Every field, in order."""
        return (each for section in self.sections for each in section.fields)

    def label(self, of: Field) -> str:
        """What people call a field, in the language of the page."""
        if of.label:
            return str(of.label)
        return field_label((self.root, *of.path) if self.root else of.path, languages.language())

    def rules(self, of: Field) -> Rules:
        """The rules of a field."""
        return rules_of(self.noun, of.path)

    def show(self, document: Mapping[str, Any]) -> Form:
        """Fill in what a document says, with the defaults for what it leaves out."""
        for each in self.fields:
            value = _value_at(document, each.path)
            if value is None:
                value = self.rules(each).default
            self.values[each.name] = typed(each, value)
        return self

    def read(self, sent: MultiDict[str, str]) -> Form:
        """Take what a person typed, unchanged: it is shown again when something is wrong."""
        for each in self.fields:
            match each.kind:
                case "yes":
                    self.values[each.name] = each.name in sent
                case "choices" | "order":
                    self.values[each.name] = [value for value in sent.getlist(each.name) if value]
                case "destination":
                    kind = sent.get(f"{each.name}.kind", "")
                    name = sent.get(f"{each.name}.cause" if kind == "hang_up" else f"{each.name}.name", "")
                    self.values[each.name] = (kind, name)
                case _:
                    self.values[each.name] = sent.get(each.name, "")
        return self

    def document(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The document as it is to be: ``before`` with what was typed.

        What is typed equal to what was shown stays as it was, so that a default left out stays left out. A secret is
        never shown, so an empty one means the one there is.
        """
        after = deepcopy(dict(before))
        for each in self.fields:
            value = parsed(each, self.values.get(each.name))
            if each.kind == "password" and value is None:
                continue
            was = _value_at(before, each.path)
            shown = self.rules(each).default if was is None else was
            if value == shown or (value in (None, []) and shown in (None, [])):
                continue
            _put(after, each.path, value)
        return after

    def fits(self, document: Mapping[str, Any]) -> bool:
        """Whether a document keeps the rules of its noun; what breaks them is put onto the fields."""
        try:
            parse_noun(self.noun, document)
        except ProblemsError as error:
            self.blame(
                ProblemShown(path=each.path, where=each.where, code=each.code, text=sentences(each))
                for each in error.problems
            )
            return False
        return True

    def blame(self, problems: Iterable[ProblemShown]) -> Form:
        """Put each problem onto its field, the rest on top."""
        for problem in problems:
            said = problem.text.get(languages.language()) or problem.text.get("en") or problem.code
            found = self._field_of(problem.path)
            if found is None:
                self.top.append(f"{problem.where}: {said}" if problem.path else said)
            else:
                self.problems.setdefault(found.name, []).append(said)
        return self

    def refuse(self, refused: RefusedError) -> Form:
        """Show what the daemon said: problems at their fields, anything else on top."""
        if refused.problems:
            return self.blame(refused.problems)
        self.top.append(errors.sentence(refused))
        return self

    def say(self, name: str, sentence: str) -> Form:
        """Show a sentence at a field."""
        self.problems.setdefault(name, []).append(sentence)
        return self

    def _field_of(self, path: tuple[str | int, ...]) -> Field | None:
        """The field of a problem's path: the path may start at the site, go deeper than the field, or end above it."""
        names = tuple(step for step in path if isinstance(step, str))
        root = tuple(self.root.split(".")) if self.root else ()
        names = names[len(root) :] if names[: len(root)] == root else names
        inside = [each for each in self.fields if names[: len(each.path)] == each.path]
        if inside:
            return max(inside, key=lambda each: len(each.path))
        return next((each for each in self.fields if names and each.path[: len(names)] == names), None)


def _value_at(document: Mapping[str, Any], path: Path) -> Any:
    value: Any = document
    for step in path:
        if not isinstance(value, Mapping) or step not in value:
            return None
        value = value[step]
    return value


def _put(document: dict[str, Any], path: Path, value: Any) -> None:
    """Set a value; None takes it out, and with it whatever held nothing else."""
    *above, last = path
    holders = [document]
    for step in above:
        inner = holders[-1].get(step)
        holders.append(inner if isinstance(inner, dict) else {})
        holders[-2][step] = holders[-1]
    if value is None:
        holders[-1].pop(last, None)
    else:
        holders[-1][last] = value
    for step, holder, inner in zip(reversed(above), reversed(holders[:-1]), reversed(holders[1:]), strict=True):
        if not inner:
            holder.pop(step, None)
