"""Names of people arrive as they were written, whatever they hold, on one line."""

from __future__ import annotations

import pytest

from appliance.live.headers import person_name


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        # As Asterisk 22.10 sent them for these names of an extension.
        (r"\"><script>alert(1)</script>", '"><script>alert(1)</script>'),
        (r"q\' b\\ d\" what\? ${X}", "q' b\\ d\" what? ${X}"),
        ("Dr. Layla Haddad", "Dr. Layla Haddad"),
        ("مريم", "مريم"),
        ("<unknown>", ""),
        (r"two\r\nlines", "two  lines"),
        ("raw\x1b[31m", "raw [31m"),
        ("نوبت\u200cدهی", "نوبت\u200cدهی"),
        ("\u202e101 tsurT", "101 tsurT"),
        (r"\\n", "\\n"),
        ("ends with \\", "ends with \\"),
    ],
)
def test_a_name_is_read_as_it_was_written(sent: str, name: str) -> None:
    assert person_name({"CallerIDName": sent}, "CallerIDName") == name
