"""Inside the box: so many changes applied one after another, each adding or removing an extension.

Reads ``{"applies": N, "every_s": S}`` and prints ``{"apply_ms": […]}``.
"""

from __future__ import annotations

import json
import sys
import time

from appliance.control.client import ControlClient
from tests.bench.inside.taking_effect import applied

NUMBER = "9001"

if __name__ == "__main__":
    client = ControlClient()
    asked = json.load(sys.stdin)
    took = []
    begun = time.monotonic()
    for turn in range(asked["applies"]):
        time.sleep(max(0.0, begun + turn * asked["every_s"] - time.monotonic()))
        if turn % 2 == 0:
            extension = {"number": NUMBER, "name": "New person", "secret": "Tide-bench-83-Olive"}
            client.ask("extension.add", extension=extension)
        else:
            client.ask("extension.remove", number=NUMBER)
        started = time.perf_counter()
        applied(client)
        took.append(1000 * (time.perf_counter() - started))
    json.dump({"apply_ms": took}, sys.stdout)
