"""Train the model of relations: `python -m tools.train_relations [--cross] [--unseen ADAPTER ...]`.

Learns from what writers labelled (`corpora/training/project_pairs`), a small part from pairs by
hand and made ones; `--cross` holds out one writer after the other instead of writing the model.
Writes `kb/duplicates/relation.json`; two trainings give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from kb.duplicates.evidence import things_of
from kb.duplicates.judgement import pair_evidence
from kb.duplicates.pairs_file import profile_of_row
from kb.duplicates.profile import ProjectProfile
from kb.duplicates.relation import RELATIONS, model_from_json
from kb.model.vector_cache import VectorCache
from tools.make_traps import crossed, traps, unlike
from tools.unseen import UnseenEncoders

ROOT = Path(__file__).resolve().parents[1]
TRAINING = ROOT / "corpora" / "training"
MODEL = ROOT / "kb" / "duplicates" / "relation.json"
WRITTEN, BARE, BY_HAND, MADE = 0.4, 0.4, 0.7, 0.15
"""What a pair counts: as written, with fields left out, by hand, by template."""

TRAPPED, CROSSED, AGAIN = 0.4, 0.1, 0.3
"""What a pair counts: made traps, sides of two pairs, a row beside itself."""

ONE_IN = 5
"""Of the templates' pairs one in so many is used."""

Row = dict[str, Any]
_SEEN: dict[tuple[int, int], dict[str, float]] = {}
"""What was seen of pairs of profiles that `_profile` holds for the whole training."""


class Lesson(NamedTuple):
    """Pairs with their relations and what each counts."""

    pairs: list[tuple[ProjectProfile, ProjectProfile]]
    labels: list[int]
    weights: list[float]


def written() -> dict[str, list[Row]]:
    """Return the writers' pairs by writer."""
    files = sorted((TRAINING / "project_pairs").glob("*.jsonl"))
    return {
        file.stem: [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        for file in files
    }


def bare(rows: Iterable[Row]) -> list[Row]:
    """Return the pairs without money, some without a place that the body says, some of a plan."""
    found = []
    for row in rows:
        chance, left = random.Random(row["id"]), json.loads(json.dumps(row))
        asked = all(row[side].get("organisation") for side in "ab")
        for side in "ab":
            left[side]["budget"] = None
            place = left[side].get("place") or ""
            fine = any(
                word in place for word in ("ม.", "หมู่", "บ้าน", "ซอย", "วัด", "โรงเรียน", "คลอง", "ห้วย")
            )
            if asked and not fine and chance.random() < 0.5:
                left[side]["place"] = None
        year = row["a"].get("year")
        if (
            row["relation"] != "continuation"
            and isinstance(year, int)
            and year == row["b"].get("year")
            and 2566 <= year <= 2570
            and chance.random() < 0.3
        ):
            left[chance.choice("ab")]["year"] = [2566, 2570]
        found.append(left)
    return found


def said_again(rows: Iterable[Row]) -> list[Row]:
    """Return rows beside themselves, less said the second time: that makes no other place."""
    found = []
    for number, row in enumerate(rows):
        if number % 3:
            continue
        chance = random.Random(row["id"])
        one = dict(row[chance.choice("ab")])
        other = one | {"budget": chance.choice([None, one.get("budget")])}
        if _profile(json.dumps(one)).traits.names:
            for part in ("place", "organisation"):
                if chance.random() < 0.5:
                    (one if chance.random() < 0.5 else other)[part] = None
        if chance.random() < 0.3:
            one["year"] = None
        found.append({"a": one, "b": other, "relation": "duplicate"})
    return found


def lesson(rows: Iterable[Row], weight: float) -> Lesson:
    """Return rows as a lesson in which each counts as much."""
    known = [row for row in rows if row["relation"] in RELATIONS]
    pairs = [(_profile(json.dumps(row["a"])), _profile(json.dumps(row["b"]))) for row in known]
    return Lesson(pairs, [RELATIONS.index(row["relation"]) for row in known], [weight] * len(known))


@cache
def _profile(row: str) -> ProjectProfile:
    return profile_of_row(json.loads(row))


def lessons(writers: Sequence[list[Row]], *, templates: bool = True) -> Lesson:
    """Return all that is learnt from."""
    rows = [row for own in writers for row in own]
    parts = [lesson(rows, WRITTEN), lesson(bare(rows), BARE)]
    parts += [lesson([*traps(), *unlike()], TRAPPED)]
    parts += [lesson(said_again(rows), AGAIN)]
    mixed = lesson(crossed(rows), CROSSED)
    clear = [number for number, (a, b) in enumerate(mixed.pairs) if _unlike(a, b)]
    parts.append(
        Lesson(
            [mixed.pairs[number] for number in clear],
            [mixed.labels[number] for number in clear],
            [mixed.weights[number] for number in clear],
        )
    )
    if templates:
        lines = (TRAINING / "relations.jsonl").read_text("utf-8").splitlines()
        made = [json.loads(line) for line in lines]
        parts.append(lesson((row for row in made if row["made_by"] == "hand"), BY_HAND))
        picked = (json.loads(line) for line in lines if crc32(line.encode()) % ONE_IN == 0)
        parts.append(lesson((row for row in picked if row["made_by"] != "hand"), MADE))
    return Lesson(
        [pair for part in parts for pair in part.pairs],
        [label for part in parts for label in part.labels],
        [weight for part in parts for weight in part.weights],
    )


def _unlike(a: ProjectProfile, b: ProjectProfile) -> bool:
    one, other = things_of(a.traits.plain), things_of(b.traits.plain)
    return bool(one and other) and not one & other and a.title != b.title


class Meaning:
    """Cosines of works, from encoders that have not learnt from whoever wrote the pair."""

    def __init__(self, writers: dict[str, list[Row]], adapters: Sequence[Path]) -> None:
        self._encoders = UnseenEncoders(adapters)
        self._vectors = VectorCache()
        self._writer = {
            _profile(json.dumps(row[side])).traits.work: name
            for name, rows in writers.items()
            for row in rows
            for side in "ba"
        }

    def cosines(self, pairs: Sequence[tuple[ProjectProfile, ProjectProfile]]) -> list[float]:
        """Return the cosine of the works' texts of each pair; its first side says the writer."""
        values = [0.0] * len(pairs)
        writers = [self._writer.get(a.traits.work, "") for a, _ in pairs]
        for encoder, places in self._encoders.groups(writers):
            works = [one.traits.work for place in places for one in pairs[place]]
            encoded = self._vectors.encode(encoder, works, "passage")
            for place, a, b in zip(places, encoded[::2], encoded[1::2], strict=True):
                values[place] = float(a @ b)
        return values


def fit(rows: list[dict[str, float]], labels: list[int], weights: list[float]) -> dict[str, Any]:
    """Fit both halves and return the model as plain data."""
    names = sorted(rows[0])
    values = np.array([[row[name] for name in names] for row in rows])
    scaler = StandardScaler().fit(values)
    linear = LogisticRegression(C=0.05, max_iter=5000).fit(
        scaler.transform(values), labels, weights
    )
    trees = HistGradientBoostingClassifier(
        max_iter=120,
        learning_rate=0.06,
        max_leaf_nodes=8,
        min_samples_leaf=8,
        l2_regularization=1.0,
        max_features=0.3,
        early_stopping=False,
        random_state=0,
    ).fit(values, labels, weights)
    return {
        "names": names,
        "means": rounded(scaler.mean_),
        "spreads": rounded(scaler.scale_),
        "weights": rounded(linear.coef_),
        "constants": rounded(linear.intercept_),
        "trees": plain_trees(trees),
        "sharpness": 1.0,
    }


def plain_trees(fitted: HistGradientBoostingClassifier) -> dict[str, Any]:
    """Write boosted trees as arrays of one row a tree."""
    grown = [(k, tree.nodes) for stage in fitted._predictors for k, tree in enumerate(stage)]
    most = max(len(nodes) for _, nodes in grown)

    def laid(name: str, empty: float) -> list[list[Any]]:
        return [[*rounded(nodes[name]), *[empty] * (most - len(nodes))] for _, nodes in grown]

    features = [
        [-1 if node["is_leaf"] else int(node["feature_idx"]) for node in nodes]
        + [-1] * (most - len(nodes))
        for _, nodes in grown
    ]
    return {
        "feature": features,
        "threshold": laid("num_threshold", 0.0),
        "left": laid("left", 0),
        "right": laid("right", 0),
        "value": laid("value", 0.0),
        "relation": [k for k, _ in grown],
        "base": rounded(fitted._baseline_prediction.ravel()),
    }


def rounded(values: Any) -> Any:
    """Return numbers with six digits behind the point, as plain data."""
    return (
        np.round(np.asarray(values, dtype=np.float64), 6).tolist()
        if np.asarray(values).dtype.kind == "f"
        else np.asarray(values).tolist()
    )


def sharpness(chances: np.ndarray, labels: np.ndarray) -> float:
    """Return the power that makes held-out probabilities likeliest."""
    logs = np.log(np.maximum(chances, 1e-12))
    rows = np.arange(len(labels))

    def loss(power: float) -> float:
        scaled = logs * power
        scaled -= np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return -float(scaled[rows, labels].mean())

    return float(min(np.arange(0.6, 2.01, 0.05).round(2).tolist(), key=loss))


def report(name: str, chances: np.ndarray, labels: np.ndarray) -> None:
    """Print the figures of held-out pairs."""
    said = chances.argmax(1)
    confusion = np.zeros((5, 5), int)
    np.add.at(confusion, (labels, said), 1)
    f1 = (2 * confusion.diagonal() / np.maximum(1, confusion.sum(0) + confusion.sum(1))).mean()
    recall, precision = (
        confusion[0, 0] / confusion[0].sum(),
        confusion[0, 0] / max(1, confusion[:, 0].sum()),
    )
    away = confusion[2, 0] / confusion[2].sum()
    print(
        f"{name}: F1 {f1:.3f} recall {recall:.3f} precision {precision:.3f} elsewhere {away:.3f} {confusion.tolist()}"
    )


def evidence_of(known: Lesson, meaning: Meaning | None) -> list[dict[str, float]]:
    """Return what the model sees of each pair."""
    near = meaning.cosines(known.pairs) if meaning else [None] * len(known.pairs)
    found = []
    for (a, b), cosine in zip(known.pairs, near, strict=True):
        if (id(a), id(b)) not in _SEEN:
            _SEEN[id(a), id(b)] = pair_evidence(a, b)
        values = _SEEN[id(a), id(b)]
        found.append(values if cosine is None else values | {"cosine": cosine})
    return found


def held_out(writers: dict[str, list[Row]], meaning: Meaning | None, *, templates: bool) -> float:
    """Report each writer's pairs by a model that never saw them; return the sharpness that fits."""
    every: list[np.ndarray] = []
    truth: list[int] = []
    for name, rows in writers.items():
        known = lessons(
            [own for other, own in writers.items() if other != name], templates=templates
        )
        model = model_from_json(fit(evidence_of(known, meaning), known.labels, known.weights))
        asked = lesson(rows, 1.0)
        chances = model.probabilities(evidence_of(asked, meaning))
        report(
            f"{name} meaning={bool(meaning)} templates={templates}", chances, np.array(asked.labels)
        )
        every.append(chances)
        truth += asked.labels
    return sharpness(np.vstack(every), np.array(truth))


def main() -> None:
    """Cross-validate by writer; without `--cross`, also write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--cross", action="store_true", help="only report, with and without templates"
    )
    parser.add_argument(
        "--unseen", nargs="*", type=Path, default=[], help="adapters that saw not every writer"
    )
    asked = parser.parse_args()
    writers = written()
    made: dict[str, Any] = {}
    for name, meaning in (("words", None), ("meaning", Meaning(writers, asked.unseen))):
        power = held_out(writers, meaning, templates=True)
        if asked.cross:
            held_out(writers, meaning, templates=False)
            continue
        known = lessons(list(writers.values()))
        made[name] = fit(evidence_of(known, meaning), known.labels, known.weights)
        made[name]["sharpness"] = power
        print(name, len(known.labels), "pairs, sharpness", power)
    if made:
        MODEL.write_text(
            json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
