"""Addresses to go back to, which come from the browser and must not lead to another site."""

from __future__ import annotations

from flask import url_for


def local_address(wanted: str | None) -> str:
    """``wanted`` if it is a path on this box, else the front page.

    ``//host`` and ``/\\host`` name another host to a browser (WHATWG URL, "relative slash state").
    """
    if wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable():
        return wanted
    return url_for("home.show")
