"""Support bundles, logs and the network: what the machine says becomes what people see, and no secret with it."""

from __future__ import annotations

import json
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.control.client import ControlError
from appliance.control.log_lines import parse_lines
from appliance.control.network import parse_network
from appliance.control.redaction import Redaction
from appliance.control.support_bundle import KEEP, write_bundle
from appliance.model.access import Role
from tests.control.conftest import PASSWORD, House

PRINTED = st.characters(min_codepoint=33, max_codepoint=126)
SECRETS = st.text(PRINTED, min_size=6, max_size=40).filter(lambda text: not text.isdecimal() and "*" not in text)
PINS = st.text("0123456789", min_size=4, max_size=10)


def texts_of(path: str) -> dict[str, str]:
    with tarfile.open(path) as tar:
        return {one.name.partition("/")[2]: tar.extractfile(one).read().decode() for one in tar}  # type: ignore[union-attr]


def test_a_bundle_holds_no_secret_of_the_box(house: House) -> None:
    passwords = ["Xq7-fn2Kd81mPz", "aB3$kk&8<long>one"]
    console = house.console
    for number, secret, pin in zip(("101", "102"), passwords, ("580291", "773015"), strict=True):
        voicemail = {"enabled": True, "pin": pin}
        console.ask("extension.add", extension={"number": number, "name": secret[:4], "secret": secret,
                                                "voicemail": voicemail})  # fmt: skip
    house.account("farhad", Role.ADMIN)
    once = console.ask("sign_in_link", account="farhad")["token"]
    token = console.ask("token.add", label="x", scopes=["status.read"], account="farhad")["token"]
    console.ask("extension.edit", number="102", changes={"secret": "replaced-Later-99"})
    view = console.ask("support.bundle")
    files = texts_of(view["path"])
    assert set(files) == set(view["files"])
    assert {"status.json", "versions.json", "hardware.json", "draft.yaml", "running.yaml", "log.txt"} <= set(files)
    assert any(name.startswith("generation/") for name in files)
    assert "missing.txt" not in files
    whole = "\n".join(files.values())
    database = house.rooms.paths.accounts_db
    accounts = b"".join(one.read_bytes() for one in database.parent.glob(f"{database.name}*"))
    assert b"$argon2" in accounts and "$argon2" not in whole
    web_key = house.rooms.paths.web_key.read_text().strip()
    for secret in (*passwords, "replaced-Later-99", "580291", "773015", once, token, PASSWORD, web_key,
                   house.rooms.box_secrets.ami):  # fmt: skip
        assert secret not in whole
    assert "PRIVATE KEY" not in whole
    assert Path(view["path"]).stat().st_mode & 0o777 == 0o600
    assert "101" in files["draft.yaml"]
    for name, text in files.items():
        if name.endswith(".json"):
            json.loads(text)


def test_only_the_console_may_write_bundles_and_read_the_log(house: House) -> None:
    admin = house.account("farhad", Role.ADMIN)
    for name in ("support.bundle", "log.list"):
        with pytest.raises(ControlError) as refused:
            admin.ask(name)
        assert refused.value.code == "forbidden"
    assert isinstance(house.console.ask("log.list")["lines"], list)
    assert "support.bundle" not in {entry["action"] for entry in house.console.ask("audit.list")["entries"]}
    house.console.ask("support.bundle")
    assert "support.bundle" in {entry["action"] for entry in house.console.ask("audit.list")["entries"]}


@given(st.lists(SECRETS, min_size=1, max_size=4), PINS, st.text(PRINTED, max_size=20), st.data())
def test_no_text_keeps_a_secret_wherever_it_stands(
    secrets: list[str], pin: str, beside: str, data: st.DataObject
) -> None:
    hide = Redaction([*secrets, pin])
    secret = data.draw(st.sampled_from(secrets))
    for text in (f"{beside}{secret}{beside}", f"a\n{secret}\n{beside}", f"pin: {pin}, {secret}", f"{secret}{secret}"):
        shown = hide(text)
        for one in secrets:
            assert one not in shown
        assert not any(part == pin for part in shown.replace(",", " ").split())
    assert secret not in json.dumps(hide.of({secret: [secret, {"x": secret}], "n": 5}))


def test_shapes_that_only_secrets_have_are_hidden() -> None:
    hide = Redaction([])
    assert hide('GET /sign-in/once?token=abc123&x=1 "') == 'GET /sign-in/once?token=***&x=1 "'
    assert hide("hash $argon2id$v=19$m=65536,t=3$c2FsdA$aGFzaA end") == "hash *** end"
    assert hide("-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY-----\nafter") == "***\nafter"
    assert hide("password_digest = MD5:abc") == "password_digest = ***"
    assert hide("extension 21011 has 1011") == "extension 21011 has 1011"
    assert Redaction(["1011"])("extension 21011 has 1011") == "extension 21011 has ***"


def test_many_secrets_and_a_large_file_take_no_time_to_speak_of() -> None:
    """5,000 extensions: two secrets each, in a file of a hundred thousand lines. A pattern of all of them took
    minutes; this test ends by the suite's time limit if that comes back."""
    secrets = [f"s3cret-{number:06}" for number in range(5000)] + [f"{number:06}" for number in range(5000)]
    text = "\n".join(f"[{number}]\ntype = endpoint\nallow = alaw,ulaw,g722" for number in range(30_000))
    assert "s3cret" not in Redaction(secrets)(f"{text}\nx s3cret-000123 y")


def test_old_bundles_go_and_a_full_directory_leaves_nothing_half(tmp_path: Path) -> None:
    now = datetime(2026, 11, 22, 8, tzinfo=UTC)
    for second in range(KEEP + 3):
        path = write_bundle(tmp_path / "support", {"a.txt": "x"}, now + timedelta(seconds=second))
    kept = sorted(one.name for one in (tmp_path / "support").iterdir())
    assert len(kept) == KEEP and kept[-1] == path.name
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError):
        write_bundle(tmp_path / "file", {}, now)


DESCRIBED = {
    "Interfaces": [
        {"Name": "lo", "Type": "loopback"},
        {
            "Name": "enp1s0", "Type": "ether", "HardwareAddress": [2, 0, 0, 0, 0, 1], "CarrierState": "carrier",
            "OperationalState": "routable",
            "Addresses": [
                {"Address": [192, 0, 2, 7], "PrefixLength": 24, "ConfigSource": "DHCPv4", "ScopeString": "global",
                 "ConfigState": "configured"},
                {"Address": [254, 128, *[0] * 13, 1], "PrefixLength": 64, "ScopeString": "link"},
                {"Address": [192, 0, 2, 8], "PrefixLength": 24, "ConfigState": "configuring"},
            ],
            "Routes": [{"DestinationPrefixLength": 0, "Gateway": [192, 0, 2, 1]}, {"DestinationPrefixLength": 24}],
            "DNS": [{"Address": [192, 0, 2, 1]}, {"Address": [192, 0, 2, 1]}],
        },
        {"Name": "enp2s0", "Type": "ether", "CarrierState": "no-carrier"},
    ]
}  # fmt: skip


def test_the_network_is_what_networkd_describes() -> None:
    """Shape: org.freedesktop.network1(5), as systemd 257 gave it on a box."""
    view = parse_network(json.dumps({"type": "s", "data": [json.dumps(DESCRIBED)]}))
    assert view.known
    first, second = view.links
    assert (first.name, first.hardware_address, first.cable) == ("enp1s0", "02:00:00:00:00:01", True)
    assert [(one.address, one.source, one.scope) for one in first.addresses] == [
        ("192.0.2.7", "DHCPv4", "global"), ("fe80::1", "", "link"),
    ]  # fmt: skip
    assert (first.gateways, first.resolvers) == (("192.0.2.1",), ("192.0.2.1",))
    assert (second.name, second.cable, second.addresses) == ("enp2s0", False, ())


@given(st.text() | st.just('{"data": ["{}"]}') | st.just('{"data": ["{\\"Interfaces\\": [{}]}"]}'))
def test_what_networkd_never_says_is_unknown_and_no_error(text: str) -> None:
    assert parse_network(text).known is False


def test_lines_of_the_journal_are_read_and_nonsense_is_passed_over() -> None:
    lines = [
        {"__REALTIME_TIMESTAMP": "1795328452780297", "PRIORITY": "4", "_SYSTEMD_UNIT": "asterisk.service",
         "MESSAGE": "a"},
        {"__REALTIME_TIMESTAMP": "1795328452780297", "PRIORITY": "3", "MESSAGE": [104, 105, 255]},
        {"__REALTIME_TIMESTAMP": "x"}, {"PRIORITY": "9"},
    ]  # fmt: skip
    found = parse_lines("\n".join([*map(json.dumps, lines), "nonsense", "[]"]))
    assert [(one.unit, one.priority, one.message) for one in found] == [
        ("asterisk", "warning", "a"), ("", "err", "hi\ufffd"),
    ]  # fmt: skip


@given(st.text())
def test_no_journal_is_an_error(text: str) -> None:
    parse_lines(text)
