#!/usr/bin/python3
"""Make the box's certificate authority once, and its certificate whenever it is missing, ageing or misnamed.

Runs as root at boot before nginx and Asterisk, when an interface has another address, and daily. Nothing outside
the box is asked: people trust the box's own CA, which nginx serves as /ca.pem. Standard library and openssl only,
because it must work before (and whatever becomes of) the Python environment.

Files, all below /data so that they outlive an update:

secrets/tls/ca.pem, ca.key
    the authority, EC P-256, ten years
secrets/tls/box.pem, box.key
    leaf and its key: host name, host name.local, the box's addresses; 397 days, the longest that browsers
    accept (CA/Browser Forum baseline requirements of 2020, 6.3.2)
asterisk/keys/box.pem, box.key, ca.pem
    the same for Asterisk's TLS transports, readable by user asterisk

nginx gets its copy through systemd credentials (LoadCredential in nginx.service).
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

TLS = Path("/data/secrets/tls")
ASTERISK_KEYS = Path("/data/asterisk/keys")
RENEW_SECONDS = 30 * 86400
LEAF_DAYS = 397
CA_DAYS = 3650


def openssl(*arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=check)


def addresses() -> list[str]:
    """The addresses people may type into a browser: every global one, IPv4 first."""
    listed = subprocess.run(
        ["ip", "-json", "address", "show", "scope", "global"], capture_output=True, text=True, check=True
    )
    found = [
        entry["local"]
        for link in json.loads(listed.stdout or "[]")
        for entry in link.get("addr_info", [])
        if "local" in entry and not entry.get("temporary")
    ]
    return sorted(set(found), key=lambda text: (":" in text, text))


def wanted_names() -> list[str]:
    host = socket.gethostname().split(".")[0]
    return [f"DNS:{host}", f"DNS:{host}.local", *(f"IP:{address}" for address in addresses())]


def named(certificate: Path) -> set[str]:
    """The names in a certificate, written as `wanted_names` writes them."""
    shown = openssl("x509", "-in", certificate, "-noout", "-ext", "subjectAltName", check=False).stdout
    names = set()
    for kind, value in re.findall(r"(DNS|IP Address):([^,\s]+)", shown):
        if kind == "DNS":
            names.add(f"DNS:{value}")
        else:
            family = socket.AF_INET6 if ":" in value else socket.AF_INET
            names.add(f"IP:{socket.inet_ntop(family, socket.inet_pton(family, value))}")
    return names


def replace(path: Path, content: bytes, mode: int, owner: tuple[int, int] = (0, 0)) -> None:
    """Write beside and rename, so that a power cut leaves the old file or the new one."""
    draft = path.with_name(f".{path.name}.new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(content)
        os.fchown(handle.fileno(), *owner)
        os.fchmod(handle.fileno(), mode)
        os.fsync(handle.fileno())
    draft.rename(path)


def key_and_request(scratch: Path, name: str, subject: str) -> tuple[Path, Path]:
    key, request = scratch / f"{name}.key", scratch / f"{name}.csr"
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key)
    openssl("req", "-new", "-key", key, "-subj", subject, "-out", request)
    return key, request


def make_authority(scratch: Path) -> None:
    mark = os.urandom(3).hex()
    key, _ = key_and_request(scratch, "ca", f"/O=Loopstart/CN=Loopstart box CA {mark}")
    openssl(
        "req",
        "-x509",
        "-new",
        "-key",
        key,
        "-sha256",
        "-days",
        str(CA_DAYS),
        "-subj",
        f"/O=Loopstart/CN=Loopstart box CA {mark}",
        "-addext",
        "basicConstraints=critical,CA:TRUE,pathlen:0",
        "-addext",
        "keyUsage=critical,keyCertSign,cRLSign",
        "-out",
        scratch / "ca.pem",
    )
    replace(TLS / "ca.key", key.read_bytes(), 0o600)
    replace(TLS / "ca.pem", (scratch / "ca.pem").read_bytes(), 0o644)


def make_leaf(scratch: Path, names: list[str]) -> None:
    host = socket.gethostname().split(".")[0]
    key, request = key_and_request(scratch, "box", f"/O=Loopstart/CN={host}")
    extensions = scratch / "extensions"
    extensions.write_text(
        "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
        f"extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName={','.join(names)}\n"
        "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    )
    openssl(
        "x509",
        "-req",
        "-in",
        request,
        "-CA",
        TLS / "ca.pem",
        "-CAkey",
        TLS / "ca.key",
        "-sha256",
        "-days",
        str(LEAF_DAYS),
        "-set_serial",
        "0x" + os.urandom(16).hex(),
        "-extfile",
        extensions,
        "-out",
        scratch / "box.pem",
    )
    replace(TLS / "box.key", key.read_bytes(), 0o600)
    replace(TLS / "box.pem", (scratch / "box.pem").read_bytes(), 0o644)


def sound(authority: Path, leaf: Path, key: Path) -> bool:
    """Whether leaf and key belong together, to this authority, and the leaf lasts long enough."""
    return (
        authority.exists()
        and leaf.exists()
        and key.exists()
        and openssl("x509", "-in", leaf, "-noout", "-checkend", str(RENEW_SECONDS), check=False).returncode == 0
        and openssl("verify", "-CAfile", authority, leaf, check=False).returncode == 0
        and openssl("x509", "-in", leaf, "-noout", "-pubkey", check=False).stdout
        == openssl("pkey", "-in", key, "-pubout", check=False).stdout
    )


def copy_for_asterisk() -> None:
    ASTERISK_KEYS.mkdir(mode=0o750, exist_ok=True)
    owner = ASTERISK_KEYS.stat()
    for name, mode in (("ca.pem", 0o644), ("box.pem", 0o644), ("box.key", 0o600)):
        content = (TLS / name).read_bytes()
        target = ASTERISK_KEYS / name
        if not target.exists() or target.read_bytes() != content:
            replace(target, content, mode, (owner.st_uid, owner.st_gid))


def restart_nginx() -> None:
    """Let nginx take the new certificate. At boot, when it does not run yet, nothing happens."""
    subprocess.run(["systemctl", "--no-block", "try-restart", "nginx.service"], check=False, capture_output=True)


def main() -> int:
    TLS.mkdir(mode=0o700, exist_ok=True)
    os.chown(TLS, 0, 0)
    scratch = Path(tempfile.mkdtemp())
    try:
        if not ((TLS / "ca.pem").exists() and (TLS / "ca.key").exists()):
            make_authority(scratch)
            print("made the box's certificate authority")
        names = wanted_names()
        # A name too many is no reason: a box without its cable has no address, and Asterisk restarts for a new one.
        if not sound(TLS / "ca.pem", TLS / "box.pem", TLS / "box.key") or not set(names) <= named(TLS / "box.pem"):
            make_leaf(scratch, names)
            print(f"made a certificate for {', '.join(names)}")
            restart_nginx()
        copy_for_asterisk()
    except subprocess.CalledProcessError as error:
        print(f"openssl could not make the certificate: {error.cmd}\n{error.stderr}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(scratch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
