"""What verbs may use. The daemon fills it once; nothing in it is replaced while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from appliance.store.accounts import AccountStore
from appliance.store.audit import AuditLog
from appliance.store.codes import OnceCodes
from appliance.store.paths import DataPaths
from appliance.store.secrets import BoxSecrets
from appliance.store.sessions import SessionStore
from appliance.store.sign_ins import SignIns
from appliance.store.site import SiteStore
from appliance.store.tokens import TokenStore

if TYPE_CHECKING:
    from appliance.ami.connection import Connection
    from appliance.apply.applier import Applier
    from appliance.apply.certificate import Certificate
    from appliance.apply.inventory import BoxInventory
    from appliance.control.asterisk_version import AsteriskVersion
    from appliance.control.front_panel import FrontPanel
    from appliance.control.line_watch import LineWatch
    from appliance.control.live_hub import LiveHub
    from appliance.control.machine import Machine
    from appliance.control.machine_tasks import MachineTasks
    from appliance.control.mailer import Mailer
    from appliance.control.port_tests import PortTests
    from appliance.control.power import Power
    from appliance.control.smdr import Smdr
    from appliance.control.updates import Updates
    from appliance.store.alarms import AlarmStore
    from appliance.store.history import HistoryReader


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms of the house as a verb sees them.

    clock: now, in UTC with its time zone. version: of the software. started: of the daemon.
    machine: what the operating system says of services, disks, load and memory.
    inventory: the telephony cards that are in the box, and the numbers pinned to them. lines: their alarms, D-channels
    and error rates now; alarms: all that were. mailer: mail on its way out.
    smdr: call records on their way out. display: the front panel.
    updates: of the whole system. port_tests: of lines and telephones on cards.
    tasks: what root does for the daemon. power: restarting and switching off when idle.
    """

    paths: DataPaths
    site: SiteStore
    accounts: AccountStore
    sessions: SessionStore
    tokens: TokenStore
    sign_ins: SignIns
    codes: OnceCodes
    audit: AuditLog
    box_secrets: BoxSecrets
    history: HistoryReader
    applier: Applier
    certificate: Certificate
    live: LiveHub
    ami: Connection
    asterisk_version: AsteriskVersion
    machine: Machine
    inventory: BoxInventory
    lines: LineWatch
    alarms: AlarmStore
    mailer: Mailer
    smdr: Smdr
    display: FrontPanel
    updates: Updates
    tasks: MachineTasks
    power: Power
    port_tests: PortTests
    clock: Callable[[], datetime]
    started: datetime
    version: str
