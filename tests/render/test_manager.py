"""The manager makes the events that somebody reads, and those alone."""

from __future__ import annotations

import re
from pathlib import Path

from appliance.live.parse import _PARSERS
from appliance.model.site import Site
from appliance.render.files import render_site
from tests.render.conf_reader import read
from tests.render.sites import FACTS

APPLIANCE = Path(__file__).parents[2] / "appliance"


def not_made() -> set[str]:
    [general] = [
        section for section in read(render_site(Site(), FACTS)["asterisk/manager.conf"].text).sections
        if section.name == "general"
    ]  # fmt: skip
    return set(general.one("disabledevents").split(","))


def test_what_the_event_path_reads_is_made() -> None:
    assert _PARSERS and not not_made() & _PARSERS.keys()


def test_no_name_of_an_event_that_is_not_made_stands_in_the_code() -> None:
    """An event that somebody begins to read, also in the answer of a list, has to come off the list first."""
    words = {
        word
        for room in ("ami", "live", "apply", "control", "hardware")
        for path in (APPLIANCE / room).rglob("*.py")
        for word in re.findall(r'"(\w+)"', path.read_text("utf-8"))
    }
    assert "FullyBooted" in words
    assert not not_made() & words
