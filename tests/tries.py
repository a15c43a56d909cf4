"""How often a property is tried that is dearer, or worth more trouble, than the profile's number says."""

from __future__ import annotations

from hypothesis import settings

SHARE = 8


def tries(number: int) -> int:
    """``max_examples`` of such a property: the number in `make thorough`, an eighth of it otherwise."""
    return number if settings.get_current_profile_name() == "thorough" else max(3, number // SHARE)
