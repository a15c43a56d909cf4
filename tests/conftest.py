"""Fixtures of every room's tests."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.boxes import Box

# No deadline: a busy machine is not a broken promise. `make thorough` tries twenty times as much.
settings.register_profile("quick", max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
if settings.get_current_profile_name() == "default":
    settings.load_profile("quick")


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
