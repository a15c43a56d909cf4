"""Refusals, and how every error becomes what the asker is told."""

from __future__ import annotations

from collections.abc import Iterable

from appliance.ami.connection import AmiError
from appliance.apply.errors import ApplyError
from appliance.control.machine_tasks import MachineError
from appliance.control.messages import ErrorBody
from appliance.model.changes import ProblemShown
from appliance.model.problems import InUseError, NotFoundError, Problem, ProblemsError
from appliance.model.texts import sentences
from appliance.store.errors import StoreError


class RefusedError(Exception):
    """A verb says no.

    code: one of :class:`appliance.control.messages.ErrorBody` or of the texts; params: for its sentence;
    problems: with the code ``problems``, everything that is wrong.
    """

    def __init__(self, code: str, problems: Iterable[Problem] = (), **params: str | int) -> None:
        self.code = code
        self.params = params
        self.problems = tuple(problems)
        super().__init__(f"{code} {params}" if params else code)


def error_body(error: Exception) -> ErrorBody:
    """What the asker is told about an error.

    What is not expected says ``internal`` and nothing of the inside.
    """
    match error:
        case RefusedError() | ApplyError() | StoreError() | MachineError():
            problems = error.problems if isinstance(error, RefusedError) else ()
            return _body(error.code, error.params, problems)
        case NotFoundError() | InUseError():
            # One problem that is an answer of its own: the caller asks for its code.
            [problem] = error.problems
            return _body(problem.code, problem.params, error.problems)
        case ProblemsError():
            return _body("problems", {}, error.problems)
        case AmiError():
            return _body("asterisk_down", {})
        case TimeoutError():
            return _body("timeout", {})
    return _body("internal", {})


def shown(problem: Problem) -> ProblemShown:
    """A problem as it travels, with its sentence in every language."""
    return ProblemShown(
        path=problem.path,
        where=problem.where,
        code=problem.code,
        params=problem.params,
        severity=problem.severity,
        text=sentences(problem),
    )


def _body(code: str, params: dict[str, str | int], problems: Iterable[Problem] = ()) -> ErrorBody:
    return ErrorBody(
        code=code,
        params=params,
        problems=tuple(shown(problem) for problem in problems),
        text=sentences(code, params),
    )
