"""sorcery.conf: which file holds which kind of SIP object. Read only when Asterisk starts.

By default every kind reads pjsip.conf: about ten times over, and all of it again when one line of it
changes. With thousands of phones that is most of the time of a reload; with a file for each big kind, one is read once.
"""

from __future__ import annotations

from appliance.model.site import Site
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

_BODY = """
[res_pjsip]
transport = config,pjsip_transports.conf,criteria=type=transport
endpoint = config,pjsip_endpoints.conf,criteria=type=endpoint
auth = config,pjsip_auths.conf,criteria=type=auth
aor = config,pjsip_aors.conf,criteria=type=aor
"""


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file, the same for every site."""
    del site, facts
    return (asterisk_file("sorcery.conf", "asterisk/sorcery.py", _BODY, reload=None),)
