"""The rules of accounts: their names, and passwords that cannot be guessed."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from appliance.model.fields import Rule, ShownText
from appliance.model.problems import Path, Problem

PASSWORD_MIN = 12
PASSWORD_MAX = 256
"""Longer ones would cost the box time for nothing."""
_LEFT_OVER = 8
"""Characters a password must have beside the account's own name and the words everybody tries."""
_DISTINCT = 5
_SHORT_NAME = 3
"""From this length on, a name found inside a password is hardly there by chance."""
_TRIED_FIRST = (
    "password", "passw0rd", "kennwort", "asterisk", "loopstart", "changeme", "qwerty", "qwertz", "azerty",
    "letmein", "welcome", "iloveyou", "administrator", "admin", "secret", "123456789", "1234567890",
)  # fmt: skip

# Names of the box's own users: the audit log shows the console by its unix user.
RESERVED_NAMES = frozenset({"root", "loopstart", "loopstart-web", "loopstart-prov", "asterisk", "system"})


def _not_reserved(value: str) -> str:
    if value in RESERVED_NAMES:
        raise PydanticCustomError("account_name_reserved", "the name {name} is the box's own", {"name": value})
    return value


AccountName = Annotated[
    str,
    Rule("account_name", r"^[a-z0-9]([a-z0-9._@\-]{0,62}[a-z0-9])?$", 1, 64),
    AfterValidator(_not_reserved),
]
"""What somebody signs in with: lower case, so that two names cannot differ in case alone."""
FullName = Annotated[str, ShownText(0, 80)]
TokenLabel = Annotated[str, ShownText(1, 80)]


def password_problems(password: str, name: str, at: Path = ("password",)) -> list[Problem]:
    """What is wrong with a password for the account of that name.

    Length is what counts (NIST SP 800-63B, 5.1.1.2: no rules on kinds of characters); what attackers try
    first is refused.
    """
    if len(password) < PASSWORD_MIN:
        return [Problem(at, "password_too_short", {"min": PASSWORD_MIN})]
    if len(password) > PASSWORD_MAX:
        return [Problem(at, "password_too_long", {"max": PASSWORD_MAX})]
    folded = password.casefold()
    for word in sorted((*_TRIED_FIRST, *_words(name)), key=len, reverse=True):
        folded = folded.replace(word, "")
    if len(folded) < _LEFT_OVER or len(set(folded)) < _DISTINCT or _is_run(folded):
        return [Problem(at, "password_guessable")]
    return []


def _words(name: str) -> list[str]:
    parts = name.casefold().replace("@", ".").replace("-", ".").replace("_", ".").split(".")
    return [word for word in {name.casefold(), *parts} if len(word) >= _SHORT_NAME]


def _is_run(text: str) -> bool:
    """``abcdefghijkl``, ``987654321098`` and the like."""
    steps = {ord(right) - ord(left) for left, right in pairwise(text)}
    return steps <= {1, -9} or steps <= {-1, 9}
