"""The repository names no archive: addresses belong to the machine that builds."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

TOP = Path(__file__).parents[2]
HOSTS = re.compile(
    rb"deb\.debian\.org|security\.debian\.org|pypi\.org|pythonhosted\.org|registry\.npmjs|ftp\.[a-z]+\.debian"
)


def test_no_file_names_a_package_archive() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=TOP, capture_output=True, check=True,
    ).stdout  # fmt: skip
    paths = [TOP / name.decode() for name in listed.split(b"\0") if name]
    named = [str(path) for path in paths if path.is_file() and HOSTS.search(path.read_bytes())]
    assert [name for name in named if name != str(Path(__file__))] == []
