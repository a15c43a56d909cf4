"""What is wrong with a document, said so that a form, the command line and the API can all place it.

A :class:`Problem` carries the path of the field, a code and the parameters of its sentence; the sentences
themselves, in four languages, are in :mod:`appliance.model.texts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Path = tuple[str | int, ...]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, at one place.

    path: keys and indexes from the root of the site document, e.g. ``("extensions", 3, "number")``.
    code: stable name of the rule, a key of :data:`appliance.model.texts.PROBLEM_TEXTS`.
    params: values for the sentence's placeholders, already text or numbers.
    severity: an ``error`` stops plan and apply; a ``warning`` is shown and let through.
    """

    path: Path
    code: str
    params: dict[str, str | int] = field(default_factory=dict)
    severity: Severity = "error"

    @property
    def where(self) -> str:
        """The path as a person writes it: ``extensions[3].number``; the empty path is ``site``."""
        return path_text(self.path)


class ProblemsError(ValueError):
    """A document that cannot be taken, with every problem found in it.

    problems: never empty; in document order.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{problem.where}: {problem.code}" for problem in self.problems))


def path_text(path: Path) -> str:
    """Write a path as ``a.b[0].c``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text or "site"
