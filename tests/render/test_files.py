"""All files of a site: what holds for every one of them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

from hypothesis import given

from appliance.model.changes import ReloadClass
from appliance.model.site import Site
from appliance.render import render_site
from tests.model.strategies import sites
from tests.render.conf_reader import Conf, read
from tests.render.sites import DRAWN, FACTS, lawless_sites, site


def shape(conf: Conf) -> list[tuple[str, list[str]]]:
    """Sections and option names in order, without the names and values that a site decides: numbers show as 1."""
    return [
        (section.modifiers, ["1" if name.startswith("1") else name for name, _ in section.values])
        for section in conf.sections
    ]


TAME = site(
    *(
        {
            "number": number,
            "name": "Somebody",
            "secret": "Vexl9-quiet-Harbour",
            "voicemail": {"enabled": True, "pin": "407193"},
            "pickup_group": "front",
            "may_pick_up": ["front"],
            "forward": {
                "always": {"extension": "101"},
                "busy": {"extension": "101"},
                "no_answer": {"after": 20, "to": {"extension": "101"}},
            },
        }
        for number in ("101", "102")
    )
)
TAME_FILES = {path: read(file.text) for path, file in render_site(TAME, FACTS).items()}


@given(lawless_sites())
@DRAWN
def test_no_value_of_any_field_adds_a_line_a_section_or_an_option(lawless: Site) -> None:
    wild = {path: read(file.text) for path, file in render_site(lawless, FACTS).items()}
    assert wild.keys() == TAME_FILES.keys()
    for path, conf in wild.items():
        included = ['#include "chan_dahdi_telephones.conf"'] if path == "asterisk/chan_dahdi.conf" else []
        assert conf.directives == included
        if path == "asterisk/extensions.conf":
            # Numbers of two lengths have a pattern each; test_extensions.py looks at every line.
            assert [section.name for section in conf.sections] == [
                section.name for section in TAME_FILES[path].sections
            ]
        elif path != "asterisk/indications.conf":
            assert shape(conf) == shape(TAME_FILES[path]), path


@given(sites())
@DRAWN
def test_every_file_is_well_formed_and_names_its_generator(drawn: Site) -> None:
    files = render_site(drawn, FACTS)
    assert list(files) == sorted(files)
    for path, file in files.items():
        room, _, _ = path.partition("/")
        first, _ = file.text.split("\n", 1)
        if room == "dahdi":
            assert first.startswith("# Made by Loopstart (appliance/render/dahdi.py)")
            continue
        assert path == file.path and room == "asterisk"
        assert first.startswith("; Made by Loopstart (appliance/render/asterisk/")
        assert file.text.endswith("\n")
        assert file.mode == 0o640
        assert (file.reload is None) == (file.reload_class is ReloadClass.RESTART_WHEN_IDLE)
        read(file.text)


@given(sites())
@DRAWN
def test_equal_sites_give_equal_bytes(drawn: Site) -> None:
    again = Site.from_document(drawn.document())
    assert [file.text for file in render_site(drawn, FACTS).values()] == [
        file.text for file in render_site(again, FACTS).values()
    ]


def test_a_renamed_extension_changes_one_file() -> None:
    before = render_site(site({"number": "101", "name": "Lab", "secret": "Copper-tide-31-Olive"}), FACTS)
    after = render_site(site({"number": "101", "name": "Ward", "secret": "Copper-tide-31-Olive"}), FACTS)
    assert {path for path in before if before[path] != after[path]} == {"asterisk/pjsip_endpoints.conf"}


def test_a_secret_never_stands_in_a_file() -> None:
    secret = "Copper-tide-31-Olive"
    files = render_site(site({"number": "101", "name": "Lab", "secret": secret}), FACTS)
    assert [path for path, file in files.items() if secret in file.text] == []


def test_only_the_manager_file_knows_the_manager_secret() -> None:
    files = render_site(TAME, FACTS)
    other = render_site(TAME, replace(FACTS, ami_secret="another"))
    assert [path for path, file in files.items() if FACTS.ami_secret in file.text] == ["asterisk/manager.conf"]
    # The fingerprints are keyed with it.
    assert {path for path in files if files[path] != other[path]} == {
        "asterisk/manager.conf",
        "asterisk/pjsip_endpoints.conf",
    }


def test_a_transport_waits_for_a_restart_and_touches_nothing_else() -> None:
    before = render_site(site(), FACTS)
    after = render_site(site(sip={"tcp": False}), FACTS)
    [changed] = [path for path in before if before[path] != after[path]]
    assert changed == "asterisk/pjsip_transports.conf"
    assert after[changed].reload_class is ReloadClass.RESTART_WHEN_IDLE


def test_nothing_but_a_transport_makes_asterisk_restart() -> None:
    before = render_site(site(), FACTS)
    other = {"name": "najd-clinic", "country": "SA", "time_zone": "Asia/Riyadh", "language": "ar"}
    after = render_site(site({"number": "101", "name": "A"}, box=other, feature_codes={"echo_test": "*99"}), FACTS)
    changed = {path for path in before if before[path] != after[path]}
    assert {after[path].reload_class for path in changed} == {ReloadClass.RELOAD}


DIGESTS = """\
from appliance.render import render_site
from tests.render.lines import LINE_FACTS, LINES
from hashlib import blake2s
for path, file in sorted(render_site(LINES, LINE_FACTS).items()):
    print(path, blake2s(file.text.encode()).hexdigest())
"""


def test_another_process_writes_the_same_bytes() -> None:
    """Where the order of a set got into a file, every start of the daemon would find it changed."""
    written = [
        subprocess.run(
            [sys.executable, "-c", DIGESTS], env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout.splitlines()
        for seed in ("1", "2")
    ]  # fmt: skip
    assert len(written[0]) > 20
    assert [one for one in written[0] if one not in written[1]] == []
