"""Which card each driver claims: `hw_profiles/aliases.yaml`, made from the compiled modules.

Committed, so that the profiles can be checked without building the drivers; a test on the box compares it with the
modules that are really there.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from image_build import cache, repository
from image_build.programs import run

LIST = cache.REPOSITORY / "hw_profiles/aliases.yaml"
HEADER = """\
# Made by image_build/aliases from loopstart-dahdi-modules {version}; do not edit.
# Every kernel module of DAHDI, with the cards it claims as the kernel writes them (modalias patterns). A module
# without any is an echo canceller or a part of other drivers.
"""


def listed(package: Path) -> str:
    """The text of the list for this package of modules."""
    version = run(["dpkg-deb", "--field", package, "Version"], doing="reading the drivers' package").strip()
    with tempfile.TemporaryDirectory() as folder:
        run(["dpkg-deb", "--extract", package, folder], doing="unpacking the drivers")
        modules = {
            path.name.partition(".ko")[0]: run(["modinfo", "-F", "alias", path], doing="reading a driver").split()
            for path in Path(folder).rglob("*.ko*")
        }
    lines = [HEADER.format(version=version)]
    for module, aliases in sorted(modules.items()):
        cards = sorted(alias for alias in aliases if alias.startswith(("pci:", "usb:")))
        lines.append(f"{module}:{'' if cards else ' []'}\n" + "".join(f'  - "{alias}"\n' for alias in cards))
    return "".join(lines)


def write() -> Path:
    """Make the list anew; builds the drivers when they are missing."""
    (package,) = repository.dahdi().glob("loopstart-dahdi-modules_*.deb")
    LIST.write_text(listed(package))
    return LIST
