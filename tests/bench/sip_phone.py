"""The smallest SIP phone that can register and be answered, for timing one exchange after another.

It speaks UDP through a socket that it is given, so it works inside the box and, with a socket of a phone's
namespace, outside. Digest sign-in is RFC 2617 without qop, which is what Asterisk takes from any phone.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import secrets
import socket
import time
from dataclasses import dataclass, replace

PORT = 5060
FIRST_RETRANSMISSION_S = 0.5
"""RFC 3261, 17.1.1.1: T1."""
WORKING_S = 5.0
"""How long to wait on once the other end has said that it works on it."""


@dataclass(frozen=True)
class Answer:
    """A SIP answer. status: 0 when none came in time."""

    status: int
    text: str = ""

    def header(self, name: str) -> str:
        """The first header of that name, empty when absent."""
        found = re.search(rf"^{name}\s*:\s*(.*?)\r?$", self.text, re.MULTILINE | re.IGNORECASE)
        return found.group(1) if found else ""


@dataclass(frozen=True)
class Dialog:
    """What the requests of one exchange have in common."""

    uri: str
    mine: str
    theirs: str
    call: str


class SipPhone:
    """A phone of one extension.

    server: the box's address as seen from the socket; own: the address that the socket sends from.
    """

    def __init__(self, bound: socket.socket, own: tuple[str, int], server: str, number: str, secret: str) -> None:
        self._socket = bound
        self._own = own
        self._server = server
        self._number = number
        self._secret = secret
        self._sequence = itertools.count(1)

    def register(self, within: float, expires: int = 600) -> Answer:
        """Register with the password; the last answer within so many seconds."""
        return self._signed_in(
            "REGISTER", self._dialog(f"sip:{self._server}", self._number), f"Expires: {expires}\r\n", "", within
        )

    def call(self, number: str, within: float) -> Answer:
        """Call, and hang up once answered. The final answer, or status 0."""
        sdp = (
            f"v=0\r\no=- 1 1 IN IP4 {self._own[0]}\r\ns=-\r\nc=IN IP4 {self._own[0]}\r\nt=0 0\r\n"
            "m=audio 30000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\n"
        )
        more = "Content-Type: application/sdp\r\n"
        uri = f"sip:{number}@{self._server}"
        answer = self._signed_in("INVITE", self._dialog(uri, number), more, sdp, within)
        if answer.status == 200:
            contact = re.search(r"<([^>]+)>", answer.header("Contact"))
            target = contact.group(1) if contact else uri
            dialog = Dialog(target, answer.header("From"), answer.header("To"), answer.header("Call-ID"))
            sequence = int(answer.header("CSeq").split()[0])
            self._send(self._request("ACK", dialog, sequence))
            self._exchange(self._request("BYE", dialog, sequence + 1), time.monotonic() + 1.0)
        return answer

    def _dialog(self, uri: str, to: str) -> Dialog:
        mine = f"<sip:{self._number}@{self._server}>;tag={secrets.token_hex(4)}"
        return Dialog(uri, mine, f"<sip:{to}@{self._server}>", f"{secrets.token_hex(8)}@{self._own[0]}")

    def _signed_in(self, method: str, dialog: Dialog, more: str, body: str, within: float) -> Answer:
        deadline = time.monotonic() + within
        asked = next(self._sequence)
        answer = self._exchange(self._request(method, dialog, asked, more, body), deadline)
        if answer.status != 401:
            return answer
        if method == "INVITE":
            # The ACK of a refusal belongs to the transaction that was refused (RFC 3261, 17.1.1.3).
            branch = answer.header("Via").split(";branch=")[1].split(";")[0]
            refused = replace(dialog, theirs=answer.header("To"))
            self._send(self._request("ACK", refused, asked, branch=branch))
        more += f"Authorization: {self._credentials(method, dialog.uri, answer)}\r\n"
        return self._exchange(self._request(method, dialog, next(self._sequence), more, body), deadline)

    def _credentials(self, method: str, uri: str, challenge: Answer) -> str:
        asked = dict(re.findall(r'(\w+)="([^"]*)"', challenge.header("WWW-Authenticate")))
        mine = _md5(f"{self._number}:{asked['realm']}:{self._secret}")
        parts = [("username", self._number), ("realm", asked["realm"]), ("nonce", asked["nonce"]), ("uri", uri)]
        if "qop" in re.sub(r'"[^"]*"', "", challenge.header("WWW-Authenticate")):
            counted = "00000001", secrets.token_hex(4)
            response = _md5(f"{mine}:{asked['nonce']}:{':'.join(counted)}:auth:{_md5(f'{method}:{uri}')}")
            tail = f', qop=auth, nc={counted[0]}, cnonce="{counted[1]}"'
        else:
            response = _md5(f"{mine}:{asked['nonce']}:{_md5(f'{method}:{uri}')}")
            tail = ""
        if "opaque" in asked:
            parts.append(("opaque", asked["opaque"]))
        shown = ", ".join(f'{name}="{value}"' for name, value in [*parts, ("response", response)])
        return f"Digest {shown}, algorithm=MD5{tail}"

    def _request(
        self, method: str, dialog: Dialog, sequence: int, more: str = "", body: str = "", *, branch: str = ""
    ) -> str:
        via = branch or f"z9hG4bK{secrets.token_hex(8)}"
        return (
            f"{method} {dialog.uri} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {self._own[0]}:{self._own[1]};branch={via};rport\r\nMax-Forwards: 70\r\n"
            f"From: {dialog.mine}\r\nTo: {dialog.theirs}\r\nCall-ID: {dialog.call}\r\nCSeq: {sequence} {method}\r\n"
            f"Contact: <sip:{self._number}@{self._own[0]}:{self._own[1]}>\r\n{more}"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        )

    def _exchange(self, request: str, deadline: float) -> Answer:
        """Send until a final answer has come; status 0 when the deadline passes."""
        call = re.search(r"^Call-ID: (.*?)\r$", request, re.MULTILINE)
        sequence = re.search(r"^CSeq: (.*?)\r$", request, re.MULTILINE)
        assert call and sequence
        wait = FIRST_RETRANSMISSION_S
        provisional = False
        while (now := time.monotonic()) < deadline:
            if not provisional:
                self._send(request)
            until = min(deadline, now + wait)
            while (left := until - time.monotonic()) > 0:
                answer = self._receive(left)
                if answer is None or (answer.header("Call-ID"), answer.header("CSeq")) != (call[1], sequence[1]):
                    continue
                if answer.status >= 200:
                    return answer
                if not provisional:
                    provisional = True
                    until = deadline = max(deadline, time.monotonic() + WORKING_S)
            wait *= 2
        return Answer(0)

    def _send(self, text: str) -> None:
        self._socket.sendto(text.encode(), (self._server, PORT))

    def _receive(self, seconds: float) -> Answer | None:
        self._socket.settimeout(max(seconds, 0.001))
        try:
            text = self._socket.recv(65535).decode("utf-8", "replace")
        except (TimeoutError, ConnectionRefusedError):
            return None
        found = re.match(r"SIP/2\.0 (\d{3})", text)
        return Answer(int(found.group(1)), text) if found else None


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
