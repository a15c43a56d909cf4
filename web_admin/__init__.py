"""The web admin: pages rendered on the server, in English, Arabic, Persian and Chinese.

It runs without rights of its own. Everything it shows and everything it changes goes through the control socket with
the session of the person asking, so that the daemon alone decides who may do what.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from web_admin import (
    access,
    api,
    errors,
    icons,
    languages,
    pages,
    plain_words,
    security,
    settings,
    shown,
    static_files,
    texts,
    views,
)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Build the application. ``config`` overrides :mod:`web_admin.settings`.

    Raises :class:`web_admin.access.UnmarkedViewError` when a view carries no mark of who may open it.
    """
    app = Flask(__name__)
    settings.load(app, config or {})
    security.init_app(app)
    languages.init_app(app)
    shown.init_app(app)
    texts.init_app(app)
    plain_words.init_app(app)
    icons.init_app(app)
    errors.init_app(app)
    access.init_app(app)
    pages.init_app(app)
    static_files.init_app(app)
    for blueprint in views.BLUEPRINTS:
        app.register_blueprint(blueprint)
    api.init_app(app, security.csrf)
    access.refuse_unmarked(app)
    return app
