"""Files of parts of Asterisk's core that are always there and that we do not use.

Each switches its part off, or is there because the core warns at every start when it is missing.
"""

from __future__ import annotations

from appliance.model.site import Site
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

# Each VarSet carries a whole picture of its channel, and our dialplan sets a dozen variables a call (ADR 58). Of what
# is loaded only the manager would read them, and its client does not.
_UNREAD = (
    "ast_channel_varset_type", "ast_channel_talking_start", "ast_channel_talking_stop", "ast_rtp_rtcp_sent_type",
    "ast_rtp_rtcp_received_type",
)  # fmt: skip

# file -> (why, body, module to reload; None: read at start only)
_FILES: dict[str, tuple[str, str, str | None]] = {
    "acl.conf": ("No named access lists.", "", "acl"),
    "ccss.conf": ("No call completion: the switch calls nobody back by itself.", "[general]\n", None),
    "cdr.conf": ("The history is Loopstart's own, made from events.", "[general]\nenable = no\n", "cdr"),
    "cel.conf": ("The history is Loopstart's own, made from events.", "[general]\nenable = no\n", "cel"),
    "http.conf": ("No web server inside Asterisk.", "[general]\nenabled = no\n", "http"),
    # Its warnings are about what others send and about its own start: notices to us.
    "pjproject.conf": (
        "What the SIP library says: its errors are errors, its warnings notices.",
        "[log_mappings]\ntype = log_mappings\nasterisk_error = 0,1\nasterisk_notice = 2\nasterisk_debug = 3,4,5,6\n",
        None,
    ),
    "stasis.conf": (
        "The message bus leaves out what nobody reads.",
        "[declined_message_types]\n" + "".join(f"decline = {name}\n" for name in _UNREAD),
        None,
    ),
    "udptl.conf": ("No fax over UDPTL; its ports keep their defaults.", "[general]\n", "udptl"),
}


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One small file for each part."""
    del site, facts
    return tuple(
        asterisk_file(name, "asterisk/quiet.py", f"; {why}\n\n{body}", reload)
        for name, (why, body, reload) in _FILES.items()
    )
