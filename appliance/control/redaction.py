"""Keeping secrets out of text that leaves the box, whoever wrote it.

Three nets, one behind the other: the values the box knows to be secret; options of Asterisk's files that are always
secret (:mod:`appliance.apply.file_diff`); and shapes that only secrets have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from appliance.apply.file_diff import MASK, Mask

_ANYWHERE = 6
"""From so many characters on a secret is hidden also inside a word; a shorter one, and a PIN, only where it stands
alone: a PIN of 1011 must not hide a part of ``21011``."""
_START = 4
"""Characters by which secrets are found. 5,000 extensions have 10,000 secrets, and one pattern of all of them would be
tried at each of millions of characters."""
_SHAPES = (
    # ``?token=…`` of a sign-in link in a log of the web server, ``password: …`` of whatever wrote it.
    re.compile(
        r"(?P<kept>\b(?:\w*(?:token|password|passwd|secret|session|cookie|authorization|api_?key))"
        r"[\"']?\s*[=:]\s*[\"']?)[^\s\"'&;,{\[]+",
        re.I,
    ),
    # Hashes of passwords: the modular crypt format (crypt(5)), which argon2 follows too.
    re.compile(r"(?P<kept>)\$(?:argon2\w*|[0-9a-z]{1,8})\$[A-Za-z0-9./+=,$-]{8,}"),
    # What answers a challenge in an Authorization header of SIP or HTTP (RFC 7616).
    re.compile(r"(?P<kept>\bresponse=\"?)[0-9a-f]{32,}", re.I),
)
_PEM = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.S)


class Redaction:
    """Hides secrets. secrets: every value known to be one."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = {secret for secret in secrets if secret}
        self._options = Mask(lambda: ())
        self._size = min([_START, *map(len, known)])
        self._starts: dict[str, list[str]] = {}
        for secret in sorted(known, key=len, reverse=True):
            self._starts.setdefault(secret[: self._size], []).append(secret)

    def of(self, value: Any) -> Any:
        """Plain JSON types without secrets: every text in them, and none of their numbers."""
        match value:
            case str():
                return self(value)
            case list():
                return [self.of(one) for one in value]
            case dict():
                return {self(name): self.of(one) for name, one in value.items()}
        return value

    def __call__(self, text: str) -> str:
        """The text without secrets. Lines stay lines, but for a private key, which becomes one word."""
        text = self._without_known(_PEM.sub(MASK, text))
        return "\n".join(self._line(line) for line in text.split("\n"))

    def _line(self, line: str) -> str:
        line = self._options(line)
        for shape in _SHAPES:
            line = shape.sub(rf"\g<kept>{MASK}", line)
        return line

    def _without_known(self, text: str) -> str:
        kept: list[str] = []
        done = at = 0
        while self._starts and at < len(text):
            found = self._secret_at(text, at)
            if found:
                kept += (text[done:at], MASK)
                done = at = at + found
            else:
                at += 1
        return "".join(kept) + text[done:]

    def _secret_at(self, text: str, at: int) -> int:
        """The length of the longest secret that stands here; 0 for none."""
        for secret in self._starts.get(text[at : at + self._size], ()):
            end = at + len(secret)
            if text.startswith(secret, at) and (
                (len(secret) >= _ANYWHERE and not secret.isdecimal()) or _alone(text, at, end)
            ):
                return len(secret)
        return 0


def _alone(text: str, at: int, end: int) -> bool:
    return not text[max(at - 1, 0) : at].isalnum() and not text[end : end + 1].isalnum()
