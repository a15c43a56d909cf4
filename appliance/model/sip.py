"""How phones reach the box: transports, media encryption, codecs."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from appliance.model.fields import Noun, YesNo

UDP_PORT = 5060
TCP_PORT = 5060
TLS_PORT = 5061
RTP_PORTS = (10000, 19999)
"""First and last UDP port of media. Fixed, because the firewall of the image opens exactly these."""


class MediaEncryption(StrEnum):
    """SRTP with keys in SDP (RFC 4568): not at all, offered and taken when the phone can, or demanded."""

    OFF = "off"
    OFFERED = "offered"
    REQUIRED = "required"


class Codec(StrEnum):
    """Codecs that this build of Asterisk can transcode between."""

    G722 = "g722"
    ALAW = "alaw"
    ULAW = "ulaw"
    GSM = "gsm"


class Sip(Noun):
    """SIP transports of the box and what is said over them. Ports are the registered ones."""

    udp: YesNo = True
    tcp: YesNo = True
    tls: YesNo = True
    media_encryption: MediaEncryption = MediaEncryption.OFFERED
    codecs: tuple[Codec, ...] = Field(default=(Codec.G722, Codec.ALAW, Codec.ULAW), min_length=1)
