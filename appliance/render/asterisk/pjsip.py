"""pjsip.conf: who may register, and what their phones are told.

Each extension has three sections of its number: endpoint, auth and aor. Thousands of them are written as
strings; a template engine would take most of the time of an apply.
"""

from __future__ import annotations

from hashlib import blake2s, md5

from appliance.model.extensions import Extension
from appliance.model.site import Site
from appliance.render.asterisk.templates import fill
from appliance.render.escape import caller_id, conf_section, conf_value
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

REALM = "loopstart"
"""Part of what a password's digest is made from, so it never changes."""


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file. An extension that has no secret yet gets no sections: nobody can register as it."""
    head = fill(
        "pjsip.conf.j2",
        realm=REALM,
        voicemail_code=site.feature_codes.voicemail,
        codecs=",".join(site.sip.codecs),
        media_encryption=site.sip.media_encryption.value,
    )
    parts = [head]
    for extension in site.extensions:
        if extension.secret is not None:
            parts.append(sections(site, extension, facts.ami_secret))
    return (asterisk_file("pjsip.conf", "asterisk/pjsip.py", "".join(parts), reload="res_pjsip.so"),)


def sections(site: Site, extension: Extension, key: str) -> str:
    """The sections of one extension, the fingerprint of their own text among them. key: of the
    fingerprint.
    """
    endpoint, rest = _texts(site, extension)
    return f"{endpoint}set_var = FINGERPRINT={fingerprint_of(endpoint + rest, key)}\n{rest}"


def fingerprint(site: Site, extension: Extension, key: str) -> str:
    """What Asterisk shows as ``FINGERPRINT`` in ``SetVar`` once it has these very sections."""
    return fingerprint_of("".join(_texts(site, extension)), key)


def fingerprint_of(text: str, key: str) -> str:
    """Sixteen hexadecimal digits. Keyed, so that who sees it cannot try passwords against it."""
    return blake2s(text.encode(), digest_size=8, key=key.encode()[:32]).hexdigest()


def shown_caller_id(extension: Extension) -> str:
    """The value of ``callerid``, before the file format's own escaping: ``"Name" <number>``."""
    return caller_id(extension.name, extension.number)


def _texts(site: Site, extension: Extension) -> tuple[str, str]:
    """The endpoint section without its fingerprint, and the other two."""
    number = conf_section(extension.number)
    mailbox = f"mailboxes = {number}@default\n" if extension.voicemail.enabled else ""
    groups = ""
    if extension.pickup_group is not None:
        groups += f"named_call_group = {conf_value(extension.pickup_group)}\n"
    if extension.may_pick_up:
        groups += f"named_pickup_group = {conf_value(','.join(extension.may_pick_up))}\n"
    endpoint = (
        f"\n[{number}](phone)\n"
        f"auth = {number}\n"
        f"aors = {number}\n"
        f"callerid = {shown_caller_id(extension)}\n"
        f"language = {(extension.language or site.box.language).value}\n"
        f"device_state_busy_at = {extension.call_limit}\n"
        f"{groups}{mailbox}"
        f"set_var = EXTENSION={number}\n"
        f"set_var = CALL_LIMIT={extension.call_limit}\n"
    )
    rest = (
        f"[{number}](phone-auth)\n"
        f"username = {number}\n"
        f"password_digest = MD5:{_digest(number, extension.secret or '')}\n"
        f"[{number}](phone-aor)\n"
        f"max_contacts = {extension.registrations}\n"
        f"{mailbox}"
    )
    return endpoint, rest


def _digest(username: str, password: str) -> str:
    """H(A1) of RFC 2617, 3.2.2.2, so that no password stands in the file.

    MD5 because that is what every phone answers to; a challenge in two algorithms (RFC 8760) makes older
    phones give up. Who needs the sign-in hidden from the wire uses TLS.
    """
    return md5(f"{username}:{REALM}:{password}".encode(), usedforsecurity=False).hexdigest()
