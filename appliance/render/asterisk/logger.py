"""logger.conf: what Asterisk writes down, and where."""

from __future__ import annotations

from appliance.model.site import Site
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

_BODY = """
[general]
dateformat = %F %T.%3q
; A call's lines carry its id; files are rotated from outside, by copy and truncate.
use_callids = yes
appendhostname = no
queue_log = no
logger_queue_limit = 2000

[logfiles]
console = notice,warning,error
messages = notice,warning,error
; Refused sign-ins by address: read by the ban list.
security.log = security
"""


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file. ``messages`` and ``security.log`` are below the log directory."""
    del site, facts
    return (asterisk_file("logger.conf", "asterisk/logger.py", _BODY, reload="logger"),)
