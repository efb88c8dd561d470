"""Traits of projects kept in the store: worked out once, made anew when the recipe changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from kb.duplicates.keys import Keys, keys_of
from kb.duplicates.profile import (
    ProjectProfile,
    profile_of_traits,
    stored_profile,
    traits_from_json,
    traits_to_json,
)
from kb.model.bundled import Progress, silent
from kb.store.records import StoredProject
from kb.store.store import Store

Rows = NDArray[np.int64]

TRAITS_VERSION = "4"
"""Raise it when parts or keys are read otherwise: what was kept is then worked out anew."""

_BATCH = 2_000
_ALONE = 6_000
_PROCESSES = 2


class StoredTraits:
    """What comparisons need of every project of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def missing(self) -> int:
        """Count the projects whose traits are not kept yet."""
        sql = """select count(*) from entries e where e.kind = 'project' and not exists
            (select 1 from project_traits t where t.key = e.key and t.recipe = ?)"""
        return int(self.store.connection.execute(sql, (TRAITS_VERSION,)).fetchone()[0])

    def complete(self, progress: Progress = silent) -> int:
        """Work out the traits that are missing; return how many. May be stopped at any time."""
        total, made = self.missing(), 0
        if not total:
            return 0
        with _workers(total) as pool:
            while batch := self._without():
                self._keep(_worked_out(pool, batch))
                made += len(batch)
                progress("parts", made, max(total, made))
        return made

    def subjects(self, keys: Iterable[int]) -> dict[int, tuple[StoredProject, ProjectProfile]]:
        """Return projects by key, each ready to compare."""
        wanted = list(keys)
        records = self.store.records(wanted)
        marks = ", ".join("?" * len(wanted))
        rows = self.store.connection.execute(
            f"select key, traits from project_traits where key in ({marks})", wanted
        )
        kept = {row["key"]: row["traits"] for row in rows}
        found: dict[int, tuple[StoredProject, ProjectProfile]] = {}
        for key, record in records.items():
            if isinstance(record, StoredProject):
                known = key in kept
                found[key] = (
                    record,
                    profile_of_traits(record, traits_from_json(json.loads(kept[key])))
                    if known
                    else stored_profile(record),
                )
        return found

    def keys(self) -> tuple[Rows, Rows, Keys]:
        """Return every project's entry, where its keys begin, and the keys, row after row."""
        entries: list[int] = []
        blobs: list[bytes] = []
        for row in self.store.connection.execute(
            "select key, keys from project_traits where recipe = ? order by key", (TRAITS_VERSION,)
        ):
            entries.append(row["key"])
            blobs.append(row["keys"])
        lengths = np.fromiter((len(blob) // 4 for blob in blobs), np.int64, len(blobs))
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        keys = np.frombuffer(b"".join(blobs), dtype=np.uint32)
        return np.array(entries, dtype=np.int64), starts, keys

    def _without(self) -> list[StoredProject]:
        from kb.store import rows

        sql = f"""{rows.PROJECTS} where not exists (select 1 from project_traits t
            where t.key = e.key and t.recipe = ?) order by e.key limit ?"""
        found = self.store.connection.execute(sql, (TRAITS_VERSION, _BATCH)).fetchall()
        return [rows.project(row) for row in found]

    def _keep(self, made: Sequence[tuple[int, str, bytes]]) -> None:
        with self.store.writing() as connection:
            connection.executemany(
                "insert or replace into project_traits (key, recipe, traits, keys) "
                "select key, ?, ?, ? from entries where key = ?",
                [(TRAITS_VERSION, traits, keys, key) for key, traits, keys in made],
            )


def work_out(project: StoredProject) -> tuple[int, str, bytes]:
    """Return a project's key, its traits as JSON and its keys as bytes."""
    subject = stored_profile(project)
    traits = json.dumps(traits_to_json(subject.traits), ensure_ascii=False)
    return project.key, traits, keys_of(subject).tobytes()


def _worked_out(pool: Executor | None, batch: list[StoredProject]) -> list[tuple[int, str, bytes]]:
    if pool is None:
        return [work_out(project) for project in batch]
    return list(pool.map(work_out, batch, chunksize=200))


@contextmanager
def _workers(total: int) -> Iterator[Executor | None]:
    if total < _ALONE:
        yield None
        return
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as pool:
        yield pool
