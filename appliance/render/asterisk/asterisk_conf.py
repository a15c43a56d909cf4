"""asterisk.conf: where things are, and what Asterisk as a whole may do.

Asterisk reads it only when it starts, so nothing of the site stands in it: the language of prompts is each endpoint's.
"""

from __future__ import annotations

from appliance.model.site import Site
from appliance.render.asterisk.templates import fill
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file, the same for every site."""
    del site
    body = fill("asterisk.conf.j2", facts=facts)
    return (asterisk_file("asterisk.conf", "asterisk/asterisk_conf.py", body, reload=None),)
