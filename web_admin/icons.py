"""Icons drawn into the page itself, so that they take the colour of the text beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Flask
from markupsafe import Markup

_FOLDER = Path(__file__).parent / "static" / "vendor" / "icons"


def init_app(app: Flask) -> None:
    """Offer ``icon(name)`` to the templates."""
    app.jinja_env.globals["icon"] = icon


@cache
def icon(name: str, classes: str = "") -> Markup:
    """The SVG of an icon of ``assets.json``, hidden from screen readers: the words beside it say the same.

    Raises ``FileNotFoundError`` for an icon that ``assets.json`` does not bring.
    """
    text = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    start = text.index(">") + 1
    drawing = " ".join(text[start:].split())
    return Markup(  # noqa: S704  # a file of the image, not of a person
        f'<svg class="icon {classes}" width="24" height="24" viewBox="0 0 24 24" fill="none" '
        f'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        f'aria-hidden="true" focusable="false">{drawing}'
    )
