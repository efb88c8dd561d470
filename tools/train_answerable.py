"""Learn whether a question is one that plans answer.

    python -m tools.train_answerable [--unread WRITER ...] [--hold WRITER ...] [--write]

The question's vector is judged by a logistic function learnt from all questions of
`corpora/training/questions` (`*.jsonl` are answered by plans, `*.off.txt` are not), names of
projects and statements, and key words cut out of them. A second function joins that judgement
with the evidence that search finds, so that few questions of writers whom the adapter has not
read (`--unread`) are lost. `--hold` leaves
writers out of everything and prints what is said of them. `corpora/gold/off_topic.txt` is never
learnt from. `--write` writes `kb/search/answerable.json`; the same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import string
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.fresh_labels import ROOT
from benchmarks.fresh_search import TRAINING, corpus, queries_of, rows_of
from ingest.thai.words import words
from kb import EVERYTHING, KnowledgeBase
from kb.model.sentence_encoder import load_encoder
from kb.search.answerable import evidence_of
from tools.train_relevance import learning_base

OUT = ROOT / "kb" / "search" / "answerable.json"
QUESTIONS = TRAINING / "questions"
PARTS = ("question", "relevance", "grams")
RELEVANCES = (0.0, 0.2, 0.4, 0.7, 1.0, 1.5)
GRAMS = (0.0, 1.0, 2.0, 4.0)
STRENGTH = 10.0
NAMES, KEYWORDS, NONSENSE = 1500, 800, 60
LITTLE = 0.2
"""How much a name or a key word counts beside a question that somebody wrote."""
LOST = 0.03
"""So many real questions of writers not learnt from may be called unanswerable."""
KEYWORDS_LOST = 0.02
SEED = 11
_THAI_KEYS = "ๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใฝ"
Numbers = NDArray[np.float64]


@dataclass
class Asked:
    """Questions of one source: vectors, evidence, whether plans answer them, their weight."""

    name: str
    texts: list[str]
    answered: bool
    weight: float = 1.0
    vectors: Numbers = field(default_factory=lambda: np.empty((0, 0)))
    evidence: Numbers = field(default_factory=lambda: np.empty((0, 0)))

    @property
    def writer(self) -> str:
        """Who wrote them."""
        return self.name.partition(".")[0]


def sources() -> Iterator[Asked]:
    """Give the questions by source: every writer's own, names, key words, nonsense, the gold."""
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        yield Asked(path.stem, [query.text for query in queries_of(rows_of(path))], answered=True)
    for path in [*sorted(QUESTIONS.glob("*.off.txt")), ROOT / "corpora/gold/off_topic.txt"]:
        yield Asked(path.stem, _lines(path), answered=False)
    chance = random.Random(SEED)
    names = sorted({" ".join(one.text.split()) for one in corpus()})
    chance.shuffle(names)
    yield Asked("names", names[:NAMES], answered=True, weight=LITTLE)
    yield Asked("keywords", list(_keywords(names[NAMES:], chance)), answered=True, weight=LITTLE)
    yield Asked("nonsense", list(_nonsense(chance)), answered=False, weight=LITTLE)


def _lines(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("# ")]


def _keywords(names: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Give one to three words that follow each other in a name, as people type them."""
    for name in names[:KEYWORDS]:
        said = words(name)
        if said:
            size = chance.randint(1, min(3, len(said)))
            start = chance.randrange(len(said) - size + 1)
            yield "".join(said[start : start + size])


def _nonsense(chance: random.Random) -> Iterator[str]:
    for number in range(NONSENSE):
        keys = _THAI_KEYS if number % 2 else string.ascii_lowercase
        yield "".join(chance.choice(keys) for _ in range(chance.randint(4, 14)))


def ask(asked: Sequence[Asked]) -> str:
    """Put vectors and evidence beside the questions; return the encoder's fingerprint."""
    encoder = load_encoder()
    with tempfile.TemporaryDirectory() as place, learning_base(Path(place), encoder) as kb:
        for one in asked:
            subjects = [kb.searcher.intent(text).subject or text for text in one.texts]
            one.vectors = encoder.encode(subjects, "query").astype(np.float64)
            one.evidence = np.array([_evidence(kb, text) for text in one.texts])
            print(f"asked {one.name}: {len(one.texts)}", flush=True)
    return encoder.fingerprint


def _evidence(kb: KnowledgeBase, text: str) -> list[float]:
    found = evidence_of(kb.searcher.judge(text, "smart", EVERYTHING))
    return [found[part] for part in PARTS[1:]]


def question_model(asked: Sequence[Asked]) -> tuple[Numbers, float]:
    """Learn from vectors alone; both classes weigh the same. Return weights and bias."""
    rows = np.concatenate([one.vectors for one in asked])
    right = np.concatenate([np.full(len(one.texts), float(one.answered)) for one in asked])
    weight = np.concatenate([np.full(len(one.texts), one.weight) for one in asked])
    weight[right == 0] *= weight[right == 1].sum() / weight[right == 0].sum()
    model = LogisticRegression(C=STRENGTH, max_iter=10_000)
    model.fit(rows, right, sample_weight=weight)
    return model.coef_[0], float(model.intercept_[0])


def joined(asked: Sequence[Asked], unread: Sequence[str]) -> dict[str, float]:
    """Choose how the question and the evidence are joined.

    Every source is judged by a function that has not seen its writer. Of the joins that lose
    few key words, where few of the unread writers' questions are lost, the one that turns most
    others away is taken.
    """
    parts = {
        one.name: _parts(one, *question_model([o for o in asked if o.writer != one.writer]))
        for one in asked
        if one.name != "nonsense"
    }
    best, turned = dict.fromkeys(("bias", *PARTS), 0.0), -1.0
    for relevance, grams in itertools.product(RELEVANCES, GRAMS):
        weights = {"bias": 0.0, "question": 1.0, "relevance": relevance, "grams": grams}
        said = {name: join(table, weights) for name, table in parts.items()}
        cut = float(np.quantile(np.concatenate([said[name] for name in unread]), LOST))
        away = [np.mean(said[one.name] < cut) for one in asked if _is_off_topic(one)]
        if np.mean(said["keywords"] < cut) <= KEYWORDS_LOST and np.mean(away) > turned:
            best, turned = {**weights, "bias": -cut}, float(np.mean(away))
    print(f"off-topic turned away by functions that had not seen their writer: {turned:.3f}")
    return best


def _is_off_topic(one: Asked) -> bool:
    return not one.answered and one.name != "nonsense"


def join(parts: Numbers, weights: Mapping[str, float]) -> Numbers:
    """Return the joined judgement of each question: above 0 where plans answer it."""
    return parts @ np.array([weights[name] for name in PARTS]) + weights["bias"]


def _parts(one: Asked, vector: Numbers, bias: float) -> Numbers:
    return np.column_stack([one.vectors @ vector + bias, one.evidence])


def main() -> None:
    """Ask, learn, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unread", nargs="*", default=["s06"])
    parser.add_argument("--hold", nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    asked = list(sources())
    fingerprint = ask(asked)
    known = [one for one in asked if one.writer not in (*options.hold, "off_topic")]
    weights = joined(known, options.unread)
    vector, bias = question_model(known)
    print(weights)
    for one in asked:
        right = np.mean((join(_parts(one, vector, bias), weights) > 0) == one.answered)
        seen = "not learnt from" if one not in known else "learnt from"
        print(f"{one.name} ({seen}): rightly judged {right:.3f}")
    if options.write:
        record = {
            "encoder": fingerprint,
            "weights": {name: round(value, 3) for name, value in weights.items()},
            "bias": round(bias, 4),
            "vector": [round(float(value), 4) for value in vector],
        }
        OUT.write_text(json.dumps(record, indent=None) + "\n", "utf-8")


if __name__ == "__main__":
    main()
