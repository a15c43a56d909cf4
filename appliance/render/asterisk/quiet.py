"""Files of parts of Asterisk's core that are always there and that we do not use.

Each switches its part off, or is there because the core warns at every start when it is missing.
"""

from __future__ import annotations

from appliance.model.site import Site
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

# file -> (why, body, module to reload; None: read at start only)
_FILES: dict[str, tuple[str, str, str | None]] = {
    "acl.conf": ("No named access lists.", "", "acl"),
    "ccss.conf": ("No call completion: nobody is called back by the switch itself.", "[general]\n", None),
    "cdr.conf": ("The history is Loopstart's own, made from events.", "[general]\nenable = no\n", "cdr"),
    "cel.conf": ("The history is Loopstart's own, made from events.", "[general]\nenable = no\n", "cel"),
    "cli_permissions.conf": (
        "The console socket's file mode says who may use it.",
        "[general]\ndefault_perm = permit\n",
        None,
    ),
    "codecs.conf": ("Codecs keep their defaults.", "", None),
    "dnsmgr.conf": ("Names are not looked up in the background.", "[general]\nenable = no\n", "dnsmgr"),
    "dsp.conf": ("Tone detection keeps its defaults.", "[default]\n", "dsp"),
    "enum.conf": ("Numbers are not looked up in the DNS.", "[general]\n", "enum"),
    "extconfig.conf": ("No configuration from databases.", "[settings]\n", "extconfig"),
    "http.conf": ("No web server inside Asterisk.", "[general]\nenabled = no\n", "http"),
    "pjproject.conf": ("The SIP library logs errors alone.", "[log_mappings]\ntype = log_mappings\n", None),
    "stasis.conf": ("The message bus keeps its defaults.", "", None),
    "udptl.conf": (
        "Fax over UDPTL keeps its ports out of RTP's.",
        "[general]\nudptlstart = 4000\nudptlend = 4999\n",
        "udptl",
    ),
}


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One small file for each part."""
    del site, facts
    return tuple(
        asterisk_file(name, "asterisk/quiet.py", f"; {why}\n\n{body}", reload)
        for name, (why, body, reload) in _FILES.items()
    )
