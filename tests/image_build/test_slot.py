"""What a slot must not hold, and that equal content is equal bytes."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from image_build import sbom, slot
from image_build.progress import Problem

STATUS = """\
Package: {name}
Status: install ok installed
Architecture: amd64
Version: 1.2-3

Package: removed
Status: deinstall ok config-files
Architecture: amd64
Version: 1
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    for folder in ("etc/ssh", "data", "var/log/nginx", "var/cache/apt/archives", "var/lib/dpkg", "usr/share/doc/curl"):
        (root / folder).mkdir(parents=True)
    (root / "etc/machine-id").write_text("")
    (root / "etc/shadow").write_text("root:*:20000:0:99999:7:::\n")
    return root


@pytest.mark.parametrize("path", ["etc/ssh/ssh_host_rsa_key", "data/site", "etc/machine-id"])
def test_a_file_that_boxes_would_share_ends_the_build(tree: Path, path: str) -> None:
    slot.no_secret(tree)
    (tree / path).write_text("0123")
    with pytest.raises(Problem, match=path):
        slot.no_secret(tree)


def test_the_builds_own_traces_go_and_directories_of_services_stay(tree: Path) -> None:
    for path in ("etc/passwd-", "var/log/dpkg.log", "var/log/nginx/access.log", "var/lib/dpkg/status-old"):
        (tree / path).write_text("trace")
    (tree / "etc/machine-id").write_text("0123")
    slot.tidy(tree)
    left = {str(path.relative_to(tree)) for path in tree.rglob("*")}
    assert "var/log/nginx" in left
    assert not left & {"etc/passwd-", "var/log/dpkg.log", "var/log/nginx/access.log", "var/cache/apt"}
    assert (tree / "etc/machine-id").read_bytes() == b""
    assert (tree / "etc/shadow").read_text() == f"root:*:{slot.epoch() // 86400}:0:99999:7:::\n"


def test_two_trees_made_at_different_times_become_the_same_slot(tree: Path, tmp_path: Path) -> None:
    sums = []
    for number, at in enumerate((slot.epoch() + 100, slot.epoch() + 9000)):
        (tree / "etc/hostname").unlink(missing_ok=True)
        (tree / "etc/hostname").write_text("loopstart")
        os.utime(tree / "etc/hostname", (at, at))
        os.utime(tree / "data", (1000, 1000))
        slot.clamp(tree)
        slot.squash(tree, tmp_path / str(number))
        sums.append(hashlib.sha256((tmp_path / str(number)).read_bytes()).hexdigest())
    assert sums[0] == sums[1]
    assert (tree / "data").stat().st_mtime == 1000


def test_the_list_names_what_is_installed_with_its_licences(tree: Path) -> None:
    (tree / "var/lib/dpkg/status").write_text(STATUS.format(name="curl"))
    (tree / "usr/share/doc/curl/copyright").write_text("Files: *\nLicense: curl\n text\nLicense: ISC\n")
    (part,) = sbom.debian(tree)
    assert part["purl"] == "pkg:deb/debian/curl@1.2-3?arch=amd64"
    assert [entry["license"]["name"] for entry in part["licenses"]] == ["ISC", "curl"]
    assert part["properties"][0]["value"] == "/usr/share/doc/curl/copyright"


def test_a_package_without_its_licence_text_ends_the_build(tree: Path) -> None:
    (tree / "var/lib/dpkg/status").write_text(STATUS.format(name="bare"))
    with pytest.raises(Problem, match="bare has no copyright file"):
        list(sbom.debian(tree))
