"""Is what is derived still right? Indexes against the store, and their repair.

The store is the truth. Whatever is found wrong with a derived thing can be mended by
making it anew; damage to the store itself is told and left for a backup to mend.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.errors import PhaenError
from kb.model.bundled import silent
from kb.store.bin import Bin
from kb.store.insertion import changed
from kb.store.passages import passage, recipe
from kb.store.store import Store

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase
    from kb.model.bundled import Progress

_BATCH = 2000
_SAMPLE = 200
_SAME = 0.98
_JSON: Mapping[str, tuple[str, ...]] = {
    "settings": (),
    "organisations": (),
    "documents": ("notes",),
    "sources": (),
    "pages": ("furniture",),
    "passages": ("parts",),
    "entries": (),
    "statements": ("alternatives",),
    "projects": ("budget", "place", "notes"),
    "reviews": ("changes",),
}
"""The tables that hold text, and which of their columns hold JSON."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, how often, and whether it has been mended.

    `code` is one of `store-damaged`, `references-broken`, `words-damaged`, `words-outdated`,
    `model-changed`, `vectors-missing`, `vectors-damaged`, `meaning-outdated`,
    `originals-unneeded`, `originals-damaged`.
    """

    code: str
    count: int
    repaired: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"code": self.code, "count": self.count, "repaired": self.repaired}


def check(
    kb: KnowledgeBase, *, repair: bool = False, progress: Progress | None = None
) -> list[Finding]:
    """Compare everything derived with the store, and mend it where `repair` asks for that."""
    tell = progress or silent
    result = list(check_store(kb.store))
    if result:
        return result
    result += check_words(kb.store, repair=repair, progress=tell)
    result += check_vectors(kb, repair=repair, progress=tell)
    result += check_originals(kb.store, repair=repair)
    return result


def check_originals(store: Store, *, repair: bool) -> Iterator[Finding]:
    """Look for originals that nothing refers to, and for those that are not what was kept.

    Both are deleted where `repair` asks for that: a document whose original was damaged is one
    whose original was not kept, until its file is added once more.
    """
    for code, wrong in (
        (
            "originals-unneeded",
            store.originals.unneeded(lambda id_: store.has(id_) or Bin(store).has(id_)),
        ),
        ("originals-damaged", store.originals.damaged()),
    ):
        if repair:
            for path in wrong:
                path.unlink(missing_ok=True)
        if wrong:
            yield Finding(code, len(wrong), repair)


def check_vectors(kb: KnowledgeBase, *, repair: bool, progress: Progress) -> Iterator[Finding]:
    """Compare the vectors with the passages and the model, and their index with them."""
    kept = kb.store.setting("model")
    if damaged := damaged_vectors(kb.store):
        if repair:
            drop_damaged_vectors(kb.store)
        yield Finding("vectors-damaged", damaged, repair)
    if kept is None:
        return
    same = kept == kb.chosen_fingerprint(progress)
    if not same:
        if repair:
            kb.change_model(progress)
        yield Finding("model-changed", kb.store.count("passages"), repair)
    elif missing := kb.model_status()["missing"]:
        if repair:
            kb.complete(progress)
        yield Finding("vectors-missing", missing, repair)
    if repair or same:
        yield from _check_index(kb, repair=repair, progress=progress)


def _check_index(kb: KnowledgeBase, *, repair: bool, progress: Progress) -> Iterator[Finding]:
    astray = astray_vectors(kb)
    if astray:
        if repair:
            shutil.rmtree(kb.index_folder, ignore_errors=True)
            kb.meaning_index(progress)
        yield Finding("meaning-outdated", astray, repair)


def astray_vectors(kb: KnowledgeBase) -> int:
    """Count vectors, of a sample of some 200, that the index does not have where they are."""
    from kb.vectors.stored import Vectors

    vectors = Vectors(kb.store, kb.store.setting("model") or "")
    ids = vectors.ids()
    ids, rows = vectors.fetch(ids[:: max(1, len(ids) // _SAMPLE)])
    if not len(ids):
        return 0
    _, cosines = kb.meaning_index().search(rows, 1)
    return int((cosines[:, 0] < _SAME).sum())


def check_store(store: Store) -> Iterator[Finding]:
    """Look at the database file itself; what is wrong here only a backup can mend."""
    connection = store.connection
    if damaged := _damaged_places(store):
        yield Finding("store-damaged", damaged)
        return
    if damaged := unreadable_rows(store):
        yield Finding("store-damaged", damaged)
    broken = connection.execute("pragma foreign_key_check").fetchall()
    if broken:
        yield Finding("references-broken", len(broken))


def _damaged_places(store: Store) -> int:
    """Count what SQLite itself finds wrong with the file's pages."""
    try:
        said = [row[0] for row in store.connection.execute("pragma quick_check(100)")]
    except PhaenError as error:
        if error.code != "kb-damaged":
            raise
        return 1
    return 0 if said == ["ok"] else len(said)


def unreadable_rows(store: Store) -> int:
    """Count tables whose text is no text, and values that are no JSON where they should be.

    SQLite looks at the order of pages only; a page of nothing but text may be overwritten
    without its noticing.
    """
    wrong = 0
    for table, columns in _JSON.items():
        try:
            for _ in store.connection.execute(f"select * from {table}"):
                pass
        except PhaenError as error:
            if error.code != "kb-damaged":
                raise
            wrong += 1
            continue
        for column in columns:
            sql = f"select count(*) from {table} where not json_valid({column})"
            wrong += int(store.connection.execute(sql).fetchone()[0])
    return wrong


def check_words(store: Store, *, repair: bool, progress: Progress) -> Iterator[Finding]:
    """Compare the word index with the passages, and the way they were prepared with today's."""
    if store.setting("recipe") != recipe():
        if repair:
            prepare_anew(store, progress)
        yield Finding("words-outdated", store.count("passages"), repair)
    elif store.writable and not _words_sound(store):
        if repair:
            with store.writing() as connection:
                connection.execute("insert into passage_words (passage_words) values ('rebuild')")
        yield Finding("words-damaged", 1, repair)


def prepare_anew(store: Store, progress: Progress) -> None:
    """Segment every passage again, some thousand at a time; the trigger indexes them."""
    total, last, done = store.count("passages"), 0, 0
    while True:
        rows = store.connection.execute(
            "select key, text, more, parts from passages where key > ? order by key limit ?",
            (last, _BATCH),
        ).fetchall()
        if not rows:
            break
        with store.writing() as connection:
            for row in rows:
                fresh = passage(row["text"], row["more"], ())
                connection.execute(
                    "update passages set words = ?, more_words = ?, concepts = ?, squeezed = ? "
                    "where key = ?",
                    (fresh.words, fresh.more_words, fresh.concepts, fresh.squeezed, row["key"]),
                )
        last, done = rows[-1]["key"], done + len(rows)
        progress("words", done, total)
    with store.writing() as connection:
        connection.execute("insert or replace into settings values ('recipe', ?)", (recipe(),))
        changed(connection)


def damaged_vectors(store: Store) -> int:
    """Count vectors whose length is not their model's."""
    row = store.connection.execute(
        "select count(*) from vectors v join models m on m.key = v.model "
        "where length(v.vector) <> 2 * m.dimension"
    ).fetchone()
    return int(row[0])


def drop_damaged_vectors(store: Store) -> None:
    """Delete vectors of a wrong length with all others of their passages."""
    with store.writing() as connection:
        connection.execute(
            "delete from vectors where passage in (select v.passage from vectors v "
            "join models m on m.key = v.model where length(v.vector) <> 2 * m.dimension)"
        )
        changed(connection)


def _words_sound(store: Store) -> bool:
    try:
        with store.writing() as connection:
            connection.execute(
                "insert into passage_words (passage_words, rank) values ('integrity-check', 1)"
            )
    except PhaenError as error:
        if error.code not in ("words-damaged", "kb-damaged"):
            raise
        return False
    return True
