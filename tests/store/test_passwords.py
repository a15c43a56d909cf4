"""What is kept of a password is as dear to guess as the product says."""

from __future__ import annotations

import pytest
from argon2.exceptions import VerifyMismatchError

from appliance.store import passwords
from tests.conftest import PRODUCT_HASHER


@pytest.fixture(autouse=True)
def _as_on_the_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PRODUCT_HASHER)


def test_a_password_costs_what_owasp_asks_for() -> None:
    kept = passwords.hash_password("quiet harbour")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.password_matches(kept, "quiet harbour")
    assert not passwords.password_matches(kept, "quiet harbours")


def test_what_was_kept_at_less_cost_is_to_be_kept_anew() -> None:
    kept = passwords.hash_password("quiet harbour")
    assert not passwords.needs_rehash(kept)
    assert passwords.needs_rehash(kept.replace("m=19456", "m=8192"))


def test_an_unknown_account_is_compared_at_the_same_cost_with_what_nobody_knows() -> None:
    stand_in = passwords._nobody()
    assert stand_in != passwords._nobody()
    assert not passwords.needs_rehash(stand_in)
    with pytest.raises(VerifyMismatchError):  # worked out and compared, not refused as no hash at all
        PRODUCT_HASHER.verify(stand_in, "quiet harbour")
    assert not passwords.password_matches(None, "quiet harbour")
