"""Outbound routes: which dialled numbers leave by which trunks, and who may dial them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from appliance.model.dial_patterns import DialPattern
from appliance.model.fields import Label, MayCall, Noun, Rule, Whole

Prepended = Annotated[str, Rule("prepended", r"^\+?[0-9*#]{0,20}$", 0, 21)]


class OutboundRoute(Noun):
    """Calls to outside numbers; the first route with a fitting pattern wins.

    match: patterns of what is dialled: X 0-9, Z 1-9, N 2-9, [..] one of a set, a dot at the end one digit or more.
    class: what an extension must be allowed (``may_call``). trunks: tried in this order.
    strip: digits taken from the front of the number, prepend: what is put there then; ``+`` makes it a number in E.164,
    which a line is given the way a telephone in the country would dial it.
    """

    name: Label
    match: tuple[DialPattern, ...] = Field(min_length=1, max_length=100)
    class_: MayCall = Field(default=MayCall.INTERNATIONAL, alias="class")
    trunks: tuple[Label, ...] = Field(min_length=1, max_length=20)
    strip: Whole = Field(default=0, ge=0, le=20)
    prepend: Prepended = ""
