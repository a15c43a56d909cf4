"""The box's certificate: made once, made again only for a reason, never readable by others."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

PROGRAM = Path(__file__).parents[2] / "ansible/roles/appliance/files/certificate.py"

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="it hands files to root")


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("certificate", PROGRAM)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "TLS", tmp_path / "tls")
    monkeypatch.setattr(module, "ASTERISK_KEYS", tmp_path / "keys")
    monkeypatch.setattr(module, "addresses", lambda: ["10.77.1.2", "fd00::2"])
    monkeypatch.setattr(module, "restart_nginx", lambda: None)
    return module


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_names_the_host_and_its_addresses(certificate: ModuleType) -> None:
    assert certificate.main() == 0
    names = certificate.named(certificate.TLS / "box.pem")
    assert {"IP:10.77.1.2", "IP:fd00::2"} <= names
    assert any(name.endswith(".local") for name in names)


def test_a_second_run_changes_nothing(certificate: ModuleType) -> None:
    certificate.main()
    before = contents(certificate.TLS)
    certificate.main()
    assert contents(certificate.TLS) == before
    assert contents(certificate.ASTERISK_KEYS)["box.key"] == before["box.key"]


def test_a_new_address_makes_a_new_leaf_of_the_same_authority(
    certificate: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate.main()
    before = contents(certificate.TLS)
    monkeypatch.setattr(certificate, "addresses", lambda: ["10.77.9.9"])
    certificate.main()
    after = contents(certificate.TLS)
    assert after["ca.pem"] == before["ca.pem"]
    assert after["box.pem"] != before["box.pem"]
    assert "IP:10.77.9.9" in certificate.named(certificate.TLS / "box.pem")


def test_an_ageing_leaf_is_renewed(certificate: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "LEAF_DAYS", 29)
    certificate.main()
    before = contents(certificate.TLS)
    monkeypatch.setattr(certificate, "LEAF_DAYS", 397)
    certificate.main()
    assert contents(certificate.TLS)["box.pem"] != before["box.pem"]


def test_a_key_that_does_not_fit_is_replaced(certificate: ModuleType) -> None:
    certificate.main()
    other = subprocess.run(
        ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    (certificate.TLS / "box.key").write_bytes(other)
    certificate.main()
    assert (certificate.TLS / "box.key").read_bytes() != other


def test_keys_are_for_their_owner_alone(certificate: ModuleType) -> None:
    certificate.main()
    for path in (
        certificate.TLS / "ca.key",
        certificate.TLS / "box.key",
        certificate.ASTERISK_KEYS / "box.key",
    ):
        assert path.stat().st_mode & 0o077 == 0
