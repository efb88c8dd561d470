"""Train the model that decides which candidates in running prose are statements.

    python -m tools.train_statements BATCH [BATCH ...] [--check] [--write]

Learns from the labelled batches named (`corpora/labels/pool`, their texts in the founding
material beside the checkout), from its other gold sets, from `corpora/gold` and from invented sentences
(`corpora/training/statements.txt`). Three
regressions with L2 penalty: what opens a statement, what ends it (the chance that it ends here
if it has not ended before), and whether the whole holds; the third learns from answers of the
first two to texts they had not learnt from (five folds, by source text: near-equal texts and
texts with the same statement are in one fold). `--check` prints how the whole answers texts it
has not learnt from; `--write` writes the artefact. Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.fresh_labels import LABELS, ROOT, label_file, labelled_slices, shared_pool
from ingest.extract import proposed
from ingest.extract.statements.learned.candidates import (
    FLOOR,
    SCREEN,
    Candidate,
    best_end,
    describe,
    ends_of,
)
from ingest.extract.statements.learned.closings import closing_quote
from ingest.extract.statements.learned.decision import Proposal, apart, loose_of, proposals
from ingest.extract.statements.learned.features import (
    closing_features,
    opening_features,
    screening_features,
)
from ingest.extract.statements.learned.model import Linear
from ingest.extract.statements.learned.openings import Opening
from ingest.formats.limits import Limits
from ingest.readers import read_content
from ingest.records import Content
from kb.evaluation.extraction import _content
from kb.evaluation.gold import gold_files
from kb.evaluation.matching import close, plain

ARTEFACT = ROOT / "ingest" / "extract" / "statements" / "learned" / "statements.json"
SEED = 20261130
FOLDS = 5
STRENGTH = {"screens": 1.0, "opens": 0.4, "closes": 0.5, "holds": 0.04}
"""Inverse strength of the L2 penalty of each part."""
LEAST = 2
"""A feature must have been seen so often."""
SMALL = 0.02
"""Weights smaller than this are left out of the artefact."""
NEWS_WEIGHT = 2.0
"""Slices of the pool were drawn at random and count more than sets that rules were written on."""
BORDER_WEIGHT = 0.5
"""The end of a borderline span teaches less than that of a statement."""

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
    found = [text for batch in batches for text in _slices(batch)]
    shared = shared_pool().parent
    for folder in (shared / "prose", shared / "pages", ROOT / "corpora" / "gold"):
        found += _gold(folder)
    found += _seeds(shared.parent / "seeds")
    found += _made()
    _group(found)
    for text in found:
        text.pages = list(_pages(text))
    return found


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
        founds, _ = proposed(content.pages)
        gold = [((f.page, f.start, f.end), frozenset((str(f.kind),))) for f in founds]
        yield Text(path.name, "seeds", content, gold, [], path.name)


_MARKED = re.compile(r"\{\{([a-z_?]+)\|(.*?)\}\}")
_TOGETHER = 5


def _made() -> Iterator[Text]:
    """Yield the invented sentences, a few to a text that reads like news."""
    lines = (ROOT / "corpora" / "training" / "statements.txt").read_text("utf-8").splitlines()
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


def _group(found: Sequence[Text]) -> None:
    """Put texts into one group that share a run of letters or a statement."""
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.setdefault(name, name) != name:
            name = parents[name]
        return name

    seen: dict[str, str] = {}
    for text in found:
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
    for text in found:
        text.group = root(text.group)


def _pages(text: Text) -> Iterator[tuple[Proposal, list[Row]]]:
    pages = text.content.pages
    founds, _ = proposed(pages, text.content.tables)
    for proposal in proposals(founds, pages, loose_of(founds, pages)):
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


class Matrix:
    """Rows of names as a sparse matrix; names seen too rarely are left out."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        counts = Counter(name for row in rows for name in set(row))
        self.names = sorted(name for name, count in counts.items() if count >= LEAST)
        self._places = {name: place for place, name in enumerate(self.names)}
        self.data = self.of(rows)

    def of(self, rows: Sequence[Sequence[str]]) -> Any:
        """Return further rows in the same columns."""
        columns: list[int] = []
        starts = [0]
        for row in rows:
            columns += sorted({self._places[name] for name in row if name in self._places})
            starts.append(len(columns))
        ones = np.ones(len(columns))
        return csr_matrix((ones, columns, starts), shape=(len(rows), len(self.names)))


def fitted(
    rows: Sequence[Sequence[str]],
    kinds: Sequence[str],
    labels: Sequence[int],
    weights: Sequence[float],
    part: str,
) -> Linear:
    """Return a regression over named features, each alone and with the kind of its row."""
    crossed_rows = [
        [*names, *(f"{kind}|{name}" for name in names)] if kind else names
        for names, kind in zip(rows, kinds, strict=True)
    ]
    matrix = Matrix(crossed_rows)
    learner = LogisticRegression(
        C=STRENGTH[part], solver="liblinear", tol=1e-3, max_iter=200, random_state=SEED
    )
    learner.fit(matrix.data, labels, sample_weight=weights)
    common: dict[str, float] = {}
    of_kind: dict[str, dict[str, float]] = defaultdict(dict)
    own = {kind for kind in kinds if kind}
    for name, weight in zip(matrix.names, learner.coef_[0], strict=True):
        if abs(weight) < SMALL:
            continue
        kind, _, rest = name.partition("|")
        into, key = (of_kind[kind], rest) if kind in own and rest else (common, name)
        into[key] = round(float(weight), 3)
    return Linear(round(float(learner.intercept_[0]), 4), common, of_kind)


def _weight(text: Text) -> float:
    return NEWS_WEIGHT if text.source == "pool" else 1.0


def _labelled(found: Iterable[Text]) -> list[tuple[Row, float]]:
    return [
        (row, _weight(text))
        for text in found
        for _, page in text.pages
        for row in page
        if row.label is not None
    ]


def learn_screen(found: Iterable[Text]) -> Linear:
    """Learn what may open a statement at a first glance."""
    rows = _labelled(found)
    names = [row.glance for row, _ in rows]
    kinds = [row.opening.kind for row, _ in rows]
    return fitted(
        names, kinds, [row.label or 0 for row, _ in rows], [w for _, w in rows], "screens"
    )


def learn_openings(found: Iterable[Text]) -> Linear:
    """Learn what opens a statement; what is borderline teaches nothing."""
    rows = _labelled(found)
    names = [row.names for row, _ in rows]
    kinds = [row.opening.kind for row, _ in rows]
    return fitted(names, kinds, [row.label or 0 for row, _ in rows], [w for _, w in rows], "opens")


def learn_closings(found: Iterable[Text]) -> Linear:
    """Learn what ends a statement: every place before its end is one where it went on."""
    names: list[list[str]] = []
    kinds: list[str] = []
    labels: list[int] = []
    weights: list[float] = []
    for text in found:
        for _, page in text.pages:
            for row in page:
                weight = _weight(text) * (1.0 if row.stated else BORDER_WEIGHT)
                for one, label in _closings(row):
                    names.append(one)
                    kinds.append(row.opening.kind)
                    labels.append(label)
                    weights.append(weight)
    return fitted(names, kinds, labels, weights, "closes")


def _closings(row: Row) -> Iterator[tuple[list[str], int]]:
    if not row.ends:
        return
    view, text = row.proposal.view, row.proposal.page.text
    quote = closing_quote(view.page, row.opening.start)
    for order, closing in enumerate(ends_of(view, row.opening)):
        names = closing_features(view, row.opening, closing, order, quote)
        if _same_end(text, closing.end, row.ends[0]):
            yield names, 1
            return
        if closing.end > row.ends[0]:
            return
        if not (row.stated and any(_same_end(text, closing.end, end) for end in row.border)):
            yield names, 0


def _same_end(text: str, one: int, other: int) -> bool:
    return one == other or not plain(text[min(one, other) : max(one, other)])


class Learned(NamedTuple):
    """What is learnt of openings and closings; whether the whole holds is learnt from both."""

    screens: Linear
    opens: Linear
    closes: Linear


def learned_from(found: Sequence[Text]) -> Learned:
    """Learn openings and closings from some texts."""
    return Learned(learn_screen(found), learn_openings(found), learn_closings(found))


def answers(found: Iterable[Text], learned: Learned) -> dict[int, list[Candidate]]:
    """Return the candidates of each page, by the identity of its proposal."""
    said = {}
    for text in found:
        for proposal, rows in text.pages:
            candidates = []
            for row in rows:
                kind = row.opening.kind
                if learned.screens.probability(row.glance, kind) < SCREEN:
                    continue
                likely = learned.opens.probability(row.names, kind)
                if likely < FLOOR:
                    continue
                one = best_end(proposal.view, row.opening, likely, learned.closes)
                if one and not any(a < one.end and one.start < b for a, b in proposal.firm):
                    candidates.append(one)
            describe(proposal.view, candidates)
            said[id(proposal)] = candidates
    return said


def verdict(text: Text, page: int, one: Candidate) -> int | None:
    """Return 1 for what is right (nine in ten letters), None for what is borderline, else 0."""
    words = text.content.pages[page - 1].text[one.start : one.end]

    def meets(where: Where) -> bool:
        apart_ = where[0] != page or where[1] >= one.end or one.start >= where[2]
        return not apart_ and close(words, text.words(where))

    if any(one.kind in kinds and meets(where) for where, kinds in text.gold):
        return 1
    return None if any(meets(where) for where in text.border) else 0


def learn_whole(found: Iterable[Text], said: dict[int, list[Candidate]]) -> Linear:
    """Learn whether a candidate holds, from answers to texts that were not learnt from."""
    rows = [
        (one.names, label, _weight(text))
        for text in found
        for proposal, _ in text.pages
        for one in said[id(proposal)]
        if (label := verdict(text, proposal.page.number, one)) is not None
    ]
    names, labels, weights = ([row[part] for row in rows] for part in range(3))
    return fitted(names, [""] * len(rows), labels, weights, "holds")


def fold_of(text: Text) -> int:
    """Return the fold of a text, by its group."""
    return int(hashlib.sha256(f"{SEED}{text.group}".encode()).hexdigest(), 16) % FOLDS


def crossed(found: Sequence[Text]) -> dict[int, list[Candidate]]:
    """Return the answers to every text of models that have not seen its group."""
    said: dict[int, list[Candidate]] = {}
    for fold in range(FOLDS):
        seen = [text for text in found if fold_of(text) != fold]
        said |= answers([text for text in found if fold_of(text) == fold], learned_from(seen))
    return said


def check(found: Sequence[Text], said: dict[int, list[Candidate]]) -> None:
    """Print how the whole answers texts it has not learnt from, a set and a threshold a line."""
    for fold in range(FOLDS):
        holds = learn_whole([text for text in found if fold_of(text) != fold], said)
        for text in found:
            if fold_of(text) == fold:
                for proposal, _ in text.pages:
                    for one in said[id(proposal)]:
                        one.confidence = holds.probability(one.names)
    for source in ("pool", "prose", "pages", "gold"):
        for least in (0.3, 0.4, 0.5, 0.6, 0.7):
            _print(source, [text for text in found if text.source == source], said, least)


def _print(
    source: str, found: Sequence[Text], said: dict[int, list[Candidate]], least: float
) -> None:
    right = wrong = gold = alarms = silent = 0
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    bands: dict[int, list[float]] = defaultdict(lambda: [0, 0, 0])
    for text in found:
        loud = False
        for proposal, _ in text.pages:
            for one in apart(said[id(proposal)], least):
                label = verdict(text, proposal.page.number, one)
                loud = True
                if label is None:
                    continue
                right, wrong = right + label, wrong + 1 - label
                kinds[one.kind][1 - label] += 1
                band = bands[int(one.confidence * 10)]
                band[0], band[1], band[2] = band[0] + 1, band[1] + one.confidence, band[2] + label
        firm = [(p.page.number, a, b) for p, _ in text.pages for a, b in p.firm]
        for where, names in text.gold:
            if any(page == where[0] and a < where[2] and where[1] < b for page, a, b in firm):
                continue
            gold += 1
            kinds[min(names)][2] += 1
        silent += not text.gold
        alarms += loud and not text.gold
    total = sum(band[0] for band in bands.values())
    error = sum(abs(band[1] - band[2]) for band in bands.values()) / max(total, 1)
    rates = f"P {right / max(right + wrong, 1):.3f} R {right / max(gold, 1):.3f}"
    print(
        f"{source} {least} {rates} F1 {2 * right / max(right + wrong + gold, 1):.3f} of {gold}, alarms {alarms}/{silent}, error {error:.3f} {dict(kinds)}",
        flush=True,
    )


def trained(found: Sequence[Text], said: dict[int, list[Candidate]]) -> dict[str, Linear]:
    """Return the three parts, learnt from everything."""
    return {**learned_from(found)._asdict(), "holds": learn_whole(found, said)}


def artefact(parts: dict[str, Linear], found: Sequence[Text]) -> str:
    """Return the artefact's text: what it learnt from, and its weights by name."""
    sources = Counter(text.source for text in found)
    content = {
        "texts": dict(sorted(sources.items())),
        "statements": sum(len(text.gold) for text in found),
        "seed": SEED,
        "parts": {name: part.to_dict() for name, part in parts.items()},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def main() -> None:
    """Train; print or write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("batch", nargs="+", type=int)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = texts(options.batch)
    said = crossed(found)
    if options.write:
        ARTEFACT.write_text(artefact(trained(found, said), found), "utf-8")
        print(f"{ARTEFACT.name}: {ARTEFACT.stat().st_size} bytes")
    if options.check:
        check(found, said)


if __name__ == "__main__":
    main()
