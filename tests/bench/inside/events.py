"""Inside the box: how many events Asterisk sends within so many seconds, with the daemon's filters.

Reads ``{"seconds": S}`` and prints ``{"events": N}``.
"""

from __future__ import annotations

import json
import sys

from tests.bench.inside.manager import Manager

if __name__ == "__main__":
    with Manager(events=True) as manager:
        json.dump({"events": manager.count_events(json.load(sys.stdin)["seconds"])}, sys.stdout)
