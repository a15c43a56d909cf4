"""Front-end files from npm, copied into web_admin/static/vendor (git-ignored), so that they are in the wheel.

web_admin/package-lock.json pins every package by hash; web_admin/assets.json lists the files that the web
needs: `[{"from": "node_modules/...", "to": "name below static/vendor"}]`. Nothing else of npm's reaches the
box.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from image_build import cache
from image_build.programs import run
from image_build.progress import Problem, say, step

WEB = cache.REPOSITORY / "web_admin"
VENDOR = WEB / "static/vendor"
MANIFESTS = tuple(WEB / name for name in ("package.json", "package-lock.json", "assets.json"))


def bring() -> None:
    """Make static/vendor hold exactly the listed files. Quick when it does already."""
    if not all(path.exists() for path in MANIFESTS):
        say("front-end assets: web_admin has no package.json, package-lock.json and assets.json yet; skipped")
        return
    source = cache.kept("assets", cache.key_of_files(MANIFESTS), _collect)
    with cache.locked("vendor"):
        if (VENDOR / ".key").exists() and (VENDOR / ".key").read_text() == source.name:
            return
        draft = VENDOR.with_name("vendor.draft")
        cache.remove_tree(draft)
        shutil.copytree(source, draft)
        (draft / ".key").write_text(source.name)
        cache.remove_tree(VENDOR)
        draft.rename(VENDOR)


def _collect(draft: Path) -> None:
    with step("front-end assets from npm"):
        packages = draft / "npm"
        packages.mkdir()
        for manifest in MANIFESTS[:2]:
            shutil.copy(manifest, packages)
        run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--cache", cache.home() / "npm"],
            doing="npm ci",
            cwd=packages,
            env={**os.environ, "NODE_ENV": "production"},
            next_step="is the npm registry reachable? does package-lock.json match package.json?",
        )
        for entry in json.loads(MANIFESTS[2].read_text()):
            wanted, target = packages / entry["from"], draft / entry["to"]
            if not wanted.is_file():
                raise Problem(
                    "no-asset",
                    f"{entry['from']} is in no package",
                    where=str(MANIFESTS[2]),
                    next_step="correct its path, or add the package to web_admin/package.json",
                )
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(wanted, target)
        shutil.rmtree(packages)
