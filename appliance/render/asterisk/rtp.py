"""rtp.conf: the UDP ports of media, the same ones that the firewall of the image opens."""

from __future__ import annotations

from appliance.model.sip import RTP_PORTS
from appliance.model.site import Site
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file. ``strictrtp``: packets from an address that is not the call's are dropped once it is
    learned.
    """
    del site, facts
    first, last = RTP_PORTS
    body = f"\n[general]\nrtpstart = {first}\nrtpend = {last}\nstrictrtp = yes\nprobation = 4\nicesupport = no\n"
    return (asterisk_file("rtp.conf", "asterisk/rtp.py", body, reload="res_rtp_asterisk.so"),)
