"""Fixtures of every room's tests."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from appliance.store import passwords
from tests.boxes import Box

# No deadline: a busy machine is not a broken promise. `make thorough` tries fifty times as much.
settings.register_profile("quick", max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
if settings.get_current_profile_name() == "default":
    settings.load_profile("quick")


def pytest_collection_finish() -> None:
    """What was loaded to collect thousands of tests is not garbage, and need not be looked through for any."""
    gc.freeze()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A test that leaves no box behind fails alone, not with every one after it."""
    if report.failed and "box" in report.keywords:
        _FAILED.append(report.nodeid)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """See above."""
    if _FAILED and item.get_closest_marker("box"):
        _FAILED.clear()
        Box().up()


_FAILED: list[str] = []


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


PRODUCT_HASHER = passwords._HASHER
"""What the product keeps passwords with; ``tests/store/test_passwords.py`` holds it to its figures."""


@pytest.fixture(scope="session", autouse=True)
def _passwords_at_little_cost() -> Iterator[None]:
    """Passwords are as dear to check as the box can bear, which tests of other things need not pay."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield
