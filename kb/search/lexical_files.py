"""Where postings lie on disk: a folder beside the store, made again where it is of no use.

Every part is a file that never changes once it is written; the manifest that names them is
replaced in one step. What does not fit the store or has changed is left out of account.
"""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Container
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from kb.search.postings import PART, Part, Postings
from kb.search.substrings import Lines
from kb.store.manifest import digest_of, read_manifest, write_manifest
from kb.store.store import Store

LEAST = 2_000
"""Smaller stores are left to FTS5; so many new passages make a part that is kept."""

_SPARSE = 1.5
"""Postings of so many times what there is are made anew: the rest has gone."""

_FORMAT = 3
_MOST_PARTS = 12
_ARRAYS = ("keys", "starts", "rows", "impacts")
_LINES = ("text", "offsets", "runs")


class WordFiles:
    """Keeps a store's postings: opened once, extended when much was added since."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.folder = store.path.with_name(f"{store.path.name}.words")
        self._turn = threading.Lock()
        self._made: tuple[str, Postings] | None = None

    def postings(self, passages: int, average: float) -> Postings:
        """Return postings of all passages, so many of so many words; none of a small store.

        While one thread extends them the others get them as they were.
        """
        fingerprint = self._fingerprint()
        if not self._turn.acquire(blocking=self._made is None or self._made[0] != fingerprint):
            return self._made[1] if self._made else Postings()
        try:
            if self._made is None or self._made[0] != fingerprint:
                self._made = (fingerprint, self._opened(fingerprint))
            known = self._made[1]
            if sum(map(len, known.parts)) > max(LEAST, _SPARSE * passages):
                known = Postings()
            tail = self._tail(known)
            if tail > LEAST:
                known = self._extended(known, average)
                self._made = (fingerprint, known)
                self._save(fingerprint, known)
            elif tail and known.parts:
                return known.extended(self._store.connection, average)
            return known
        finally:
            self._turn.release()

    def _fingerprint(self) -> str:
        return f"{_FORMAT}@{self._store.setting('recipe')}@{self._store.setting('identity')}"

    def _tail(self, known: Postings) -> int:
        row = self._store.connection.execute(
            "select count(*) from passages where key > ?", (known.upto,)
        ).fetchone()
        return int(row[0])

    def _extended(self, known: Postings, average: float) -> Postings:
        """Make a part of what is new, of the smaller ones before it too if they are many."""
        parts = known.parts
        if sum(len(part) < PART for part in parts) > _MOST_PARTS:
            while parts and len(parts[-1]) < PART // 4:
                parts = parts[:-1]
            known = Postings(parts, int(parts[-1].keys[-1]) if parts else 0)
        return known.extended(self._store.connection, average)

    def _opened(self, fingerprint: str) -> Postings:
        self._tidy()
        stated = read_manifest(self.folder)
        if stated.get("fingerprint") != fingerprint:
            return Postings()
        try:
            parts = tuple(
                _read(self.folder / name, stated["parts"][name]) for name in stated["parts"]
            )
            return Postings(parts, int(stated["upto"]))
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return Postings()

    def _save(self, fingerprint: str, known: Postings) -> None:
        """Write the parts that are new, and the manifest; memory does where that can't be."""
        if not self._store.writable:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / ".lock"):
                self._replace(fingerprint, known)
        except OSError:
            return

    def _tidy(self) -> None:
        """Delete what a killed run left, unless somebody is writing just now."""
        if not self._store.writable or not self.folder.is_dir():
            return
        try:
            with FileLock(self.folder / ".lock", timeout=0):
                _sweep(self.folder, read_manifest(self.folder).get("parts", {}))
        except (OSError, RuntimeError):
            return  # the next writer does it

    def _replace(self, fingerprint: str, known: Postings) -> None:
        stated = read_manifest(self.folder)
        same = stated.get("fingerprint") == fingerprint
        if same and stated["upto"] > known.upto:
            return
        kept = {entry["last"]: name for name, entry in stated["parts"].items()} if same else {}
        entries: dict[str, dict[str, Any]] = {}
        for part in known.parts:
            last = int(part.keys[-1])
            name = kept.get(last)
            if name and stated["parts"][name]["first"] == int(part.keys[0]):
                entries[name] = stated["parts"][name]
                continue
            name = f"{uuid.uuid4().hex[:16]}.words"
            _write(self.folder / name, part)
            entries[name] = {
                "first": int(part.keys[0]),
                "last": last,
                "digest": digest_of(self.folder / name),
            }
        stated = {"fingerprint": fingerprint, "upto": known.upto, "parts": entries}
        write_manifest(self.folder, stated)
        _sweep(self.folder, entries)


def _sweep(folder: Path, named: Container[str]) -> None:
    for path in folder.iterdir():
        if path.name not in named and path.suffix in {".words", ".new"}:
            path.unlink(missing_ok=True)


def _write(path: Path, part: Part) -> None:
    with path.open("wb") as file:
        words = "\n".join(part.vocabulary).encode()
        np.save(file, np.frombuffer(words, dtype=np.uint8))
        for name in _ARRAYS:
            np.save(file, getattr(part, name))
        for name in _LINES:
            np.save(file, getattr(part.lines, name))
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path, entry: dict[str, Any]) -> Part:
    """Map a part. Raises ValueError where the file is not what was written."""
    if digest_of(path) != entry["digest"]:
        raise ValueError(f"{path.name} has changed")
    arrays, at = [], 0
    with path.open("rb") as file:
        for _ in range(1 + len(_ARRAYS) + len(_LINES)):
            file.seek(at)
            version = np.lib.format.read_magic(file)
            shape, _, dtype = np.lib.format.read_array_header_1_0(file)
            if version != (1, 0):
                raise ValueError(f"{path.name} is of another make")
            begin = file.tell()
            at = begin + int(np.prod(shape)) * dtype.itemsize
            mapped = np.memmap(path, dtype, "r", begin, shape) if shape[0] else np.empty(0, dtype)
            arrays.append(np.asarray(mapped))
    words = arrays[0].tobytes().decode().split("\n")
    vocabulary = {word: number for number, word in enumerate(words)}
    own, lines = arrays[1 : 1 + len(_ARRAYS)], Lines(*arrays[1 + len(_ARRAYS) :])
    return Part(**dict(zip(_ARRAYS, own, strict=True)), vocabulary=vocabulary, lines=lines)
