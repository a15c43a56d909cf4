"""A QR code as lines of text, two modules a line in half blocks, or one where a terminal has none.

Light modules are drawn, dark ones left: terminals are dark, and readers want dark on light (ISO/IEC 18004, 5.1).
The quiet zone is narrower than its four modules where the screen is too small; readers take that.
"""

from __future__ import annotations

import segno

from appliance.cli.console.screen import COLUMNS, ROWS, Charset

_ROWS = ROWS - 1
_HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


def drawn(text: str, charset: Charset) -> list[str] | None:
    """The code as lines; None where it does not fit the screen."""
    matrix = [[not dark for dark in row] for row in segno.make(text, error="l", micro=False, boost_error=False).matrix]
    tall = charset is Charset.ASCII  # no half blocks: a module is a line high, and two cells wide
    for quiet in (4, 3, 2, 1):
        framed = _framed(matrix, quiet)
        rows, width = (len(framed), 2 * len(framed)) if tall else ((len(framed) + 1) // 2, len(framed))
        if rows <= _ROWS and width <= COLUMNS:
            return _tall(framed) if tall else _half(framed)
    return None


def address_text(url: str) -> str:
    """An address without a path in capitals: the alphanumeric mode, so that most fit the smallest code."""
    return url.rstrip("/").upper()


def _framed(matrix: list[list[bool]], quiet: int) -> list[list[bool]]:
    empty = [True] * (len(matrix) + 2 * quiet)
    side = [True] * quiet
    return [*([empty] * quiet), *([*side, *row, *side] for row in matrix), *([empty] * quiet)]


def _half(light: list[list[bool]]) -> list[str]:
    if len(light) % 2:
        light = [*light, [True] * len(light)]
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(light[::2], light[1::2], strict=True)
    ]


def _tall(light: list[list[bool]]) -> list[str]:
    return ["".join("██" if one else "  " for one in row).rstrip() for row in light]
