"""Inside the box: one question to the daemon. Reads ``{"verb": …, "args": {…}}``, prints the answer."""

from __future__ import annotations

import json
import sys

from appliance.control.client import ControlClient

if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump(ControlClient().ask(asked["verb"], **asked["args"]), sys.stdout)
