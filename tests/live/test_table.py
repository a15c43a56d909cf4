"""A table is a dictionary that nobody can change under a reader."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from appliance.live.table import Table

keys = st.text(max_size=2)


@given(st.lists(st.tuples(st.booleans(), keys, st.integers())))
def test_a_table_does_as_a_dictionary_does(steps: list[tuple[bool, str, int]]) -> None:
    table: Table[str, int] = Table()
    plain: dict[str, int] = {}
    for put, key, value in steps:
        before, copy = table, dict(plain)
        if put:
            table, plain[key] = table.put(key, value), value
        else:
            table = table.without(key)
            plain.pop(key, None)
        assert dict(before.items()) == copy
        assert dict(table.items()) == plain
        assert len(table) == len(plain)
        assert table.get(key) == plain.get(key)
        assert (key in table) == (key in plain)
        assert sorted(table.values()) == sorted(plain.values())


@given(st.dictionaries(keys, st.integers()), st.dictionaries(keys, st.integers()))
def test_the_changes_between_two_tables_are_all_of_them(before: dict[str, int], after: dict[str, int]) -> None:
    table = Table(before)
    changed = table
    for key in before.keys() - after.keys():
        changed = changed.without(key)
    for key, value in after.items():
        if before.get(key) != value:
            changed = changed.put(key, value)
    told = {key: (old, new) for key, old, new in table.changes(changed)}
    assert told == {
        key: (before.get(key), after.get(key))
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    }
