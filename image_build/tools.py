"""The build's own Python programs: Ansible from the project's environment, and pip to make wheels.

The project's environment (requirements/dev.txt, made by image_build/venv) moves with every test tool; what
shapes the wheels is locked apart, in image_build/requirements.txt, so that the box's layers do not move with
it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from image_build import cache
from image_build.programs import run
from image_build.progress import step

LOCK = cache.REPOSITORY / "image_build/requirements.txt"
PROJECT_ENVIRONMENT = cache.REPOSITORY / ".venv"


def pip() -> Path:
    """pip, in a small environment kept by its lock. Made in place, and marked complete at the end."""
    key = cache.key_of(LOCK.read_text(), sys.version_info[:2], sys.base_prefix)
    path = cache.home() / f"tools-{key}"
    complete = path / "complete"
    if not complete.exists():
        with cache.locked("tools"):
            if not complete.exists():
                with step("pip and setuptools from PyPI"):
                    cache.remove_tree(path)
                    run(
                        [sys.executable, "-m", "venv", path],
                        doing="a virtual environment",
                        next_step="run image_build/deps as root (python3-venv)",
                    )
                    run(
                        [path / "bin/pip", "install", "-q", "--require-hashes", "-r", LOCK],
                        doing="installing pip and setuptools",
                        next_step="is PyPI reachable? run the command again",
                    )
                    complete.touch()
    return path / "bin/pip"


def project(name: str) -> Path:
    """A program of the project's environment, e.g. `ansible-playbook`, by full path."""
    program = PROJECT_ENVIRONMENT / "bin" / name
    if not program.exists():
        run(
            [cache.REPOSITORY / "image_build/venv"],
            doing="the project's Python environment",
            next_step="run image_build/venv and read its message",
        )
    return program
