"""Inside the box: does nothing for ``{"seconds": S}``, so that an empty Python can be weighed."""

from __future__ import annotations

import json
import sys
import time

if __name__ == "__main__":
    time.sleep(json.load(sys.stdin)["seconds"])
    json.dump({}, sys.stdout)
