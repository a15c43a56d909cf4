"""Bundles of the built slot with one small change each, signed with the throw-away key; kept by content.

Packed quickly (gzip at level 1): what is tried is what happens around a slot, not how small it is.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from image_build import bundles, cache

PATIENT = 900
"""Seconds that a new system gets to prove itself under software emulation."""
HASTY = 240
"""The same for one that is meant to fail: long enough for it to start, not for ten minutes of waiting."""


def proof_within(seconds: int) -> dict[str, str]:
    """A drop-in that gives the system so long to prove itself."""
    text = f"[Service]\nExecStart=\nExecStart=/usr/libexec/loopstart/prove --seconds {seconds}\n"
    return {"etc/systemd/system/loopstart-proof.service.d/test.conf": text}


GOOD = proof_within(PATIENT)
CRASHING = proof_within(HASTY) | {
    "etc/systemd/system/loopstartd.service.d/test.conf": "[Service]\nExecStart=\nExecStart=/bin/false\n"
}
SPANLESS = proof_within(HASTY) | {"etc/modprobe.d/test.conf": "install dahdi_dynamic_loc /bin/false\n"}


def bundle(image: Path, version: str, files: Mapping[str, str], **more: str) -> Path:
    """A bundle of the image's slot with these files (path below the root to text) and this version.

    image: the raw image, beside it its slot. more: as :func:`image_build.bundles.pack` takes it.
    """
    slot = variant(image, version, files)
    key = hashlib.sha256(f"{version} {sorted(more.items())}".encode()).hexdigest()[:8]
    target = slot.parent / f"{key}.raucb"
    if not target.exists():
        draft = target.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        bundles.pack(slot, version, draft, **more)
        draft.rename(target)
    return target


def variant(image: Path, version: str, files: Mapping[str, str]) -> Path:
    """The slot with these files in it."""
    folder = image.parent
    key = cache.key_of(folder.name, version, sorted(files.items()))

    def make(draft: Path) -> None:
        root = draft / "root"
        subprocess.run(["unsquashfs", "-q", "-n", "-d", root, folder / "slot.squashfs"], check=True)
        for path, text in {**files, "usr/share/loopstart/version": f"{version}\n"}.items():
            at = root / path
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_text(text)
        os.utime(root / "usr", (0, 0))
        packed = ["-noappend", "-quiet", "-no-progress", "-comp", "gzip", "-Xcompression-level", "1", "-b", "128K"]
        subprocess.run(["mksquashfs", root, draft / "slot.squashfs", *packed], check=True)
        cache.remove_tree(root)

    return cache.kept("variant", key, make) / "slot.squashfs"


def nothing_that_starts(folder: Path, version: str) -> Path:
    """A bundle whose slot is no file system at all."""
    noise, target = folder / "noise", folder / "broken.raucb"
    noise.write_bytes(os.urandom(1 << 20))  # of zeros the bundle would be smaller than RAUC makes one
    bundles.pack(noise, version, target)
    return target
