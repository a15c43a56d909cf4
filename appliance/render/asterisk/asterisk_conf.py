"""asterisk.conf: where things are, and what Asterisk as a whole may do. Read only when Asterisk starts."""

from __future__ import annotations

from appliance.model.site import Site
from appliance.render.asterisk.templates import fill
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file; every change of it waits for a restart."""
    body = fill("asterisk.conf.j2", facts=facts, language=site.box.language.value, name=site.box.name)
    return (asterisk_file("asterisk.conf", "asterisk/asterisk_conf.py", body, reload=None),)
