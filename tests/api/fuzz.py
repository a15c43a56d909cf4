"""Schemathesis against a served API: every operation, valid and invalid requests, answers held to the document."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

# The document cannot say what only the whole site decides: that a number is free, a time zone exists, a secret is not
# easily guessed. A request that breaks such a rule is refused although its shape is right.
NOT_CHECKED = ("positive_data_acceptance",)


def fuzz(
    document: str,
    token: str,
    *more: str,
    examples: int = 12,
    ca: Path | None = None,
    unchecked: tuple[str, ...] = (),
) -> str | None:
    """Run schemathesis; None when it found nothing, else what it said.

    document: address or path of the OpenAPI document; examples: per operation and phase; ca: of the server;
    unchecked: checks of schemathesis to leave out.
    """
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "run", document, "--no-color",
        "--header", f"Authorization: Bearer {token}", "--max-examples", str(examples), "--continue-on-failure",
        "--generation-deterministic", "--suppress-health-check", "all",
        "--exclude-checks", ",".join(NOT_CHECKED + unchecked), "--warnings", "off", "--request-timeout", "30", *more,
    ]  # fmt: skip
    if ca is not None:
        command += ["--tls-verify", str(ca)]
    with tempfile.TemporaryDirectory() as work:  # it keeps the crashes it found in its working directory
        ended = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=400, check=False)
    return None if ended.returncode == 0 else ended.stdout[-8000:] + ended.stderr[-2000:]
