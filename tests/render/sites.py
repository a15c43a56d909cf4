"""Sites for these tests, and sites whose every text is hostile, past what the model lets through."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from appliance.model.box import Box
from appliance.model.destinations import Destination, DestinationKind
from appliance.model.extensions import Extension, Forward, NoAnswer, Voicemail
from appliance.model.feature_codes import FeatureCodes
from appliance.model.fields import MayCall
from appliance.model.sip import Sip
from appliance.model.site import Site
from appliance.render import Facts
from tests.model.strategies import HOSTILE_PIECES
from tests.tries import tries

DRAWN = settings(
    max_examples=tries(40),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
"""For whole sites: making a failing one smaller takes minutes and says no more than the message does."""

FACTS = Facts(ami_secret="a-secret-of-the-box")


def site(*extensions: dict[str, Any], **nouns: Any) -> Site:
    """A site of the given extensions, made as from a document."""
    return Site.from_document({"extensions": list(extensions), **nouns})


def anything() -> st.SearchStrategy[str]:
    """Any text at all, line ends and control characters among it."""
    pieces = st.one_of(
        st.sampled_from(
            (*HOSTILE_PIECES, "\n", "\r\n", "\x00", "\x1b", "\u2028", "\n[x]\n", "\nset_var = A=1", "\ud800")
        ),
        st.text(st.characters(exclude_categories=()), max_size=4),
    )
    return st.lists(pieces, min_size=1, max_size=3).map("".join)


@st.composite
def lawless_sites(draw: st.DrawFn) -> Site:
    """A site of two extensions that was never checked: every text in it can be anything.

    Numbers and codes begin with a digit or a star, so that something is left of them.
    """
    text = anything()

    def destination() -> Destination:
        return Destination.model_construct(kind=draw(st.sampled_from(list(DestinationKind))), name="1" + draw(text))

    def extension() -> Extension:
        return Extension.model_construct(
            number="1" + draw(text),
            name=draw(text),
            email=draw(text),
            secret=draw(st.text(st.characters(exclude_categories=("Cs",)), min_size=1)),
            language=None,
            may_call=MayCall.NATIONAL,
            call_limit=4,
            registrations=3,
            voicemail=Voicemail.model_construct(enabled=True, pin=draw(text)),
            pickup_group=draw(text),
            may_pick_up=(draw(text),),
            forward=Forward.model_construct(
                always=destination(),
                busy=destination(),
                no_answer=NoAnswer.model_construct(after=20, to=destination()),
            ),
        )

    codes = {name: "*" + draw(text) for name in FeatureCodes.model_fields}
    return Site.model_construct(
        box=Box.model_construct(
            name=draw(text),
            country=draw(text),
            time_zone=draw(text),
            language=Box().language,
            languages=Box().languages,
            extension_digits=3,
        ),
        sip=Sip(),
        feature_codes=FeatureCodes.model_construct(**codes),
        extensions=(extension(), extension()),
    )
