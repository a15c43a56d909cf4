"""Bundles on the box: the one that is sent up in pieces, and those on USB sticks.

The web may write no file, so what a browser sends comes in pieces over the control socket and is written here. One file
at a time: a new one takes the place of the one before.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import threading
from pathlib import Path

from appliance.apply.durable import sync_directory
from appliance.control.errors import RefusedError
from appliance.model.update import ENDING, HEAD, MAX_BUNDLE, TAIL, BundleFile, fault_of_file, signature_at
from appliance.store.errors import MissingError

RESERVE = 128 << 20
"""Bytes of /data that no upload takes: databases, generations and logs go on."""
_UPLOAD = "upload"


class BundleFiles:
    """Safe to use from any thread.

    folder: for what is sent up. sticks: where USB sticks are mounted, a directory each.
    """

    def __init__(self, folder: Path, sticks: Path) -> None:
        self._folder = folder
        self._sticks = sticks
        self._lock = threading.Lock()

    def begin(self, file: str, size: int) -> BundleFile:
        """Room for a bundle of ``size`` bytes, in the place of the one before. Raises :class:`RefusedError`."""
        if size > MAX_BUNDLE:
            raise RefusedError("update_too_large", mb=_mb(size), max=_mb(MAX_BUNDLE))
        with self._lock:
            self._folder.mkdir(mode=0o750, parents=True, exist_ok=True)
            mine = sum(path.stat().st_blocks * 512 for path in self._parts())
            free = shutil.disk_usage(self._folder).free + mine
            if free < size + RESERVE:
                raise RefusedError("update_disk_full", needed=_mb(size + RESERVE), free=_mb(free))
            for path in self._parts():
                path.unlink()
            name = f"{_UPLOAD}-{secrets.token_hex(8)}"
            (self._folder / f"{name}~{size}~{_safe(file)}").touch(mode=0o640)
            return self._shown(self._find(name))

    def receive(self, name: str, offset: int, data: bytes) -> BundleFile:
        """Write a piece at the end of what has come so far.

        Raises :class:`RefusedError` for a piece that does not follow (``update_piece``, params: expected), is too much,
        or has no room (``update_disk_full``); what had come stays.
        """
        with self._lock:
            path = self._find(name)
            shown = self._shown(path)
            if offset != shown.received or offset + len(data) > shown.size:
                raise RefusedError("update_piece", expected=shown.received)
            with path.open("r+b") as sink:
                sink.seek(offset)
                try:
                    sink.write(data)
                    sink.flush()
                    if offset + len(data) == shown.size:
                        os.fsync(sink.fileno())
                except OSError:
                    sink.truncate(offset)
                    free = shutil.disk_usage(self._folder).free
                    raise RefusedError("update_disk_full", needed=_mb(shown.size - offset), free=_mb(free)) from None
            if offset + len(data) == shown.size:
                sync_directory(self._folder)
            return self._shown(path)

    def drop(self) -> bool:
        """Remove what was sent up. Whether there was anything."""
        with self._lock:
            parts = self._parts()
            for path in parts:
                path.unlink()
            return bool(parts)

    def all(self) -> tuple[BundleFile, ...]:
        """What was sent up, whole or not, and what is on sticks."""
        with self._lock:
            found = [self._shown(path) for path in self._parts()]
        return (*found, *self._on_sticks())

    def get(self, name: str) -> BundleFile:
        """The whole file of this name. Raises :class:`MissingError`, or :class:`RefusedError` when parts are missing,
        or when it cannot be a bundle.
        """
        found = next((one for one in self.all() if one.name == name), None)
        if found is None:
            raise MissingError(noun="bundle", name=name)
        if not found.complete:
            raise RefusedError("update_truncated")
        if found.size > MAX_BUNDLE:
            raise RefusedError("update_too_large", mb=_mb(found.size), max=_mb(MAX_BUNDLE))
        try:
            fault = _fault(Path(found.path))
        except OSError as error:
            raise RefusedError("update_unreadable", detail=error.strerror or str(error)) from None
        if fault is not None:
            raise RefusedError(fault)
        return found

    def _parts(self) -> list[Path]:
        return sorted(self._folder.glob(f"{_UPLOAD}-*~*")) if self._folder.is_dir() else []

    def _find(self, name: str) -> Path:
        path = next((path for path in self._parts() if path.name.partition("~")[0] == name), None)
        if path is None:
            raise MissingError(noun="bundle", name=name)
        return path

    @staticmethod
    def _shown(path: Path) -> BundleFile:
        name, size, file = path.name.split("~", 2)
        received = path.stat().st_size
        return BundleFile(
            name=name, source="upload", file=file, path=str(path), size=int(size), received=received,
            complete=received == int(size),
        )  # fmt: skip

    def _on_sticks(self) -> list[BundleFile]:
        found = []
        for path in sorted(self._sticks.glob(f"*/*{ENDING}")):
            try:
                if not path.is_file() or path.is_symlink():
                    continue
                size = path.stat().st_size
            except OSError:
                continue  # the stick was pulled out
            name = str(path.relative_to(self._sticks))
            found.append(
                BundleFile(name=name, source="stick", file=path.name, path=str(path), size=size, received=size)
            )
        return found


def _fault(path: Path) -> str | None:
    """Why the file cannot be a whole bundle. Raises OSError."""
    with path.open("rb") as source:
        head = source.read(HEAD)
        size = source.seek(0, os.SEEK_END)
        source.seek(max(0, size - TAIL))
        tail = source.read(TAIL)
        source.seek(signature_at(tail, size))
        return fault_of_file(head, source.read(2), tail, size)


def _safe(file: str) -> str:
    """A name for people, as part of a file's name."""
    return re.sub(r"[^A-Za-z0-9._+-]", "_", file)[-80:] or "bundle"


def _mb(octets: int) -> int:
    """Rounded up."""
    return -(-octets // 1_000_000)
