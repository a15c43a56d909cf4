"""What people set at the phone stays with the person, not with the number."""

from __future__ import annotations

from appliance.apply.phone_settings import kept
from tests.apply.bench import Bench, site_of

# `database show` of Asterisk 22.10.1.
SHOWN = """\
/CustomDevstate/dnd-101                           : BUSY
/dnd/101                                          : 1
/forward_always/102                               : 103
/registrar/contact/101;@a1b2                      : {"uri":"sip:101@192.0.2.7:5060"}
/redial/101                                       : 102
5 results found.
"""


def test_only_the_settings_of_extensions_are_seen() -> None:
    assert list(kept(SHOWN.splitlines())) == [("dnd", "101"), ("forward_always", "102"), ("redial", "101")]


def test_a_new_number_is_cleared_and_an_old_one_is_not(bench: Bench) -> None:
    bench.save(site_of("101"))
    bench.applier.apply("noor")
    bench.reader.forgotten = frozenset()
    bench.save(site_of("101", "102"))
    bench.applier.apply("noor")
    assert bench.reader.forgotten == {"102"}
