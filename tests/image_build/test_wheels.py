"""The lock is read for the box, not for the machine that builds it."""

from __future__ import annotations

import pytest

from image_build import wheels
from image_build.progress import Problem

LOCK = """\
# a comment
alpha==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
beta-gamma==2.1 ; implementation_name != 'PyPy' \\
    --hash=sha256:cc
"""


def test_a_lock_is_split_into_its_entries() -> None:
    assert [entry.split("==")[0] for entry in wheels.entries(LOCK)] == ["alpha", "beta-gamma"]


def test_a_marker_that_holds_for_the_box_is_dropped() -> None:
    entry = list(wheels.entries(LOCK))[1]
    assert wheels._for_the_box(entry) == "beta-gamma==2.1 \\\n    --hash=sha256:cc\n"


def test_a_marker_that_the_build_cannot_judge_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        wheels._for_the_box("alpha==1.0 ; python_full_version < '3.12' \\\n    --hash=sha256:aa\n")
    assert caught.value.code == "marker"
