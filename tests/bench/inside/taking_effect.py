"""Inside the box: one extension saved and applied until Asterisk answers for it, and Asterisk's own reload of
the same files.

Reads ``{"extensions": N, "rounds": R}`` and prints ``{"ours_ms": […], "asterisk_ms": […], "timings_ms": […]}``.

Both are timed from their first step to the 200 for a REGISTER with the new extension's password. Ours begins
with ``extension.add`` at the control socket; Asterisk's with the swap to the generation that we made, so that
the files, the change in them and the modules that are reloaded are the same.
"""

from __future__ import annotations

import json
import socket
import sys
import time
from pathlib import Path
from typing import Any

from appliance.control.client import ControlClient
from tests.bench.inside.manager import Manager
from tests.bench.sip_phone import SipPhone

GENERATIONS = Path("/data/generations")
NUMBER, SECRET = "90001", "Tide-bench-83-Olive"
ANSWER_WITHIN_S = 20.0


def registered() -> None:
    """Register the new extension until it is answered with 200. Raises RuntimeError when it is not in time."""
    deadline = time.monotonic() + ANSWER_WITHIN_S
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
        bound.bind(("127.0.0.1", 0))
        phone = SipPhone(bound, bound.getsockname(), "127.0.0.1", NUMBER, SECRET)
        while (left := deadline - time.monotonic()) > 0:
            answer = phone.register(left)
            if answer.status == 200:
                return
    raise RuntimeError(f"the new extension was not registered within {ANSWER_WITHIN_S:g} s: {answer.status}")


def point(name: str) -> None:
    """Swap the symlink of the running generation."""
    fresh = GENERATIONS / ".bench"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(name)
    fresh.replace(GENERATIONS / "current")


def applied(client: ControlClient) -> dict[str, Any]:
    """Apply the draft. Raises RuntimeError when it is not confirmed."""
    outcome: dict[str, Any] = client.ask("site.apply", note="bench")
    if outcome["state"] != "confirmed":
        raise RuntimeError(f"not confirmed: {outcome}")
    return outcome


def document(extensions: int) -> dict[str, Any]:
    """A site of so many extensions with voicemail, as a business has them."""
    return {
        "box": {"name": "bench", "country": "GB", "extension_digits": 5},
        "extensions": [
            {
                "number": str(10000 + place), "name": f"Person {place}", "secret": f"Copper{place}-tide-31-Olive",
                "voicemail": {"enabled": True, "pin": "407193"},
            }
            for place in range(extensions)
        ],
    }  # fmt: skip


def main() -> None:
    """Measure."""
    asked = json.load(sys.stdin)
    client = ControlClient()
    client.ask("site.import", document=document(asked["extensions"]))
    applied(client)
    ours, asterisk, timings = [], [], []
    for _ in range(asked["rounds"]):
        without = str((GENERATIONS / "current").readlink())
        started = time.perf_counter()
        client.ask("extension.add", extension={"number": NUMBER, "name": "New person", "secret": SECRET})
        saved = time.perf_counter()
        outcome = applied(client)
        registered()
        ours.append(1000 * (time.perf_counter() - started))
        timings.append({"save": round(1000 * (saved - started), 2), **outcome["timings_ms"]})
        modules = [step.removeprefix("reload ") for step in outcome["timings_ms"] if step.startswith("reload ")]
        with_it = str((GENERATIONS / "current").readlink())
        with Manager() as manager:
            point(without)
            for module in reversed(modules):
                manager.ask(Action="Reload", Module=module)
            started = time.perf_counter()
            point(with_it)
            for module in modules:
                manager.ask(Action="Reload", Module=module)
            registered()
            asterisk.append(1000 * (time.perf_counter() - started))
        client.ask("extension.remove", number=NUMBER)
        applied(client)
    json.dump({"ours_ms": ours, "asterisk_ms": asterisk, "timings_ms": timings, "modules": modules}, sys.stdout)


if __name__ == "__main__":
    main()
