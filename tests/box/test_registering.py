"""A phone that asks to register without end loads the box little, bans nobody, and is answered when it stops."""

from __future__ import annotations

import re
import socket
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.boxes import Box, wait_until
from tests.calls import product
from tests.phones.account import Account
from tests.phones.baresip import Baresip
from tests.phones.namespace import Namespace

pytestmark = pytest.mark.box

SITE = "extensions: [{number: '101', name: Alice, secret: Vexl9-quiet-Harbour}]\n"
FLOOD = 5000
AT_ONCE = 300  # hardening__registers_at_once


def request(where: Namespace, box: Box, port: int, number: int) -> bytes:
    """One of many requests to register, each a transaction of its own."""
    return (
        f"REGISTER sip:{box.address} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {where.address}:{port};branch=z9hG4bK{number}\r\n"
        f"From: <sip:101@{box.address}>;tag={number}\r\nTo: <sip:101@{box.address}>\r\n"
        f"Call-ID: flood-{number}\r\nCSeq: 1 REGISTER\r\nMax-Forwards: 70\r\n"
        f"Contact: <sip:101@{where.address}:{port}>\r\nContent-Length: 0\r\n\r\n"
    ).encode()


def answered(phone: socket.socket) -> set[str]:
    """The requests that were answered, by their Call-ID; returns when the box has said nothing for a while."""
    found: set[str] = set()
    phone.settimeout(2)
    while True:
        try:
            found.update(re.findall(r"Call-ID: (flood-\d+)", phone.recv(65536).decode()))
        except TimeoutError:
            return found


def dropped(box: Box) -> int:
    """How many requests the firewall has dropped."""
    rules = box.exec(["nft", "list", "chain", "inet", "loopstart", "prerouting"]).stdout
    found = re.search(r"counter packets (\d+)", rules)
    assert found, rules
    return int(found[1])


def test_a_phone_that_asks_without_end_is_held_back_and_others_are_not(box: Box, tmp_path: Path) -> None:
    product.apply_site(box, SITE)
    mad = Namespace(*box.phone("mad"))
    before = dropped(box)
    with closing(mad.socket(socket.AF_INET, socket.SOCK_DGRAM)) as phone:
        phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        phone.bind((mad.address, 0))
        port = phone.getsockname()[1]
        began = time.monotonic()
        for number in range(FLOOD):
            phone.sendto(request(mad, box, port, number), (box.address, 5060))
        let_in = FLOOD - (dropped(box) - before)
        allowed = AT_ONCE + 10 * (time.monotonic() - began) + 10
        assert AT_ONCE <= let_in <= allowed
        assert len(answered(phone)) <= let_in

        account = Account("101", "Vexl9-quiet-Harbour", box.address)
        with Baresip("p1", Namespace(*box.phone("p1")), account, 440.0, tmp_path / "p1") as other:
            assert other.registered(), other.story()

        def is_answered() -> bool:
            phone.sendto(request(mad, box, port, time.monotonic_ns()), (box.address, 5060))
            return bool(answered(phone))

        wait_until(is_answered, "the same address is answered again", 60)
