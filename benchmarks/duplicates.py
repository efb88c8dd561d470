"""Time duplicates at size: one proposal against many projects, and all within each other.

    python -m benchmarks.duplicates --projects 1000000 --folder FOLDER
    python -m benchmarks.duplicates --projects 200000 --folder FOLDER --within

Projects are made of the works of `corpora/training/works.tsv` at invented places, twelve
thousand names, each at many subdistricts. One in fifty is a duplicate of another, written
in another way. Parts are read for the names, then moved to the other subdistricts, so that
filling the store takes minutes and not hours.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.records import Organisation
from kb import KnowledgeBase
from kb.duplicates import duplicates_of
from kb.duplicates.keys import keys_of, keys_to_bytes
from kb.duplicates.profile import ProjectProfile, project_profile
from kb.duplicates.results import DuplicateResults
from kb.duplicates.stored_traits import TRAITS_VERSION
from kb.duplicates.traits import traits_to_json
from kb.loading.proposals import proposal
from tools.make_relations import SEED, Scene, _name, _scene, _written, works

NAMES = 12_000
A_BODY = 130
"""Projects a body: some 7,850 local bodies would hold a million."""


def names(count: int) -> list[tuple[dict[str, Any], ProjectProfile]]:
    """Write names of invented projects; each twentieth scene is written twice."""
    chance = random.Random(SEED)
    every = works()
    found: list[tuple[dict[str, Any], ProjectProfile]] = []
    while len(found) < count:
        scene: Scene = _scene(chance, every[len(found) % len(every)])
        for _ in range(2 if len(found) % 50 == 0 else 1):
            row = _written(chance, scene)
            found.append((row, project_profile(row["title"], row["place"], [row["year"]])))
    return found


def fill(kb: KnowledgeBase, count: int) -> None:
    """Fill a knowledge base with so many projects, straight into its tables."""
    chance = random.Random(SEED)
    made = names(min(NAMES, count))
    with kb.store.writing() as connection:
        connection.execute(
            "insert into documents (key, id, digest, file, media_type, plan_kind, added_at) "
            "values (1, '0000000000000001', 'd', 'made.csv', 'text/csv', 'local_plan', '')"
        )
        for key, (row, _) in enumerate(made, start=1):
            connection.execute(
                "insert into passages (key, hash, text, more, parts, words, more_words, concepts, "
                "squeezed) values (?, ?, ?, '', '[]', ?, '', '', ?)",
                (key, str(key), row["title"], row["title"], row["title"].replace(" ", "")),
            )
        key = 0
        while key < count:
            area = f"{_name(chance)}{key}"
            body = Organisation(f"องค์การบริหารส่วนตำบล{area}", "sao")
            cursor = connection.execute(
                "insert into organisations (name, kind) values (?, 'sao')", (body.name,)
            )
            for _ in range(min(count - key, A_BODY)):
                index, round_ = key % len(made), key // len(made)
                key += 1
                row, one = made[index]
                moved = replace(
                    one,
                    body=body,
                    traits=replace(
                        one.traits, areas=frozenset({f"{a}{round_}" for a in one.traits.areas})
                    ),
                )
                _project(connection, key, index + 1, int(cursor.lastrowid or 0), row, moved)


def _project(
    connection: Any, key: int, passage: int, body: int, row: dict[str, Any], one: ProjectProfile
) -> None:
    connection.execute(
        "insert into entries (key, id, document, passage, position, kind, organisation, year_from, "
        "year_to, confidence) values (?, ?, 1, ?, ?, 'project', ?, ?, ?, 1)",
        (key, f"{key:016x}", passage, key, body, row["year"], row["year"]),
    )
    place = {"villages": [], "roads": [], "subdistrict": None, "district": None, "province": None}
    connection.execute(
        "insert into projects (key, title, budget, place, page, notes, found_by) "
        "values (?, ?, ?, ?, 1, '[]', 'table')",
        (
            key,
            row["title"],
            json.dumps({str(row["year"]): str(row.get("budget", 100000))}),
            json.dumps(place),
        ),
    )
    connection.execute(
        "insert into project_traits values (?, ?, ?, ?)",
        (
            key,
            TRAITS_VERSION,
            json.dumps(traits_to_json(one.traits), ensure_ascii=False),
            keys_to_bytes(keys_of(one)),
        ),
    )


def asked(count: int) -> Iterator[str]:
    """Give proposals as people would type them."""
    chance = random.Random(7)
    made = names(500)
    for _ in range(count):
        row = chance.choice(made)[0]
        yield f"{row['title']} {row['place']}"


def main() -> None:
    """Run what was asked for and print a table row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, default=Path())
    parser.add_argument("--within", action="store_true")
    parser.add_argument("--words-only", action="store_true")
    stated = parser.parse_args()
    path = stated.folder / f"duplicates-{stated.projects}.db"
    fresh = not path.is_file()
    with KnowledgeBase(path) as kb:
        if fresh:
            start = time.perf_counter()
            fill(kb, stated.projects)
            print(f"filled in {time.perf_counter() - start:.0f} s", flush=True)
        finder = duplicates_of(kb)
        start = time.perf_counter()
        finder.ready()
        print(f"index ready in {time.perf_counter() - start:.1f} s, {memory():.0f} MB", flush=True)
        if stated.within:
            from kb.duplicates.groups import find_groups

            start = time.perf_counter()
            found = find_groups(finder)
            seconds = time.perf_counter() - start
            counted = f"{stated.projects:,} | {len(found):,} groups | {seconds:.0f} s"
            print(f"| within | {counted} | {memory():.0f} MB |")
            return
        meaning = not stated.words_only
        if meaning:
            kb.warm_up()

        def run(text: str) -> DuplicateResults:
            return finder.find([proposal(text, year=2567)], meaning=meaning)

        for text in asked(20):
            run(text)
        times: list[float] = []
        for text in asked(200):
            start = time.perf_counter()
            run(text)
            times.append((time.perf_counter() - start) * 1000)
        cuts: Sequence[float] = statistics.quantiles(times, n=20)
        print(
            f"| one proposal{'' if meaning else ', words only'} | {stated.projects:,} | "
            f"p50 {statistics.median(times):.0f} ms | p95 {cuts[18]:.0f} ms | {memory():.0f} MB |"
        )


def memory() -> float:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
