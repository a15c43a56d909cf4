"""The box under test: the product itself, set up by the `loopstart` command alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import yaml

from appliance.control.messages import ContactView, LiveView, StatusView
from appliance.model.alarms import AlarmShown
from appliance.model.destinations import HANG_UP_CAUSES
from appliance.model.hardware_shown import HardwareShown, SpanShown
from tests.calls import product
from tests.calls.history import differences, table
from tests.image.machine import Machine
from tests.lines.company import TELEPHONES
from tests.lines.lan import BOX_ADDRESS, Lan
from tests.lines.loopback import card, plug_in, wait_until

SECRET = "Vexl9-quiet-Harbour"
SIP_PHONE = "101"
HEAD = "+331123456"
"""Of our numbers. Telephone 1 is extension 110 and has the number …10 outside, 2 is 111 and …11, and so on."""
LINE_NUMBER = "+33112349999"
MAILBOX_NUMBERS = tuple(f"{HEAD}{place}" for place in range(18, 48))
CAUSES = dict(zip(HANG_UP_CAUSES, (16, 17, 34, 21), strict=True))
"""What each way to hang up is in ITU-T Q.850."""
CAUSE_NUMBERS = {cause: f"{HEAD}0{place}" for place, cause in enumerate(HANG_UP_CAUSES, start=2)}
PAIRS = {"pri": ("e1", "pri_cpe"), "lines": ("t1", "fxs_ks"), "telephones": ("t1", "fxo_ks")}
"""Each pair of spans: what the box's end of it is."""

_R2 = {"signalling": "mfcr2", "r2": {"variant": "itu", "caller_digits": 10, "called_digits": 9}}


def site(side: str = "pri_cpe") -> dict[str, Any]:
    """A practice with an E1, on this side of it, with analog lines and analog telephones. side: its signalling."""
    telephones = range(1, TELEPHONES + 1)
    return {
        "box": {"name": "lines", "country": "FR", "time_zone": "Europe/Paris", "language": "en",
                "extension_digits": 3},
        "extensions": [
            {"number": SIP_PHONE, "name": "Reception", "secret": SECRET, "may_call": "international",
             "voicemail": {"enabled": True, "pin": "407193"}},
            *({"number": str(109 + place), "name": f"Telephone {place}", "may_call": "national",
               "line": {"span": "telephones", "channel": place}} for place in telephones),
        ],
        "trunks": [
            {"name": "pstn", "kind": "dahdi", "spans": ["pri"], "max_calls": 30,
             "numbers": [f"{HEAD}{place:02}" for place in range(48)]},
            {"name": "analog", "kind": "dahdi", "spans": ["lines"], "numbers": [LINE_NUMBER]},
        ],
        "inbound_routes": [
            *({"number": f"{HEAD}{9 + place}", "to": {"extension": str(109 + place)}} for place in telephones),
            *({"number": number, "to": {"voicemail": SIP_PHONE}} for number in MAILBOX_NUMBERS),
            *({"number": number, "to": {"hang_up": cause}} for cause, number in CAUSE_NUMBERS.items()),
            {"number": f"{HEAD}01", "to": {"extension": SIP_PHONE}},
            {"trunk": "analog", "to": {"extension": "110"}},
        ],
        "outbound_routes": [
            {"name": "national", "match": ["0XXXXXXXXX"], "class": "national", "trunks": ["pstn"]},
            {"name": "line", "match": ["8XXXXXXX"], "class": "local", "trunks": ["analog"], "strip": 1},
        ],
        # An echo canceller for every call is more than the emulator can do in time.
        "hardware": {"echo_canceller": "none", "spans": [
            {"name": pair, "card": card(pair), "port": 1, "kind": kind,
             **({"signalling": signalling} if pair != "pri" else _R2 if side == "mfcr2" else {"signalling": side})}
            for pair, (kind, signalling) in PAIRS.items()
        ]},
    }  # fmt: skip


class Office:
    """What `tests.calls` needs of a box, on a machine whose emulator is slow."""

    def __init__(self, machine: Machine, lan: Lan) -> None:
        self.machine, self.lan = machine, lan
        self.address = BOX_ADDRESS

    def exec(
        self, command: Sequence[str], *, input: str | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        return self.machine.exec(command, input=input or "", check=check, seconds=300)

    def phone(self, name: str) -> tuple[str, str]:
        del name
        return self.lan.phone.name, self.lan.phone.address

    def asterisk(self, command: str) -> str:
        """What its console answers."""
        return self.exec(["asterisk", "-rx", command], check=False).stdout

    def becomes(self, wanted: dict[str, Any]) -> None:
        """Apply a site and wait until everything of it is in effect.

        First everything of before is: setting cards up takes an emulator longer than a change waits for it.
        """
        wait_until(self._effective, "everything of before is in effect", 600)
        product.apply_site(self, yaml.safe_dump(wanted))
        plug_in(self.machine)
        wait_until(self._effective, "everything is in effect", 600)

    def _effective(self) -> bool:
        told = self.exec(["loopstart", "status", "--json"], check=False).stdout
        status = StatusView.model_validate_json(told) if told else None
        return status is not None and status.asterisk_connected and status.pending is None

    def span(self, name: str) -> SpanShown:
        """A span as `loopstart hardware list` shows it, by its name in the site."""
        shown = HardwareShown.model_validate(self._asked("hardware", "list"))
        return next(span for span in shown.spans if span.site_name == name)

    def spans(self) -> dict[str, SpanShown]:
        """Every span of the site that is there."""
        shown = HardwareShown.model_validate(self._asked("hardware", "list"))
        return {span.site_name: span for span in shown.spans if span.site_name}

    def alarms(self, since: datetime) -> list[AlarmShown]:
        """The alarms that began since then, newest first."""
        rows = self._asked("hardware", "alarms")["alarms"]
        return [alarm for row in rows if (alarm := AlarmShown.model_validate(row)).began >= since]

    def live(self) -> LiveView:
        """What is live now."""
        return product.live(self)

    def channels(self, kind: str = "DAHDI/") -> list[str]:
        """The names of Asterisk's channels of a kind."""
        listed = self.asterisk("core show channels concise").splitlines()
        return sorted(line.partition("!")[0] for line in listed if line.startswith(kind))

    def now(self) -> datetime:
        """The machine's own time."""
        return datetime.fromtimestamp(float(self.machine.sh("date +%s.%N")), UTC)

    def history(self, since: datetime, *expected: dict[str, Any]) -> list[ContactView]:
        """The calls since then, once the history is as expected (as :mod:`tests.calls.history` says it)."""
        found: list[ContactView] = []

        def right() -> bool:
            found[:] = product.history(self, since)
            return not differences(expected, found)

        try:
            wait_until(right, "the history", 60)
        except AssertionError:
            wrong = "\n  ".join(differences(expected, found))
            raise AssertionError(f"the history is not as expected:\n  {wrong}\nfound:\n{table(found)}") from None
        return found

    def _asked(self, *words: str) -> Any:
        return json.loads(self.exec(["loopstart", *words, "--json"]).stdout)
