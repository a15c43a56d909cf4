"""The dialplan of port tests: the same for every site, and nobody can dial into it."""

from __future__ import annotations

import re

from hypothesis import given

from appliance.model.site import Site
from appliance.render.asterisk.modules import modules_of
from appliance.render.asterisk.port_tests import CONTEXT, MODULES, entries, lines
from appliance.render.facts import Facts
from appliance.render.files import render_site
from tests.render.conf_reader import read
from tests.render.lines import LINE_FACTS, LINES, lawless_lines
from tests.render.sites import DRAWN

PATH = "asterisk/extensions.conf"
RUN_DIR = Facts(ami_secret="").run_dir


@given(lawless_lines())
@DRAWN
def test_no_text_of_a_site_is_in_it(lawless: Site) -> None:
    assert "".join(lines(lawless, RUN_DIR)) == "".join(lines(LINES, RUN_DIR)) != ""


def test_a_box_without_cards_has_none_of_it() -> None:
    assert list(lines(Site(), RUN_DIR)) == [] == list(entries(Site()))
    loaded = {name for names in modules_of(Site()).values() for name in names}
    assert not loaded & {"app_record", "app_playtones"}
    assert set(MODULES) <= {name for names in modules_of(LINES).values() for name in names}


def test_nothing_leads_into_it() -> None:
    conf = read(render_site(LINES, LINE_FACTS)[PATH].text)
    for section in conf.sections:
        if section.name != CONTEXT:
            assert not any(CONTEXT in value for _, value in section.values), section.name


def test_every_file_it_writes_is_the_one_in_memory() -> None:
    written = re.findall(r"Record\(([^,]*),", "".join(lines(LINES, RUN_DIR)))
    assert set(written) == {"/run/asterisk/port-test.wav"}


def test_the_probe_looks_for_it() -> None:
    conf = read(render_site(LINES, LINE_FACTS)[PATH].text).section(CONTEXT)
    assert {(CONTEXT, value.partition(",")[0]) for name, value in conf.values if name == "exten"} == set(entries(LINES))
