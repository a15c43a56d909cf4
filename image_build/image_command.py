"""The flashed image, from the command line: what is missing is built, then its paths, sizes and time are printed."""

from __future__ import annotations

import argparse
import io
import json
import math
import os
import shutil
import sys
import tarfile
import time
from pathlib import Path

from image_build import boot, cache, disk, root, signing, slot
from image_build.programs import run
from image_build.progress import Problem, step

# What the image is made by, beside the layers: any change gives another image.
RECIPE = [
    cache.REPOSITORY / "image_build" / name
    for name in ("boot.py", "disk.py", "grub", "image_command.py", "sbom.py", "settings.py", "signing.py", "slot.py")
]
VERSION = cache.REPOSITORY / "appliance/__init__.py"


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="image_build/image", description=__doc__)
    parser.add_argument("--raw", action="store_true", help="only the raw disk image, as the tests boot it")
    parser.add_argument("--output", type=Path, metavar="DIR", help="put what is built there too")
    parser.add_argument(
        "--box", type=Path, metavar="FILE", help="a box for Vagrant (libvirt), as the Vagrantfile uses it"
    )
    parser.add_argument("--again", metavar="DIR", type=Path, help="build the slot once more into DIR (must not exist)")
    options = parser.parse_args(words)
    os.environ["PATH"] = f"{os.environ.get('PATH', '/usr/bin:/bin')}:/usr/sbin:/sbin"
    begun = time.monotonic()
    try:
        layers = root.layers()
        if options.again:
            options.again.mkdir(parents=True)
            slot.make(layers, options.again, version(layers))
            print(options.again / "slot.squashfs")
            return 0
        made = image(layers)
        if options.box:
            vagrant_box(flashable(made), options.box)
            return 0
        shown = [made / "loopstart.img"]
        if not options.raw:
            packed = flashable(made)
            shown = sorted(packed.iterdir())
            if options.output:
                options.output.mkdir(parents=True, exist_ok=True)
                for path in shown:
                    shutil.copyfile(path, options.output / path.name)
                shown = [options.output / path.name for path in shown]
        for path in shown:
            print(f"{path}  {path.stat().st_size / 1e6:.1f} MB")
        print(f"image {version(layers)} after {time.monotonic() - begun:.0f} s", file=sys.stderr)
    except Problem as problem:
        print(problem.text(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def key(layers: list[Path]) -> str:
    names = [layer.parent.name for layer in layers]
    return cache.key_of(names, cache.key_of_files(RECIPE), signing.keyring())


def version(layers: list[Path]) -> str:
    """The project's version and a key of the content: equal content has an equal version."""
    facts: dict[str, str] = {}
    exec(VERSION.read_text(), facts)  # noqa: S102  (our own file; importing it would need the project's environment)
    return f"{facts['VERSION']}+{key(layers)}"


def image(layers: list[Path]) -> Path:
    """The directory with the slot, the list of packages and the raw disk, built when missing."""

    def make(draft: Path) -> None:
        slot.make(layers, draft, version(layers))
        signing.sign(draft / "sbom.json", draft / "sbom.json.p7s")
        with step("disk"):
            boot.partition(draft / "esp", draft / "BOOTX64.EFI", slot.epoch())
            disk.data(draft / "data", slot.epoch())
            contents = {"loopstart-esp": "esp", "loopstart-a": "slot.squashfs", "loopstart-data": "data"}
            disk.assemble(draft / "loopstart.img", {name: draft / file for name, file in contents.items()})
            (draft / "esp").unlink()
            (draft / "data").unlink()
        (draft / "version").write_text(version(layers))

    return cache.kept("image", key(layers), make)


def flashable(made: Path) -> Path:
    """What people download: the image compressed, as qcow2, the signed list of packages, and their sums."""

    def make(draft: Path) -> None:
        name = f"loopstart-{(made / 'version').read_text()}"
        source = made / "loopstart.img"
        with step("compressed image and qcow2"):
            run(["zstd", "-q", "-T0", "-9", "--sparse", source, "-o", draft / f"{name}.img.zst"], doing="compressing")
            run(
                ["qemu-img", "convert", "-c", "-f", "raw", "-O", "qcow2", source, draft / f"{name}.qcow2"],
                doing="the qcow2 image",
            )
        shutil.copyfile(made / "sbom.json", draft / f"{name}.cdx.json")
        shutil.copyfile(made / "sbom.json.p7s", draft / f"{name}.cdx.json.p7s")
        files = sorted(path.name for path in draft.iterdir())
        sums = run(["sha256sum", *files], doing="sums", cwd=draft)
        (draft / "SHA256SUMS").write_text(sums)

    return cache.kept("flashable", made.name.removeprefix("image-"), make)


def vagrant_box(packed: Path, box: Path) -> None:
    """The qcow2 image as a box of Vagrant's: a tar with what the provider must know (vagrant-libvirt, box format)."""
    mark = box.with_suffix(".made")
    if box.exists() and mark.exists() and mark.read_text() == packed.name:
        return
    box.parent.mkdir(parents=True, exist_ok=True)
    facts = json.dumps({"provider": "libvirt", "format": "qcow2", "virtual_size": math.ceil(disk.SIZE / (1 << 30))})
    with step("box for Vagrant"), tarfile.open(box, "w") as tar:
        entry = tarfile.TarInfo("metadata.json")
        entry.size = len(facts)
        tar.addfile(entry, io.BytesIO(facts.encode()))
        tar.add(next(packed.glob("*.qcow2")), "box.img")
    mark.write_text(packed.name)
