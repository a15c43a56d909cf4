"""A renewed certificate of the box reaches phones by itself, and no call is ended for it."""

from __future__ import annotations

import ssl
import time

import pytest

from tests.boxes import Box, wait_until
from tests.calls import product

pytestmark = pytest.mark.box

LEAF = "/data/asterisk/keys/box.pem"


def shown(box: Box) -> str | None:
    """What a phone is shown over TLS."""
    try:
        return ssl.get_server_certificate((box.address, 5061), timeout=5)
    except OSError:
        return None


def test_a_renewed_certificate_is_shown_to_phones_without_anybody_asking(box: Box) -> None:
    wait_until(lambda: shown(box) == box.exec(["cat", LEAF]).stdout, "the certificate is shown", 60)
    box.exec(["rm", "/data/secrets/tls/box.pem"])
    box.exec(["systemctl", "restart", "loopstart-certificate.service"])
    renewed = box.exec(["cat", LEAF]).stdout
    assert shown(box) != renewed, "Asterisk takes a new one by itself: this house need not see to it"
    deadline, times = time.monotonic() + 60, 0
    while shown(box) != renewed:
        assert time.monotonic() < deadline, "phones see the new certificate"
        times += 1  # no change is lost on the restart, nor refused
        product.apply_site(box, f"extensions: [{{number: '1{times:02}', name: Noor}}]")
    wait_until(lambda: "new certificate" not in box.exec(["loopstart", "status"]).stdout, "it is told no more", 30)
