"""A rendered file, and all of them for a site."""

from __future__ import annotations

from collections.abc import Callable

from appliance.model.site import Site
from appliance.render import dahdi
from appliance.render.asterisk import (
    asterisk_conf,
    dahdi_channels,
    extensions,
    features,
    indications,
    logger,
    manager,
    modules,
    musiconhold,
    pjsip,
    pjsip_transports,
    quiet,
    rtp,
    sorcery,
    voicemail,
)
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile

__all__ = ["RenderedFile", "render_site"]

_RENDERERS: tuple[Callable[[Site, Facts], tuple[RenderedFile, ...]], ...] = (
    asterisk_conf.render,
    dahdi.render,
    dahdi_channels.render,
    extensions.render,
    features.render,
    indications.render,
    logger.render,
    manager.render,
    modules.render,
    musiconhold.render,
    pjsip.render,
    pjsip_transports.render,
    quiet.render,
    rtp.render,
    sorcery.render,
    voicemail.render,
)


def render_site(site: Site, facts: Facts) -> dict[str, RenderedFile]:
    """Every file of a generation, by its path inside it (``asterisk/pjsip.conf``), sorted by path.

    Byte-stable: equal sites and facts give equal texts.
    """
    files = [file for render in _RENDERERS for file in render(site, facts)]
    return {file.path: file for file in sorted(files, key=lambda file: file.path)}
