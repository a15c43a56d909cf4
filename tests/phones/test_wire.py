"""Reading packets from the wire, proven on bytes made by hand and by the standard's own example values."""

from __future__ import annotations

import numpy as np
import pytest

from tests import audio
from tests.phones import wire
from tests.phones.wire import PCMA, PCMU, SipMessage


def packet(payload_type: int, payload: bytes, ssrc: int = 1, sequence: int = 0) -> wire.RtpPacket:
    return wire.RtpPacket(0.0, False, 10000, 20000, payload_type, sequence, sequence * 160, ssrc, payload)


@pytest.mark.parametrize(
    ("law", "code", "value"),
    [
        # G.711: the largest positive and negative values and the two zeros, on a scale of 16 bits.
        (PCMU, 0x80, 32124), (PCMU, 0x00, -32124), (PCMU, 0xFF, 0), (PCMU, 0x7F, 0), (PCMU, 0xF0, 120),
        (PCMA, 0xAA, 32256), (PCMA, 0x2A, -32256), (PCMA, 0xD5, 8), (PCMA, 0x55, -8), (PCMA, 0xC5, 264),
    ],
)  # fmt: skip
def test_g711_decodes_to_the_values_of_the_standard(law: int, code: int, value: int) -> None:
    [sound] = wire.decode([packet(law, bytes([code]))])
    assert sound.samples[0] * 32768 == value


@pytest.mark.parametrize("law", [PCMU, PCMA])
def test_a_tone_survives_the_codec(law: int) -> None:
    tone = audio.tone(740, 0.5)
    values = np.array([wire.decode([packet(law, bytes([code]))])[0].samples[0] for code in range(256)])
    nearest = np.abs(tone.samples[:, None] - values[None, :]).argmin(axis=1).astype(np.uint8)
    [sound] = wire.decode([packet(law, nearest.tobytes())])
    assert audio.longest_tone_ms(sound, 740) == 500


def test_streams_are_kept_apart_and_telephone_events_are_no_sound() -> None:
    heard = wire.decode([packet(PCMU, b"\xff" * 160), packet(101, b"\x01\x0a\x00\xa0"), packet(PCMU, b"\x80", ssrc=2)])
    assert [len(sound.samples) for sound in heard] == [160, 1]


def test_an_rtp_packet_is_read_with_its_extension_left_out() -> None:
    body = bytes.fromhex("9080 0007 0000 00a0 deadbeef bede 0001 01020304".replace(" ", "")) + b"\x55" * 4
    found = wire.rtp_packet(body, 1.0, True, 10000, 20000)
    assert found is not None
    assert (found.payload_type, found.sequence, found.timestamp, found.ssrc) == (0, 7, 160, 0xDEADBEEF)
    assert found.payload == b"\x55" * 4


@pytest.mark.parametrize("body", [b"", b"\x80", b"OPTIONS sip:101@box SIP/2.0\r\n"])
def test_what_is_no_rtp_is_left_out(body: bytes) -> None:
    assert wire.rtp_packet(body, 1.0, True, 10000, 20000) is None


def test_a_header_is_found_by_its_name_whatever_its_case() -> None:
    message = SipMessage(0.0, True, "INVITE sip:102@box SIP/2.0\r\ncall-id: 7@x\r\nVia: a\r\n\r\nCall-ID: body")
    assert message.header("Call-ID") == "7@x"
    assert message.header("Contact") == ""
    assert message.first_line == "INVITE sip:102@box SIP/2.0"
