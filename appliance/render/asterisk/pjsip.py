"""pjsip*.conf: who may register, and what their phones are told.

``pjsip.conf`` holds what is said once, and each extension has a section of its number in
``pjsip_endpoints.conf``, ``pjsip_auths.conf`` and ``pjsip_aors.conf``. Thousands of them are written as
strings, and kept; a template engine would take most of the time of an apply.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2s, md5

from appliance.model.extensions import Extension
from appliance.model.fields import Language
from appliance.model.per_extension import PerExtension
from appliance.model.site import Site
from appliance.render.asterisk.templates import fill
from appliance.render.escape import caller_id, conf_section, conf_value
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

REALM = "loopstart"
"""Part of what a password's digest is made from, so it never changes."""

_MODULE = "asterisk/pjsip.py"
_RELOAD = "res_pjsip.so"


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of one extension, by kind of object."""

    endpoint: str
    auth: str
    aor: str


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """Four files. An extension that has no secret yet gets no sections: nobody can register as it."""
    members = (extension for extension in site.extensions if extension.secret is not None)
    phones = _sealed(members, site.box.language, facts.ami_secret)
    general = fill("pjsip.conf.j2", realm=REALM, voicemail_code=site.feature_codes.voicemail)
    endpoints = fill(
        "pjsip_endpoints.conf.j2",
        codecs=",".join(site.sip.codecs),
        media_encryption=site.sip.media_encryption.value,
    )
    auths = fill("pjsip_auths.conf.j2", realm=REALM)
    aors = fill("pjsip_aors.conf.j2")
    return (
        asterisk_file("pjsip.conf", _MODULE, general, _RELOAD),
        asterisk_file(
            "pjsip_endpoints.conf", _MODULE, endpoints + "".join(phone.endpoint for phone in phones), _RELOAD
        ),
        asterisk_file("pjsip_auths.conf", _MODULE, auths + "".join(phone.auth for phone in phones), _RELOAD),
        asterisk_file("pjsip_aors.conf", _MODULE, aors + "".join(phone.aor for phone in phones), _RELOAD),
    )


def sections(extension: Extension, language: Language, key: str) -> Sections:
    """The sections of one extension, the fingerprint of all three in the endpoint's.

    language: of the box. key: of the fingerprint.
    """
    plain = _sections(extension, language)
    seal = f"set_var = FINGERPRINT={_fingerprint(plain, key)}\n"
    return Sections(plain.endpoint + seal, plain.auth, plain.aor)


_sealed = PerExtension(sections)


def fingerprint(site: Site, extension: Extension, key: str) -> str:
    """What Asterisk shows as ``FINGERPRINT`` in ``SetVar`` once it has these very sections.

    Sixteen hexadecimal digits, keyed, so that who sees it cannot try passwords against it.
    """
    return _fingerprint(_sections(extension, site.box.language), key)


def _fingerprint(plain: Sections, key: str) -> str:
    text = f"{plain.endpoint}{plain.auth}{plain.aor}"
    return blake2s(text.encode(), digest_size=8, key=key.encode()[:32]).hexdigest()


def _sections(extension: Extension, language: Language) -> Sections:
    """The sections of one extension, without the fingerprint."""
    number = conf_section(extension.number)
    mailbox = f"mailboxes = {number}@default\n" if extension.voicemail.enabled else ""
    groups = ""
    if extension.pickup_group is not None:
        groups += f"named_call_group = {conf_value(extension.pickup_group)}\n"
    if extension.may_pick_up:
        groups += f"named_pickup_group = {conf_value(','.join(extension.may_pick_up))}\n"
    return Sections(
        endpoint=(
            f"\n[{number}](phone)\n"
            f"auth = {number}\n"
            f"aors = {number}\n"
            f"callerid = {conf_value(caller_id(extension.name, number))}\n"
            f"language = {(extension.language or language).value}\n"
            f"device_state_busy_at = {extension.call_limit}\n"
            f"{groups}{mailbox}"
            f"set_var = EXTENSION={number}\n"
            f"set_var = CALL_LIMIT={extension.call_limit}\n"
        ),
        auth=(
            f"\n[{number}](phone)\n"
            f"username = {number}\n"
            f"password_digest = MD5:{_digest(number, extension.secret or '')}\n"
        ),
        aor=f"\n[{number}](phone)\nmax_contacts = {extension.registrations}\n{mailbox}",
    )


def _digest(username: str, password: str) -> str:
    """H(A1) of RFC 2617, 3.2.2.2, so that no password stands in the file.

    MD5 because that is what every phone answers to; a challenge in two algorithms (RFC 8760) makes older
    phones give up. Who needs the sign-in hidden from the wire uses TLS.
    """
    return md5(f"{username}:{REALM}:{password}".encode(), usedforsecurity=False).hexdigest()
