"""Extensions from a CSV file."""

from __future__ import annotations

import io

from tests.web.browser import Browser
from tests.web.conftest import Box
from tests.web.test_extensions import added, held

GOOD = "number;name;language;voicemail.enabled\n501;Reception;en;yes\n502;ليلى;ar;no\n"


def test_a_file_is_previewed_before_it_changes_anything(admin: Browser, box: Box) -> None:
    page = admin.post(
        "/extensions/import", {"file": (io.BytesIO(GOOD.replace("50", "54").encode("utf-16")), "people.csv")}
    )
    assert "541" in page.text and "542" in page.text
    assert box.rooms.site.draft().site.extension("541") is None


def test_what_was_previewed_is_taken_into_the_draft(admin: Browser, box: Box) -> None:
    admin.message(admin.post("/extensions/import/take", {"text": GOOD, "mode": "add_or_replace", "then": "save"}))
    assert held(box, "502")["name"] == "ليلى"


def test_every_wrong_line_is_told_with_its_number_and_field(admin: Browser, box: Box) -> None:
    text = "number,name\n511,Fine\n5x2,Wrong\n,Nobody\n"
    page = admin.post("/extensions/import", {"text": text})
    assert page.text.count('data-label="Line"') >= 2
    assert "Save and apply" not in page.text
    assert admin.post("/extensions/import/take", {"text": text, "then": "save"}).status_code != 500
    assert box.rooms.site.draft().site.extension("511") is None


def test_a_number_that_is_there_is_a_mistake_when_only_new_ones_are_wanted(admin: Browser) -> None:
    added(admin, "521", "There")
    page = admin.post("/extensions/import", {"text": "number,name\n521,Again\n", "mode": "add"})
    assert "Save and apply" not in page.text


def test_a_file_that_is_no_text_is_refused_with_advice(admin: Browser) -> None:
    page = admin.post("/extensions/import", {"file": (io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1"), "book.xls")})
    assert page.status_code == 422
    assert "CSV UTF-8" in page.text


def test_the_export_can_be_imported_again_and_holds_no_secret(admin: Browser) -> None:
    added(admin, "531", "=HYPERLINK(1)", secret="Vexl9-quiet-Harbour")
    exported = admin.get("/extensions/extensions.csv")
    assert exported.mimetype == "text/csv"
    assert "Vexl9" not in exported.text
    assert "'=HYPERLINK(1)" in exported.text
    page = admin.post("/extensions/import", {"text": exported.text})
    assert "There is nothing to take" in page.text
