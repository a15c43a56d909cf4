"""A box that is updated, with an installer of the test, for the tests of updates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from appliance.control.bundle_files import BundleFiles
from appliance.control.errors import RefusedError
from appliance.control.updates import Updates
from appliance.model.update import Outcome
from appliance.store.paths import DataPaths
from tests.control.installer import Around, Rauc
from tests.model.test_update import bundle

BUNDLE = bundle()


class Box:
    """Updates alone, with everything around them in the test's hand."""

    def __init__(self, root: Path) -> None:
        self.paths = DataPaths(root / "data")
        self.paths.proofs.mkdir(parents=True)
        self.sticks = root / "sticks"
        self.rauc, self.around = Rauc(), Around()
        self.told: list[tuple[str, Outcome]] = []
        self.updates = self.daemon()

    def daemon(self) -> Updates:
        """A daemon that has just started."""
        files = BundleFiles(self.paths.update, self.sticks)
        self.updates = Updates(
            self.paths,
            files,
            self.rauc,
            self.around.surroundings(),
            lambda action, outcome: self.told.append((action, outcome)),
        )
        return self.updates

    def sent(self, file: bytes = BUNDLE) -> str:
        begun = self.updates.files.begin("loopstart-0.2.0.raucb", len(file))
        self.updates.files.receive(begun.name, 0, file)
        return begun.name

    def installed(self) -> None:
        self.updates.install(self.sent(), "noor")
        self.updates.tick()
        self.rauc.finished()
        self.updates.tick()

    def restarted(self, slot: str, version: str) -> None:
        """The box came up again, from this slot."""
        self.rauc.booted(slot)
        self.around.boot, self.around.version = "second", version
        self.daemon()

    def proof(self, slot: str, good: bool, *reasons: dict[str, Any], update: str = "", stays: bool = False) -> None:
        last = self.updates.state.last
        assert last is not None
        note = {"update": update or last.id, "good": good, "stays": stays, "reasons": reasons}
        (self.paths.proofs / f"proof-{slot}.json").write_text(json.dumps(note))

    @property
    def stage(self) -> str | None:
        last = self.updates.state.last
        return last.stage.value if last else None


def refused(code: str) -> Any:
    return pytest.raises(RefusedError, match=f"^{code}( |$)")
