"""Plays one scenario: applies its site, starts its phones, tells its sentences, compares its history."""

from __future__ import annotations

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from tests.calls import history, product, steps
from tests.calls.scenario import Scenario
from tests.calls.steps import Stage
from tests.phones.account import Account
from tests.phones.baresip import Baresip
from tests.phones.namespace import Namespace

TONES = (550.0, 740.0, 1030.0, 1270.0, 1430.0)
"""Hertz, one for each phone: none is a multiple of another, a DTMF frequency (Q.23) or a call-progress tone
(E.180).
"""


def play(scenario: Scenario, box: product.Box, folder: Path) -> None:
    """Play it to its end. Raises AssertionError with the sentence that failed and all that led to it."""
    product.apply_site(box, scenario.site)
    began = datetime.now(UTC)
    with contextlib.ExitStack() as stack:
        stage = Stage(box, _phones(scenario, box, folder, stack))
        at = "the phones register"
        try:
            with ThreadPoolExecutor() as pool:
                for phone, registered in zip(
                    stage.phones.values(), pool.map(Baresip.registered, stage.phones.values()), strict=True
                ):
                    assert registered, f"{phone.name} is not registered"
            for number, sentence in enumerate(scenario.steps, start=1):
                at = f"{number}. {sentence}"
                steps.find(sentence)(stage)
        except AssertionError as error:
            stories = "\n".join(phone.story() for phone in stage.phones.values())
            raise AssertionError(
                f"{scenario.title}: at {at!r}: {error}\n{stories}\n{product.journal(box, began)}"
            ) from error
    _compare_history(scenario, box, began)


def _phones(scenario: Scenario, box: product.Box, folder: Path, stack: contextlib.ExitStack) -> dict[str, Baresip]:
    phones = {}
    for number, spec in enumerate(scenario.phones, start=1):
        where = _plugged_in(box, f"p{number}")
        account = Account(
            spec.extension, scenario.secrets[spec.extension], box.address,
            transport=spec.transport, srtp=spec.srtp, codecs=spec.codecs,
        )  # fmt: skip
        phone = Baresip(spec.name, where, account, TONES[number - 1], folder / spec.name)
        phones[spec.name] = stack.enter_context(phone)
    return phones


def _plugged_in(box: product.Box, name: str) -> Namespace:
    """The phone's place in the network. Asking the box costs a process, so what was told once is remembered."""
    known = _PLACES.get((box.address, name))
    if known is None or not Path("/run/netns", known.name).exists():
        known = _PLACES[box.address, name] = Namespace(*box.phone(name))
    return known


_PLACES: dict[tuple[str, str], Namespace] = {}


def _compare_history(scenario: Scenario, box: product.Box, began: datetime) -> None:
    """The history is written a moment after a call has ended: wait until it is as expected, within reason."""
    deadline = time.monotonic() + steps.PATIENCE
    while True:
        found = product.history(box, began)
        wrong = history.differences(scenario.history, found)
        if not wrong:
            return
        if time.monotonic() > deadline:
            raise AssertionError(
                f"{scenario.title}: the history is not as expected:\n  "
                + "\n  ".join(wrong)
                + f"\nfound:\n{history.table(found)}\n{product.journal(box, began)}"
            )
        time.sleep(0.2)
