"""Whether a box is healthy, and where to sign in."""

from __future__ import annotations

import time

from image_build import box_container as container
from image_build import box_network as network
from image_build.box_state import Box
from image_build.progress import Problem, say

# What must run before the box is called healthy.
UNITS = ("asterisk.service", "loopstartd.service", "loopstart-web.service", "nginx.service")

# Run inside the box: a new one-time code while it waits for its first administrator, otherwise nothing.
FIRST_RUN = """
from appliance.control.client import ControlClient
daemon = ControlClient()
if daemon.ask("first_run.state")["open"]:
    print(daemon.ask("first_run.code")["code"])
"""


def wait(box: Box, seconds: int) -> None:
    """Wait for the units and the address. Raises `Problem` naming what is missing when the time is over."""
    missing: list[str] = []

    def ready() -> bool:
        missing[:] = [] if network.address_reached(box) else [f"the address {box.address}"]
        states = container.call(box, "systemctl", "is-active", *UNITS).stdout.split()
        missing.extend(unit for unit, state in zip(UNITS, states, strict=False) if state != "active")
        if len(states) != len(UNITS):
            missing.append("systemd")
        return not missing

    say(f"waiting until box {box.name} is healthy")
    begun = time.monotonic()
    if not container.wait_until(ready, seconds, pause=0.2):
        raise Problem(
            "unhealthy",
            f"box {box.name} runs at {box.address}, but without {', '.join(missing)}",
            where="the box's journal",
            next_step=f"image_build/box --name {box.name} logs -- -b -p warning",
        )
    say(f"box {box.name} is healthy after {time.monotonic() - begun:.1f} s: https://{box.address}/")


def sign_in(box: Box) -> str:
    """The line that tells a person where to go: with a one-time code while there is no administrator."""
    asked = container.call(box, "/opt/loopstart/bin/python", "-c", FIRST_RUN)
    if asked.returncode:
        raise Problem(
            "no-code",
            f"the daemon gives no code for the first sign-in:\n{asked.stderr[-2000:]}",
            where=f"box {box.name}",
            next_step=f"image_build/box --name {box.name} logs -- -u loopstartd -n 50",
        )
    code = asked.stdout.strip()
    if code:
        return f"First sign-in, once: https://{box.address}/first-run?code={code}"
    return f"Sign in: https://{box.address}/"
