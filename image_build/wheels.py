"""Python packages for the box: the locked dependencies as wheels, and our own project as one wheel.

The host's Python differs from the box's (3.11 and 3.13, say), so markers are evaluated for the box here and
pip is told the box's platform. Hashes are checked by pip on download, and again when the box installs from
this directory.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from image_build import assets, cache, settings, tools
from image_build.programs import run
from image_build.progress import Problem, step

BOX_LOCK = cache.REPOSITORY / "requirements/box.txt"
PROJECT = [cache.REPOSITORY / name for name in ("pyproject.toml", "README.md", "appliance", "web_admin", "hw_profiles")]
# Published as source only; pure Python, so one wheel fits everywhere.
SOURCE_ONLY = ("pyst2",)


def entries(lock: str) -> Iterator[str]:
    """The lock's entries: a name line with its continuation lines."""
    for entry in re.split(r"(?m)^(?=[A-Za-z0-9])", lock):
        if re.match(r"[A-Za-z0-9][\w.-]*==", entry):
            yield entry


def wheelhouse() -> Path:
    """A directory of wheels for everything in the lock, and requirements.txt naming them by hash.

    pip itself is among them (sqlite-utils depends on it): the box's environment is filled by running that
    wheel.
    """
    if not BOX_LOCK.exists():
        raise Problem("no-lock", "the box's dependency lock is missing", where=str(BOX_LOCK), next_step="see README.md")
    key = cache.key_of(
        BOX_LOCK.read_text(),
        tools.LOCK.read_text(),
        settings.BOX_PYTHON,
        settings.BOX_MACHINE,
        SOURCE_ONLY,
    )
    return cache.kept("wheels", key, _collect)


def _collect(draft: Path) -> None:
    with step("wheels of the box's Python dependencies"):
        wanted = list(entries(BOX_LOCK.read_text()))
        sources = [entry for entry in wanted if entry.split("==")[0] in SOURCE_ONLY]
        binaries = [_for_the_box(entry) for entry in wanted if entry not in sources]
        (draft / "binary.txt").write_text("".join(binaries))
        (draft / "source.txt").write_text("".join(sources))
        pip = tools.pip()
        platforms = [f"--platform=manylinux_2_{minor}_{settings.BOX_MACHINE}" for minor in range(5, 42)]
        run(
            [
                pip,
                "download",
                "-q",
                "--no-deps",
                "--require-hashes",
                "--only-binary=:all:",
                "--implementation=cp",
                f"--python-version={settings.BOX_PYTHON}",
                f"--abi=cp{settings.BOX_PYTHON.replace('.', '')}",
                "--abi=abi3",
                "--abi=none",
                *platforms,
                f"--platform=linux_{settings.BOX_MACHINE}",
                "-d",
                draft,
                "-r",
                draft / "binary.txt",
            ],
            doing="downloading wheels",
            next_step="is PyPI reachable? a package without a wheel belongs in SOURCE_ONLY",
        )
        run(
            [
                pip,
                "wheel",
                "-q",
                "--no-deps",
                "--no-build-isolation",
                "--require-hashes",
                "--no-binary=:all:",
                "-w",
                draft,
                "-r",
                draft / "source.txt",
            ],
            doing="building wheels from source packages",
        )
        # What the box installs: the same versions, by the hashes of the files that are really here.
        (draft / "requirements.txt").write_text(_installable(draft, wanted))


def _for_the_box(entry: str) -> str:
    """Drop the marker: pip would evaluate it for the host."""
    first, _, rest = entry.partition("\n")
    if ";" not in first:
        return entry
    marker = first.split(";", 1)[1].rstrip(" \\")
    if "implementation" not in marker:
        raise Problem(
            "marker",
            f"cannot decide for the box: {first}",
            where=str(BOX_LOCK),
            next_step="compile box.txt for the box's Python, or teach image_build/wheels.py this marker",
        )
    return first.split(";", 1)[0].rstrip() + " \\\n" + rest


def _installable(draft: Path, wanted: list[str]) -> str:
    """A requirements file with one hash per wheel here (one built here has a hash no lock can know)."""
    found = {re.sub(r"[-_.]+", "-", path.name.split("-")[0]).lower(): path for path in sorted(draft.glob("*.whl"))}
    lines = []
    for entry in wanted:
        name, version = re.match(r"([\w.-]+)==([^\s;\\]+)", entry).groups()  # type: ignore[union-attr]
        path = found.get(re.sub(r"[-_.]+", "-", name).lower())
        if path is None:
            raise Problem("no-wheel", f"no wheel came for {name}=={version}", where=str(draft))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"{name}=={version} --hash=sha256:{digest}\n")
    return "".join(lines)


def project_wheel() -> Path:
    """The directory that holds the project's wheel (`loopstart-*.whl`), built from the working tree.

    What git does not keep but the box needs is made first: style sheets and scripts from npm, compiled translations.
    """
    assets.bring()
    run(
        [tools.project("python"), "-m", "web_admin.catalogue", "compile"],
        cwd=cache.REPOSITORY,
        doing="compiling the translations",
        next_step="make check names what is wrong in web_admin/translations",
    )
    with cache.snapshot(PROJECT) as (tree, key):

        def make(draft: Path) -> None:
            with step("the project's wheel"):
                if not (tree / "README.md").exists():
                    (tree / "README.md").write_text("Loopstart\n")
                run(
                    [tools.pip(), "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", draft, tree],
                    doing="building the project's wheel",
                    next_step="see the message above; pyproject.toml names what is packaged",
                )

        return cache.kept("project", cache.key_of(key, tools.LOCK.read_text()), make)
