"""What the change path asks of Asterisk, and how it asks it over AMI."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import Protocol

from appliance.ami.actions import CoreStatus, Reload
from appliance.ami.connection import (
    AmiError,
    Arrived,
    Connection,
    ConnectionState,
    NotConnectedError,
    Notice,
)
from appliance.apply import indications, voicemail
from appliance.apply.errors import NotTakenError
from appliance.apply.lines import Lines
from appliance.apply.phone_settings import forget
from appliance.apply.probe import difference, probe
from appliance.apply.reloads import AFTER_RESTART
from appliance.live.headers import text
from appliance.model.site import Site
from appliance.render.dahdi import SET_UP
from appliance.render.expected import Expected

log = logging.getLogger(__name__)

_NO_SUCH_MODULE = "No such module"
"""What AMI's Reload says of a module that is not loaded (Asterisk's main/manager.c, action_reload)."""
RELOAD_TIMEOUT_S = 20.0
"""A first load of 5,000 endpoints takes about a second; a module that takes this long hangs."""


class Asterisk(Protocol):
    """The running Asterisk, as far as a change needs it."""

    def answers(self) -> bool:
        """Whether it can be asked now: there, and done with starting."""
        ...

    def reload(self, module: str) -> None:
        """Have one module read its files again. Raises :class:`NotTakenError`."""
        ...

    def probe(self, before: Site | None, after: Site, mark: str | None) -> None:
        """See that it has what ``after`` says and no longer what only ``before`` said.

        before: None probes all of ``after``. mark: of the dialplan's file, in its context MARK.
        Raises :class:`NotTakenError`.
        """
        ...

    def forget(self, numbers: AbstractSet[str]) -> None:
        """Clear what was set by feature code under numbers that are new. Raises :class:`NotTakenError`."""
        ...

    def channels(self) -> int | None:
        """How many channels are up; None when it does not answer."""
        ...

    def uptime_s(self) -> float | None:
        """Seconds since it started; None when it does not answer."""
        ...

    def restart_when_idle(self, configured: Site | None = None) -> None:
        """Ask it to restart once no channel is up, taking calls until then.

        configured: cards shall be set up anew while it is down; the site as they are set up now.
        """
        ...


class AmiAsterisk:
    """Asterisk behind a manager connection.

    expected: gives what tells what it must show for a site, as the renderer knows it; asked for once a probe, as it
    looks at the cards in the box. lines: the cards below it. Must be made before the connection is started: it
    listens for Asterisk's word that it is up. Until then a reload would be put off and answered with success all the
    same (Asterisk's loader.c, ``ast_process_pending_reloads``).
    """

    def __init__(
        self, connection: Connection, expected: Callable[[], Callable[[Site], Expected]], lines: Lines
    ) -> None:
        self._connection = connection
        self._lines = lines
        self._expected = expected
        self._booted = False
        connection.subscribe(self._hear)

    def answers(self) -> bool:
        return self._booted and self._connection.state is ConnectionState.CONNECTED

    def _hear(self, notice: Notice) -> None:
        if not isinstance(notice, Arrived):
            self._booted = False
        elif text(notice.headers, "Event") == "FullyBooted":
            self._booted = True  # sent to each manager that signs in, at once or when it is so

    def reload(self, module: str) -> None:
        if module == SET_UP:
            self._lines.set_up()
            return
        with _silence_is("reload_silent", module=module):
            answer = self._connection.send(Reload(module), RELOAD_TIMEOUT_S)
        if not answer.ok and not (module in AFTER_RESTART and answer.message == _NO_SUCH_MODULE):
            raise NotTakenError("reload_refused", answer.message, module=module)

    def probe(self, before: Site | None, after: Site, mark: str | None) -> None:
        probe(self._connection, difference(before, after, self._expected(), mark))
        voicemail.probe(self._connection, before, after)
        indications.probe(self._connection, before, after)
        if before is None:  # it has just started, so that its lines are those of the files
            self._lines.probe(after)

    def forget(self, numbers: AbstractSet[str]) -> None:
        with _silence_is("reload_silent", module="astdb"):
            forget(self._connection, numbers)

    def channels(self) -> int | None:
        try:
            answer = self._connection.send(CoreStatus())
        except AmiError:
            return None
        return int(answer.header("CoreCurrentCalls") or 0) if answer.ok else None

    def uptime_s(self) -> float | None:
        try:
            lines = self._connection.command("core show uptime seconds")
        except AmiError:
            return None
        for line in lines:
            name, _, value = line.partition(":")
            if name.strip() == "System uptime":
                return float(value.split()[0])
        return None

    def restart_when_idle(self, configured: Site | None = None) -> None:
        # "when convenient" takes calls until the last one has ended, where "gracefully" would refuse new ones
        # (Asterisk's main/asterisk.c, SHUTDOWN_REALLY_NICE and SHUTDOWN_NICE): nobody hears of it. A restart of its own
        # is one process; when it stops, systemd starts it again, and with it first the unit that sets cards up.
        if configured is not None:
            self._lines.remember_faults(configured)
        try:
            self._connection.command(f"core {'restart' if configured is None else 'stop'} when convenient")
        except NotConnectedError:
            raise
        except AmiError as error:
            log.info("the connection went with the restart: %s", error.code)


@contextmanager
def _silence_is(code: str, **params: str | int) -> Iterator[None]:
    """Turn a missing answer into a change not taken."""
    try:
        yield
    except AmiError as error:
        raise NotTakenError(code, str(error) or error.code, **params) from error
