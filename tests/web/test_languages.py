"""Languages, directions, digits and calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from appliance.model.fields import Language
from tests.web.conftest import Box
from web_admin import languages, shown, solar_hijri


@pytest.mark.parametrize(
    ("language", "direction", "sheet"), [("ar", "rtl", "tabler.rtl.min.css"), ("zh", "ltr", "tabler.min.css")]
)
def test_a_page_runs_the_way_its_language_does(box: Box, language: str, direction: str, sheet: str) -> None:
    text = box.browser(language=language).text("/sign-in")
    assert f'dir="{direction}"' in text
    assert sheet in text


def test_the_cookie_goes_before_the_browser_and_the_account_before_both(box: Box) -> None:
    browser = box.browser(language="fa")
    assert 'lang="fa"' in browser.get("/sign-in", **{"Accept-Language": "zh-TW"}).text
    account = box.browser("reader", language="fa")
    account.post("/language", {"language": "ar", "next": "/account"})
    account.client.delete_cookie("__Host-language", domain="box.test")
    assert 'lang="ar"' in account.get("/account", **{"Accept-Language": "zh-TW"}).text


def test_the_browser_is_asked_where_nobody_chose(box: Box) -> None:
    browser = box.browser()
    browser.client.delete_cookie("__Host-language", domain="box.test")
    assert 'lang="zh-Hant"' in browser.get("/sign-in", **{"Accept-Language": "zh-TW,en;q=0.5"}).text


@pytest.mark.parametrize("address", ["/sign-in", "/sign-in/once"])
@pytest.mark.parametrize("language", list(Language))
def test_every_page_offers_every_language(box: Box, address: str, language: Language) -> None:
    text = box.browser(language=language.value).text(address)
    for tongue in languages.TONGUES.values():
        assert tongue.name in text


@pytest.mark.parametrize(
    ("language", "figure", "on_day"),
    [
        ("en", "1,234", "22 Nov 2026"),
        ("ar", "١٬٢٣٤", "٢٢"),
        ("fa", "۱٬۲۳۴", "۱ آذر ۱۴۰۵"),
        ("zh", "1,234", "2026年11月22日"),
    ],
)
def test_figures_and_dates_are_written_as_people_write_them(box: Box, language: str, figure: str, on_day: str) -> None:
    with box.app.test_request_context(base_url="https://box.test"):
        languages.use(Language(language))
        assert shown.count(1234) == figure
        assert on_day in shown.day(datetime(2026, 11, 22, 12, tzinfo=UTC))


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_a_number_that_is_dialled_keeps_its_digits_and_its_direction(box: Box, language: str) -> None:
    with box.app.test_request_context(base_url="https://box.test"):
        languages.use(Language(language))
        assert shown.number("+966112345600") == '<bdi dir="ltr" class="number">+966112345600</bdi>'


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2021, 3, 21), (1400, 1, 1)),
        (date(2024, 3, 20), (1403, 1, 1)),
        (date(2025, 3, 20), (1403, 12, 30)),  # a leap year's last day
        (date(2025, 3, 21), (1404, 1, 1)),
        (date(1979, 2, 11), (1357, 11, 22)),
        (date(2029, 3, 20), (1408, 1, 1)),
        (date(2026, 9, 22), (1405, 6, 31)),
        (date(2026, 9, 23), (1405, 7, 1)),
    ],
)
def test_the_solar_hijri_calendar_agrees_with_the_calendar_of_iran(day: date, there: tuple[int, int, int]) -> None:
    assert solar_hijri.of(day) == there
