"""features.conf: what people can do inside a call by pressing keys: nothing.

Every SIP phone transfers with its own key (REFER, RFC 3515). Listening for ``##`` would lead the sound of
every call through the core of Asterisk instead of handing packets on, and would catch keys meant for the far
end's menus.
"""

from __future__ import annotations

from appliance.model.site import Site
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

_BODY = """
[general]
; Seconds a person has to finish an attended transfer that the phone began.
atxfernoanswertimeout = 30
pickupexten =

[featuremap]
blindxfer =
disconnect =
atxfer =
automixmon =
parkcall =
"""


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file."""
    del site, facts
    return (asterisk_file("features.conf", "asterisk/features.py", _BODY, reload="features"),)
