"""What changed in a rendered file, shown to people: a unified diff, quick on files of megabytes, without
secrets.

``difflib`` compares every line with every other where lines repeat, and a ``pjsip.conf`` of 5,000 extensions
is 100,000 lines that mostly do. So what both files begin and end with is cut off first, and what is left is
matched on the lines that occur once on each side (patience diff), which in rendered files are the section
headings and the values. ``difflib`` sees only the short stretches between those.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

CONTEXT = 3
"""Unchanged lines shown around each change."""
SHOWN_LINES = 2000
"""Lines of a diff that are kept; what follows is counted."""
_DIFFLIB_LINES = 400
"""Stretches longer than this on both sides are shown as removed and added whole."""

MASK = "***"

# Options of Asterisk's files whose value is a secret whatever it is.
_SECRET_OPTION = re.compile(
    r"^(?P<kept>[+\- ]?\s*(?:password|password_digest|md5_cred|secret|remotesecret|auth_pass|"
    r"tlsprivatekeypassword|dbpass)\s*=>?\s*)\S.*$",
    re.IGNORECASE,
)

Change = tuple[int, int, int, int]
"""``before[a:b]`` became ``after[c:d]``."""


class Mask:
    """Hides secrets in text: the values it is given, and the values of options that are always secret.

    secrets: asked for once, when the first line is to be masked.
    """

    def __init__(self, secrets: Callable[[], Iterable[str]]) -> None:
        self._secrets = secrets

    def __call__(self, line: str) -> str:
        """The line without its secrets."""
        line = _SECRET_OPTION.sub(rf"\g<kept>{MASK}", line)
        return self._pieces.sub(MASK, line) if self._pieces is not None else line

    @cached_property
    def _pieces(self) -> re.Pattern[str] | None:
        """Any of the secrets standing alone: a mailbox PIN of 1011 must not hide a part of ``21011``."""
        longest_first = sorted({secret for secret in self._secrets() if secret}, key=len, reverse=True)
        if not longest_first:
            return None
        return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, longest_first))})(?![A-Za-z0-9])")


def unified(path: str, before: str, after: str, mask: Mask) -> str:
    """The unified diff of two texts of one file; empty when they are the same.

    Changed lines are found before masking, so that a changed password shows as a changed line.
    """
    if before == after:
        return ""
    old, new = before.splitlines(), after.splitlines()
    lines = [f"--- {path if before else '/dev/null'}", f"+++ {path if after else '/dev/null'}"]
    left_out = 0
    for line in _hunks(old, new, changes(old, new)):
        if len(lines) < SHOWN_LINES:
            lines.append(mask(line))
        else:
            left_out += 1
    if left_out:
        lines.append(f"@@ {left_out} more lines @@")
    return "\n".join(lines) + "\n"


def changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """The stretches that differ, in order."""
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return list(_between(old, new, (start, len(old) - end, start, len(new) - end)))


def _between(old: Sequence[str], new: Sequence[str], part: Change) -> Iterator[Change]:
    """The stretches that differ within a part, split at the lines that anchor both sides."""
    a, b, c, d = part
    if a == b or c == d:
        if a != b or c != d:
            yield part
        return
    anchors = _anchors(old, new, part)
    if not anchors:
        yield from _short(old, new, part)
        return
    for x, y in [*anchors, (b, d)]:
        if (x, y) != (a, c):
            yield from _short(old, new, (a, x, c, y))
        a, c = x + 1, y + 1


def _short(old: Sequence[str], new: Sequence[str], part: Change) -> Iterator[Change]:
    """The stretches that differ within a part without anchors: by difflib, or whole where that would be
    slow."""
    a, b, c, d = part
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    if a == b and c == d:
        return
    if a == b or c == d or (b - a > _DIFFLIB_LINES and d - c > _DIFFLIB_LINES):
        yield a, b, c, d
        return
    matcher = difflib.SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield a + i, a + j, c + k, c + m


def _anchors(old: Sequence[str], new: Sequence[str], part: Change) -> list[tuple[int, int]]:
    """Pairs of equal lines that occur once on each side, the longest run of them in the order of both
    sides."""
    a, b, c, d = part
    count_old, count_new = Counter(old[a:b]), Counter(new[c:d])
    where_new = {new[index]: index for index in range(c, d) if count_new[new[index]] == 1}
    pairs = [
        (index, where_new[old[index]])
        for index in range(a, b)
        if count_old[old[index]] == 1 and old[index] in where_new
    ]
    # Longest increasing subsequence of the second index, by patience sorting.
    tops: list[int] = []
    piles: list[int] = []
    previous = [-1] * len(pairs)
    for position, (_, right) in enumerate(pairs):
        pile = bisect_left(tops, right)
        previous[position] = piles[pile - 1] if pile else -1
        if pile == len(tops):
            tops.append(right)
            piles.append(position)
        else:
            tops[pile] = right
            piles[pile] = position
    run: list[tuple[int, int]] = []
    position = piles[-1] if piles else -1
    while position >= 0:
        run.append(pairs[position])
        position = previous[position]
    return run[::-1]


def _hunks(old: Sequence[str], new: Sequence[str], found: Sequence[Change]) -> Iterator[str]:
    """The lines of the hunks, with headings as diff(1) writes them."""
    groups: list[list[Change]] = []
    for change in found:
        if groups and change[0] - groups[-1][-1][1] <= 2 * CONTEXT:
            groups[-1].append(change)
        else:
            groups.append([change])
    for group in groups:
        first, last = group[0], group[-1]
        lead = min(CONTEXT, first[0])
        tail = min(CONTEXT, len(old) - last[1])
        start_old, end_old = first[0] - lead, last[1] + tail
        start_new, end_new = first[2] - lead, last[3] + tail
        yield f"@@ -{_range(start_old, end_old)} +{_range(start_new, end_new)} @@"
        position = start_old
        for a, b, c, d in group:
            yield from (f" {line}" for line in old[position:a])
            yield from (f"-{line}" for line in old[a:b])
            yield from (f"+{line}" for line in new[c:d])
            position = b
        yield from (f" {line}" for line in old[position:end_old])


def _range(start: int, end: int) -> str:
    """A range as unified diffs write it: from one, and before the first line when empty."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"
