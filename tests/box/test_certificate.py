"""A renewed certificate of the box reaches phones by itself, and no call is ended for it."""

from __future__ import annotations

import time

import pytest

from tests.boxes import Box, wait_until
from tests.calls import product

pytestmark = pytest.mark.box


def test_a_renewed_certificate_is_shown_to_phones_without_anybody_asking(box: Box) -> None:
    product.wait_for_certificate(box)
    box.exec(["rm", "/data/secrets/tls/box.pem"])
    box.exec(["systemctl", "restart", "loopstart-certificate.service"])
    renewed = product.certificate(box)
    assert product.shown_certificate(box) != renewed, (
        "Asterisk takes a new one by itself: this house need not see to it"
    )
    deadline, times = time.monotonic() + 60, 0
    while product.shown_certificate(box) != renewed:
        assert time.monotonic() < deadline, "phones see the new certificate"
        times += 1  # no change is lost on the restart, nor refused
        product.apply_site(box, f"extensions: [{{number: '1{times:02}', name: Noor}}]")
    wait_until(lambda: "new certificate" not in box.exec(["loopstart", "status"]).stdout, "it is told no more", 30)
