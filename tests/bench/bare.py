"""A bare Asterisk: the same program, modules and endpoints as the box's, and a dialplan of one `Dial()`.

It runs inside the box's root as a unit of its own, with the same user, priority and limit of open files,
but with no sandbox, no manager, no daemon that listens, no firewall, and in a network namespace with an
address of its own on the same bridge. What lies between the two is what Loopstart adds.
"""

from __future__ import annotations

import re
import subprocess

from image_build import box_container, box_state
from tests.bench.load import Target
from tests.boxes import Box, wait_until

FOLDER = "/run/bench/bare"
UNIT = "bench-asterisk.service"
CURRENT = "/data/generations/current/asterisk"
DIALPLAN = """\
[general]
static = yes
writeprotect = yes
extenpatternmatchnew = yes

[phones]
exten => _X.,1,Dial(PJSIP/${EXTEN},25)
"""
_DIRECTORIES = {
    "astetcdir": "etc", "astdbdir": "db", "astspooldir": "spool", "astrundir": "run", "astlogdir": "log",
    "astcachedir": "cache",
}  # fmt: skip


class BareAsterisk:
    """Start it once the box runs the site whose endpoints it shall have."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._holder: subprocess.Popen[bytes] | None = None
        self._address = ""

    def start(self) -> None:
        """Start it anew with the endpoints that the box has now."""
        self.stop()
        namespace, self._address = self._box.phone("bare")
        self._write_files()
        known = box_state.find(self._box.name)
        assert known is not None
        leader = box_container.leader(known)
        # A process that does nothing but be in the namespace: the box's systemd cannot see the host's names for it.
        self._holder = subprocess.Popen(
            ["nsenter", "--target", str(leader), "--mount", "--uts", "--ipc", "--pid",
             f"--net=/run/netns/{namespace}", "--", "sleep", "3600"],
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until(self._held, "the namespace is held")
        self._box.exec(["sh", "-c", f"cat > /run/systemd/system/{UNIT}"], input=self._unit())
        self._box.exec(["systemctl", "daemon-reload"])
        self._box.exec(["systemctl", "start", UNIT])

    def stop(self) -> None:
        """End it, if it runs."""
        if self._holder is not None:
            self._box.exec(["systemctl", "stop", UNIT], check=False)
            self._box.exec(["sh", "-c", f"kill {self._held()}"], check=False)
            self._holder.wait(timeout=5)
            self._holder = None

    @property
    def target(self) -> Target:
        """As a target of calls."""
        return Target("bare", self._box, self._address, ("asterisk", "-C", f"{FOLDER}/etc/asterisk.conf"))

    def restart(self) -> None:
        """Stop it, then have it started, without waiting until it is."""
        self._box.exec(["systemctl", "stop", UNIT])
        self._box.exec(["systemctl", "start", "--no-block", UNIT])

    def started_at(self) -> float:
        """When its process began, on the monotonic clock, which is the same inside and outside."""
        return int(self._box.exec(["systemctl", "show", "-P", "ExecMainStartTimestampMonotonic", UNIT]).stdout) / 1e6

    def _held(self) -> int:
        """The holder's process id inside the box; 0 while it is not there."""
        found = self._box.exec(["pgrep", "-f", "^sleep 3600$"], check=False).stdout.split()
        return int(found[-1]) if found else 0

    def _unit(self) -> str:
        return (
            "[Service]\nType=notify\nUser=asterisk\nGroup=asterisk\n"
            f"Nice={self._unit_value('Nice')}\nLimitNOFILE={self._unit_value('LimitNOFILE')}\n"
            f"NetworkNamespacePath=/proc/{self._held()}/ns/net\n"
            f"ExecStart=/usr/sbin/asterisk -f -n -C {FOLDER}/etc/asterisk.conf\n"
        )

    def _unit_value(self, name: str) -> str:
        return self._box.exec(["systemctl", "show", "-P", name, "asterisk.service"]).stdout.strip()

    def _write_files(self) -> None:
        made = " ".join(f"{FOLDER}/{name}" for name in _DIRECTORIES.values())
        self._box.exec(["sh", "-c", f"rm -rf {FOLDER}; mkdir -p {made} && cp {CURRENT}/* {FOLDER}/etc/"])
        text = self._box.exec(["cat", f"{CURRENT}/asterisk.conf"]).stdout
        for name, folder in _DIRECTORIES.items():
            text, changed = re.subn(rf"^{name} = .*$", f"{name} = {FOLDER}/{folder}", text, flags=re.MULTILINE)
            assert changed == 1, f"asterisk.conf names no {name}"
        self._put("asterisk.conf", text)
        self._put("extensions.conf", DIALPLAN)
        self._put("manager.conf", "[general]\nenabled = no\n")
        self._box.exec(["sh", "-c", f"chown -R asterisk:asterisk {FOLDER} && chmod 755 /run/bench {FOLDER}"])

    def _put(self, name: str, text: str) -> None:
        self._box.exec(["sh", "-c", f"cat > {FOLDER}/etc/{name}"], input=text)
