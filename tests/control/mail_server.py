"""A mail server for tests, written from RFC 5321, 3207 and 4616: takes mail, or refuses it as it is told."""

from __future__ import annotations

import base64
import socketserver
import ssl
import subprocess
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast


@dataclass
class MailServer:
    """refuse: a reply for a command, by its first word: ``{"RCPT": "550 no such user"}``. tls: certificate and key."""

    tls: Path | None = None
    at_once: bool = False
    refuse: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, str, EmailMessage]] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    greeted: list[str] = field(default_factory=list)

    def __enter__(self) -> MailServer:
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                _talk(self, server)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def context(self) -> ssl.SSLContext:
        assert self.tls is not None
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.tls)
        return made

    def trusting(self) -> ssl.SSLContext:
        """What a client that knows this server's certificate has."""
        return ssl.create_default_context(cafile=str(self.tls))


def certificate(folder: Path) -> Path:
    """A certificate for localhost with its key, in one file."""
    path = folder / "mail.pem"
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    words += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    subprocess.run([*words, "-keyout", str(path), "-out", str(folder / "c.pem")], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + (folder / "c.pem").read_bytes())
    return path


def _talk(handler: socketserver.StreamRequestHandler, server: MailServer) -> None:  # noqa: PLR0912  (a protocol)
    stream = handler.request
    encrypted = False

    def secured() -> None:
        nonlocal stream, encrypted
        stream = server.context().wrap_socket(stream, server_side=True)
        encrypted = True

    if server.at_once:
        try:
            secured()
        except OSError:
            return  # the client does not trust us
    reader = stream.makefile("rb")

    def say(text: str) -> None:
        stream.sendall(text.encode() + b"\r\n")

    sender = recipient = ""
    say("220 mail.test")
    while line := reader.readline():
        words = line.decode().strip().split()
        verb = words[0].upper() if words else ""
        if verb in server.refuse:
            say(server.refuse[verb])
        elif verb == "EHLO":
            server.greeted.append(words[1])
            offered = ["AUTH PLAIN"] + (["STARTTLS"] if server.tls and not encrypted else [])
            say("".join(f"250-{one}\r\n" for one in ["mail.test", *offered[:-1]]) + f"250 {offered[-1]}")
        elif verb == "STARTTLS":
            say("220 go ahead")
            try:
                secured()
            except OSError:
                return
            reader = stream.makefile("rb")
        elif verb == "AUTH":
            _, user, password = base64.b64decode(words[2]).decode().split("\0")
            server.signed_in.append(f"{user}:{password}")
            say("235 welcome")
        elif verb == "MAIL":
            sender = words[1].partition("<")[2].partition(">")[0]
            say("250 ok")
        elif verb == "RCPT":
            recipient = words[1].partition("<")[2].partition(">")[0]
            say("250 ok")
        elif verb == "DATA":
            say("354 go on")
            text = b""
            while (part := reader.readline()) not in (b".\r\n", b""):
                text += part.removeprefix(b".")
            message = message_from_bytes(text, policy=policy.default)
            server.taken.append((sender, recipient, cast(EmailMessage, message)))
            server.encrypted.append(encrypted)
            say("250 taken")
        elif verb == "QUIT":
            say("221 bye")
            return
        else:
            say("250 ok")
