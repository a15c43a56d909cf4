"""The page of updates: a bundle sent in pieces, checked, installed, restarted into, gone back from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.control.rauc import Bundle
from appliance.model.access import Role
from appliance.model.update import Stage
from tests.control.installer import Rauc
from tests.model.test_update import bundle
from tests.web.browser import ORIGIN, Browser
from tests.web.conftest import Box, living

BUNDLE = bundle()


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    with living(tmp_path) as box:
        box.rooms.updates.installer = Rauc()
        yield box


def rauc(box: Box) -> Rauc:
    found = box.rooms.updates.installer
    assert isinstance(found, Rauc)
    return found


def sent(browser: Browser, file: bytes = BUNDLE, pieces: int = 3) -> str:
    """As static/update.js does it."""
    begun = browser.post("/update/uploads", {"file": "loopstart-0.2.0.raucb", "size": str(len(file))}).json
    step = -(-len(file) // pieces)
    place = begun["received"]
    while place < len(file):
        answer = browser.client.post(
            f"/update/pieces?name={begun['name']}&offset={place}",
            base_url=ORIGIN,
            data=file[place : place + step],
            content_type="application/octet-stream",
            headers={"Referer": f"{ORIGIN}/", "X-CSRFToken": browser._token},
        )
        assert answer.status_code == 200, answer.text
        place = answer.json["received"]
    name: str = begun["name"]
    return name


def test_a_bundle_is_sent_checked_installed_and_restarted_into(box: Box) -> None:
    browser = box.browser("farhad", Role.TECHNICIAN)
    assert "No bundle is here yet" in browser.text("/update")
    name = sent(browser)
    assert "loopstart-0.2.0.raucb" in browser.text("/update")
    checked = browser.post("/update/check", {"name": name})
    assert "The bundle can be installed." in checked.text
    browser.post("/update/install", {"name": name})
    assert "is being installed into slot B" in browser.text("/update")
    rauc(box).finished()
    box.rooms.updates.tick()
    page = browser.text("/update")
    assert "waits for a restart" in page
    assert "Restart into it" in page
    assert "No call" not in browser.message(browser.post("/update/restart", {"when": "at", "at": "03:00"}))
    assert box.rooms.updates.state.restart is not None
    browser.post("/update/cancel")
    assert box.rooms.updates.state.restart is None


def test_an_upload_that_stopped_goes_on(box: Box) -> None:
    browser = box.browser("farhad", Role.TECHNICIAN)
    about = {"file": "x.raucb", "size": str(len(BUNDLE))}
    begun = browser.post("/update/uploads", about).json
    box.rooms.updates.files.receive(begun["name"], 0, BUNDLE[:777])
    assert browser.post("/update/uploads", about).json == {"name": begun["name"], "received": 777, "complete": False}
    assert browser.post("/update/uploads", about | {"size": "9"}).json["received"] == 0


def test_a_piece_that_does_not_follow_says_where_to_go_on(box: Box) -> None:
    browser = box.browser("farhad", Role.TECHNICIAN)
    begun = browser.post("/update/uploads", {"file": "x.raucb", "size": "5000"}).json
    answer = browser.client.post(
        f"/update/pieces?name={begun['name']}&offset=10",
        base_url=ORIGIN,
        data=b"x",
        headers={"Referer": f"{ORIGIN}/", "X-CSRFToken": browser._token},
    )
    assert (answer.status_code, answer.json["expected"]) == (409, 0)


def test_a_piece_without_the_forms_token_is_refused(box: Box) -> None:
    browser = box.browser("farhad", Role.TECHNICIAN)
    browser.get("/update")
    answer = browser.client.post("/update/pieces?name=x&offset=0", base_url=ORIGIN, data=b"x")
    assert answer.status_code == 400


def test_a_refusal_is_shown_in_the_language_of_the_page(box: Box) -> None:
    browser = box.browser("farhad", Role.TECHNICIAN, language="fa")
    rauc(box).bundle = Bundle("other-arm64", "0.2.0")
    page = browser.message(browser.post("/update/check", {"name": sent(browser)}))
    assert "بسته برای سخت‌افزار دیگری است" in page


def test_an_older_bundle_wants_a_tick(box: Box) -> None:
    browser = box.browser("farhad", Role.TECHNICIAN)
    box.rooms.updates.around = replace(box.rooms.updates.around, version="0.1.0+3f9a")
    rauc(box).bundle = Bundle("loopstart-amd64", "0.0.1")
    name = sent(browser)
    assert "Install the older version all the same" in browser.post("/update/check", {"name": name}).text
    browser.post("/update/install", {"name": name})
    assert box.rooms.updates.state.last is None


@pytest.mark.parametrize("language", ["en", "ar", "fa", "zh"])
def test_every_way_to_end_has_its_words(box: Box, language: str) -> None:
    browser = box.browser("farhad", Role.TECHNICIAN, language=language)
    box.rooms.updates.install(sent(browser), "noor")
    state = box.rooms.updates.state
    box.rooms.updates.stop()
    assert state.last is not None
    for stage in Stage:
        box.rooms.updates._save(state.model_copy(update={"last": state.last.model_copy(update={"stage": stage})}))
        assert "0.2.0" in browser.text("/update"), stage


def test_whoever_may_not_apply_sees_no_button(box: Box) -> None:
    page = box.browser("layla", Role.SUPERVISOR).text("/update")
    assert 'id="upload"' not in page
    assert box.browser("layla").post("/update/cancel").status_code == 403


def test_a_box_without_slots_says_so(tmp_path: Path) -> None:
    with living(tmp_path) as box:
        assert "does not run from slots" in box.browser("farhad", Role.TECHNICIAN).text("/update")
