"""Call history, from recorded calls."""

from __future__ import annotations

import csv
import io

import pytest

from appliance.model.access import Role
from tests.web.browser import Browser
from tests.web.conftest import Box
from web_admin.csv_cells import safe_cell


def test_calls_are_listed_with_who_called_whom_and_how_it_ended(admin: Browser) -> None:
    text = admin.text("/history")
    assert text.count('data-label="When"') >= 6
    for word in ("Answered", "Busy", "Voicemail"):
        assert word in text


def test_a_filter_by_outcome_leaves_only_those(admin: Browser) -> None:
    text = admin.text("/history?outcome=busy")
    assert 'badge-orange">Busy' in text
    assert 'badge-green">Answered' not in text


@pytest.mark.parametrize("query", ["extension=abc", "since=yesterday", "outcome=nonsense", "since=2001-01-01"])
def test_a_filter_that_makes_no_sense_is_passed_over(admin: Browser, query: str) -> None:
    assert 'data-label="When"' in admin.text(f"/history?{query}")


def test_days_of_the_filter_are_whole_days(admin: Browser) -> None:
    assert "No calls found" in admin.text("/history?until=2001-01-01")


def test_a_call_opens_with_its_segments(admin: Browser) -> None:
    text = admin.text("/history")
    address = text.split('href="/history/')[1:]
    first = next(part.split('"')[0] for part in address if part.split('"')[0].isdigit())
    assert "Step by step" in admin.text(f"/history/{first}")


def test_people_without_an_extension_of_their_own_see_nobodys_calls(box: Box) -> None:
    text = box.browser("no-extension", Role.USER).text("/history")
    assert 'data-label="When"' not in text
    assert 'name="extension"' not in text


def test_the_export_has_a_line_for_each_call(admin: Browser) -> None:
    answer = admin.get("/history/calls.csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][0] == "Started"
    assert len(rows) == 1 + admin.text("/history").count('data-label="When"')


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_cell_is_never_run_as_a_formula(hostile: str) -> None:
    assert safe_cell(hostile) == f"'{hostile}"
    assert safe_cell("Reception") == "Reception"
