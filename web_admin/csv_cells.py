"""Cells of a CSV file that a spreadsheet will open."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run as a formula.

    A caller chooses the name that their call shows, so a cell may hold ``=HYPERLINK(...)`` (OWASP, "CSV Injection").
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
