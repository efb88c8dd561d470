"""Fit the scale of relevance: what share of hits with such evidence people call answers.

    python -m benchmarks.fit_relevance [GOLD ...]

GOLD are folders with queries and off-topic queries, `corpora/gold` unless told otherwise
(give `../shared/eval/search` too where it is there). The weights of the parts of evidence
stand in a fixed proportion (`PROPORTIONS`, found by coordinate ascent on the order of hits
on `corpora/gold` and XQuAD); only their common scale and the bias are fitted, by logistic
regression on the first five hits of every query. So there is little to overfit: two numbers
a mode. The result is written into `kb/relevance.py` by hand; the table shows how well the
probabilities hold and what the floor keeps and turns away.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from kb import EVERYTHING, KnowledgeBase, Mode
from kb.evaluation.queries import Query, answer, documents_in, off_topic_in, queries_in
from kb.model.sentence_encoder import load_encoder
from kb.search.relevance import FLOOR
from kb.search.searcher import Searcher

PROPORTIONS: Mapping[Mode, Mapping[str, float]] = {
    "smart": {
        "cosine": 45.0,
        "coverage": 0.7,
        "bm25": 5.0,
        "grams": 6.0,
        "concepts": 1.0,
        "themes": 0.7,
        "kind": 1.5,
        "body": 2.5,
    },
    "words": {
        "coverage": 1.0,
        "bm25": 3.0,
        "grams": 3.0,
        "concepts": 1.0,
        "themes": 0.75,
        "kind": 1.0,
        "body": 2.0,
    },
    "meaning": {"cosine": 45.0, "kind": 1.5, "body": 2.5},
}
FIRST = 5
OFF_TOPIC_WEIGHT = 0.2

Scores = NDArray[np.float64]
Judgements = list[tuple[Scores, NDArray[np.int64]]]


def judgements(searcher: Searcher, queries: Sequence[Query], mode: Mode) -> Judgements:
    """Score the candidates of every query in proportion, and tell which are answers."""
    found: Judgements = []
    weights = PROPORTIONS[mode]
    for query in queries:
        judged = searcher.judge(query.text, mode, EVERYTHING)
        records = searcher.store.records(each.entry for each in judged)
        scores = [
            sum(weight * (getattr(each.evidence, name) or 0) for name, weight in weights.items())
            for each in judged
        ]
        right = [
            answer(records[each.entry].file, records[each.entry].text) in query.relevant
            for each in judged
        ]
        order = np.argsort(-np.array(scores), kind="stable")
        found.append((np.array(scores)[order], np.array(right, dtype=np.int64)[order]))
    return found


def fit(real: Judgements, off_topic: Judgements) -> tuple[float, float]:
    """Return the scale and the bias of the logistic function."""
    parts = [(scores, right, 1.0) for scores, right in real]
    parts += [(scores, right, OFF_TOPIC_WEIGHT) for scores, right in off_topic]
    scores = np.concatenate([scores[:FIRST] for scores, _, _ in parts])
    right = np.concatenate([right[:FIRST] for _, right, _ in parts])
    weight = np.concatenate([np.full(len(scores[:FIRST]), each) for scores, _, each in parts])
    model = LogisticRegression(C=1e6, max_iter=5000)
    model.fit(scores[:, None], right, sample_weight=weight)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def show(mode: Mode, real: Judgements, off_topic: Judgements) -> None:
    """Fit one mode and print its weights and how well they hold."""
    scale, bias = fit(real, off_topic)
    weights = {name: round(weight * scale, 2) for name, weight in PROPORTIONS[mode].items()}
    print(f"\n## {mode}\n\n{{'bias': {bias:.2f}, {str(weights)[1:]}")
    print("\n| relevance | hits | answers among them |\n|---|---|---|")
    values = np.concatenate([_relevance(s[:FIRST], scale, bias) for s, _ in real])
    right = np.concatenate([right[:FIRST] for _, right in real])
    for low in np.arange(0, 1, 0.2):
        inside = (values >= low) & (values < low + 0.2)
        if inside.any():
            print(f"| {low:.1f}-{low + 0.2:.1f} | {inside.sum()} | {right[inside].mean():.2f} |")
    kept, turned = (
        np.mean([len(s) > 0 and _relevance(s[:1], scale, bias)[0] >= FLOOR for s, _ in some])
        for some in (real, off_topic)
    )
    print(f"\nfloor {FLOOR}: real queries answered {kept:.3f}, off-topic ones {turned:.3f}")


def _relevance(scores: Scores, scale: float, bias: float) -> Scores:
    return np.array([1 / (1 + math.exp(-(scale * score + bias))) for score in scores])


def main() -> None:
    """Fit every mode on the given gold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path, default=[Path("corpora/gold")])
    folders: list[Path] = parser.parse_args().gold
    encoder = load_encoder()
    off_topic = [Query(text, {}) for folder in folders for text in off_topic_in(folder)]
    real: dict[Mode, Judgements] = {mode: [] for mode in PROPORTIONS}
    off: dict[Mode, Judgements] = {mode: [] for mode in PROPORTIONS}
    for folder in folders:
        with (
            tempfile.TemporaryDirectory() as place,
            KnowledgeBase(Path(place) / "gold.db", encoder=encoder) as kb,
        ):
            for document in documents_in(folder):
                kb.add(document)
            kb.warm_up()
            for mode in PROPORTIONS:
                real[mode] += judgements(kb.searcher, queries_in(folder), mode)
                off[mode] += judgements(kb.searcher, off_topic, mode)
    for mode in PROPORTIONS:
        show(mode, real[mode], off[mode])


if __name__ == "__main__":
    main()
