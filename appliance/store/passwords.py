"""Passwords, one-time passwords, and tokens: what is kept of them, and how they are checked."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import unicodedata
from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

# argon2id with OWASP's second set of figures (19 MiB, 2 passes, 1 lane): a small box must check a password
# without running out of memory. Two at a time bound what many sign-ins at once can take.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)

TOTP_STEP_S = 30
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
RECOVERY_CODES = 10


def hash_password(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(_normal(password))


def password_matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one of which ``kept`` is left; takes as long when nothing is kept."""
    with _AT_ONCE:
        try:
            _HASHER.verify(kept or _nobody(), _normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def needs_rehash(kept: str) -> bool:
    """Whether a password was kept with older figures than today's."""
    return _HASHER.check_needs_rehash(kept)


def new_token() -> str:
    """256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token. A plain hash will do: 256 random bits cannot be guessed from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_totp_secret() -> str:
    """160 random bits in base32 (RFC 4226, 4, R6)."""
    return pyotp.random_base32(32)


def totp_uri(secret: str, account: str, issuer: str) -> str:
    """What an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def totp_step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The time step of a code that is good now, or None.

    One step early or late is taken (RFC 6238, 5.2); a step not later than ``after`` was used already.
    """
    totp = pyotp.TOTP(secret, interval=TOTP_STEP_S)
    current = int(now.timestamp()) // TOTP_STEP_S
    digits = "".join(str(unicodedata.digit(character, "")) for character in code if not character.isspace())
    found = None
    for step in (current - 1, current, current + 1):
        if hmac.compare_digest(totp.generate_otp(step), digits) and step > after:
            found = step
    return found


def new_recovery_codes() -> tuple[str, ...]:
    """Codes of 80 bits, as people copy them: ``abcd-efgh-ijkl-mnop``."""
    return tuple(_grouped(16) for _ in range(RECOVERY_CODES))


def new_short_code() -> str:
    """A code of 60 bits that is read from a screen and typed: ``abcd-efgh-ijkl``."""
    return _grouped(12)


def code_hash(code: str) -> str:
    """What is kept of a code that people may type: dashes and spaces do not matter."""
    return token_hash("".join(character for character in code if character not in "- \t"))


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code; case does not matter either."""
    return code_hash(code.lower())


def _grouped(length: int) -> str:
    letters = "".join(secrets.choice(_BASE32) for _ in range(length))
    return "-".join(letters[start : start + 4] for start in range(0, length, 4))


def _nobody() -> str:
    """What an unknown account's password is compared with, so that it takes as long as a known one's.

    Drawn, not worked out from a password: as long as a hash, and compared at the same cost.
    """
    salt, digest = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (_HASHER.salt_len, _HASHER.hash_len)
    )
    cost = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"


def _normal(password: str) -> str:
    """The same password typed on another keyboard gives the same bytes (RFC 8265, 4.2.2)."""
    return unicodedata.normalize("NFC", password)
