"""The local apt repository: Asterisk rebuilt (until the box's suite carries it), card drivers, packages of ours."""

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
DAHDI = cache.REPOSITORY / "image_build/dahdi"


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
    return _made(
        f"asterisk-{key}",
        f"Asterisk from {settings.ASTERISK_SUITE}'s source for {settings.BOX_SUITE}, 8 minutes",
        REBUILD,
        BOX_SUITE=settings.BOX_SUITE,
        ASTERISK_SUITE=settings.ASTERISK_SUITE,
        ASTERISK_BACKPORTS=settings.ASTERISK_BACKPORTS,
    )


def dahdi() -> Path:
    """The directory of DAHDI's drivers: as a DKMS package, as compiled modules, and the kernel they are for.

    Beside the packages, KERNEL holds that kernel's release.
    """
    key = cache.key_of(
        cache.key_of_files([DAHDI]),
        settings.BOX_SUITE,
        settings.DAHDI_SUITE,
        settings.DAHDI_MORE_SUITE,
        settings.DAHDI_AS_OF,
    )
    return _made(
        f"dahdi-{key}",
        f"card drivers of {settings.DAHDI_SUITE} and {settings.DAHDI_MORE_SUITE}, and their kernel, 5 minutes",
        DAHDI / "build",
        BOX_SUITE=settings.BOX_SUITE,
        DAHDI_SUITE=settings.DAHDI_SUITE,
        DAHDI_MORE_SUITE=settings.DAHDI_MORE_SUITE,
    )


def _made(name: str, title: str, recipe: Path, **environment: str) -> Path:
    """The directory of this name in the cache, made by this recipe when missing.

    A recipe is called with the directory to make and a scratch directory; its log is beside the former.
    """
    path = cache.home() / name
    if path.is_dir():
        return path
    kind = name.partition("-")[0]
    with cache.locked(kind):
        if path.is_dir():
            return path
        log, work = path.with_suffix(".log"), path.with_suffix(".work")
        with step(f"{title} (log: {log})"):
            unmount_below(work)  # of a build that was killed
            # Its own steps are shown as they come; what compilers and apt say goes to the log.
            done = subprocess.run(
                [recipe, path, work], env={**os.environ, **environment}, stdout=sys.stderr, check=False
            )
            if done.returncode:
                raise Problem(
                    kind,
                    f"{recipe.relative_to(cache.REPOSITORY)} ended with {done.returncode}",
                    where=str(log),
                    next_step="read the message above and the log; then run the same command again",
                )
    return path


def complete() -> Path:
    """A flat apt repository for the box: Asterisk's packages, the card drivers with their kernel, and one of ours.

    /etc/asterisk belongs to Loopstart (it points into the running generation), so Debian's sample
    configuration is replaced the way Debian provides for: a package that provides `asterisk-config-custom`.
    DAHDI's modules come compiled with the image's kernel, so that no compiler (dkms) is pulled into the box.
    """
    sources = [source for source in (asterisk(), dahdi()) if source]
    key = cache.key_of([source.name for source in sources], OURS)

    def make(draft: Path) -> None:
        for package in sorted(package for source in sources for package in source.glob("*.deb")):
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
)
