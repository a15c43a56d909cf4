"""The language of the scenarios, checked without a box: every file reads, every sentence is known."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from appliance.control.messages import ContactView, SegmentView
from appliance.model.site import Site
from appliance.model.verify import verify
from tests.calls import history, product, scenario, steps

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/scenario.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_sentence_of_a_scenario_is_known(folder: Path) -> None:
    told = scenario.load(folder)
    assert told.steps
    for sentence in told.steps:
        steps.find(sentence)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_site_of_a_scenario_is_without_problems(folder: Path) -> None:
    site = Site.from_document(yaml.safe_load(scenario.load(folder).site))
    assert [problem for problem in verify(site) if problem.severity == "error"] == []


def test_an_unknown_sentence_is_refused() -> None:
    with pytest.raises(LookupError, match="alice sings"):
        steps.find("alice sings")


def test_a_misspelt_field_of_a_scenario_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("extensions: []")
    (tmp_path / "scenario.yaml").write_text("title: x\nphones: {}\nsteps: []\nhistroy: []\n")
    with pytest.raises(scenario.ScenarioError, match="histroy"):
        scenario.load(tmp_path)


CONTACT = ContactView(
    id=1, call_id="1.1", started=datetime(2026, 11, 1, tzinfo=UTC), caller="101", called="102",
    outcome="answered", talk_s=3.5,
    segments=(SegmentView(target="102", kind="extension", ring_at=datetime(2026, 11, 1, tzinfo=UTC)),),
)  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        {"caller": "101", "outcome": "answered"},
        {"talk_s": "3-4"},
        {"caller": "*"},
        {"segments": [{"target": "102"}]},
    ],
    ids=str,
)
def test_a_row_that_fits_has_no_difference(row: dict[str, object]) -> None:
    assert history.differences([row], [CONTACT]) == []


@pytest.mark.parametrize(
    "row",
    [
        {"caller": "103"},
        {"talk_s": "4-5"},
        {"caller_name": "*"},
        {"answered": "*"},
        {"segments": [{"target": "103"}]},
        {"segments": []},
        {"colour": "red"},
    ],
    ids=str,
)
def test_a_row_that_does_not_fit_is_told(row: dict[str, object]) -> None:
    assert len(history.differences([row], [CONTACT])) == 1


def test_a_contact_too_many_or_too_few_is_told() -> None:
    assert history.differences([], [CONTACT]) == ["1 contacts instead of 0"]
    assert history.differences([{}], []) == ["0 contacts instead of 1"]


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ('"Reception" <sip:101@192.0.2.1>;tag=a', "Reception <101>"),
        ("<sip:101@192.0.2.1>;tag=a", "<101>"),
        ("Lab <sip:103@192.0.2.1>", "Lab <103>"),
        ('"a \\"b\\" \\\\c" <sip:1@x>', 'a "b" \\c <1>'),
    ],
)
def test_the_screen_shows_the_name_as_the_header_means_it(header: str, shown: str) -> None:
    assert product.screen_text(header) == shown
