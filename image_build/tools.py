"""The build's own Python tools (Ansible, pip, setuptools), in a virtual environment kept by its lock's hash."""

from __future__ import annotations

import sys
from pathlib import Path

from image_build import cache
from image_build.programs import run
from image_build.progress import step

LOCK = cache.REPOSITORY / "image_build/requirements.txt"


def environment() -> Path:
    """The virtual environment's directory. Not relocatable: made in place, and marked complete at the end."""
    key = cache.key_of(LOCK.read_text(), sys.version_info[:2], sys.base_prefix)
    path = cache.home() / f"tools-{key}"
    complete = path / "complete"
    if not complete.exists():
        with cache.locked("tools"):
            if not complete.exists():
                with step("build tools (Ansible) from PyPI"):
                    cache.remove_tree(path)
                    run([sys.executable, "-m", "venv", path], doing="a virtual environment",
                        next_step="run image_build/deps as root (python3-venv)")
                    run([path / "bin/pip", "install", "-q", "--require-hashes", "-r", LOCK],
                        doing="installing the build tools", next_step="is PyPI reachable? run the command again")
                    complete.touch()
    return path


def program(name: str) -> Path:
    return environment() / "bin" / name
