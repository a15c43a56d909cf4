"""What each page says: from the state to lines of text, longer than a screen if need be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from appliance.cli.console import chores, network_form, port_tests, updates
from appliance.cli.console.screen import clean, columns, wrapped
from appliance.cli.console.state import State, web_address
from appliance.cli.console.words import isolated
from appliance.cli.terminal import seconds_text
from appliance.model.texts.hardware import LABELS

_GIB = 1 << 30


def start(state: State) -> list[str]:
    """Before anybody has done anything: where the box is, and the languages."""
    hello = state.answer("hello") or {}
    address = web_address(state)
    lines: list[str] = []
    if "network.show" in state.answers:
        shown = isolated(address, state.language) if address else state.say("no_address")
        lines += [f"{state.say('web_at')}: {shown}", ""]
    if hello.get("first_run"):
        lines += [*wrapped(state.say("fresh")), ""]
    if state.charset.value == "utf8":
        choices = ("1  English", "2  العربية", "3  فارسی", "4  中文")
    else:
        choices = ("1  English", "2  Arabic", "3  Persian", "4  Chinese")
    note = "english_only" if state.best.value == "vga" else "utf8_needed"
    return [*lines, *choices, "", *(wrapped(state.say(note)) if state.charset.value != "utf8" else ())]


def network(state: State) -> list[str]:
    """Links with their cables and addresses."""
    view = state.answer("network.show")
    if not view["known"]:
        return wrapped(state.say("network_unknown"))
    lines = _trial(state, view)
    for link in view["links"]:
        cable = state.say("cable_in" if link["cable"] else "cable_out")
        lines.append(_row(state, link["name"], f"{cable}  {_own(state, link['hardware_address'])}"))
        addresses = [f"  {_own(state, _address(one))}" for one in link["addresses"]]
        lines += addresses or [f"  {state.say('none_yet')}"]
        lines += [f"  {state.say('gateway')}: {_own(state, one)}" for one in link["gateways"]]
        lines += [f"  {state.say('resolver')}: {_own(state, one)}" for one in link["resolvers"]]
        lines.append("")
    return lines or [state.say("no_links")]


def _trial(state: State, view: dict[str, Any]) -> list[str]:
    """What is being tried, or how the last trial ended."""
    if (trial := view.get("trial")) is not None:
        return [*wrapped(state.say("network_tried", seconds=trial["seconds_left"])), ""]
    last = view.get("last")
    return [*wrapped(state.say(f"last_{last}")), ""] if last else []


def _address(one: dict[str, Any]) -> str:
    return f"{one['address']}/{one['prefix']}  {one['source']}"


def sign_in(state: State) -> list[str]:
    """The first code, or the accounts a link can be made for."""
    if (state.answer("hello") or {}).get("first_run"):
        code = (state.answer("first_run.code") or {}).get("code")
        address = web_address(state) or f"https://{state.host}.local/"
        lines = [*wrapped(state.say("first_open")), "", f"    {_own(state, address)}", ""]
        return [*lines, *wrapped(state.say("first_code")), "", f"    {_own(state, code)}", "",
                *wrapped(state.say("first_new"))]  # fmt: skip
    accounts = accounts_of(state)
    if not accounts:
        return [state.say("no_accounts")]
    listed = [_row(state, account["name"], account["full_name"]) for account in accounts]
    head = [*wrapped(state.say("link_for")), *wrapped(state.say("link_audit")), ""]
    return [*head, *_chosen(listed, state.selected)]


def accounts_of(state: State) -> list[dict[str, Any]]:
    """Accounts that may sign in, those of administrators first."""
    listed = [one for one in (state.answer("account.list") or {}).get("accounts", ()) if one["enabled"]]
    return sorted(listed, key=lambda one: (one["role"] != "admin", one["name"]))


def link(state: State) -> list[str]:
    """A sign-in link, once made."""
    lines = wrapped(state.say("link_good", name=clean(state.subject)))
    url = link_url(state) or ""
    return [*lines, "", *(url[at : at + 70] for at in range(0, len(url), 70))]


def link_url(state: State) -> str | None:
    """The link as a browser takes it; None before it is made."""
    token = (state.answer("sign_in_link") or {}).get("token")
    base = web_address(state) or f"https://{state.host}.local/"
    return f"{base}sign-in/once?token={token}" if token else None


def status(state: State) -> list[str]:
    """Everything at a glance."""
    view = state.answer("status.show")
    lines = [] if view["asterisk_connected"] else [*wrapped(state.say("asterisk_away")), ""]
    rows = [
        ("name", view["name"]),
        ("version", f"Loopstart {view['version']}, Asterisk {view['asterisk_version'] or '-'}"),
        ("uptime", seconds_text(view["uptime_s"])),
        ("load", " ".join(f"{one:.2f}" for one in view["load"])),
        ("memory", f"{view['memory_free'] / _GIB:.1f} / {view['memory_total'] / _GIB:.1f} GiB"),
        *(("disk", f"{one['path']} {one['free'] / _GIB:.1f} / {one['total'] / _GIB:.1f} GiB") for one in view["disks"]),
        ("revision", "-" if view["revision"] is None else view["revision"]),
        ("phones", f"{view['registered']} / {view['extensions']}"),
        ("running_calls", view["calls"]),
    ]
    lines += columns((state.say(key), _own(state, value)) for key, value in rows)
    services = [
        (clean(one["name"]), clean(one["state"]) if one["applicable"] else state.say("not_applicable"))
        for one in view["services"]
    ]
    return [*lines, "", state.say("services"), *(f"  {line}" for line in columns(services, 76))]


def lines_(state: State) -> list[str]:
    """Cards, then spans with what is wrong with them."""
    view = state.answer("hardware.list")
    lines = [_row(state, card["model"] or card["identity"], _word(state, f"card_{card['state']}"))
             for card in view["cards"]]  # fmt: skip
    lines += [_row(state, card["identity"], state.say("away")) for card in view["away"]]
    for span in view["spans"]:
        alarms = ", ".join(_word(state, f"alarm_{one}") for one in span["alarms"])
        used = sum(one["in_use"] for one in span["channels"])
        how = state.say("good") if span["up"] else f"{state.say('alarm')} {alarms}"
        busy = state.say("in_use", used=used, all=len(span["channels"]))
        lines += ["", _row(state, f"{span['span']}  {span['name']} {span['span_type']}", how), f"    {busy}"]
        counts = ", ".join(f"{name} {count}" for name, count in span["counts"].items())
        lines += [f"    {_own(state, counts)}"] if counts else []
    return lines or wrapped(state.say("no_cards"))


def calls(state: State) -> list[str]:
    """Calls that are up."""
    view = state.answer("live.show")
    now = datetime.fromisoformat(view["at"])
    rows = []
    for call in view["calls"]:
        parties = [f"{one['number'] or one['extension'] or ''} {one['name']}".strip() for one in call["parties"]]
        called = call["service"] or ", ".join(parties[1:])
        seconds = max((now - datetime.fromisoformat(call["started"])).total_seconds(), 0)
        between = _own(state, " - ".join(part for part in (*parties[:1], called) if part))
        rows.append((state.say(call["state"]), seconds_text(seconds), between))
    head = [] if view["connected"] else [*wrapped(state.say("asterisk_away")), ""]
    if not rows:
        return [*head, state.say("no_calls")]
    return [*head, state.say("n_calls", count=len(rows)), "", *columns(rows)]


def log(state: State) -> list[str]:
    """Warnings, newest first, each over as many lines as it needs."""
    lines: list[str] = []
    for one in state.answer("log.list")["lines"]:
        at = datetime.fromisoformat(one["at"]).astimezone(_zone(state))
        text = wrapped(clean(f"{at:%m-%d %H:%M:%S} {one['unit']}: {one['message']}"), 74)
        lines += [text[0], *(f"    {rest}" for rest in text[1:5])] if text else []
    return lines or [state.say("no_warnings")]


def revisions(state: State) -> list[str]:
    """What was applied, newest first."""
    head = []
    site = state.answer("site.state") or {}
    if site.get("confirm_by"):
        head += wrapped(state.say("awaits", until=_moment(state, site["confirm_by"])))
    if site.get("changed"):
        head += wrapped(state.say("undraft"))
    rows = [
        (
            str(one["number"]),
            _moment(state, one["created"]),
            state.say(one["state"]) + (f", {state.say('runs')}" if one["current"] else ""),
            _own(state, f"{one['author']} {one['note']}"),
        )
        for one in revisions_of(state)
    ]
    if not rows:
        return [*head, state.say("nothing_yet")]
    return [*head, *([""] if head else []), *_chosen(columns(rows, 74), state.selected)]


def revisions_of(state: State) -> list[dict[str, Any]]:
    """The revisions that are listed."""
    return list((state.answer("revision.list") or {}).get("revisions", ()))


def rollback(state: State) -> list[str]:
    """Asking once more, and then what became of it."""
    outcome = state.answer("site.rollback") or state.answer("site.confirm")
    if outcome is not None:
        key = "not_taken" if outcome["state"] in ("rejected", "undone") else "is_back"
        return wrapped(state.say(key, revision=outcome["revision"], state=state.say(outcome["state"])))
    if state.subject is None:
        return []
    lines = wrapped(state.say("back_to", revision=state.subject))
    return [*lines, "", *wrapped(state.say("type_number", revision=state.subject)), "", f"> {state.typed}_"]


def time(state: State) -> list[str]:
    """The clock, and whether something keeps it right."""
    view, hello = state.answer("status.show"), state.answer("hello") or {}
    now = datetime.fromisoformat(view["at"])
    chrony = next((one for one in view["services"] if one["name"] == "chrony"), None)
    service = "-" if chrony is None else chrony["state"]
    if chrony is not None and not chrony["applicable"]:
        service = state.say("not_applicable")
    rows = [
        (state.say("now"), f"{now.astimezone(_zone(state)):%Y-%m-%d %H:%M:%S}"),
        (state.say("zone"), _own(state, hello.get("time_zone"))),
        (state.say("utc"), f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S}"),
        (state.say("time_service"), clean(service)),
    ]
    return [*columns(rows), "", *wrapped(state.say("zone_where"))]


def support(state: State) -> list[str]:
    """What would be written, and what was."""
    done = state.answer("support.bundle")
    head = [*wrapped(state.say("bundle_what")), *wrapped(state.say("bundle_not")), ""]
    if done is None:
        return [*head, state.say("bundle_go")]
    written = state.say("bundle_done", kb=done["bytes"] // 1024 + 1)
    path = [f"    {_own(state, done['path'][at : at + 70])}" for at in range(0, len(done["path"]), 70)]
    return [*head, written, *path, "", *wrapped(state.say("bundle_fetch"))]


BODIES: dict[str, Callable[[State], list[str]]] = {
    "start": start, "network": network, "sign_in": sign_in, "link": link, "status": status, "lines": lines_,
    "calls": calls, "log": log, "revisions": revisions, "rollback": rollback, "time": time, "support": support,
    "network_edit": network_form.body, "tests": port_tests.body, **chores.BODIES, **updates.BODIES,
}  # fmt: skip


def chosen_line(state: State, lines: Iterable[str]) -> int | None:
    """Which line of a page the marker is on."""
    return next((at for at, line in enumerate(lines) if line.startswith(_MARK)), None)


_MARK = "> "


def _chosen(lines: list[str], selected: int) -> list[str]:
    return [f"{_MARK if at == selected else '  '}{line}" for at, line in enumerate(lines)]


def _own(state: State, value: object) -> str:
    """Data inside a line: it keeps its own direction."""
    return isolated(clean(value), state.language)


def _row(state: State, name: object, value: object) -> str:
    return f"{_own(state, name)}  {clean(value) if state.language in ('en', 'zh') else value}"


def _word(state: State, key: str) -> str:
    return LABELS[key][state.language] if key in LABELS else key


def _moment(state: State, text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(_zone(state)):%Y-%m-%d %H:%M}"


def _zone(state: State) -> Any:
    """The box's time zone; UTC for one that this machine does not know."""
    try:
        return ZoneInfo((state.answer("hello") or {}).get("time_zone") or "UTC")
    except (ValueError, OSError, LookupError):
        return UTC
