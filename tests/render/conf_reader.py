"""A reader of Asterisk's configuration files, written from its documentation and not from the renderer.

Rules (Asterisk documentation, "Asterisk Configuration Files", and doc comments of main/config.c): one line, one thing;
``;`` begins a comment unless a backslash stands before it; ``;--`` to ``--;`` is a comment over many lines; ``[name]``
opens a section, ``[name](!)`` a template, ``[name](other)`` one that inherits; ``#include`` and its kin are
directives; everything else is ``name = value`` or ``name => value``; space around names and values does not count.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Section:
    name: str
    modifiers: str = ""
    values: list[tuple[str, str]] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.values if key == name]

    def one(self, name: str) -> str:
        [value] = self.all(name)
        return value


@dataclass(slots=True)
class Conf:
    sections: list[Section] = field(default_factory=list)
    directives: list[str] = field(default_factory=list)

    def section(self, name: str) -> Section:
        [found] = [section for section in self.sections if section.name == name]
        return found


class NotAConfError(ValueError):
    """A line that Asterisk would warn about."""


def read(text: str) -> Conf:
    """Parse a file; raises :class:`NotAConfError` for a line that is nothing."""
    conf = Conf()
    depth = 0
    for number, raw in enumerate(text.encode().split(b"\n"), 1):
        if len(raw) > 8190:
            raise NotAConfError(f"line {number} is too long")
        line, depth = _without_comments(raw.decode(), depth)
        line = line.strip("".join(map(chr, range(33))))
        if not line:
            continue
        if line.startswith("["):
            name, closed, modifiers = line[1:].partition("]")
            if not closed:
                raise NotAConfError(f"line {number}: no closing bracket")
            conf.sections.append(Section(name, modifiers.strip()))
        elif line.startswith("#"):
            conf.directives.append(line)
        else:
            key, sign, value = line.partition("=")
            if not sign or not conf.sections or not key.strip():
                raise NotAConfError(f"line {number}: {line!r}")
            if value.startswith(">"):
                value = value[1:]
            conf.sections[-1].values.append((key.strip(), value.strip("".join(map(chr, range(33))))))
    if depth:
        raise NotAConfError("a comment is not closed")
    return conf


def _without_comments(line: str, depth: int) -> tuple[str, int]:
    """What of a line is no comment, and how many comments over many lines are open after it."""
    if not depth and ";" not in line:
        return line, 0
    kept = ""
    place = 0
    while place < len(line):
        character = line[place]
        if depth:
            if character == ";" and line[place - 2 : place] == "--" and place >= 2:
                depth -= 1
            place += 1
        elif character == ";" and kept.endswith("\\"):
            kept = kept[:-1] + ";"
            place += 1
        elif character == ";" and line[place + 1 : place + 3] == "--" and line[place + 3 : place + 4] != "-":
            depth += 1
            place += 3
        elif character == ";":
            break
        else:
            kept += character
            place += 1
    return kept, depth
