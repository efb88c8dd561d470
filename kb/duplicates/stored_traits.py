"""Traits of a store's projects, stored in it and computed again when their version changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np

from kb.duplicates.candidates import CandidateIndex
from kb.duplicates.keys import keys_from_bytes, keys_of, keys_to_bytes
from kb.duplicates.profile import ProjectProfile, profile_of_traits, stored_profile
from kb.duplicates.traits import traits_from_json, traits_to_json
from kb.model.bundled import Progress, silent
from kb.store import rows
from kb.store.records import StoredProject
from kb.store.store import Store

TRAITS_VERSION = "4"
"""Stored in the column `recipe`. Raise it when parts or keys are read otherwise: stored traits
of other versions are then computed again."""

_BATCH = 2_000
"""Projects that are computed and written at once."""

_MOST_WITHOUT_WORKERS = 6_000
"""Fewer projects than these are computed before worker processes would have started."""

_WORKERS = 2


class ProfiledProject(NamedTuple):
    """A project of the store with its profile."""

    project: StoredProject
    profile: ProjectProfile


class TraitsRow(NamedTuple):
    """What is stored for a project: its key, its traits as JSON, its hash keys as bytes."""

    key: int
    traits: str
    keys: bytes


class StoredTraits:
    """The traits and hash keys of every project of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def missing(self) -> int:
        """Return how many projects have no traits of this version yet."""
        sql = """select count(*) from entries e where e.kind = 'project' and not exists
            (select 1 from project_traits t where t.key = e.key and t.recipe = ?)"""
        return int(self.store.connection.execute(sql, (TRAITS_VERSION,)).fetchone()[0])

    def complete(self, progress: Progress = silent) -> int:
        """Compute the traits that are missing; return how many. May be stopped at any time."""
        total, made = self.missing(), 0
        if not total:
            return 0
        with _workers(total) as pool:
            while batch := self._projects_without():
                self._write(_traits_rows(pool, batch))
                made += len(batch)
                progress("parts", made, max(total, made))
        return made

    def profiles(self, keys: Iterable[int]) -> dict[int, ProfiledProject]:
        """Return projects by key, each with its profile."""
        wanted = list(keys)
        marks = ", ".join("?" * len(wanted))
        stored = {
            row["key"]: row["traits"]
            for row in self.store.connection.execute(
                f"select key, traits from project_traits where key in ({marks})", wanted
            )
        }
        profiled: dict[int, ProfiledProject] = {}
        for key, record in self.store.records(wanted).items():
            if not isinstance(record, StoredProject):
                continue
            if key in stored:
                profile = profile_of_traits(record, traits_from_json(json.loads(stored[key])))
            else:
                profile = stored_profile(record)
            profiled[key] = ProfiledProject(record, profile)
        return profiled

    def index(self) -> CandidateIndex:
        """Return the index of all projects that have traits of this version.

        Raises PhaenError `kb-damaged` where stored hash keys are cut off.
        """
        entries: list[int] = []
        stored: list[bytes] = []
        for row in self.store.connection.execute(
            "select key, keys from project_traits where recipe = ? order by key", (TRAITS_VERSION,)
        ):
            entries.append(row["key"])
            stored.append(row["keys"])
        starts, keys = keys_from_bytes(stored, str(self.store.path))
        return CandidateIndex(np.array(entries, dtype=np.int64), starts, keys)

    def _projects_without(self) -> list[StoredProject]:
        sql = f"""{rows.PROJECTS} where not exists (select 1 from project_traits t
            where t.key = e.key and t.recipe = ?) order by e.key limit ?"""
        fetched = self.store.connection.execute(sql, (TRAITS_VERSION, _BATCH)).fetchall()
        return [rows.project(row) for row in fetched]

    def _write(self, made: Sequence[TraitsRow]) -> None:
        with self.store.writing() as connection:
            connection.executemany(
                "insert or replace into project_traits (key, recipe, traits, keys) "
                "select key, ?, ?, ? from entries where key = ?",
                [(TRAITS_VERSION, row.traits, row.keys, row.key) for row in made],
            )


def traits_row(project: StoredProject) -> TraitsRow:
    """Return what is stored for a project."""
    profile = stored_profile(project)
    traits = json.dumps(traits_to_json(profile.traits), ensure_ascii=False)
    return TraitsRow(project.key, traits, keys_to_bytes(keys_of(profile)))


def _traits_rows(pool: Executor | None, batch: list[StoredProject]) -> list[TraitsRow]:
    if pool is None:
        return [traits_row(project) for project in batch]
    return list(pool.map(traits_row, batch, chunksize=200))


@contextmanager
def _workers(total: int) -> Iterator[Executor | None]:
    """Give a pool of processes, None where there is too little to do for one."""
    if total < _MOST_WITHOUT_WORKERS:
        yield None
        return
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        yield pool
