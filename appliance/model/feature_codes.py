"""What people dial to reach a service of the box instead of a person."""

from __future__ import annotations

from typing import ClassVar

from appliance.model.fields import FeatureCode, Noun


class FeatureCodes(Noun):
    """The codes, each a star or hash and digits.

    The ``…_set`` codes are dialled together with the number calls shall go to (``*72102``); dialled alone
    they ask for it.
    """

    TAKES_DIGITS: ClassVar[frozenset[str]] = frozenset(
        {"forward_always_set", "forward_busy_set", "forward_no_answer_set"}
    )
    """Fields whose code is dialled with further digits behind it."""

    echo_test: FeatureCode = "*43"
    own_number: FeatureCode = "*65"
    voicemail: FeatureCode = "*97"
    voicemail_of: FeatureCode = "*98"
    last_number_redial: FeatureCode = "*66"
    pick_up: FeatureCode = "*8"
    do_not_disturb_on: FeatureCode = "*78"
    do_not_disturb_off: FeatureCode = "*79"
    forward_always_set: FeatureCode = "*72"
    forward_always_clear: FeatureCode = "*73"
    forward_busy_set: FeatureCode = "*74"
    forward_busy_clear: FeatureCode = "*75"
    forward_no_answer_set: FeatureCode = "*76"
    forward_no_answer_clear: FeatureCode = "*77"
