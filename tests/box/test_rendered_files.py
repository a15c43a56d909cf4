"""The real Asterisk takes what is rendered: it complains of nothing and shows the same values back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from appliance.apply.reloads import AFTER_RESTART
from appliance.model import site_file
from appliance.model.problems import ProblemsError
from appliance.model.site import Site
from appliance.render import Facts, render_site
from appliance.render.asterisk.extensions import entries
from appliance.render.escape import CALLER_NAME_BYTES, at_most, caller_id
from tests.boxes import Box, wait_until
from tests.calls.product import apply_site
from tests.model.strategies import HOSTILE_PIECES

pytestmark = pytest.mark.box

LOG = "/var/log/asterisk/messages"


def hostile_site() -> Site:
    """An extension for each hostile piece that may be a name, alone and with text around it."""
    legal = []
    for piece in HOSTILE_PIECES:
        for name in (piece, f"Dr. {piece} Haddad", piece * 20):
            try:
                Site.from_document({"extensions": [{"number": "1000", "name": name}]})
            except ProblemsError:
                continue  # too long, or nothing but space: the model refuses it
            legal.append(name)
    described = [
        {
            "number": str(1000 + place),
            "name": name,
            "secret": f"Copper{place}-tide-31-Olive",
            "voicemail": {"enabled": True, "pin": "407193"},
            "pickup_group": "front",
            "may_pick_up": ["front", "back"],
            "forward": {"busy": {"voicemail": "1000"}, "no_answer": {"after": 20, "to": {"extension": "1001"}}}
            if place > 1
            else {},
        }
        for place, name in enumerate(legal)
    ]
    return Site.from_document({"box": {"extension_digits": 4, "country": "SA"}, "extensions": described})


@pytest.fixture(scope="module")
def log_of_a_start(box: Box) -> Iterator[str]:
    """What Asterisk wrote while it took the hostile site, and when it started anew with it."""
    before = int(box.exec(["stat", "-c", "%s", LOG]).stdout)
    apply_site(box, site_file.dumps(hostile_site().document()))
    box.exec(["systemctl", "restart", "asterisk.service"])
    wait_until(
        lambda: "fully booted" in box.exec(["asterisk", "-rx", "core waitfullybooted"], check=False).stdout,
        "Asterisk is up again",
        30,
    )
    yield box.exec(["tail", "-c", f"+{before + 1}", LOG]).stdout


def test_asterisk_complains_of_nothing(log_of_a_start: str) -> None:
    assert "Asterisk 22" in log_of_a_start
    assert re.findall(r".*\b(?:WARNING|ERROR)\b.*", log_of_a_start) == []


@pytest.mark.usefixtures("log_of_a_start")
def test_asterisk_shows_every_name_as_it_was_given(box: Box) -> None:
    site = hostile_site()
    numbers = " ".join(extension.number for extension in site.extensions)
    shown = box.exec(
        ["sh", "-c", f'for n in {numbers}; do asterisk -rx "pjsip show endpoint $n" | grep "^ callerid  "; done']
    ).stdout
    assert [line.partition(" : ")[2] for line in shown.splitlines()] == [
        as_shown(extension.name, extension.number) for extension in site.extensions
    ]


def as_shown(name: str, number: str) -> str:
    """A caller ID as Asterisk shows it: in so many bytes as it has room for.

    What it keeps is whole (``caller_id_to_str`` and ``caller_id_handler``, res_pjsip/pjsip_configuration.c).
    """
    room = len(at_most(name, CALLER_NAME_BYTES).encode()) + len(number) + 10
    return caller_id(name, number).encode()[:room].decode()


@pytest.mark.usefixtures("log_of_a_start")
def test_asterisk_has_the_numbers_and_codes_of_the_site_and_no_others(box: Box) -> None:
    wanted = entries(hostile_site())
    found = set()
    for context in ("to-extension", "to-voicemail", "own-voicemail", "feature-codes"):
        listing = box.asterisk(f"dialplan show {context}")
        found |= {(context, extension) for extension in re.findall(r"^  '([^_'][^']*)' =>", listing, re.M)}
    assert found == wanted


@pytest.mark.usefixtures("log_of_a_start")
def test_every_module_that_is_asked_for_runs(box: Box) -> None:
    listing = box.asterisk("module show")
    assert re.findall(r"^(\S+)\.so .*Not Running", listing, re.M) == []


def test_asterisk_knows_every_module_that_a_change_reloads(box: Box) -> None:
    files = render_site(hostile_site(), Facts(ami_secret="any"))
    loaded = files["asterisk/modules.conf"].text
    for module in sorted({file.reload for file in files.values() if file.reload}):
        # A box without lines does not load chan_dahdi, and says so: its files are read when it is loaded.
        away = module in AFTER_RESTART and f"= {module}\n" not in loaded
        answer = "No such module" if away else "reloaded successfully"
        assert answer in box.asterisk(f"module reload {module}"), module
