"""The only place that escapes: one function for each language that a value is written into.

A value of the site can hold any character that its field's rule lets through, and a rule may be loosened one
day; so nothing here relies on rules. What a target language cannot carry at all is replaced, never passed on.
"""

from __future__ import annotations

import base64
import re

LINE_BYTES = 8000
"""Longest line that we write: Asterisk skips those of 8,191 bytes and more (main/config.c)."""
CALLER_NAME_BYTES = 79
"""What res_pjsip keeps of a caller's name (``caller_id_handler`` in res_pjsip/pjsip_configuration.c)."""

_CONTROLS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9_.+*#-]")


def one_line(text: str) -> str:
    """Replace what ends a line or cannot be written as UTF-8: every control character becomes a space."""
    return _CONTROLS.sub(" ", text)


def at_most(text: str, size: int) -> str:
    """The longest beginning of ``text`` that is at most ``size`` bytes of UTF-8, never half a character."""
    return text.encode()[:size].decode(errors="ignore")


def conf_value(text: str) -> str:
    """A value of an Asterisk ``.conf`` file, to be written after ``name = ``.

    The reader (main/config.c) ends a value at ``;`` unless a backslash stands before it, strips space around
    it, and takes ``name =>`` for an assignment too, so a leading ``>`` must not touch the equal sign: the
    space we write sees to that. Anything else, brackets and ``#include`` among it, only means something at
    the start of a line.
    """
    return at_most(one_line(text), LINE_BYTES // 2).replace(";", "\\;").strip()


def conf_section(text: str) -> str:
    """The name of a section: letters, digits and ``_ . + * # -`` stay, the rest goes."""
    return _NOT_PLAIN.sub("", text)


def caller_id(name: str, number: str) -> str:
    """``"Name" <number>`` as SIP writes it and Asterisk shows it; still to be written as a conf value.

    A quoted string (RFC 3261, 25.1): quote and backslash are escaped by a backslash; Asterisk takes these
    back (``ast_unescape_quoted``) and keeps :data:`CALLER_NAME_BYTES` of the result.
    """
    shown = at_most(one_line(name), CALLER_NAME_BYTES).strip()
    quoted = shown.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{dialplan_argument(number)}>'


def dialplan_argument(text: str) -> str:
    """An argument of a dialplan application or function.

    Inlined text is read several times over: by the file reader, by variable substitution (``${…}``,
    ``$[…]``), by the split at commas and by the application itself (``&``, ``|``, ``^``). Only numbers,
    codes and our own words are inlined, and this leaves only characters that none of these readers knows;
    people's text travels in variables.
    """
    return _NOT_PLAIN.sub("", text)


def csv_field(text: str) -> str:
    """A field of comma-separated values (RFC 4180, section 2), on one line.

    A caller chooses their own name, and a spreadsheet runs what begins like a formula: such text gets an apostrophe
    (OWASP, "CSV Injection"). Numbers, also with a leading plus, are left as they are.
    """
    value = one_line(text)
    if value[:1] in {"=", "+", "-", "@"} and not value.lstrip("+").isdigit():
        value = f"'{value}"
    if any(mark in value for mark in ',"'):
        value = '"' + value.replace('"', '""') + '"'
    return value


def dialplan_pattern(text: str) -> str:
    """A pattern of dialled numbers, to be written after ``_``: digits, ``X Z N``, sets and dots stay."""
    return re.sub(r"[^0-9XZN.\[\]-]", "", text)


def dahdi_word(text: str) -> str:
    """A word of DAHDI's files and of modprobe's, which know no quoting: what separates, comments or globs goes
    (``dahdi_cfg.c``; the shell patterns of ``assigned-spans.conf``).
    """
    return re.sub(r"[^A-Za-z0-9_.:/@+-]", "", text)


def dialplan_text(text: str) -> str:
    """People's text inside the dialplan, to be read back with ``BASE64_DECODE``: letters, digits, ``+``, ``/`` and
    ``=`` alone, none of which the dialplan reads.
    """
    return base64.b64encode(at_most(one_line(text), CALLER_NAME_BYTES).strip().encode()).decode()


def unit_value(text: str) -> str:
    """One word of a value in a file of systemd's (systemd.syntax(7)).

    A backslash at the end of a line goes on with the next, ``%`` begins a specifier, quotes group words, and space
    parts them: only letters, digits and what addresses are written with stay.
    """
    return re.sub(r"[^A-Za-z0-9:./_-]", "", text)
