"""pjsip_transports.conf: the sockets that phones reach.

A file of its own because it has a reload class of its own: res_pjsip keeps a changed transport as it was
unless
``allow_reload`` is set, and with it replaces the socket under running calls
(res/res_pjsip/config_transport.c, ``transport_apply``). So a change waits until Asterisk can restart.
"""

from __future__ import annotations

from appliance.model.sip import TCP_PORT, TLS_PORT, UDP_PORT
from appliance.model.site import Site
from appliance.render.escape import conf_value
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file with a section for each transport that is on."""
    parts: list[str] = []
    if site.sip.udp:
        parts.append(_transport("udp", UDP_PORT))
    if site.sip.tcp:
        parts.append(_transport("tcp", TCP_PORT))
    if site.sip.tls:
        # sslv23 is the name of "every version that OpenSSL allows", here TLS 1.2 and 1.3. Without it
        # pjproject offers TLS 1.0 alone, which the image's OpenSSL refuses; any other name fixes one version.
        parts.append(
            _transport("tls", TLS_PORT)
            + "method = sslv23\n"
            + f"cert_file = {conf_value(facts.certificate)}\n"
            + f"priv_key_file = {conf_value(facts.private_key)}\n"
            + f"ca_list_file = {conf_value(facts.authority)}\n"
        )
    return (asterisk_file("pjsip_transports.conf", "asterisk/pjsip_transports.py", "".join(parts), reload=None),)


def _transport(name: str, port: int) -> str:
    # symmetric_transport: requests to a phone leave by the transport that it registered through (RFC 5626,
    # 5.3).
    keep_alive = "" if name == "udp" else "tcp_keepalive_enable = yes\n"
    return (
        f"\n[transport-{name}]\ntype = transport\nprotocol = {name}\nbind = 0.0.0.0:{port}\n"
        f"symmetric_transport = yes\n{keep_alive}"
    )
