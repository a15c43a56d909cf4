"""Every scenario folder with a `scenario.yaml`, played against the running box."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boxes import Box
from tests.calls import runner, scenario

SCENARIOS = sorted(path.parent for path in Path(__file__).parent.glob("*/scenario.yaml"))


@pytest.mark.box
@pytest.mark.parametrize("folder", SCENARIOS, ids=lambda folder: folder.name)
def test_scenario(folder: Path, box: Box, tmp_path: Path) -> None:
    runner.play(scenario.load(folder), box, tmp_path)
