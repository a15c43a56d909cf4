"""Versions have an order; a file that is not a whole bundle is told from one that is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from appliance.model.update import HEAD, TAIL, fault_of_file, is_older, release, signature_at

SIGNATURE = b"\x30\x82" + bytes(1500)
releases = some.lists(some.integers(0, 999), min_size=2, max_size=4).map(lambda numbers: ".".join(map(str, numbers)))


def bundle(content: int = 5000, padded: int = 8192, tree: int = 4096) -> bytes:
    """A file built as rauc builds one: squashfs, padding, hash tree, signature, its length."""
    squashfs = b"hsqs".ljust(40, b"\x01") + content.to_bytes(8, "little") + b"\x07" * (content - 48)
    return squashfs.ljust(padded, b"\0") + b"\x55" * tree + SIGNATURE + len(SIGNATURE).to_bytes(8, "big")


def fault(file: bytes) -> str | None:
    tail = file[-TAIL:]
    begin = signature_at(tail, len(file))
    return fault_of_file(file[:HEAD], file[begin : begin + 2], tail, len(file))


def test_a_whole_bundle_has_no_fault() -> None:
    assert fault(bundle()) is None


@given(some.integers(1, len(bundle()) - HEAD))
def test_a_bundle_that_lacks_its_end_is_truncated_wherever_it_was_cut(missing: int) -> None:
    assert fault(bundle()[:-missing]) == "update_truncated"


@given(some.binary(max_size=200))
def test_what_is_no_squashfs_is_no_bundle(file: bytes) -> None:
    assert fault(file) == "update_no_bundle"


@given(some.binary(max_size=400))
def test_anything_may_follow_the_beginning_of_a_squashfs(file: bytes) -> None:
    assert fault(b"hsqs" + file) in ("update_no_bundle", "update_truncated")


@given(releases, releases)
def test_of_two_releases_at_most_one_is_older(one: str, other: str) -> None:
    assert not (is_older(one, other) and is_older(other, one))
    assert (release(one) == release(other)) == (not is_older(one, other) and not is_older(other, one))


@pytest.mark.parametrize(
    ("version", "than", "older"),
    [
        ("0.1.9", "0.2.0", True),
        ("0.2", "0.2.0", False),
        ("0.10.0", "0.9.9", False),
        ("0.2.0+aaaa", "0.2.0+bbbb", False),
        ("0.1.0+zz", "0.2.0+aa", True),
        ("nightly", "0.2.0", False),
    ],
)
def test_releases_are_compared_by_number(version: str, than: str, older: bool) -> None:
    assert is_older(version, than) is older


@pytest.mark.parametrize("text", ["", "1", "v1.2", "1.2.3.4.5", "1.2-3", "1.2+", "1.2+a b", "../1.2"])
def test_what_is_no_version_has_no_release(text: str) -> None:
    assert release(text) is None
