"""The templates beside the renderers, compiled once at import.

Jinja escapes nothing here: a value enters a template only through a filter of
:mod:`appliance.render.escape`, or as a number. ``tests/render/test_templates.py`` finds an expression that
does neither.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from appliance.render import escape

_ENVIRONMENT = Environment(
    loader=PackageLoader("appliance.render", "asterisk"),
    autoescape=False,  # noqa: S701 - the target is no HTML; see the docstring
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_ENVIRONMENT.filters["conf"] = escape.conf_value
_ENVIRONMENT.filters["argument"] = escape.dialplan_argument
_NAMES = (
    "asterisk.conf.j2",
    "chan_dahdi.conf.j2",
    "extensions.conf.j2",
    "manager.conf.j2",
    "pjsip.conf.j2",
    "pjsip_aors.conf.j2",
    "pjsip_auths.conf.j2",
    "pjsip_endpoints.conf.j2",
)
_TEMPLATES = {name: _ENVIRONMENT.get_template(name) for name in _NAMES}


def fill(name: str, /, **values: Any) -> str:
    """The text of a template with its values in it."""
    return _TEMPLATES[name].render(**values)
