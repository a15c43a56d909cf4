"""The machine's name follows that of the site that runs."""

from __future__ import annotations

import logging

from appliance.control.machine_tasks import MachineError, MachineTasks
from appliance.model.site import Site

log = logging.getLogger(__name__)


class BoxName:
    """Tells root's program the name (``ansible/roles/machine/files/name.py``) where it keeps another. What fails is
    tried again with the next site that runs, and at the next start.
    """

    def __init__(self, tasks: MachineTasks) -> None:
        self._tasks = tasks

    def set(self, site: Site) -> None:
        """This site runs now."""
        name = site.box.name
        try:
            if (self._tasks.kept / "hostname").read_text(encoding="ascii").strip() == name:
                return  # given to the kernel at boot
        except (OSError, ValueError):
            pass  # never kept, or not wholly
        try:
            answer = self._tasks.ask("name", name=name)
        except MachineError as error:
            log.warning("the machine keeps its name, and is not called %s: %s", name, error.code)
            return
        if answer.get("changed"):
            log.info("the machine is called %s now", name)
