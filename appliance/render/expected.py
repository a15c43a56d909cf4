"""What Asterisk must show once it has really taken the files of a site."""

from __future__ import annotations

from dataclasses import dataclass

from appliance.model.site import Site
from appliance.render.asterisk import extensions, pjsip
from appliance.render.facts import Facts


@dataclass(frozen=True, slots=True)
class Expected:
    """What the probe asks for.

    endpoints: number -> header of AMI's ``EndpointDetail`` (``PJSIPShowEndpoint``) -> value. ``SetVar``
    there is a list
    ``name=value,name=value``; the pseudo-header ``SetVar:FINGERPRINT`` stands for one value in it. The
    fingerprint covers all three sections of the endpoint, its password's digest included.
    dialplan: (context, extension) as ``dialplan show <extension>@<context>`` finds them.
    """

    endpoints: dict[str, dict[str, str]]
    dialplan: frozenset[tuple[str, str]]


def expected(site: Site, facts: Facts) -> Expected:
    """What Asterisk must show for a site rendered with the same facts."""
    return Expected(
        endpoints={
            extension.number: {
                "Context": "phones",
                "Aors": extension.number,
                "DeviceStateBusyAt": str(extension.call_limit),
                "Allow": f"({'|'.join(site.sip.codecs)})",
                "SetVar:FINGERPRINT": pjsip.fingerprint(site, extension, facts.ami_secret),
            }
            for extension in site.extensions
            if extension.secret is not None
        },
        dialplan=extensions.entries(site),
    )
