"""Style sheets and scripts are kept by browsers for a day, so their addresses change when they do."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask


def init_app(app: Flask) -> None:
    """Put a digest of all static files into the address of each."""
    digest = hashlib.sha256()
    folder = Path(app.static_folder or "")
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".css", ".js", ".svg"} and path.parent.name != "icons":
            digest.update(path.read_bytes())
    version = digest.hexdigest()[:12]

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("v", version)
