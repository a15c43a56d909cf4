"""What the probe is told to find is what the files say."""

from __future__ import annotations

from hypothesis import given

from appliance.model.site import Site
from appliance.render import expected, render_site
from tests.model.strategies import sites
from tests.render.conf_reader import read
from tests.render.sites import DRAWN, FACTS


@given(sites())
@DRAWN
def test_everything_expected_stands_in_the_files(drawn: Site) -> None:
    files = render_site(drawn, FACTS)
    wanted = expected(drawn, FACTS)
    endpoints = {
        section.name: section
        for section in read(files["asterisk/pjsip_endpoints.conf"].text).sections
        if section.modifiers == "(phone)"
    }
    assert wanted.endpoints.keys() == endpoints.keys()
    for number, values in wanted.endpoints.items():
        assert f"FINGERPRINT={values['SetVar:FINGERPRINT']}" in endpoints[number].all("set_var")
    dialplan = {
        (section.name, value.split(",")[0])
        for section in read(files["asterisk/extensions.conf"].text).sections
        for name, value in section.values
        if name == "exten"
    }
    assert wanted.dialplan <= dialplan
