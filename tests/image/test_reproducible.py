"""Two builds of one root give the same slot, byte for byte; when not, the files that differ are named."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.image, pytest.mark.timeout(900)]


def test_a_second_build_gives_the_same_slot(image: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    subprocess.run([TOP / "image_build/image", "--again", again], check=True, capture_output=True)
    first, second = image.parent / "slot.squashfs", again / "slot.squashfs"
    if subprocess.run(["cmp", "--silent", first, second], check=False).returncode:
        pytest.fail("\n".join(["these differ:", *different(first, second, tmp_path)]))
    assert (again / "sbom.json").read_bytes() == (image.parent / "sbom.json").read_bytes()
    assert (again / "BOOTX64.EFI").read_bytes() == (image.parent / "BOOTX64.EFI").read_bytes()


def different(first: Path, second: Path, folder: Path) -> list[str]:
    """Names of files whose content differs."""
    for number, slot in enumerate((first, second)):
        subprocess.run(["unsquashfs", "-q", "-n", "-d", folder / str(number), slot], check=True, capture_output=True)
    shown = subprocess.run(
        ["diff", "-rq", "--no-dereference", folder / "0", folder / "1"], capture_output=True, text=True, check=False
    )
    return shown.stdout.splitlines() or ["only rights, times, order or the file system's own tables"]
