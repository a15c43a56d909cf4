"""The list of everything in a root, with versions, licences and where their texts are (CycloneDX 1.5, JSON).

Sources: dpkg's database, the Python environment's metadata, and the npm packages whose files the web ships.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_string
from pathlib import Path
from typing import Any

from image_build import assets, disk
from image_build.progress import Problem

Component = dict[str, Any]


def document(root: Path, version: str, epoch: int) -> str:
    """The list as JSON text; equal roots give equal text."""
    parts = sorted([*debian(root), *python(root), *npm()], key=lambda part: str(part["purl"]))
    serial = uuid.uuid5(disk.NAMES, json.dumps(parts, sort_keys=True) + version)
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat().replace("+00:00", "Z"),
            "component": {"type": "operating-system", "name": "loopstart", "version": version},
        },
        "components": parts,
    }
    return json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def debian(root: Path) -> Iterator[Component]:
    """Every installed package, with the licences its copyright file names (DEP 5) and that file's path."""
    for paragraph in (root / "var/lib/dpkg/status").read_text().split("\n\n"):
        fields = message_from_string(paragraph)
        if "Package" not in fields or not str(fields["Status"]).endswith(" installed"):
            continue
        name, version, machine = fields["Package"], fields["Version"], fields["Architecture"]
        path = Path("usr/share/doc") / name / "copyright"
        text = (root / path).read_text(errors="replace") if (root / path).exists() else ""
        if not text and name.startswith("loopstart-"):
            text = "License: Loopstart"
        found = sorted(set(re.findall(r"(?m)^License:[ \t]*(\S.*?)\s*$", text)))
        if not text:
            raise Problem(
                "no-licence",
                f"{name} has no copyright file",
                where=str(root / path),
                next_step="let DPKG_OPTIONS of image_build/settings.py keep it",
            )
        yield {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:deb/debian/{name}@{version}?arch={machine}",
            "licenses": [{"license": {"name": licence}} for licence in found]
            or [{"license": {"name": "see the text"}}],
            "properties": [{"name": "loopstart:licence-text", "value": f"/{path}"}],
        }


def python(root: Path) -> Iterator[Component]:
    """What is in the box's Python environment."""
    for metadata in sorted(root.glob("opt/loopstart/lib/python3*/site-packages/*.dist-info/METADATA")):
        fields = message_from_string(metadata.read_text())
        name, version = fields["Name"], fields["Version"]
        classes = [line.split(" :: ")[-1] for line in fields.get_all("Classifier", []) if line.startswith("License ::")]
        licence = (
            fields["License-Expression"] or ", ".join(classes) or (fields["License"] or "see the text").split("\n")[0]
        )
        texts = [f for f in sorted(metadata.parent.rglob("*")) if re.match(r"(?i)licen[cs]e|copying|notice", f.name)]
        yield {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name.lower()}@{version}",
            "licenses": [{"license": {"name": licence}}],
            "properties": [
                {"name": "loopstart:licence-text", "value": f"/{text.relative_to(root)}"}
                for text in texts
                if text.is_file()
            ],
        }


def npm() -> Iterator[Component]:
    """The npm packages that the web's shipped files come from."""
    locked = json.loads(assets.MANIFESTS[1].read_text())["packages"]
    wanted = {entry["from"] for entry in json.loads(assets.MANIFESTS[2].read_text())}
    for path, facts in sorted(locked.items()):
        if path and any(name.startswith(f"{path}/") for name in wanted):
            name = path.rpartition("node_modules/")[2]
            yield {
                "type": "library",
                "name": name,
                "version": facts["version"],
                "purl": f"pkg:npm/{name.replace('@', '%40')}@{facts['version']}",
                "licenses": [{"license": {"name": facts.get("license", "see the package")}}],
            }
