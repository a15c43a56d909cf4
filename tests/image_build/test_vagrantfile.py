"""The Vagrantfile is one that Vagrant takes, with its libvirt provider's own check of the options."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


def validated(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["vagrant", "validate"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_vagrant_takes_it_and_refuses_a_fault_in_it(tmp_path: Path) -> None:
    shutil.copy(TOP / "Vagrantfile", tmp_path)
    done = validated(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    file = tmp_path / "Vagrantfile"
    file.write_text(file.read_text().replace("machine.machine_virtual_size", "machine.machine_virtual_sise"))
    assert validated(tmp_path).returncode != 0
