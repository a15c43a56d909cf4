"""voicemail.conf: the mailboxes.

A PIN is the site's: it is not changed at the phone, so that what the site says is what holds. Voicemail by
e-mail is not built yet, so no address is written here; nor is a name, which nothing here says or shows, and
which would have Asterisk look through every mailbox again whenever somebody is renamed.
"""

from __future__ import annotations

from appliance.model.extensions import Extension
from appliance.model.fields import Language
from appliance.model.per_extension import PerExtension
from appliance.model.site import Site
from appliance.render.escape import conf_section, conf_value
from appliance.render.facts import Facts
from appliance.render.rendered_file import RenderedFile, asterisk_file

NO_PIN = "none"
"""The password of a mailbox without a PIN: no telephone key types a letter, so it opens at its own phone
alone.
"""

MIN_SECONDS = 2
"""Shorter than a breath is no message."""

_GENERAL = """
[general]
format = wav
; Seconds: longer than ten minutes is a receiver off the hook. What counts as too short stands with each
; mailbox: here Asterisk would compare it with maxsilence and warn, though it subtracts that silence first
; (app_voicemail.c).
maxsecs = 600
maxsilence = 10
silencethreshold = 128
maxmsg = 200
maxgreet = 120
maxlogins = 3
skipms = 3000
review = yes
operator = no
sendvoicemail = no
attach = no
tz = box
saycid = yes
envelope = yes
"""


def render(site: Site, facts: Facts) -> tuple[RenderedFile, ...]:
    """One file."""
    del facts
    zone = conf_value(site.box.time_zone.replace("|", ""))
    parts = [_GENERAL, f"\n[zonemessages]\nbox = {zone}|'vm-received' Q 'digits/at' R\n", "\n[default]\n"]
    parts += _mailboxes((each for each in site.extensions if each.voicemail.enabled), site.box.language)
    return (asterisk_file("voicemail.conf", "asterisk/voicemail.py", "".join(parts), reload="app_voicemail.so"),)


def _mailbox(extension: Extension, box_language: Language) -> str:
    # A password that begins with a minus cannot be changed from the phone (app_voicemail.c, vm_options).
    number = conf_section(extension.number)
    pin = conf_section(extension.voicemail.pin or NO_PIN)
    language = (extension.language or box_language).value
    return f"{number} = -{pin},,,,language={language}|minsecs={MIN_SECONDS}\n"


_mailboxes = PerExtension(_mailbox)
