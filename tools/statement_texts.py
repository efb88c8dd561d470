"""The labelled texts that the decision over prose learns from, each with the openings on it.

Slices of the pool by their labels (`corpora/labels/pool`, their texts in the founding material
beside the checkout), its other gold sets, `corpora/gold`, texts written for learning by many
writers (`corpora/training/prose`) and invented sentences (`corpora/training/statements.txt`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.fresh_labels import LABELS, ROOT, label_file, labelled_slices, shared_pool
from ingest.extract import proposed
from ingest.extract.statements.learned.decision import Proposal, proposals, uncertain_of
from ingest.extract.statements.learned.features import opening_features, screening_features
from ingest.extract.statements.learned.openings import Opening
from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.records import Content
from kb.evaluation.extraction import _content
from kb.evaluation.gold import gold_files
from kb.evaluation.matching import plain

TRAINING = ROOT / "corpora" / "training"

Where = tuple[int, int, int]


@dataclass
class Row:
    """An opening with what the labels say of it."""

    opening: Opening
    proposal: Proposal
    glance: list[str]
    names: list[str]
    label: int | None
    ends: list[int]
    border: list[int]
    stated: bool


@dataclass
class Text:
    """A text, its labels as (page, start, end) of the clean text, and the openings on it."""

    name: str
    source: str
    content: Content
    gold: list[tuple[Where, frozenset[str]]]
    border: list[Where]
    group: str = ""
    pages: list[tuple[Proposal, list[Row]]] = field(default_factory=list)

    def words(self, where: Where) -> str:
        """Return the words of a span."""
        return self.content.pages[where[0] - 1].text[where[1] : where[2]]


def texts(batches: Iterable[int]) -> list[Text]:
    """Return every labelled text, grouped by source."""
    find = [text for batch in batches for text in _slices(batch)]
    shared = shared_pool().parent
    for folder in (shared / "prose", shared / "pages", ROOT / "corpora" / "gold"):
        find += _gold(folder)
    find += _seeds(shared.parent / "seeds")
    find += _written()
    find += _made()
    _group(find)
    for text in find:
        text.pages = list(_pages(text))
    return find


def _slices(batch: int) -> Iterator[Text]:
    labels = label_file(LABELS, "prose", batch)
    rows = [
        json.loads(line) for line in (shared_pool() / labels.name).read_text("utf-8").splitlines()
    ]
    sources = {row["id"]: row["url"] or row["path"] for row in rows}
    for labelled in labelled_slices(labels, shared_pool() / labels.name):
        content = _read(labelled.text)
        gold = [
            (where, frozenset((span.kind, *span.alternatives)))
            for span in labelled.statements
            if (where := _located(content, labelled.text, span.start, span.end))
        ]
        border = [
            where
            for span in labelled.borderline
            if (where := _located(content, labelled.text, span.start, span.end))
        ]
        yield Text(labelled.id, "pool", content, gold, border, sources[labelled.id])


def _read(text: str) -> Content:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text(text, "utf-8")
        return read_content(path, Limits())


def _seeds(folder: Path) -> Iterator[Text]:
    """Yield the founding documents: rules read them exactly, nothing else is stated there."""
    for path in sorted(folder.glob("*.txt")):
        content = _read(path.read_text("utf-8"))
        finds, _ = proposed(content.pages)
        gold = [((f.page, f.start, f.end), frozenset((str(f.kind),))) for f in finds]
        yield Text(path.name, "seeds", content, gold, [], path.name)


_MARKED = re.compile(r"\{\{([a-z_?]+)\|(.*?)\}\}")
_TOGETHER = 5


def _made() -> Iterator[Text]:
    """Yield the invented sentences, a few to a text that reads like news."""
    lines = (TRAINING / "statements.txt").read_text("utf-8").splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    for first in range(0, len(lines), _TOGETHER):
        raw, spans = _HEAD, []
        for line in lines[first : first + _TOGETHER]:
            raw += "\n"
            last = 0
            for match in _MARKED.finditer(line):
                raw += line[last : match.start()]
                spans.append((match[1], len(raw), len(raw) + len(match[2])))
                raw, last = raw + match[2], match.end()
            raw += line[last:]
        content = _read(raw)
        placed = [(kind, _located(content, raw, start, end)) for kind, start, end in spans]
        gold = [(where, frozenset((kind,))) for kind, where in placed if where and kind != "?"]
        border = [where for kind, where in placed if where and kind == "?"]
        yield Text(f"made {first}", "made", content, gold, border, f"made {first}")


_MARK = re.compile(r"⟦[^|⟧]{1,40}\||⟧")


def unmarked(marked: str) -> tuple[str, list[tuple[frozenset[str], int, int]]]:
    """Return a text without its marks, and what they mark: kinds, start and end.

    A mark is ⟦kind|…⟧, ⟦kind/other kind|…⟧ or, for what is borderline, ⟦?|…⟧; a borderline
    span may hold others. Raise `ValueError` where a mark is not closed.
    """
    text, last = "", 0
    opened: list[tuple[frozenset[str], int]] = []
    spans = []
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        if mark.group() == "⟧":
            kinds, start = opened.pop()
            spans.append((kinds, start, len(text)))
        else:
            opened.append((frozenset(mark.group()[1:-1].split("/")), len(text)))
    if opened:
        raise ValueError(f"A mark is not closed: {marked[:60]}")
    return text + marked[last:], spans


def _written() -> Iterator[Text]:
    """Yield the texts written for learning, each a text of its own."""
    for path in sorted((TRAINING / "prose").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            raw, spans = unmarked(row["text"])
            content = _read(raw)
            placed = [(kinds, _located(content, raw, start, end)) for kinds, start, end in spans]
            gold = [(where, kinds) for kinds, where in placed if where and "?" not in kinds]
            border = [where for kinds, where in placed if where and "?" in kinds]
            yield Text(row["id"], "written", content, gold, border, row["id"])


_HEAD = "วันนี้ (3 มิถุนายน 2569) โฆษกกระทรวงเปิดเผยว่า ที่ประชุมรับทราบเรื่องต่อไปนี้"
_DROPPED = re.compile(r"[\s\u00a0\u200b\ufeff]+")


def _bare(text: str) -> str:
    return _DROPPED.sub("", text)


def _located(content: Content, raw: str, start: int, end: int) -> Where | None:
    """Return where words of the raw text stand in the clean text, the nearest such place."""
    return _find(content, raw[start:end], len(_bare(raw[:start])))


def _find(
    content: Content, words: str, near: int = 0, used: frozenset[Where] = frozenset()
) -> Where | None:
    wanted = _bare(words)
    best: tuple[int, Where] | None = None
    for page in content.pages:
        places = [at for at, sign in enumerate(page.text) if not _DROPPED.match(sign)]
        bare = "".join(page.text[at] for at in places)
        at = bare.find(wanted) if wanted else -1
        while at >= 0:
            where = (page.number, places[at], places[at + len(wanted) - 1] + 1)
            if where not in used and (best is None or abs(at - near) < best[0]):
                best = (abs(at - near), where)
            at = bare.find(wanted, at + 1)
    return best[1] if best else None


def _gold(folder: Path) -> Iterator[Text]:
    for file in gold_files(folder):
        content, used, gold = _content(file), set(), []
        for statement in file.statements:
            where = _find(content, statement.text, 0, frozenset(used))
            if where:
                used.add(where)
                gold.append((where, statement.kinds))
        border = [where for words in file.borderline if (where := _find(content, words))]
        head = file.path.read_text("utf-8")[:300] if folder.name == "prose" else ""
        address = re.search(r"https?://\S+/details/\d+", head)
        yield Text(
            file.file,
            folder.name,
            content,
            gold,
            border,
            address[0] if address else f"{folder.name}/{file.file}",
        )


def _group(find: Sequence[Text]) -> None:
    """Put texts into one group that share a run of letters or a statement."""
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.setdefault(name, name) != name:
            name = parents[name]
        return name

    seen: dict[str, str] = {}
    for text in find:
        keys = [plain(text.words(where)) for where, _ in text.gold]
        keys = [key for key in keys if len(key) >= 12]
        bare = _bare(" ".join(page.text for page in text.content.pages))
        runs = (bare[at : at + 60] for at in range(max(0, len(bare) - 60)))
        keys += [
            run
            for run in runs
            if hashlib.md5(run.encode(), usedforsecurity=False).digest()[0] % 16 == 0
            and "http" not in run
        ]
        for key in keys:
            parents[root(text.group)] = root(seen.setdefault(key, text.group))
    for text in find:
        text.group = root(text.group)


def _pages(text: Text) -> Iterator[tuple[Proposal, list[Row]]]:
    pages = text.content.pages
    finds, _ = proposed(pages, text.content.tables)
    for proposal in proposals(finds, pages, uncertain_of(finds, pages)):
        number = proposal.page.number
        gold = [(where, kinds) for where, kinds in text.gold if where[0] == number]
        border: dict[int, list[int]] = defaultdict(list)
        for page, start, end in text.border:
            if page == number:
                border[start].append(end)
        rows = []
        for opening in proposal.openings:
            ends = [w[2] for w, kinds in gold if w[1] == opening.start and opening.kind in kinds]
            near = border.get(opening.start, [])
            label = 1 if ends else None if near else 0
            names = opening_features(proposal.view, opening)
            glance = screening_features(proposal.view, opening)
            rows.append(
                Row(opening, proposal, glance, names, label, ends or near[:1], near, bool(ends))
            )
        yield proposal, rows
