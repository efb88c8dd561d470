"""Fit relevance: how likely a hit with such evidence is an answer, learnt from written questions.

    python -m tools.train_relevance LEARN [LEARN ...] [--hold WRITER ...] [--unseen ADAPTER ...]

Asks the questions of `corpora/training/questions/WRITER.jsonl` of a knowledge base of every text
written for learning (`benchmarks.fresh_search`), keeps the evidence of each candidate, and fits
one logistic function a mode, with weights that may not be negative. Questions that nothing
answers (`WRITER.off.txt` and `corpora/gold/off_topic.txt`) teach the floor. What is printed for
the writers held back is measured on questions that were not learnt from. The weights go into
`kb/search/relevance.py`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.fresh_labels import ROOT
from benchmarks.fresh_search import TRAINING, corpus, corpus_documents, queries_of, rows_of
from kb import EVERYTHING, KnowledgeBase, Mode
from kb.evaluation.queries import answer
from kb.evaluation.retrieval import ndcg
from kb.search.relevance import Evidence, relevance
from tools.unseen import AnyEncoder, UnseenEncoders

PARTS = ("coverage", "bm25", "grams", "concepts", "themes", "cosine", "kind", "body")
PENALTY = 0.02
BY_MEANING = ("cosine", "kind", "body")
FLOORS = (0.01, 0.02, 0.03, 0.04, 0.06, 0.08)
OFF_TOPIC = 0.5
Numbers = NDArray[np.float64]


@dataclass
class Asked:
    """A question's candidates, the likeliest first: evidence, grades, relevance so far."""

    evidence: Numbers
    grades: Numbers
    relevance: Numbers
    best: list[int]


def features(evidence: Evidence) -> list[float]:
    """Return the parts that are weighed; what a mode does not look at is 0."""
    return [float(getattr(evidence, part) or 0.0) for part in PARTS]


def asked_of(kb: KnowledgeBase, text: str, relevant: dict[object, int], mode: Mode) -> Asked:
    """Return the candidates of a question, each text once."""
    judged = kb.searcher.judge(text, mode, EVERYTHING)
    records = kb.store.records(one.entry for one in judged)
    seen, kept = set(), []
    for one in judged:
        name = answer("corpus", records[one.entry].text)
        if name not in seen:
            seen.add(name)
            kept.append((features(one.evidence), relevant.get(name, 0), relevance(one.evidence)))
    rows = [row for row, _, _ in kept] or np.empty((0, len(PARTS)))
    return Asked(
        np.array(rows, dtype=np.float64),
        np.array([grade for _, grade, _ in kept], dtype=np.float64),
        np.array([value for _, _, value in kept], dtype=np.float64),
        list(relevant.values()),
    )


def fit(asked: list[Asked], off: list[Asked], used: Numbers) -> tuple[Numbers, float]:
    """Return weights and bias: a logistic function, its weights not below zero.

    `used` is 1 for the parts of the evidence that count, else 0.
    """
    some = [one for one in [*asked, *off] if len(one.evidence)]
    rows = np.concatenate([one.evidence for one in some]) * used
    right = np.concatenate([(one.grades > 0).astype(np.float64) for one in some])
    weight = np.concatenate(
        [np.full(len(one.evidence), 1.0 if one.best else OFF_TOPIC) for one in some]
    )
    middle, spread = rows.mean(0), rows.std(0) + 1e-9
    scaled = (rows - middle) / spread

    def loss(parameters: Numbers) -> tuple[float, Numbers]:
        value = scaled @ parameters[1:] + parameters[0]
        chance = 1 / (1 + np.exp(-value))
        cost = -(right * np.log(chance + 1e-12) + (1 - right) * np.log(1 - chance + 1e-12))
        slope = weight * (chance - right) / weight.sum()
        gradient = np.concatenate([[slope.sum()], scaled.T @ slope])
        gradient[1:] += PENALTY * parameters[1:] / len(PARTS)
        total = (weight * cost).sum() / weight.sum()
        return total + PENALTY * (parameters[1:] ** 2).sum() / 2 / len(PARTS), gradient

    bounds = [(None, None), *[(0.0, None)] * len(PARTS)]
    start = np.zeros(len(PARTS) + 1)
    done = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B")
    weights = done.x[1:] / spread
    return weights, float(done.x[0] - weights @ middle)


def report(name: str, asked: list[Asked], values: list[Numbers], floor: float) -> None:
    """Print nDCG@10 with the floor and without, answers among the first three, and none."""
    scores, free, third, none = [], [], 0, 0
    for one, value in zip(asked, values, strict=True):
        order = np.argsort(-value, kind="stable")
        silent = not len(order) or value[order[0]] < floor
        gains = [int(grade) for grade in one.grades[order][:10]]
        free.append(ndcg(gains, one.best))
        scores.append(0.0 if silent else free[-1])
        third += any(gains[:3]) and not silent
        none += silent
    count = len(asked)
    print(
        f"{name}: nDCG@10 {np.mean(scores):.3f} (no floor {np.mean(free):.3f}), "
        f"success@3 {third / count:.3f}, none {none / count:.3f}",
        flush=True,
    )


@contextmanager
def learning_base(place: Path, encoder: AnyEncoder) -> Iterator[KnowledgeBase]:
    """Return a knowledge base of every text written for learning."""
    encoder.warm_up()
    with KnowledgeBase(place / "learn.db", encoder=encoder) as kb:
        for document in corpus_documents(corpus()):
            kb.add(document)
        kb.warm_up()
        yield kb


def asked_by(kb: KnowledgeBase, writer: str, mode: Mode) -> list[Asked]:
    """Return a writer's questions as asked of a knowledge base."""
    rows = rows_of(TRAINING / "questions" / f"{writer}.jsonl")
    return [asked_of(kb, query.text, dict(query.relevant), mode) for query in queries_of(rows)]


def off_topic(writers: Sequence[str]) -> list[str]:
    """Return questions that nothing answers, the writers' own and those of the gold."""
    files = [ROOT / "corpora/gold/off_topic.txt"]
    files += [TRAINING / "questions" / f"{name}.off.txt" for name in writers]
    return [
        line
        for file in files
        if file.is_file()
        for line in file.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("# ")
    ]


def main() -> None:
    """Ask, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("learn", nargs="+")
    parser.add_argument("--hold", nargs="*", default=[])
    parser.add_argument("--mode", default="smart", choices=("smart", "words", "meaning"))
    parser.add_argument("--unseen", nargs="*", type=Path, default=[])
    options = parser.parse_args()
    mode: Mode = options.mode
    encoders = UnseenEncoders(options.unseen)
    names = [*options.learn, *options.hold]
    sets: dict[str, list[Asked]] = {}
    off: list[Asked] = []
    for encoder, places in encoders.groups([*names, ""]):
        own = [names[place] for place in places if place < len(names)]
        with tempfile.TemporaryDirectory() as place, learning_base(Path(place), encoder) as kb:
            sets |= {name: asked_by(kb, name, mode) for name in own}
            if len(names) in places:
                off = [asked_of(kb, line, {}, mode) for line in off_topic(options.learn)]
    fit_and_report(sets, options.learn, off, PARTS)
    if mode == "smart":
        print("the same evidence without words, for the mode of meaning alone:")
        fit_and_report(sets, options.learn, off, BY_MEANING)


def fit_and_report(
    sets: dict[str, list[Asked]], learn: Sequence[str], off: list[Asked], parts: Sequence[str]
) -> None:
    """Fit on some writers with some parts of the evidence; print what it gives at each floor."""
    used = np.array([part in parts for part in PARTS], dtype=np.float64)
    weights, bias = fit([one for name in learn for one in sets[name]], off, used)
    print({"bias": round(bias, 2), **dict(zip(PARTS, np.round(weights, 2).tolist(), strict=True))})

    def answered(asked: list[Asked]) -> list[Numbers]:
        return [1 / (1 + np.exp(-(one.evidence @ weights + bias))) for one in asked]

    nothing = answered(off)
    for floor in FLOORS:
        turned = np.mean([not len(value) or value.max() < floor for value in nothing])
        print(f"floor {floor}: off-topic turned away {turned:.3f}")
    for name, asked in sets.items():
        report(f"{name} before", asked, [one.relevance for one in asked], 0.12)
        for floor in FLOORS:
            report(f"{name} after, floor {floor}", asked, answered(asked), floor)


if __name__ == "__main__":
    main()
