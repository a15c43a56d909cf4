"""Proofs about the roles: they pass ansible-lint's production profile and a second run changes nothing."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from image_build import cache, root, tools
from image_build.programs import run
from image_build.progress import Problem, say, step


def roles_pass_lint() -> None:
    """`ansible-lint --profile production`, offline. Raises `Problem` with its findings."""
    with step("ansible-lint, production profile"):
        run(
            [
                tools.project("ansible-lint"),
                "--offline",
                "--profile",
                "production",
                "--nocolor",
                "--strict",
                ".",
            ],
            doing="ansible-lint",
            cwd=root.ANSIBLE,
            env={**os.environ, "PATH": f"{tools.PROJECT_ENVIRONMENT / 'bin'}:{os.environ['PATH']}"},
            next_step="correct what it names in ansible/",
        )


def second_run_changes_nothing(layers: Sequence[Path]) -> None:
    """Run the whole playbook on the finished root, in an overlay thrown away after, and count changes."""
    folder = Path(tempfile.mkdtemp(prefix="second-run-", dir=cache.home()))
    try:
        with step("second run of the playbook"), root.writable(layers, folder) as merged:
            output = root.converge(merged, layers[1].parent / "ansible", root.binds_of(layers))
    finally:
        cache.remove_tree(folder)
    recap = re.search(r"ok=(\d+)\s+changed=(\d+)", output)
    if recap is None or recap.group(2) != "0":
        changed = "\n".join(line for line in output.splitlines() if line.startswith(("TASK", "changed")))
        raise Problem(
            "not-idempotent",
            f"the second run changed something:\n{changed}",
            where="ansible/",
            next_step="make the task above say `changed` only when it changed something",
        )
    say(f"second run: ok={recap.group(1)} changed=0")
