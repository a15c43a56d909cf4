"""What a daemon might answer: ordinary, and hostile in every text that somebody can choose."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

HOSTILE = "Lab\x1b[2J\x9b31m\u202eevil\x07\r\n\u2028\u2066 名字 نام‌ها" * 3


def answers(text: str = "clinic", *, first_run: bool = False, many: int = 3) -> dict[str, Any]:
    """By verb. text stands wherever a person, or another machine, may have written something."""
    span = {"span": 1, "name": text, "span_type": "E1", "card": text, "local_span": 1, "up": False, "description": text,
            "alarms": ["red", "loss_of_signal"], "master": True, "clock_source": True, "line": ["HDB3"],
            "counts": {"slips": 3}, "channels": [{"in_use": True}, {"in_use": False}]}  # fmt: skip
    party = {"channel": text, "number": text, "name": text, "extension": None, "state": "up"}
    link = {"name": text, "hardware_address": "02:00:00:00:00:01", "cable": True, "state": "routable",
            "addresses": [{"address": "192.0.2.7", "prefix": 24, "source": text, "scope": "global"},
                          {"address": "fe80::1", "prefix": 64, "source": "foreign", "scope": "link"}],
            "gateways": ["192.0.2.1"], "resolvers": ["192.0.2.1"]}  # fmt: skip
    at = "2026-11-22T08:00:00Z"
    settings = {
        "interface": None,
        "ipv4": {"method": "dhcp", "address": None, "gateway": None},
        "ipv6": {"method": "automatic", "address": None, "gateway": None},
        "resolvers": [],
        "phones_vlan": None,
    }
    network = {
        "known": True,
        "links": [link] * many,
        "settings": settings,
        "last": "expired",
        "trial": {"settings": settings, "until": at, "seconds_left": 90} if many % 2 else None,
    }
    disk = {
        "name": "sdb",
        "model": text,
        "serial": text,
        "size": 8 << 30,
        "transport": "sata",
        "holds": [text] * many,
        "refused": None,
    }
    progress = {"step": "slot", "disk": "sdb", "done": 5, "all": 10, "error": ""}
    install = {"source": "sda", "disks": [disk, {**disk, "refused": "install_in_use"}] * (many // 2),
               "progress": progress if many else None}  # fmt: skip
    test = {"id": 1, "span": text, "port": 1, "channel": 1, "kind": "ring", "outcome": "failed", "code": "test_rang",
            "text": {"en": text * 3, "ar": text}, "began": at, "ended": at, "by": text}  # fmt: skip
    port = {"span": text, "port": 1, "channel": 1, "telephone": True, "kinds": ["ring"], "usual": ["state", "ring"],
            "numbers": [], "last": [test, {**test, "kind": "state", "outcome": "running"}]}  # fmt: skip
    line = {**port, "kinds": ["state", "call_back", "loop"], "usual": ["state"], "numbers": [text], "last": []}
    outcome = {"stage": "installed", "version": text, "before": text, "slot": "B", "at": at, "by": text,
               "reasons": [{"code": "x", "said": text, "text": {"en": text}}] * many}  # fmt: skip
    slot = {"name": "A", "running": True, "next": False, "good": True, "version": text}
    bundle = {"name": text, "source": "stick", "file": text, "size": 1 << 28, "received": 1 << 28, "complete": True}
    update = {
        "supported": True, "version": text, "slots": [slot, {**slot, "name": "B", "version": None}],
        "bundles": [bundle, {**bundle, "complete": False}] * (many // 2), "progress": {"running": True, "percent": 7},
        "last": outcome if many else None, "restart": {"at": at if many % 2 else None, "idle": True},
        "missing_lines": [text] * many, "rollback": text,
    }  # fmt: skip
    service = {"name": text, "state": text, "applicable": True, "active": True, "since": at}
    revision = {"author": text, "note": text, "created": at, "state": "confirmed", "generation": 1}
    return {
        "hello": {"name": text, "first_run": first_run, "time_zone": "Asia/Riyadh"},
        "network.show": network,
        "network.edit": network,
        "network.confirm": network,
        "network.revert": network,
        "power.show": {"waiting": "restart", "since": at},
        "power.restart": {"waiting": None},
        "power.off": {"waiting": None},
        "power.cancel": {"waiting": None},
        "reset.factory": {"restarting": True},
        "hardware.tests": {"ports": [port, line, {**line, "port": 2}, {**port, "channel": None}] * many,
                           "running": test if many % 2 else None},
        "hardware.test": {**test, "outcome": "running"},
        "update.show": update,
        "update.check": {"name": text, "file": text, "version": text, "compatible": text, "size": 1 << 28,
                         "running": text, "older": many % 2 == 1},
        "update.install": {"running": True, "percent": 0},
        "update.restart": {"restart": None, "last": outcome},
        "update.rollback": {"restart": None, "last": outcome},
        "update.cancel": {"cancelled": "restart"},
        "install.show": install,
        "install.start": install,
        "first_run.code": {"code": "aaaa-bbbb-cccc"},
        "account.list": {
            "accounts": [{"name": f"{text}{n}", "full_name": text, "role": "admin", "enabled": True}
                         for n in range(many)],
        },
        "sign_in_link": {"token": "t" * 43},
        "status.show": {
            "name": text, "version": "0.1", "asterisk_version": None, "asterisk_connected": False, "uptime_s": 1e6,
            "load": [0.1, 0.2, 0.3], "memory_total": 1 << 32, "memory_free": 1 << 31, "revision": None,
            "disks": [{"path": text, "total": 1 << 40, "free": 1 << 39}], "registered": 2, "extensions": 5,
            "calls": 1, "at": at,
            "services": [service, {**service, "name": "chrony", "applicable": False}] * many,
        },
        "hardware.list": {
            "cards": [{"model": text, "identity": text, "state": "ready"}] * many,
            "away": [{"identity": text}], "spans": [span] * many,
        },
        "live.show": {
            "at": at, "connected": False,
            "calls": [{"state": "talking", "started": "2026-11-22T07:00:00Z", "service": None,
                       "parties": [party, party]}] * many,
        },
        "log.list": {"lines": [{"at": at, "unit": text, "priority": "err", "message": text * 9}] * many},
        "revision.list": {
            "revisions": [{**revision, "number": many - n, "current": n == 0} for n in range(many)],
        },
        "site.state": {"confirm_by": at, "changed": True},
        "site.rollback": {"revision": 9, "state": "confirmed", "reason": None},
        "site.confirm": {"revision": 9, "state": "confirmed", "reason": None},
        "support.bundle": {"path": "/data/support/x.tar.gz", "bytes": 12345, "files": []},
    }  # fmt: skip


TEXTS = st.text(max_size=40) | st.just(HOSTILE)
