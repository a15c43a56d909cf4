"""Update bundles: a slot's content with its version and the hardware it is for, signed (RAUC, verity format)."""

from __future__ import annotations

import os
from pathlib import Path

from image_build import cache, signing
from image_build.programs import run
from image_build.progress import step

COMPATIBLE = "loopstart-amd64"  # ansible/roles/disk: a box refuses what names another


def bundle(image: Path) -> Path:
    """The bundle of an image's slot (a directory of `image_command.image`), built when missing."""
    version = (image / "version").read_text()

    def make(draft: Path) -> None:
        with step("update bundle"):
            pack(image / "slot.squashfs", version, draft / f"loopstart-{version}.raucb")

    return next(cache.kept("bundle", image.name.removeprefix("image-"), make).glob("*.raucb"))


def pack(slot: Path, version: str, target: Path, compatible: str = COMPATIBLE) -> None:
    """Sign a slot's content as a bundle. The slot is packed already, so the bundle around it is not packed again."""
    content = target.with_suffix(".content")
    content.mkdir()
    os.link(slot, content / "slot.img")
    (content / "manifest.raucm").write_text(
        f"[update]\ncompatible={compatible}\nversion={version}\n\n"
        "[bundle]\nformat=verity\n\n[image.rootfs]\nfilename=slot.img\n"
    )
    key = signing.folder()
    run(
        [
            *["rauc", "bundle", f"--cert={key / 'certificate.pem'}", f"--key={key / 'key.pem'}"],
            *[f"--keyring={key / 'keyring.pem'}", "--mksquashfs-args=-noI -noD -noF -noX", content, target],
        ],
        doing="the bundle",
    )
    cache.remove_tree(content)
