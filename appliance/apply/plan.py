"""What applying a draft would do, told before it is done: problems, values, files, reloads, calls touched.
Pure but for reading the files of the generation that runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from typing import NamedTuple

from appliance.apply import reloads
from appliance.apply.file_diff import Mask, unified
from appliance.apply.generations import Manifest, changed_paths, manifest_of
from appliance.apply.remembered import verified
from appliance.model.changes import CallTouched, FileChange, Plan, ProblemShown, ReloadClass, ValueChange
from appliance.model.compare import changes
from appliance.model.hardware import Inventory
from appliance.model.problems import Problem
from appliance.model.secrets_of import split
from appliance.model.site import Site
from appliance.model.texts import sentences
from appliance.render.files import RenderedFile
from appliance.render.span_channels import hardware_problems

Files = Mapping[str, RenderedFile]
NOTHING_FOUND = Inventory()


class RunningCall(NamedTuple):
    """A call that is up, as far as a plan shows it."""

    call_id: str
    caller: str
    called: str


class Side(NamedTuple):
    """One side of a comparison of files: what is there, and how to read a text of it."""

    manifest: Manifest
    text: Callable[[str], str]


def side_of(files: Files) -> Side:
    """Rendered files as a side."""
    return Side(manifest_of(files), lambda path: files[path].text if path in files else "")


def make_plan(
    *,
    version: int,
    base_revision: int | None,
    before: Site | None,
    after: Site,
    running: Side,
    render: Callable[[Site], Files],
    calls: Iterable[RunningCall],
    inventory: Inventory = NOTHING_FOUND,
) -> Plan:
    """Compare a draft with what runs.

    version: of the draft. before: the site that runs, None on a box that has none. inventory: the cards in the box; a
    span whose card is not among them is warned of. A draft with errors is not
    rendered: its plan shows the problems and the values.
    """
    found = [*verified(after), *hardware_problems(after, inventory)]
    problems = tuple(problem_shown(problem) for problem in found)
    values = value_changes(before, after)
    if any(problem.severity == "error" for problem in problems):
        return Plan(draft_version=version, base_revision=base_revision, problems=problems, values=values)
    drafted = side_of(render(after))
    files = file_changes(running, drafted, mask_of(before, after))
    hardest = reloads.hardest(file.reload_class for file in files)
    return Plan(
        draft_version=version,
        base_revision=base_revision,
        problems=problems,
        values=values,
        files=files,
        reload_class=hardest,
        calls_touched=tuple(_touched(hardest, calls)),
    )


def value_changes(before: Site | None, after: Site) -> tuple[ValueChange, ...]:
    """The values that differ, secrets masked; against the defaults on a box that has no site yet."""
    return changes(before, after)


def file_changes(before: Side, after: Side, mask: Mask) -> tuple[FileChange, ...]:
    """The files that differ, by path."""
    changes = []
    for path in changed_paths(before.manifest, after.manifest):
        stored = after.manifest.get(path) or before.manifest[path]
        if path not in before.manifest:
            kind = "added"
        elif path not in after.manifest:
            kind = "removed"
        else:
            kind = "changed"
        changes.append(
            FileChange(
                path=path,
                kind=kind,
                reload_class=stored.reload_class,
                reload=stored.reload,
                diff=unified(path, before.text(path), after.text(path), mask),
            )
        )
    return tuple(changes)


def mask_of(*sites: Site | None) -> Mask:
    """Hides every secret of some sites."""

    def secrets() -> Iterator[str]:
        for site in sites:
            if site is not None:
                yield from split(site.document(), lambda: str(next(ids)))[1].values()

    ids = count()
    return Mask(secrets)


def problem_shown(problem: Problem) -> ProblemShown:
    """A problem with its sentences."""
    return ProblemShown(
        path=problem.path,
        where=problem.where,
        code=problem.code,
        params=problem.params,
        severity=problem.severity,
        text=sentences(problem),
    )


def _touched(hardest: ReloadClass | None, calls: Iterable[RunningCall]) -> Iterator[CallTouched]:
    """A reload touches no call, and everything harder waits for the calls that are up."""
    if hardest in (None, ReloadClass.RELOAD):
        return
    for call in calls:
        yield CallTouched(call_id=call.call_id, caller=call.caller, called=call.called, how="waits")
