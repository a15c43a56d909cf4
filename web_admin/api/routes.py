"""Every route of the API: one table that is served (:mod:`web_admin.api.views`) and described (``openapi.py``)."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import BaseModel

from appliance.control.messages import Account, ContactView, DisplayView, LiveView, SmdrView, StatusView, WhoAmI
from appliance.model.access import Permission
from appliance.model.box import Box
from appliance.model.changes import Outcome, Plan
from appliance.model.extensions import Extension
from appliance.model.feature_codes import FeatureCodes
from appliance.model.hardware_shown import HardwareShown
from appliance.model.inbound_routes import InboundRoute
from appliance.model.machine_shown import NetworkView, PowerView
from appliance.model.mail import Mail
from appliance.model.network import Network
from appliance.model.outbound_routes import OutboundRoute
from appliance.model.port_tests import PortTestShown, PortTestsShown
from appliance.model.sip import Sip
from appliance.model.spans import Hardware, Span
from appliance.model.trunks import Trunk
from appliance.model.update import BundleChecked, BundleFile, Progress, UpdateShown
from web_admin.api import shapes, update_shapes

NUMBER = r"^[0-9]{2,10}$"
LABEL = r"^[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?$"
INBOUND = r"^(any|\+[1-9][0-9]{6,14})(:\+[1-9][0-9]{6,14})?(@[a-z0-9]([a-z0-9\-]{0,61}[a-z0-9])?)?$"
ACCOUNT = r"^[a-z0-9][a-z0-9._@-]{0,63}$"
TOKEN_ID = r"^[A-Za-z0-9_-]{1,64}$"  # noqa: S105  # a pattern, not a token
COUNTING = r"^[1-9][0-9]{0,14}$"


@dataclass(frozen=True, slots=True)
class Route:
    """One method on one path.

    path: below ``/api/v1``, with ``{names}``; path_rules: a pattern for each name.
    permission: what the daemon asks for, shown in the document; None for the token's own identity.
    body: shape of the JSON body; body_as: the argument that takes the whole body, else its members are arguments.
    patch_of: for a merge patch, the noun whose members it may carry.
    """

    method: str
    path: str
    verb: str
    summary: str
    tag: str
    result: type[BaseModel]
    permission: Permission
    path_rules: dict[str, str] = field(default_factory=dict)
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    body_as: str | None = None
    patch_of: type[BaseModel] | None = None
    status: int = 200

    @property
    def name(self) -> str:
        """Operation id: ``extension_edit`` for the verb ``extension.edit``."""
        return self.verb.replace(".", "_")


_NUMBER = {"number": NUMBER}
_READ, _EDIT, _APPLY = Permission.SITE_READ, Permission.SITE_EDIT, Permission.SITE_APPLY
_ACCOUNTS, _TOKENS = Permission.ACCOUNTS_MANAGE, Permission.TOKENS_MANAGE


def _members(word: str, many: str, one: str, noun: type[BaseModel], key: str) -> tuple[Route, ...]:
    """The routes of a list whose members are called by a key. key: the pattern of the key."""
    path = f"{word.replace('_', '-')}s"
    tag, rules = path, {"key": key}
    at = f"/{path}/{{key}}"
    expect = shapes.ExpectVersionQuery
    return (
        Route("GET", f"/{path}", f"{word}.list", many, tag, shapes.MembersResult, _READ, query=shapes.WhichQuery),
        Route("POST", f"/{path}", f"{word}.add", f"Add {one} to the draft", tag, shapes.MemberResult, _EDIT,
              query=expect, body=noun, body_as="document", status=201),
        Route("GET", at, f"{word}.get", f"Get {one}", tag, shapes.MemberResult, _READ, rules,
              query=shapes.WhichQuery),
        Route("PATCH", at, f"{word}.edit", f"Change {one} of the draft", tag, shapes.MemberResult, _EDIT, rules,
              query=expect, body=shapes.Patch, body_as="changes", patch_of=noun),
        Route("PUT", f"{at}/place", f"{word}.move", f"Put {one} at another place", tag, shapes.MemberResult, _EDIT,
              rules, body=shapes.PlaceBody),
        Route("DELETE", at, f"{word}.remove", f"Remove {one} from the draft", tag, shapes.RemovedResult, _EDIT, rules,
              query=shapes.RemoveQuery),
        Route("GET", f"{at}/references", f"{word}.references", f"What refers to {one}", tag,
              shapes.ReferencesResult, _READ, rules),
    )  # fmt: skip


ROUTES: tuple[Route, ...] = (
    Route("GET", "/whoami", "whoami", "Who this token is", "account", WhoAmI, Permission.SELF),
    Route("GET", "/status", "status.show", "How the box is", "status", StatusView, Permission.STATUS_READ),
    Route("GET", "/cards", "hardware.list", "Telephony cards and spans", "status", HardwareShown,
          Permission.STATUS_READ),
    Route("GET", "/alarms", "hardware.alarms", "Alarms of lines, newest first", "status", shapes.AlarmsResult,
          Permission.STATUS_READ, query=shapes.AlarmsQuery),
    Route("GET", "/port-tests", "hardware.tests", "Ports, and the newest result of each test", "hardware",
          PortTestsShown, Permission.STATUS_READ),
    Route("POST", "/port-tests", "hardware.test", "Begin a test of a port", "hardware", PortTestShown, _APPLY,
          body=shapes.PortTestBody, status=202),
    Route("GET", "/mails", "mail.list", "Mails that are not sent yet", "status", shapes.MailsResult,
          Permission.STATUS_READ),
    Route("POST", "/mails/test", "mail.test", "Send a test mail to everybody who is told of alarms", "status",
          shapes.RecipientsResult, _APPLY),
    Route("GET", "/network", "network.show", "Interfaces, addresses and the network settings", "network", NetworkView,
          Permission.STATUS_READ),
    Route("PATCH", "/network", "network.edit", "Try other network settings, undone unless confirmed", "network",
          NetworkView, _APPLY, query=shapes.ConfirmWithinQuery, body=shapes.Patch, body_as="changes", patch_of=Network),
    Route("POST", "/network/confirm", "network.confirm", "Keep the network settings that are tried", "network",
          NetworkView, _APPLY),
    Route("POST", "/network/revert", "network.revert", "Go back to the network settings before", "network",
          NetworkView, _APPLY),
    Route("GET", "/power", "power.show", "What waits for the last call to end", "power", PowerView,
          Permission.STATUS_READ),
    Route("POST", "/power/restart", "power.restart", "Restart the box", "power", PowerView, _APPLY,
          body=shapes.PowerBody),
    Route("POST", "/power/off", "power.off", "Switch the box off", "power", PowerView, _APPLY, body=shapes.PowerBody),
    Route("DELETE", "/power", "power.cancel", "Wait for it no more", "power", PowerView, _APPLY),
    Route("GET", "/site", "site.show", "The whole site, secrets masked", "site", shapes.SiteResult, _READ,
          query=shapes.WhichQuery),
    Route("PUT", "/site", "site.import", "Replace the draft by a document", "site", shapes.Version, _EDIT,
          body=shapes.ImportBody),
    Route("GET", "/site/schema", "site.schema", "JSON schema of the document", "site", shapes.SchemaResult, _READ),
    Route("DELETE", "/draft", "draft.discard", "Throw the draft away", "site", shapes.Version, _EDIT),
    Route("PATCH", "/box", "box.edit", "Change facts about the box", "site", shapes.Version, _EDIT,
          query=shapes.ExpectVersionQuery, body=shapes.Patch, body_as="changes", patch_of=Box),
    Route("PATCH", "/mail", "mail.edit", "Change the mail server and who is told of alarms", "site", shapes.Version,
          _EDIT, query=shapes.ExpectVersionQuery, body=shapes.Patch, body_as="changes", patch_of=Mail),
    Route("PATCH", "/sip", "sip.edit", "Change SIP transports and media", "site", shapes.Version, _EDIT,
          query=shapes.ExpectVersionQuery, body=shapes.Patch, body_as="changes", patch_of=Sip),
    Route("PATCH", "/feature-codes", "feature_codes.edit", "Change feature codes", "site", shapes.Version, _EDIT,
          query=shapes.ExpectVersionQuery, body=shapes.Patch, body_as="changes", patch_of=FeatureCodes),
    Route("GET", "/extensions", "extension.list", "Extensions", "extensions", shapes.ExtensionsResult, _READ,
          query=shapes.ExtensionsQuery),
    Route("POST", "/extensions", "extension.add", "Add an extension to the draft", "extensions",
          shapes.ExtensionResult, _EDIT, query=shapes.ExpectVersionQuery, body=Extension, body_as="extension",
          status=201),
    Route("POST", "/bulk/extensions", "extension.import", "Add many extensions", "extensions",
          shapes.ImportExtensionsResult, _EDIT, body=shapes.ImportExtensionsBody),
    Route("GET", "/extensions/{number}", "extension.get", "One extension", "extensions", shapes.ExtensionResult,
          _READ, _NUMBER, query=shapes.WhichQuery),
    Route("PATCH", "/extensions/{number}", "extension.edit", "Change an extension of the draft", "extensions",
          shapes.ExtensionResult, _EDIT, _NUMBER, query=shapes.ExpectVersionQuery, body=shapes.Patch,
          body_as="changes", patch_of=Extension),
    Route("DELETE", "/extensions/{number}", "extension.remove", "Remove an extension from the draft", "extensions",
          shapes.RemovedResult, _EDIT, _NUMBER, query=shapes.RemoveQuery),
    Route("GET", "/extensions/{number}/references", "extension.references", "What refers to it", "extensions",
          shapes.ReferencesResult, _READ, _NUMBER),
    *_members("span", "Spans", "a span", Span, LABEL),
    *_members("trunk", "Trunks", "a trunk", Trunk, LABEL),
    *_members("inbound_route", "Inbound routes", "an inbound route", InboundRoute, INBOUND),
    *_members("outbound_route", "Outbound routes", "an outbound route", OutboundRoute, LABEL),
    Route("PATCH", "/hardware", "hardware.edit", "Change echo canceller, display and call records", "hardware",
          shapes.Version, _EDIT, query=shapes.ExpectVersionQuery, body=shapes.Patch, body_as="changes",
          patch_of=Hardware),
    Route("GET", "/call-records", "smdr.status", "Readers of call records (SMDR)", "hardware", SmdrView,
          Permission.STATUS_READ),
    Route("GET", "/call-records/newest", "smdr.tail", "The newest call records as their readers get them", "hardware",
          shapes.RecordsResult, Permission.HISTORY_READ, query=shapes.NewestQuery),
    Route("POST", "/call-records/test", "smdr.test", "Send the record of a call that never was", "hardware",
          shapes.SentRecord, _APPLY),
    Route("GET", "/display", "display.show", "What the front panel shows", "hardware", DisplayView, _APPLY),
    Route("POST", "/display/test", "display.test", "Light every dot and lamp of the front panel", "hardware",
          DisplayView, _APPLY),
    Route("GET", "/plan", "site.plan", "What applying the draft would do", "changes", Plan, _READ),
    Route("POST", "/apply", "site.apply", "Apply the draft", "changes", Outcome, _APPLY, body=shapes.ApplyBody),
    Route("POST", "/confirm", "site.confirm", "Keep a change that waits for it", "changes", Outcome, _APPLY),
    Route("POST", "/rollback", "site.rollback", "Go back to a revision", "changes", Outcome, _APPLY,
          body=shapes.RollBackBody),
    Route("GET", "/revisions", "revision.list", "Revisions, newest first", "changes", shapes.RevisionsResult, _READ,
          query=shapes.PageQuery),
    Route("GET", "/revisions/diff", "revision.diff", "What differs between two", "changes", shapes.DiffResult, _READ,
          query=shapes.DiffQuery),
    Route("GET", "/calls", "live.show", "Live calls and registrations", "calls", LiveView, Permission.CALLS_READ),
    Route("GET", "/registrations", "registration.list", "Phones registered now", "calls",
          shapes.RegistrationsResult, Permission.CALLS_READ),
    Route("GET", "/history", "history.list", "Past calls, newest first", "calls", shapes.HistoryResult,
          Permission.HISTORY_OWN, query=shapes.HistoryQuery),
    Route("GET", "/history/{id}", "history.get", "One past call", "calls", ContactView, Permission.HISTORY_OWN,
          {"id": COUNTING}),
    Route("GET", "/update", "update.show", "Systems, bundles, how the last update ended", "update", UpdateShown,
          Permission.STATUS_READ),
    Route("POST", "/update/uploads", "update.upload", "Begin to send a bundle up", "update", BundleFile, _APPLY,
          body=update_shapes.UploadBody, status=201),
    Route("POST", "/update/pieces", "update.receive", "Send the next piece of it", "update", BundleFile, _APPLY,
          body=update_shapes.PieceBody),
    Route("POST", "/update/check", "update.check", "Whether a bundle could be installed", "update", BundleChecked,
          Permission.STATUS_READ, body=update_shapes.BundleBody),
    Route("POST", "/update/install", "update.install", "Begin to install a bundle", "update", Progress, _APPLY,
          body=update_shapes.InstallBody, status=202),
    Route("POST", "/update/restart", "update.restart", "Restart into what is installed", "update",
          update_shapes.RestartResult, _APPLY, body=update_shapes.WhenBody),
    Route("POST", "/update/cancel", "update.cancel", "Forget the restart, the installed system or the upload", "update",
          update_shapes.CancelledResult, _APPLY),
    Route("POST", "/update/rollback", "update.rollback", "Restart into the other system", "update",
          update_shapes.RestartResult, _APPLY, body=update_shapes.WhenBody),
    Route("GET", "/accounts", "account.list", "Accounts", "accounts", shapes.AccountsResult, _ACCOUNTS),
    Route("POST", "/accounts", "account.add", "Add an account", "accounts", Account, _ACCOUNTS,
          body=shapes.AccountBody, status=201),
    Route("PATCH", "/accounts/{name}", "account.edit", "Change an account", "accounts", Account, _ACCOUNTS,
          {"name": ACCOUNT}, body=shapes.Patch, body_as="changes"),
    Route("DELETE", "/accounts/{name}", "account.remove", "Remove an account", "accounts", shapes.Nothing, _ACCOUNTS,
          {"name": ACCOUNT}),
    Route("GET", "/tokens", "token.list", "API tokens", "tokens", shapes.TokensResult, _TOKENS),
    Route("POST", "/tokens", "token.add", "Make an API token", "tokens", shapes.TokenResult, _TOKENS,
          body=shapes.TokenBody, status=201),
    Route("DELETE", "/tokens/{id}", "token.revoke", "Revoke an API token", "tokens", shapes.Nothing, _TOKENS,
          {"id": TOKEN_ID}),
    Route("GET", "/audit", "audit.list", "The audit log, newest first", "audit", shapes.AuditResult,
          Permission.AUDIT_READ, query=shapes.AuditQuery),
)  # fmt: skip
