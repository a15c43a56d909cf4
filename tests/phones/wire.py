"""What passes on a phone's cable: SIP messages over UDP and RTP packets, with the kernel's time stamps.

The capture sits in the phone's namespace, sees both directions, and decodes G.711, so that "what reaches
the phone" can be listened to whatever the phone does with it. Encrypted or wideband media are seen as
packets only.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np

from tests.audio import Sound
from tests.phones.namespace import Namespace

ETH_P_ALL = 0x0003
SO_TIMESTAMPNS = 35  # asm-generic/socket.h, the 64-bit layout
SO_RCVBUFFORCE = 33
SOL_PACKET, PACKET_STATISTICS = 263, 6  # linux/if_packet.h
BUFFER = 64 << 20
"""Bytes the kernel keeps for a busy reader: seconds of a hundred streams."""
SIP_PORT = 5060
RTP_PORTS = range(10000, 31000)
"""UDP ports of media: the box's and those of every phone driver here."""
PCMU, PCMA = 0, 8  # RFC 3551, table 4
G711_RATE = 8000


@dataclass(frozen=True, slots=True)
class SipMessage:
    """One SIP message over UDP. at: seconds since the epoch; outgoing: sent by the phone."""

    at: float
    outgoing: bool
    text: str

    @property
    def first_line(self) -> str:
        """Request or status line."""
        return self.text.partition("\r\n")[0]

    def header(self, name: str) -> str:
        """The first header of that name (long form), empty when absent."""
        for line in self.text.partition("\r\n\r\n")[0].split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.strip().lower() == name.lower():
                return value.strip()
        return ""


@dataclass(frozen=True, slots=True)
class RtpPacket:
    """One RTP packet (RFC 3550, 5.1). at: seconds since the epoch, by the kernel; ports tell the stream."""

    at: float
    outgoing: bool
    source_port: int
    destination_port: int
    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes


class Wire:
    """A running capture of one namespace's cable. Use as a context manager; read while it runs."""

    def __init__(self, namespace: Namespace) -> None:
        self.namespace = namespace
        self.sip: list[SipMessage] = []
        self.rtp: list[RtpPacket] = []
        self._stop = threading.Event()
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._socket = self.namespace.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
        self._socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._socket.bind((self.namespace.interface, ETH_P_ALL))
        self._socket.settimeout(0.2)
        self._thread = threading.Thread(target=self._run, name=f"wire {self.namespace.name}", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=2)
        if self._socket is not None:
            self._socket.close()

    def keep(self, packet: RtpPacket) -> None:
        """What becomes of a packet of media."""
        self.rtp.append(packet)

    def missed(self) -> int:
        """Packets the kernel threw away since last asked, because the reader was too slow."""
        assert self._socket is not None
        _, dropped = struct.unpack("II", self._socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
        return int(dropped)

    def mark(self) -> int:
        """A place in the media, to listen from later."""
        return len(self.rtp)

    def heard(self, since: int = 0, upto: int | None = None) -> list[Sound]:
        """The G.711 streams that reached the phone since a mark, each on its own, in order of arrival."""
        return decode(packet for packet in self.rtp[since:upto] if not packet.outgoing)

    def trace(self) -> str:
        """The SIP messages as a telephony engineer reads them."""
        return "\n".join(
            f"{message.at:.3f} {'->' if message.outgoing else '<-'} box\n{message.text.rstrip()}\n"
            for message in self.sip
        )

    def _run(self) -> None:
        assert self._socket is not None
        own = socket.inet_aton(self.namespace.address)
        while not self._stop.is_set():
            try:
                packet, extra, _, _ = self._socket.recvmsg(65535, 64)
            except TimeoutError:
                continue
            except OSError:
                return  # the namespace went away under us
            seconds, nanoseconds = struct.unpack("qq", extra[0][2]) if extra else (0, 0)
            self._take(packet, seconds + nanoseconds / 1e9, own)

    def _take(self, packet: bytes, at: float, own: bytes) -> None:
        # IPv4 (RFC 791) carrying UDP (RFC 768), unfragmented or the first fragment.
        if len(packet) < 28 or packet[0] >> 4 != 4 or packet[9] != socket.IPPROTO_UDP:
            return
        head = (packet[0] & 0x0F) * 4
        source, destination, length = struct.unpack_from("!HHH", packet, head)
        body = packet[head + 8 : head + length]
        outgoing = packet[12:16] == own
        if SIP_PORT in (source, destination):
            if len(body) > 4:  # keep-alives are no messages
                self.sip.append(SipMessage(at, outgoing, body.decode("utf-8", "backslashreplace")))
        elif source in RTP_PORTS and destination in RTP_PORTS and destination % 2 == 0:
            rtp = rtp_packet(body, at, outgoing, source, destination)
            if rtp is not None:
                self.keep(rtp)


def rtp_packet(body: bytes, at: float, outgoing: bool, source: int, destination: int) -> RtpPacket | None:
    """Read an RTP packet; None when it is none."""
    if len(body) < 12 or body[0] >> 6 != 2:
        return None
    first, second, sequence, timestamp, ssrc = struct.unpack_from("!BBHII", body)
    start = 12 + 4 * (first & 0x0F)
    if first & 0x10 and len(body) >= start + 4:  # header extension
        start += 4 + 4 * int(struct.unpack_from("!H", body, start + 2)[0])
    return RtpPacket(at, outgoing, source, destination, second & 0x7F, sequence, timestamp, ssrc, bytes(body[start:]))


def decode(packets: Iterable[RtpPacket]) -> list[Sound]:
    """G.711 packets as sound, one for each stream. Telephone events, comfort noise and other codecs are
    left out.
    """
    streams: dict[tuple[int, int, int], list[RtpPacket]] = {}
    for packet in packets:
        if packet.payload_type in (PCMU, PCMA):
            streams.setdefault((packet.source_port, packet.destination_port, packet.ssrc), []).append(packet)
    return [
        Sound(np.concatenate([_TABLES[packet.payload_type][_bytes(packet)] for packet in stream]), G711_RATE)
        for stream in streams.values()
    ]


def _bytes(packet: RtpPacket) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer(packet.payload, dtype=np.uint8)


def _ulaw() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """ITU-T G.711, table 2a: sign, three bits of segment, four of step, all inverted."""
    code = ~np.arange(256, dtype=np.uint8)
    segment = (code >> 4 & 7).astype(int)
    size = (((code & 15).astype(int) << 3) + 0x84 << segment) - 0x84
    return np.where(code & 0x80, -size, size) / 32768.0


def _alaw() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """ITU-T G.711, table 1a: even bits inverted; segment 0 and 1 share their step."""
    code = np.arange(256, dtype=np.uint8) ^ 0x55
    segment = (code >> 4 & 7).astype(int)
    step = (code & 15).astype(int) << 4
    size = np.where(segment == 0, step + 8, step + 0x108 << np.maximum(segment - 1, 0))
    return np.where(code & 0x80, size, -size) / 32768.0


ALAW_VALUES = _alaw()
"""What each of the 256 codes of A-law means."""
_TABLES = {PCMU: _ulaw(), PCMA: ALAW_VALUES}
