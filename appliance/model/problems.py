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
_REFERENCES_SHOWN = 8


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


class NotFoundError(ProblemsError):
    """Something was named that the site does not have. Its one problem has the code ``not_found``.

    noun, name: what was looked for, e.g. ``extensions`` and ``101``; both are parameters of the problem.
    """

    def __init__(self, noun: str, name: str) -> None:
        self.noun = noun
        self.name = name
        super().__init__([Problem((noun,), "not_found", {"noun": noun, "name": name})])


class InUseError(ProblemsError):
    """Something cannot be removed while other parts of the site name it. Its one problem has the code
    ``in_use``.

    references: paths of the fields that name it, never empty.
    """

    def __init__(self, path: Path, name: str, references: Iterable[Path]) -> None:
        self.references = tuple(references)
        shown = ", ".join(path_text(reference) for reference in self.references[:_REFERENCES_SHOWN])
        if len(self.references) > _REFERENCES_SHOWN:
            shown += ", …"
        params: dict[str, str | int] = {"name": name, "count": len(self.references), "references": shown}
        super().__init__([Problem(path, "in_use", params)])


def path_text(path: Path) -> str:
    """Write a path as ``a.b[0].c``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text or "site"
