"""Where a meaning index lies on disk: a folder of segments and the manifest that counts.

A segment's file is written once under a name of its own and never changed. The manifest
names those in use and is replaced in one step, so a reader sees the old index or the new
one. What no manifest names is deleted under the lock that every writer holds.
"""

from __future__ import annotations

import os
import shutil
import uuid
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from ingest.errors import PhaenError
from kb.model.bundled import Progress
from kb.store.manifest import MANIFEST, digest_of, read_manifest, write_manifest
from kb.vectors.index import MeaningIndex, VectorSource
from kb.vectors.segments import Segment, read_index, read_sketch, write_index

_FORMAT = 2


def save(index: MeaningIndex, folder: Path, progress: Progress | None = None) -> None:
    """Settle the index, then write it into `folder` and map all of it from there.

    Raises PhaenError `index-unwritable`.
    """
    index.settle(progress)
    write(index, folder)


def write(index: MeaningIndex, folder: Path) -> None:
    """Write the segments that are new, replace the manifest, map everything from disk.

    An index on disk that is of the same model and newer stays as it is.
    Raises PhaenError `index-unwritable`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with index.writing, FileLock(folder / ".lock"):
            stated = read_manifest(folder)
            if (
                stated.get("fingerprint") == index.fingerprint
                and tuple(stated["version"]) > index.version
            ):
                return
            index.segments = tuple(_written(segment, folder) for segment in index.segments)
            _write_manifest(index, folder)
            _sweep(folder)
    except (OSError, RuntimeError) as error:
        raise PhaenError("index-unwritable", folder=str(folder), reason=str(error)) from error


def load(folder: Path, fingerprint: str) -> MeaningIndex:
    """Map the index in `folder`.

    Raises PhaenError: `index-missing`, `index-stale` (another model's), `index-damaged`.
    """
    stated = read_manifest(folder)
    if not stated:
        missing = not (folder / MANIFEST).exists()
        raise PhaenError("index-missing" if missing else "index-damaged", folder=str(folder))
    if stated.get("fingerprint") != fingerprint or stated.get("format") != _FORMAT:
        raise PhaenError("index-stale", folder=str(folder))
    try:
        segments = [_read(folder, entry) for entry in stated["segments"]]
        version, mark = tuple(stated["version"]), tuple(stated["mark"])
        return MeaningIndex(fingerprint, stated["dimensions"], segments, version, mark)
    except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
        if read_manifest(folder) != stated:  # another process replaced it meanwhile
            return load(folder, fingerprint)
        raise PhaenError("index-damaged", folder=str(folder)) from error


def derived(
    folder: Path,
    fingerprint: str,
    dimensions: int,
    source: VectorSource,
    progress: Progress | None = None,
    *,
    keep: bool = True,
) -> MeaningIndex:
    """Return the index of `source` as it is now: opened, mended, or made anew, and saved.

    A damaged one is set aside as `<folder>.damaged`. Where the folder can't be written, or
    without `keep`, the index is kept in memory alone. What a run that was killed left in the
    folder is deleted.
    """
    try:
        index = load(folder, fingerprint)
    except PhaenError as error:
        index = MeaningIndex(fingerprint, dimensions)
        if error.code == "index-damaged" and keep:
            _set_aside(folder)
    writable = keep and _is_writable(folder)
    if writable:
        _tidy(folder)
    growing = partial(write, folder=folder) if writable else None
    if index.follow(source, progress, growing) and writable:
        save(index, folder, progress)
    return index


def _set_aside(folder: Path) -> None:
    aside = folder.with_name(f"{folder.name}.damaged")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        folder.rename(aside)
    except OSError:
        pass  # a folder that cannot be moved cannot be written either: memory will do


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _written(segment: Segment, folder: Path) -> Segment:
    """Give the segment as it lies on disk, writing it where it is new or has lost rows."""
    if segment.file and (folder / segment.file).exists():
        return segment
    name = f"{uuid.uuid4().hex[:16]}.faiss"
    write_index(segment.index, folder / name)
    np.save(folder / f"{name}.ids.npy", segment.ids)
    if segment.looked:
        write_index(segment.sketch, folder / f"{name}.sketch")
    return replace(segment, file=name, index=read_index(folder / name))


def _write_manifest(index: MeaningIndex, folder: Path) -> None:
    entries = [_entry(segment, folder) for segment in index.segments]
    stated = {
        "format": _FORMAT,
        "fingerprint": index.fingerprint,
        "version": index.version,
        "mark": index.mark,
        "dimensions": index.dimensions,
        "segments": entries,
    }
    write_manifest(folder, stated)


def _entry(segment: Segment, folder: Path) -> dict[str, Any]:
    files = [str(segment.file), f"{segment.file}.ids.npy"]
    files += [f"{segment.file}.sketch"] * (segment.looked > 0)
    if not segment.alive.all():
        files.append(f"{uuid.uuid4().hex[:16]}.alive.npy")
        np.save(folder / files[-1], segment.alive)
    return {
        "files": {name: digest_of(folder / name) for name in files},
        "rows": segment.rows,
        "looked": segment.looked,
        "recall": segment.recall,
    }


def _read(folder: Path, entry: dict[str, Any]) -> Segment:
    for name, digest in entry["files"].items():
        if digest_of(folder / name) != digest:
            raise ValueError(f"{name} has changed")
    vectors, ids, *more = entry["files"]
    looked = int(entry["looked"])
    sketch = read_sketch(folder / more.pop(0)) if looked else None
    result = np.load(folder / ids)
    living = np.load(folder / more[0]) if more else np.ones(len(result), dtype=np.bool_)
    index = read_index(folder / vectors)
    if not len(result) == len(living) == index.ntotal == (sketch or index).ntotal == entry["rows"]:
        raise ValueError(f"{vectors} has {index.ntotal} rows")
    return Segment(result, living, index, sketch, looked, entry["recall"], vectors)


def _tidy(folder: Path) -> None:
    """Delete what no manifest names, unless somebody is writing just now."""
    try:
        with FileLock(folder / ".lock", timeout=0):
            _sweep(folder)
    except (OSError, RuntimeError):
        return  # the next writer does it


def _sweep(folder: Path) -> None:
    segments = read_manifest(folder).get("segments", [])
    named = {name for entry in segments for name in entry["files"]}
    for path in folder.iterdir():
        if path.name not in named and path.suffix in {".faiss", ".npy", ".sketch", ".new"}:
            try:
                path.unlink()
            except OSError:
                continue  # still open elsewhere; the next writer deletes it
