"""What the operating system says of the box: services, disks, load, memory, uptime.

Services are read with ``systemctl show`` and a fixed list of units: the one program the daemon runs by
itself. systemd allows it to anybody; nothing is changed by it.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from appliance.control.messages import DiskState, ServiceState

log = logging.getLogger(__name__)

UNITS = (
    "asterisk.service", "loopstartd.service", "loopstart-web.service", "nginx.service", "chrony.service",
    "avahi-daemon.service", "nftables.service", "fail2ban.service",
)  # fmt: skip
_SYSTEMCTL = "/usr/bin/systemctl"
_PROPERTIES = "Id,LoadState,ActiveState,SubState,ActiveEnterTimestamp,ConditionResult,ConditionTimestamp,MemoryCurrent"
_TIMEOUT_S = 3.0
_FRESH_S = 2.0
_UNSET = 2**64 - 1
"""What systemd says of memory it does not count."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes: of the machine, and of it what programs could still get."""

    total: int
    available: int


class Machine:
    """The box below the software. Answers are at most :data:`_FRESH_S` old. Safe to use from any thread."""

    def __init__(self, data: Path, units: Iterable[str] = UNITS) -> None:
        self._data = data
        self._units = tuple(units)
        self._lock = threading.Lock()
        self._services: tuple[float, tuple[ServiceState, ...]] = (float("-inf"), ())
        self._failing = False

    def services(self) -> tuple[ServiceState, ...]:
        """The services of the box that are installed; empty where systemd cannot be asked."""
        with self._lock:
            asked, services = self._services
            if time.monotonic() - asked > _FRESH_S:
                services = tuple(parse_services(self._show()))
                self._services = (time.monotonic(), services)
            return services

    def disks(self) -> tuple[DiskState, ...]:
        """The root and ``/data``, or one of them where they are one file system."""
        found: dict[int, DiskState] = {}
        for path in (self._data, Path("/")):
            usage = shutil.disk_usage(path)
            found.setdefault(path.stat().st_dev, DiskState(path=str(path), total=usage.total, free=usage.free))
        return tuple(found.values())

    def load(self) -> tuple[float, float, float]:
        """Mean number of processes that wanted to run, over 1, 5 and 15 minutes."""
        return os.getloadavg()

    def memory(self) -> Memory:
        """See proc_meminfo(5)."""
        values: dict[str, int] = {}
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            name, _, rest = line.partition(":")
            values[name] = int(rest.split()[0]) * 1024
        return Memory(values["MemTotal"], values.get("MemAvailable", values["MemFree"]))

    def uptime_s(self) -> float:
        """Seconds since the box was started, sleep included."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def _show(self) -> str:
        command = [_SYSTEMCTL, "show", "--timestamp=unix", f"--property={_PROPERTIES}", "--", *self._units]
        try:
            done = subprocess.run(  # noqa: S603  # a fixed program with fixed arguments
                command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            if not self._failing:
                log.warning("systemd cannot be asked about services: %s", error)
            self._failing = True
            return ""
        self._failing = False
        return done.stdout


def parse_services(shown: str) -> Iterable[ServiceState]:
    """The units in the output of ``systemctl show``: blocks of ``Name=value``, one empty line between two."""
    for block in shown.strip().split("\n\n"):
        values = dict(line.partition("=")[::2] for line in block.splitlines())
        if values.get("LoadState") in {None, "not-found", "masked"}:
            continue
        memory = values.get("MemoryCurrent", "")
        yield ServiceState(
            name=values["Id"].removesuffix(".service"),
            active=values["ActiveState"] == "active",
            state=f"{values['ActiveState']} ({values['SubState']})",
            applicable=not _passed_over(values),
            since=_moment(values.get("ActiveEnterTimestamp", "")),
            memory_bytes=int(memory) if memory.isdecimal() and int(memory) != _UNSET else None,
        )


def _passed_over(values: Mapping[str, str]) -> bool:
    """Whether systemd saw that the unit is not for this machine.

    The result alone is ``no`` also for a unit that nobody ever started (systemd's org.freedesktop.systemd1(5)).
    """
    looked = _moment(values.get("ConditionTimestamp", "")) is not None
    return values["ActiveState"] == "inactive" and looked and values.get("ConditionResult") == "no"


def _moment(stamp: str) -> datetime | None:
    """``@1700000000``; empty for a unit that never was active."""
    seconds = stamp.removeprefix("@")
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdecimal() and int(seconds) else None
