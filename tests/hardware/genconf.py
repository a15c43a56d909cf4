"""Run dahdi-tools' ``dahdi_genconf`` on a tree, and read what it writes.

It takes another root from ``DAHDI_VIRT_TOP``. Two of its questions go to the kernel instead: which signalling an
analog channel can be given (it tries ``dahdi_cfg``), and on which side a BRI port is (``dahdi_scan``). Both are
answered from the tree here, as the kernel would by the driver's source.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

CFG = """#!/bin/sh
IFS='=' read -r sig num
case $sig in fxoks) want=FXOKS;; fxsks) want=FXSKS;; *) exit 1;; esac
for d in "$DAHDI_VIRT_TOP"/sys/bus/dahdi_spans/devices/*/dahdi!chan!*; do
    [ "$(cat "$d/channo")" = "$num" ] && { grep -qw $want "$d/sigcap"; exit; }
done
exit 1
"""
SCAN = """#!/bin/sh
for s in "$DAHDI_VIRT_TOP"/sys/bus/dahdi_spans/devices/span-*; do
    t=$(cat "$s/spantype"); echo "[${s##*-}]"; echo "type=digital-${t#BRI_}"
done
"""


def installed() -> tuple[Path, Path] | None:
    """The program and its Perl modules: of this machine, or of the root that the image build made last."""
    found = shutil.which("dahdi_genconf", path=f"{os.environ['PATH']}:/usr/sbin")
    if found:
        return Path(found), Path("/usr/share/perl5")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "loopstart"
    roots = sorted(cache.glob("base-*/root"), key=lambda root: root.stat().st_mtime, reverse=True)
    for root in roots:
        if (root / "usr/sbin/dahdi_genconf").exists() and (root / "usr/share/perl5/Dahdi.pm").exists():
            return root / "usr/sbin/dahdi_genconf", root / "usr/share/perl5"
    return None


def run(program: tuple[Path, Path], tree: Path, work: Path) -> tuple[str, str, str]:
    """``system.conf``, ``dahdi-channels.conf`` and the list of modules, without comments. Raises AssertionError with
    what it said when it gave up.
    """
    work.mkdir()
    for name, text in (("dahdi_cfg", CFG), ("dahdi_scan", SCAN)):
        (work / name).write_text(text)
        (work / name).chmod(0o755)
    outputs = {
        "DAHDI_CONF_FILE": "system.conf",
        "CHAN_DAHDI_CHANNELS_FILE": "channels.conf",
        "DAHDI_MODULES_FILE": "modules",
    }
    environment = os.environ | {name: str(work / file) for name, file in outputs.items()}
    environment |= {
        "DAHDI_VIRT_TOP": str(tree),
        "DAHDI_CFG": str(work / "dahdi_cfg"),
        "PATH": f"{work}:{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["perl", "-I", str(program[1]), str(program[0]), "system", "chandahdi", "modules"],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    texts = ((work / file).read_text() for file in outputs.values())
    system, channels, modules = (re.sub(r"^\s*[#;].*\n|^\s*\n", "", text, flags=re.M) for text in texts)
    return system, channels, modules
