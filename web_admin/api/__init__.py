"""The REST API: the verbs of the control socket over HTTP, described by an OpenAPI 3.1 document.

One table of routes (:mod:`web_admin.api.routes`) is both what is served and what is described; a route names its verb,
and the daemon behind the verb decides who may. Only API tokens sign in here, never cookies, so that no other site's
page can act in a browser's name.
"""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from web_admin.api.views import blueprint


def init_app(app: Flask, csrf: CSRFProtect) -> None:
    """Register the API under ``/api/v1``. Its requests carry a token in a header, so they need no CSRF token."""
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)
