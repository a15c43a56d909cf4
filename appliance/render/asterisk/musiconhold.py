"""musiconhold.conf: the music that ships with the box."""

from __future__ import annotations

from appliance.model.site import Site
from appliance.render.escape import conf_value
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file with the class ``default``."""
    del site
    body = f"\n[default]\nmode = files\nsort = alpha\ndirectory = {conf_value(facts.music_dir)}\n"
    return (asterisk_file("musiconhold.conf", "asterisk/musiconhold.py", body, reload="res_musiconhold.so"),)
