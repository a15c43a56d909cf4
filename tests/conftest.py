"""Fixtures of every room's tests."""

from __future__ import annotations

import pytest

from tests.boxes import Box


@pytest.fixture(scope="session")
def box() -> Box:
    """The running development box that LOOPSTART_BOX names (default `test`), brought up to date if it is not.

    Mark tests that use it with `@pytest.mark.box`. The box is left running, so that the next run starts at
    once; `make stop` ends it. A test that changes the site leaves a site behind: tests begin by applying
    their own.
    """
    found = Box()
    found.up()
    return found
