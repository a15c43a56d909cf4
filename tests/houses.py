"""The data of a box that was prepared and never used: made once, copied for each test that wants one."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from appliance.daemon import prepare
from appliance.store.paths import DataPaths


@cache
def _pattern() -> tempfile.TemporaryDirectory[str]:
    made = tempfile.TemporaryDirectory(prefix="loopstart-house-")
    prepare(DataPaths(Path(made.name) / "data"))
    return made


def prepared(root: Path) -> DataPaths:
    """A prepared box at ``root``, which must not exist. Boxes made by one process have the same secrets."""
    shutil.copytree(Path(_pattern().name) / "data", root, symlinks=True)
    return DataPaths(root)
