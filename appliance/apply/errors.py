"""What can go wrong with a change.

* ApplyError
  + ApplyRefusedError   nothing was changed: the box or the draft is not in a state for it
  + NotTakenError       Asterisk did not take what was rendered; never leaves this room, the change is swapped
  back

Each has a ``code`` of :mod:`appliance.model.texts` and ``params`` for its sentence.
"""

from __future__ import annotations


class ApplyError(Exception):
    """Root of the tree above."""

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)


class ApplyRefusedError(ApplyError):
    """Refused before anything changed.

    code: ``asterisk_down``, ``disk_full``, ``awaiting_confirmation`` (revision), ``nothing_to_confirm``,
    ``nothing_to_roll_back``, ``busy``, ``unsettled`` (Asterisk does not yet run what it should, so that a
    failure could not be told from the last one), ``faults_off``, ``fault_not_found`` (path).
    """


class NotTakenError(ApplyError):
    """Asterisk refused a reload, did not answer, or has not what was rendered.

    code: ``reload_refused`` (module), ``reload_silent`` (module), ``probe_silent`` (what), ``probe_missing``
    (what, name), ``probe_remains`` (what, name), ``probe_differs`` (what, name, field, expected, found),
    ``swap_failed``, ``restart_failed``, ``cards_refused`` (systemd does not let the daemon have cards set up).
    detail: what Asterisk said, verbatim.
    """

    def __init__(self, code: str, detail: str | None = None, **params: str | int) -> None:
        super().__init__(code, **params)
        self.detail = detail

    @property
    def silent(self) -> bool:
        """Whether Asterisk said nothing, so that it may have taken it or not."""
        return self.code in ("reload_silent", "probe_silent")

    def __str__(self) -> str:
        return f"{super().__str__()} {self.detail or ''}".rstrip()
