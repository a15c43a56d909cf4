"""What makes a phone an extension's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """What a person types into a phone to make it an extension's.

    transport: ``udp``, ``tcp`` or ``tls``; srtp: media keys in SDP (RFC 4568) ``off``, ``offered`` or ``required``.
    codecs: in the phone's order, of ``alaw``, ``ulaw``, ``g722``, ``gsm``.
    This baresip does not verify certificates; `tests/calls/steps.py` does it in its place.
    """

    extension: str
    secret: str
    registrar: str
    display_name: str = ""
    transport: str = "udp"
    srtp: str = "off"
    codecs: tuple[str, ...] = ("alaw", "ulaw")

    def line(self) -> str:
        """As baresip's accounts have it."""
        names = {"alaw": "PCMA/8000/1", "ulaw": "PCMU/8000/1", "g722": "G722/16000/1", "gsm": "GSM/8000/1"}
        modes = {"off": "", "offered": ";mediaenc=srtp", "required": ";mediaenc=srtp-mand"}
        name = f'"{self.display_name}" ' if self.display_name else ""
        return (
            f"{name}<sip:{self.extension}@{self.registrar};transport={self.transport}>"
            f";auth_user={self.extension};auth_pass={self.secret};regint=300;answermode=manual"
            f";audio_codecs={','.join(names[codec] for codec in self.codecs)}"
            f"{modes[self.srtp]}"
        )
