"""A bench for each test, switched on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.apply.bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A new box after its first start."""
    made = Bench.at(tmp_path)
    made.boot()
    return made
