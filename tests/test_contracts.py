"""Every contract between rooms is proven once: a planted breach is caught, the tree itself keeps it."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PURE_ROOMS = ("model", "render", "live", "acd")

BREACHES = {
    "floors": ("appliance/model/box.py", "import appliance.store"),
    "web-asks": ("web_admin/__init__.py", "import appliance.apply"),
    "appliance-knows-no-web": ("appliance/model/box.py", "import flask"),
    "one-pyst2": ("appliance/control/__init__.py", "import asterisk.manager"),
    "one-sql": ("appliance/apply/__init__.py", "import sqlite3"),
    "one-serial": ("appliance/ami/__init__.py", "import serial"),
    "one-serial-package": ("appliance/hardware/smdr/delivery.py", "import serial"),
    "pure-rooms": ("appliance/live/__init__.py", "import socket"),
}


def contracts() -> dict[str, str]:
    """The id of each contract to its name."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {contract["id"]: contract["name"] for contract in document["tool"]["importlinter"]["contracts"]}


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    wide = os.environ | {"COLUMNS": "200"}  # no name is broken over two lines
    return subprocess.run(command, cwd=tree, env=wide, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", tree)
    for package in ("appliance", "web_admin"):
        shutil.copytree(
            ROOT / package,
            tree / package,
            ignore=shutil.ignore_patterns("__pycache__", "node_modules", "vendor", "translations"),
        )
    return tree


def test_every_contract_has_a_breach_here() -> None:
    assert sorted(contracts()) == sorted(BREACHES)


def test_the_tree_keeps_every_contract_and_each_catches_its_breach(copy: Path) -> None:
    kept = lint(copy)
    assert kept.returncode == 0, kept.stdout + kept.stderr
    for name, line in BREACHES.values():
        module = copy / name
        module.write_text(f"{module.read_text()}\n{line}\n")
    broken = lint(copy)
    assert broken.returncode == 1, broken.stdout + broken.stderr
    _, _, told = broken.stdout.partition("Broken contracts")
    found = {contract: told.partition(f"\n{name}\n---")[2].split("\n\n\n")[0] for contract, name in contracts().items()}
    for contract, (name, line) in BREACHES.items():
        importer = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        imported = line.removeprefix("import ")
        # The linter keeps no more of a package from outside than its first name.
        known = imported if imported.startswith("appliance.") else imported.partition(".")[0]
        assert re.findall(r"(\S+) -> (\S+) \(l\.\d+\)", found[contract]) == [(importer, known)], contract


def impurities(source: str) -> list[str]:
    """Calls that reach outside although no import gives them away: built-in file access, and the clock."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        last = called.rsplit(".", 1)[-1]
        if called in {"open", "input", "print", "exec", "eval", "__import__", "Path"} or (
            last in {"now", "utcnow", "today"} and called.split(".")[0] in {"datetime", "date", "dt"}
        ):
            found.append(f"line {node.lineno}: {called}")
    return found


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_a_pure_room_opens_nothing_and_reads_no_clock(room: str) -> None:
    found = {
        str(path.relative_to(ROOT)): lines
        for path in sorted((ROOT / "appliance" / room).rglob("*.py"))
        if (lines := impurities(path.read_text()))
    }
    assert found == {}


@pytest.mark.parametrize("line", ["open('x')", "datetime.now()", "date.today()", "print('x')", "Path('x')"])
def test_an_impure_call_is_seen(line: str) -> None:
    assert impurities(line)
