"""What gunicorn serves: ``gunicorn web_admin.wsgi:app``."""

from __future__ import annotations

from web_admin import create_app

app = create_app()
