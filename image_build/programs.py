"""Running the host's programs: output kept in a log, and shown only when the program failed."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from image_build.progress import Problem


def run(
    command: Sequence[str | Path],
    *,
    doing: str,
    next_step: str = "",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    log: Path | None = None,
    stdin: str | None = None,
) -> str:
    """Run to the end and return standard output.

    Raises `Problem` naming the program, its exit code and the last lines it wrote. With `log`, both streams
    go to that file (appended) and nothing is returned.
    """
    words = [str(word) for word in command]
    try:
        if log is None:
            done = subprocess.run(
                words,
                capture_output=True,
                text=True,
                env=env,
                cwd=cwd,
                input=stdin,
                check=False,
            )
            written = done.stdout + done.stderr
        else:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("a") as sink:
                done = subprocess.run(
                    words,
                    stdout=sink,
                    stderr=subprocess.STDOUT,
                    text=True,
                    env=env,
                    cwd=cwd,
                    stdin=subprocess.DEVNULL,
                    check=False,
                )
            written = ""
    except FileNotFoundError:
        raise Problem(
            "program-missing",
            f"{words[0]} is not installed",
            where=doing,
            next_step="run image_build/deps as root",
        ) from None
    if done.returncode == 0:
        return done.stdout or ""
    if log is not None:
        written = log.read_text(errors="replace")
    tail = "\n".join("    " + line for line in written.strip().splitlines()[-25:])
    raise Problem(
        "program-failed",
        f"{doing}: {words[0]} ended with {done.returncode}\n{tail}",
        where=" ".join(words)[:300] + (f" (log: {log})" if log else ""),
        next_step=next_step,
    )
