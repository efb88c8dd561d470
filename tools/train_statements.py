"""Train the model that decides which candidates in running prose are statements.

    python -m tools.train_statements BATCH [BATCH ...] [--check] [--write]

Learns from the labelled batches named and from the other texts of `tools.statement_texts`. Three
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
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.fresh_labels import ROOT
from ingest.extract.statements.learned.candidates import (
    FLOOR,
    SCREEN,
    Candidate,
    best_end,
    describe,
    ends_of,
)
from ingest.extract.statements.learned.closings import closing_quote
from ingest.extract.statements.learned.decision import apart
from ingest.extract.statements.learned.features import closing_features
from ingest.extract.statements.learned.model import Linear
from kb.evaluation.matching import close, plain
from tools.statement_texts import Row, Text, Where, texts

ARTEFACT = ROOT / "ingest" / "extract" / "statements" / "learned" / "statements.json"
SEED = 20261130
FOLDS = 5
STRENGTH = {"screens": 1.0, "opens": 0.4, "closes": 0.5, "holds": 0.04}
"""Inverse strength of the L2 penalty of each part."""
LEAST = 2
"""A feature must have been seen so often."""
SMALL = 0.02
"""Weights smaller than this are left out of the artefact."""
_WEIGHTS = {"pool": 2.0, "seeds": 4.0, "gold": 4.0}
"""Slices of the pool were drawn at random and count more than sets that rules were written on;
the founding documents and our own gold are to be read exactly."""
BORDER_WEIGHT = 0.5
"""The end of a borderline span teaches less than that of a statement."""


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
        if abs(weight) < SMALL or "of=" in name:
            continue
        kind, _, rest = name.partition("|")
        into, key = (of_kind[kind], rest) if kind in own and rest else (common, name)
        into[key] = round(float(weight), 3)
    return Linear(round(float(learner.intercept_[0]), 4), common, of_kind)


def _of(text: Text) -> list[str]:
    """Return the feature that a text written for learning has while it is learnt from.

    Such texts state far more than real news does; the feature takes that up and is left out
    afterwards, so that what is learnt from them meets real news as it is.
    """
    return [f"of={text.source}"] if text.source == "written" else []


def _weight(text: Text) -> float:
    return _WEIGHTS.get(text.source, 1.0)


def _labelled(found: Iterable[Text]) -> list[tuple[Row, float, list[str]]]:
    return [
        (row, _weight(text), _of(text))
        for text in found
        for _, page in text.pages
        for row in page
        if row.label is not None
    ]


def learn_screen(found: Iterable[Text]) -> Linear:
    """Learn what may open a statement at a first glance."""
    rows = _labelled(found)
    names = [[*row.glance, *source] for row, _, source in rows]
    kinds = [row.opening.kind for row, *_ in rows]
    labels = [row.label or 0 for row, *_ in rows]
    return fitted(names, kinds, labels, [weight for _, weight, _ in rows], "screens")


def learn_openings(found: Iterable[Text]) -> Linear:
    """Learn what opens a statement; what is borderline teaches nothing."""
    rows = _labelled(found)
    names = [[*row.names, *source] for row, _, source in rows]
    kinds = [row.opening.kind for row, *_ in rows]
    labels = [row.label or 0 for row, *_ in rows]
    return fitted(names, kinds, labels, [weight for _, weight, _ in rows], "opens")


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
                    names.append([*one, *_of(text)])
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
        ([*one.names, *_of(text)], label, _weight(text))
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
    for source in ("pool", "prose", "written", "pages", "gold"):
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
