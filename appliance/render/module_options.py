"""What the country tells the drivers: options of every module of the image, loaded now or when a card is plugged in.

The same facts are in the profiles of ``hw_profiles``, with their evidence; a test compares the two. They are here as
well because nothing is read from files while rendering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from appliance.model.line_standards import LineStandard
from appliance.render.escape import dahdi_word

_Value = Callable[[LineStandard], str]


def _opermode(standard: LineStandard) -> str:
    return standard.opermode


def _fcc_or_ctr21(standard: LineStandard) -> str:
    """wcfxo.c knows two modes, by number."""
    return "0" if standard.opermode in {"FCC", "USA", "CANADA"} else "1"


def _linemode(standard: LineStandard) -> str:
    return standard.digital


def _is_e1(standard: LineStandard) -> str:
    return "1" if standard.digital == "e1" else "0"


def _companding(standard: LineStandard) -> str:
    return "alaw" if standard.law == "alaw" else "ulaw"


def _is_alaw(standard: LineStandard) -> str:
    return "1" if standard.law == "alaw" else "0"


_OPTIONS: tuple[tuple[str, tuple[tuple[str, _Value], ...]], ...] = (
    ("opvxa1200", (("opermode", _opermode), ("alawoverride", _is_alaw))),
    ("wcaxx", (("opermode", _opermode), ("companding", _companding))),
    ("wcb4xxp", (("companding", _companding),)),
    ("wcfxo", (("opermode", _fcc_or_ctr21),)),
    ("wct4xxp", (("default_linemode", _linemode),)),
    ("wctdm", (("opermode", _opermode), ("alawoverride", _is_alaw))),
    ("wctdm24xxp", (("opermode", _opermode), ("companding", _companding))),
    ("wcte11xp", (("t1e1override", _is_e1),)),
    ("wcte12xp", (("default_linemode", _linemode),)),
    ("wcte13xp", (("default_linemode", _linemode),)),
    ("wcte43x", (("default_linemode", _linemode),)),
)


def module_options(standard: LineStandard) -> Iterator[str]:
    """The ``options`` lines of modprobe.conf, by module."""
    for module, options in _OPTIONS:
        words = " ".join(f"{parameter}={dahdi_word(value(standard))}" for parameter, value in options)
        yield f"options {module} {words}"
