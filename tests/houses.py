"""The data of a box that was prepared, and perhaps had calls: made once, copied for each test that wants one."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from appliance.daemon import prepare
from appliance.store.database import open_writer
from appliance.store.history import MIGRATIONS, HistoryWriter
from appliance.store.paths import DataPaths
from tests.live.replay import replay_file


@cache
def _pattern(captures: tuple[str, ...]) -> tempfile.TemporaryDirectory[str]:
    made = tempfile.TemporaryDirectory(prefix="loopstart-house-")
    paths = DataPaths(Path(made.name) / "data")
    prepare(paths)
    if captures:
        history = open_writer(paths.history_db, MIGRATIONS, paths.backups)
        for capture in captures:
            HistoryWriter(history).write(replay_file(capture).facts)
        history.close()
    return made


def prepared(root: Path, captures: tuple[str, ...] = ()) -> DataPaths:
    """A prepared box at ``root``, which must not exist, whose history has the calls of these captures.

    Boxes made by one process have the same secrets.
    """
    shutil.copytree(Path(_pattern(captures).name) / "data", root, symlinks=True)
    return DataPaths(root)
