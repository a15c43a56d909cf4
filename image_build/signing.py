"""The project's key: it signs the list of packages and the update bundles; its certificate is in every image.

Without a key of its own a project gets a throw-away one, kept beside the cache: boxes made with it take updates
made with it, on this machine. A real one is given by LOOPSTART_KEY, a directory with `key.pem` (RSA, kept away
from the build machine except while signing), `certificate.pem` and `keyring.pem` (what boxes trust: the
certificate's issuer).
"""

from __future__ import annotations

import os
from pathlib import Path

from image_build import cache
from image_build.programs import run
from image_build.progress import Problem, step

FILES = ("key.pem", "certificate.pem", "keyring.pem")
BITS = 3072
"""Of a throw-away key."""
DAYS = "7300"  # a box in a cellar has no clock to trust: longer than the hardware lives


def folder() -> Path:
    """The directory with the three files. Raises `Problem` when the given one lacks any."""
    given = os.environ.get("LOOPSTART_KEY")
    path = Path(given) if given else cache.home() / "signing"
    if not given and not path.exists():
        _make(path)
    missing = [name for name in FILES if not (path / name).is_file()]
    if missing:
        raise Problem(
            "no-key",
            f"the signing key lacks {', '.join(missing)}",
            where=str(path),
            next_step="give LOOPSTART_KEY a directory with all three, or leave it empty for a throw-away key",
        )
    return path


def keyring() -> str:
    """What a box trusts, as text."""
    return (folder() / "keyring.pem").read_text()


def sign(file: Path, signature: Path) -> None:
    """A detached signature (CMS, DER) beside the file; RSA without signed times, so that it is reproducible."""
    at = folder()
    run(
        [
            *["openssl", "cms", "-sign", "-binary", "-noattr", "-outform", "DER", "-signer"],
            *[at / "certificate.pem", "-inkey", at / "key.pem", "-in", file, "-out", signature],
        ],
        doing=f"signing {file.name}",
    )


def verify(file: Path, signature: Path) -> None:
    """Raises `Problem` unless the signature is the project's, of this file."""
    run(
        [
            *[
                "openssl",
                "cms",
                "-verify",
                "-binary",
                "-inform",
                "DER",
                "-purpose",
                "any",
                "-out",
                "/dev/null",
                "-CAfile",
            ],
            *[folder() / "keyring.pem", "-content", file, "-in", signature],
        ],
        doing=f"the signature of {file.name}",
    )


def _make(path: Path) -> None:
    """A certificate authority and a certificate by it, so that a signer can be replaced without new boxes."""
    with cache.locked("signing"):
        if path.exists():
            return
        draft = path.with_name("signing.draft")
        cache.remove_tree(draft)
        draft.mkdir(mode=0o700)
        with step("a throw-away signing key"):
            common = f"openssl req -x509 -newkey rsa:{BITS} -sha256 -noenc -days {DAYS}".split()
            run(
                [
                    *[*common, "-subj", "/CN=Loopstart throw-away authority"],
                    *["-keyout", draft / "authority.pem", "-out", draft / "keyring.pem"],
                    *["-addext", "keyUsage=critical,keyCertSign,cRLSign"],
                ],
                doing="the authority",
            )
            run(
                [
                    *[*common, "-subj", "/CN=Loopstart throw-away signer"],
                    *["-CA", draft / "keyring.pem", "-CAkey", draft / "authority.pem"],
                    *["-keyout", draft / "key.pem", "-out", draft / "certificate.pem"],
                    *["-addext", "basicConstraints=critical,CA:FALSE"],
                    *["-addext", "keyUsage=critical,digitalSignature"],
                    *["-addext", "extendedKeyUsage=emailProtection,codeSigning"],
                ],
                doing="the signer's certificate",
            )
            (draft / "authority.pem").unlink()
        draft.rename(path)
