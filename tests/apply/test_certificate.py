"""A renewed certificate reaches the phones: seen in a real TLS handshake."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from appliance.apply.certificate import LOOK_EVERY_S, Certificate, shown_certificate
from appliance.model.site import Site
from tests.apply.bench import Bench


def make_certificate(folder: Path, name: str) -> Path:
    """A self-signed certificate and its key, as ``name.pem`` and ``name.key``."""
    made = folder / f"{name}.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-subj", f"/CN={name}", "-days", "2", "-keyout", made.with_suffix(".key"), "-out", made,
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return made


class Transport:
    """A TLS listener that shows one certificate until it is started again, as Asterisk's does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.read()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def read(self) -> None:
        """Read the certificate, as at a start."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._path, self._path.with_suffix(".key"))
        self._context = context

    def shown(self) -> str | None:
        return shown_certificate(port=self.port)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with suppress(OSError), self._context.wrap_socket(connection, server_side=True) as secured:
                    secured.recv(1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_certificate(tmp_path, "box")


@pytest.fixture
def transport(path: Path) -> Iterator[Transport]:
    with closing(Transport(path)) as transport:
        yield transport


@pytest.fixture
def certificate(bench: Bench, path: Path, transport: Transport, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    start = bench.reader.start

    def start_with_transport() -> None:
        start()
        transport.read()

    monkeypatch.setattr(bench.reader, "start", start_with_transport)
    return Certificate(bench.applier, path, transport.shown, lambda: bench.reader.now)


def tick(bench: Bench, certificate: Certificate, times: int = 3) -> None:
    for _ in range(times):
        bench.reader.now += LOOK_EVERY_S
        certificate.tick()


def test_the_certificate_that_is_shown_needs_nothing(bench: Bench, certificate: Certificate) -> None:
    tick(bench, certificate)
    assert not certificate.waits
    assert bench.reader.restarts == 0


def test_a_renewed_one_waits_for_the_last_call_and_then_has_one_restart(
    bench: Bench, certificate: Certificate, path: Path, transport: Transport
) -> None:
    tick(bench, certificate)
    make_certificate(path.parent, "box")
    bench.reader.channels_up = 1
    tick(bench, certificate, 50)
    assert certificate.waits
    assert bench.reader.restarts == 0, "no call is ended for it"
    bench.reader.channels_up = 0
    tick(bench, certificate)
    assert bench.reader.restarts == 1
    assert not certificate.waits
    assert transport.shown() == path.read_text()


def test_a_daemon_that_was_away_when_it_was_renewed_sees_it(bench: Bench, certificate: Certificate, path: Path) -> None:
    make_certificate(path.parent, "box")
    tick(bench, certificate)
    assert bench.reader.restarts == 1


def test_one_that_a_restart_does_not_bring_makes_no_second_restart(
    bench: Bench, certificate: Certificate, path: Path, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_certificate(path.parent, "box")
    monkeypatch.setattr(transport, "read", lambda: None)
    tick(bench, certificate, 50)
    assert certificate.waits, "and people are told"
    assert bench.reader.restarts == 1


def test_without_tls_no_certificate_matters(bench: Bench, certificate: Certificate, path: Path) -> None:
    bench.save(Site.from_document({"sip": {"tls": False, "media_encryption": "off"}}))
    bench.applier.apply("noor")
    make_certificate(path.parent, "box")
    tick(bench, certificate)
    assert not certificate.waits
    assert bench.reader.restarts == 0


@pytest.mark.parametrize("content", ["", "not a certificate", "-----BEGIN CERTIFICATE-----\n", "§"])
def test_a_file_that_is_no_certificate_makes_nothing_restart(
    bench: Bench, certificate: Certificate, path: Path, content: str
) -> None:
    path.write_text(content)
    tick(bench, certificate)
    assert bench.reader.restarts == 0


def test_nobody_who_answers_in_tls_shows_nothing(transport: Transport) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        port = closed.getsockname()[1]
    assert shown_certificate(port=port) is None
