"""The whole site: shown, exported, imported, planned, applied, confirmed, rolled back."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from appliance.apply.deadline import CONFIRM_WITHIN_S
from appliance.apply.faults import Fault
from appliance.apply.plan import RunningCall, Side, make_plan
from appliance.apply.remembered import verified
from appliance.control.asker import Call
from appliance.control.errors import RefusedError, shown
from appliance.control.messages import CallView
from appliance.control.registry import Args, NoArgs, verb
from appliance.control.rooms import Rooms
from appliance.control.verbs.draft import Which, make_pin, make_secret, save_edit, site_of
from appliance.model import site_file
from appliance.model.access import Permission
from appliance.model.changes import Outcome, Plan
from appliance.model.edit import fill_secrets, import_extensions
from appliance.model.extensions import Extension
from appliance.model.fields import Note, Whole
from appliance.model.problems import Problem, ProblemsError
from appliance.model.secrets_of import mask, without
from appliance.model.site import Site
from appliance.model.verify import errors


class ShowArgs(Args):
    """which: ``draft``, ``running`` or the number of a revision."""

    which: Which = "draft"


class ExportArgs(Args):
    """with_secrets: needs the permission ``site.secrets``."""

    which: Which = "draft"
    with_secrets: bool = False


class ImportArgs(Args):
    """Exactly one of text (YAML) and document (plain JSON types). dry_run: tell the problems, save
    nothing."""

    text: Annotated[str, Field(max_length=site_file.MAX_SIZE)] | None = None
    document: Any = None
    dry_run: bool = False
    expect_version: Whole | None = None


class FaultArgs(Args):
    """In the rendered file ``path``, every ``find`` becomes ``put``: to test that the box catches it."""

    path: str
    find: Annotated[str, Field(min_length=1)]
    put: str


class ApplyArgs(Args):
    """note: shown in the list of revisions. confirm_within_s: undo unless confirmed in so many seconds.

    fault: for tests; taken from the local console only, by a daemon that was started for it.
    """

    note: Note = ""
    confirm_within_s: Annotated[Whole, Field(ge=CONFIRM_WITHIN_S[0], le=CONFIRM_WITHIN_S[1])] | None = None
    expect_version: Whole | None = None
    fault: FaultArgs | None = None


class RollbackArgs(Args):
    """revision: to go back to; None for the one before, or to take back what awaits confirmation."""

    revision: Whole | None = None
    note: Note = ""


@verb("site.show", Permission.SITE_READ)
def show(rooms: Rooms, call: Call, args: ShowArgs) -> dict[str, Any]:
    """A site as a document, its secrets masked."""
    draft = rooms.site.draft()
    site = site_of(rooms, args.which)
    running = rooms.site.running()
    number = running.revision if args.which == "running" and running is not None else None
    return {
        "document": mask(site.document()),
        "version": draft.version,
        "base_revision": draft.base_revision,
        "revision": args.which if isinstance(args.which, int) else number,
    }


@verb("site.export", Permission.SITE_READ, changes=True)
def export(rooms: Rooms, call: Call, args: ExportArgs) -> dict[str, str]:
    """A site as a site file. Without secrets it can be imported again: the box keeps those it has."""
    call.changed = args.with_secrets  # a look at secrets is written to the audit log
    call.audit("site", with_secrets=True)
    if args.with_secrets and not call.asker.may(Permission.SITE_SECRETS):
        raise RefusedError("forbidden", verb=call.verb)
    document = site_of(rooms, args.which).document()
    return {"text": site_file.dumps(document if args.with_secrets else without(document))}


@verb("site.import", Permission.SITE_EDIT, changes=True)
def import_site(rooms: Rooms, call: Call, args: ImportArgs) -> dict[str, Any]:
    """Replace the draft by a site file. Errors refuse it whole.

    Secrets that the file leaves out (or shows as ``"***"``) stay what they are for extensions that exist, and
    are made for new ones.
    """
    if (args.text is None) == (args.document is None):
        raise RefusedError("bad_request", detail="either text or document")
    if args.dry_run:
        call.changed = False
        draft = rooms.site.draft()
        return {
            "version": draft.version,
            "problems": [shown(problem) for problem in _rehearse(draft.site, args)],
        }
    parsed = _document(args)

    def imported(site: Site) -> Site:
        after = _site_from(parsed, site)
        if found := errors(verified(after)):
            raise ProblemsError(found)
        return after

    draft, problems = save_edit(rooms, call, args.expect_version, imported)
    call.audit(extensions=len(draft.site.extensions), version=draft.version)
    return {"version": draft.version, "problems": [shown(problem) for problem in problems]}


@verb("site.schema", Permission.SITE_READ)
def schema(rooms: Rooms, call: Call, args: NoArgs) -> dict[str, Any]:
    """The JSON schema of the site document."""
    return {"schema": site_file.schema()}


@verb("site.plan", Permission.SITE_READ)
def plan(rooms: Rooms, call: Call, args: NoArgs) -> Plan:
    """What applying the draft would do."""
    draft = rooms.site.draft()
    running = rooms.site.running()
    generations = rooms.applier.generations
    number = running.number if running is not None else None
    return make_plan(
        version=draft.version,
        base_revision=draft.base_revision,
        before=None if running is None else rooms.site.revision_site(running.revision),
        after=draft.site,
        running=Side(
            generations.manifest(number),
            lambda path: "" if number is None else generations.text(number, path),
        ),
        render=rooms.applier.render,
        calls=[_running(view) for view in rooms.live.view().calls],
        inventory=rooms.inventory.look(),
    )


@verb("site.apply", Permission.SITE_APPLY, changes=True)
def apply(rooms: Rooms, call: Call, args: ApplyArgs) -> Outcome:
    """Make the draft effective."""
    if args.fault is not None and not call.asker.local:
        raise RefusedError("forbidden", verb=call.verb)
    outcome = rooms.applier.apply(
        call.asker.name,
        args.note,
        confirm_within_s=args.confirm_within_s,
        expect_version=args.expect_version,
        fault=None if args.fault is None else Fault(args.fault.path, args.fault.find, args.fault.put),
    )
    _audit(call, outcome)
    return outcome


@verb("site.confirm", Permission.SITE_APPLY, changes=True)
def confirm(rooms: Rooms, call: Call, args: NoArgs) -> Outcome:
    """Keep what awaits confirmation."""
    outcome = rooms.applier.confirm()
    _audit(call, outcome)
    return outcome


@verb("site.rollback", Permission.SITE_APPLY, changes=True)
def rollback(rooms: Rooms, call: Call, args: RollbackArgs) -> Outcome:
    """Go back to an earlier revision, as a new one; or take back what awaits confirmation."""
    outcome = rooms.applier.roll_back(call.asker.name, args.revision, args.note)
    _audit(call, outcome)
    return outcome


def _audit(call: Call, outcome: Outcome) -> None:
    reason = {} if outcome.reason is None else {"reason": outcome.reason}
    call.audit(f"revision {outcome.revision}", state=outcome.state.value, generation=outcome.generation, **reason)


def _running(view: CallView) -> RunningCall:
    parties = [party.number or party.extension or "" for party in view.parties]
    called = view.service or (parties[1] if len(parties) > 1 else "")
    return RunningCall(view.id, parties[0] if parties else "", called)


def _document(args: ImportArgs) -> Any:
    return site_file.loads(args.text) if args.text is not None else args.document


def _rehearse(draft: Site, args: ImportArgs) -> list[Problem]:
    """Every problem an import would have."""
    try:
        site = _site_from(_document(args), draft)
    except ProblemsError as error:
        return list(error.problems)
    return verified(fill_secrets(site, make_secret, make_pin))


def _site_from(document: Any, draft: Site) -> Site:
    """The site of a document, with the secrets that it leaves out taken from the draft, extension by
    extension."""
    if not isinstance(document, dict) or not isinstance(document.get("extensions"), list):
        return Site.from_document(document)
    problems: list[Problem] = []
    site = Site()
    extensions: tuple[Extension, ...] = ()
    try:
        site = Site.from_document({**document, "extensions": []})
    except ProblemsError as error:
        problems += error.problems
    try:
        imported = import_extensions(draft, document["extensions"])
        by_number = {extension.number: extension for extension in imported.site.extensions}
        extensions = tuple(by_number[one["number"]] for one in document["extensions"])
    except ProblemsError as error:
        problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return site.model_copy(update={"extensions": extensions})
