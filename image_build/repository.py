"""The local apt repository: Asterisk rebuilt (until the box's suite carries it) and packages of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from image_build import cache, settings
from image_build.mounts import unmount_below
from image_build.programs import run
from image_build.progress import Problem, step

REBUILD = cache.REPOSITORY / "image_build/asterisk/rebuild"


def asterisk() -> Path | None:
    """The directory of rebuilt Asterisk packages; None when the box's own suite has Asterisk."""
    if settings.ASTERISK_SUITE == settings.BOX_SUITE:
        return None
    key = cache.key_of(
        REBUILD.read_text(),
        settings.BOX_SUITE,
        settings.ASTERISK_SUITE,
        settings.ASTERISK_BACKPORTS,
        settings.ASTERISK_AS_OF,
    )
    path = cache.home() / f"asterisk-{key}"
    if not (path / "Packages").exists():
        with cache.locked("asterisk"):
            if not (path / "Packages").exists():
                _rebuild(path)
    return path


def _rebuild(path: Path) -> None:
    log = path.with_suffix(".log")
    with step(f"Asterisk from {settings.ASTERISK_SUITE}'s source for {settings.BOX_SUITE}, 8 minutes (log: {log})"):
        environment = {
            **os.environ,
            "BOX_SUITE": settings.BOX_SUITE,
            "ASTERISK_SUITE": settings.ASTERISK_SUITE,
            "ASTERISK_BACKPORTS": settings.ASTERISK_BACKPORTS,
        }
        work = path.with_suffix(".work")
        unmount_below(work)  # of a build that was killed
        # Its own steps are shown as they come; what compilers and apt say goes to the log.
        done = subprocess.run([REBUILD, path, work], env=environment, stdout=sys.stderr, check=False)
        if done.returncode:
            raise Problem(
                "asterisk",
                f"rebuilding Asterisk ended with {done.returncode}",
                where=str(log),
                next_step="read the message above and the log; then run the same command again",
            )


def complete() -> Path:
    """A flat apt repository for the box: Asterisk's packages, and two that say what Loopstart brings itself.

    /etc/asterisk belongs to Loopstart (it points into the running generation), so Debian's sample
    configuration is replaced the way Debian provides for: a package that provides `asterisk-config-custom`.
    DAHDI's modules come compiled with the image's kernel, so that no compiler (dkms) is pulled into the box.
    """
    source = asterisk()
    key = cache.key_of(source.name if source else "suite", OURS)

    def make(draft: Path) -> None:
        for package in sorted(source.glob("*.deb")) if source else []:
            os.link(package, draft / package.name)
        for control in OURS:
            tree = draft / "tree"
            (tree / "DEBIAN").mkdir(parents=True)
            (tree / "DEBIAN/control").write_text(control)
            run(["dpkg-deb", "--root-owner-group", "--build", tree, draft], doing="building our own packages")
            cache.remove_tree(tree)
        (draft / "Packages").write_text(run(["apt-ftparchive", "packages", "."], cwd=draft, doing="package list"))
        (draft / "Release").write_text(run(["apt-ftparchive", "release", "."], cwd=draft, doing="package list"))

    return cache.kept("repository", key, make)


OURS = (
    """\
Package: loopstart-asterisk-config
Version: 1
Architecture: all
Maintainer: Loopstart
Section: comm
Priority: optional
Provides: asterisk-config, asterisk-config-custom
Conflicts: asterisk-config
Replaces: asterisk-config
Description: Asterisk's configuration is rendered by Loopstart
 Stands in for Debian's sample configuration: /etc/asterisk is a link into the running generation.
""",
    """\
Package: loopstart-dahdi-modules
Version: 1
Architecture: all
Maintainer: Loopstart
Section: comm
Priority: optional
Provides: dahdi-dkms
Description: DAHDI's kernel modules come with the image's kernel
 Stands in for the package that would compile them on the box.
""",
)
