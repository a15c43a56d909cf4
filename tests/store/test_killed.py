"""The daemon may be killed at any moment.

What was acknowledged is there afterwards, and nothing is there in half.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from appliance.model.changes import GenerationState
from appliance.store.backups import is_whole
from appliance.store.paths import DataPaths
from appliance.store.stores import opened_stores

WRITER = """
import sys
from pathlib import Path
from appliance.model.changes import GenerationState
from appliance.model.site import Site
from appliance.store.paths import DataPaths
from appliance.store.stores import opened_stores

with opened_stores(DataPaths(Path(sys.argv[1]))) as stores:
    number = 0
    while True:
        number += 1
        site = Site.from_document({"extensions": [
            {"number": "101", "name": "Room", "secret": f"Vexl9-quiet-{number:08}"}
        ]})
        with stores.site.transaction():
            draft = stores.site.save_draft(site, "noor", None)
            revision = stores.site.add_revision(site, "noor", str(draft.version))
            generation = stores.site.add_generation(revision)
        stores.site.set_generation(generation, GenerationState.CONFIRMED)
        stores.audit.add("noor", "", "site.apply", str(revision))
        print(draft.version, revision, flush=True)
"""
ROUNDS = 8


def _killed_at_a_random_moment(root: Path, moment: random.Random) -> tuple[int, int]:
    """Write until killed; the last version and revision that were acknowledged, zeros for none."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root)], stdout=subprocess.PIPE, text=True, env=os.environ
    ) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(moment.uniform(0, 0.15))
        writer.send_signal(signal.SIGKILL)
        said = (first + writer.stdout.read()).splitlines(keepends=True)
    whole = [line for line in said if line.endswith("\n")]
    version, revision = whole[-1].split()
    return int(version), int(revision)


@pytest.mark.slow
def test_killed_at_any_moment_the_store_is_whole_and_has_what_it_acknowledged(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "data")
    moment = random.Random(os.urandom(8))
    for _ in range(ROUNDS):
        version, revision = _killed_at_a_random_moment(paths.root, moment)
        for database in (paths.site_db, paths.accounts_db, paths.secrets_db):
            assert is_whole(database), database
        with opened_stores(paths) as stores:
            draft = stores.site.draft()
            assert draft.version >= version
            newest = stores.site.revisions(limit=1)[0]
            assert newest.number >= revision
            assert newest.note == str(draft.version), "draft and revision were one transaction"
            assert stores.site.revision_site(newest.number) == draft.site, "with its secret"
            rows = stores.site.generations(limit=1000)
            assert next(row.state for row in rows if row.revision == revision) is GenerationState.CONFIRMED
            assert stores.audit.verify() is None
