"""What is kept for each extension is what would be worked out again."""

from __future__ import annotations

from appliance.model.edit import edit_extension
from appliance.model.extensions import Extension
from appliance.model.per_extension import PerExtension
from appliance.model.site import Site

worked_out: list[str] = []


def greeting(extension: Extension, word: str) -> str:
    worked_out.append(extension.number)
    return f"{word} {extension.name}"


def site_of(*numbers: str) -> Site:
    return Site.from_document({"extensions": [{"number": number, "name": f"Room {number}"} for number in numbers]})


def test_only_what_changed_is_worked_out_again() -> None:
    greet = PerExtension(greeting)
    worked_out.clear()
    before = site_of("101", "102", "103")
    assert greet(before.extensions, "to") == ["to Room 101", "to Room 102", "to Room 103"]
    after = edit_extension(before, "102", {"name": "Lab"}).site
    assert greet(after.extensions, "to") == ["to Room 101", "to Lab", "to Room 103"]
    assert worked_out == ["101", "102", "103", "102"]


def test_another_given_value_makes_all_anew() -> None:
    greet = PerExtension(greeting)
    site = site_of("101", "102")
    greet(site.extensions, "to")
    assert greet(site.extensions, "from") == ["from Room 101", "from Room 102"]


def test_an_equal_extension_that_is_another_object_gives_the_same() -> None:
    greet = PerExtension(greeting)
    assert greet(site_of("101").extensions, "to") == greet(site_of("101").extensions, "to")


def test_order_and_repetition_are_the_callers() -> None:
    greet = PerExtension(greeting)
    one, two = site_of("101", "102").extensions
    assert greet([two, one, two], "to") == ["to Room 102", "to Room 101", "to Room 102"]


def test_nothing_of_an_extension_that_went_is_kept_for_one_in_its_place() -> None:
    # The memory, and with it the id, of what is gone is given to what comes next.
    greet = PerExtension(greeting)
    for number in map(str, range(100, 400)):
        assert greet(site_of(number).extensions, "to") == [f"to Room {number}"]
