"""Train the model of relations: `python -m tools.train_relations`.

Fits the three questions of `kb.duplicates.relation` together, so that the probabilities of
the five relations are right on `corpora/training/relations.jsonl`; works of a fifth of the
groups are kept aside to measure. Writes `kb/duplicates/relation.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import torch

from ingest.extract.identity.organisation_names import organisations_in
from kb.duplicates.features import PairFeatures, pair_features
from kb.duplicates.profile import ProjectProfile, project_profile
from kb.duplicates.relation import RELATIONS
from kb.model.sentence_encoder import load_encoder

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ROOT / "corpora" / "training" / "relations.jsonl"
MODEL = ROOT / "kb" / "duplicates" / "relation.json"
ANSWERED = (*RELATIONS, "not_same")
"""What pairs are labelled with; `not_same` is related or different, whichever."""

HEADS = ("work", "place", "time")
ANSWERS = {"work": 3, "place": 2, "time": 2}
PENALTY = 0.0002
NUDGES = {"hand": 3.0, "rule": 1.0, "untold": 1.0, "line": 2.0}
"""What a pair counts, by who made it; `untold` ones cannot be told and are not measured."""


def side(row: dict[str, Any]) -> ProjectProfile:
    """Make a subject of one side of a pair."""
    named = organisations_in(row.get("organisation") or "")
    body = named[0].organisation if named else None
    money = Decimal(row["budget"]) if row.get("budget") else None
    return project_profile(
        row["title"], row.get("place"), [row["year"]] if row.get("year") else [], money, body
    )


def cosines(sides: Sequence[tuple[ProjectProfile, ProjectProfile]]) -> list[float]:
    """Return the cosine of the works' texts of each pair."""
    encoder = load_encoder()
    texts = sorted({one.traits.work for pair in sides for one in pair})
    vectors = dict(zip(texts, encoder.encode(texts, "passage"), strict=True))
    return [float(vectors[a.traits.work] @ vectors[b.traits.work]) for a, b in sides]


def matrix(pairs: Sequence[PairFeatures], head: str) -> torch.Tensor:
    """Lay out the numbers of one question."""
    names = sorted(getattr(pairs[0], head))
    return torch.tensor([[getattr(p, head)[n] for n in names] for p in pairs], dtype=torch.float64)


def log_chances(weights: dict[str, torch.Tensor], inputs: dict[str, torch.Tensor]) -> torch.Tensor:
    """Return the log probability of each relation."""
    logs = {}
    for head in HEADS:
        scores = inputs[head] @ weights[head][:, :-1].T + weights[head][:, -1]
        scores = torch.cat([torch.zeros(len(scores), 1, dtype=scores.dtype), scores], 1)
        logs[head] = torch.log_softmax(scores, 1)
    work, place, time = logs["work"], logs["place"], logs["time"]
    here = work[:, 0] + place[:, 0]
    return torch.stack(
        [here + time[:, 0], here + time[:, 1], work[:, 0] + place[:, 1], work[:, 1], work[:, 2]], 1
    )


def fit(
    pairs: Sequence[PairFeatures], labels: np.ndarray, importance: np.ndarray
) -> dict[str, torch.Tensor]:
    """Fit the three questions together."""
    inputs = {head: matrix(pairs, head) for head in HEADS}
    weights = {
        head: torch.zeros(
            ANSWERS[head] - 1, inputs[head].shape[1] + 1, dtype=torch.float64, requires_grad=True
        )
        for head in HEADS
    }
    wanted, important = torch.tensor(labels), torch.tensor(importance)
    optimiser = torch.optim.LBFGS(weights.values(), max_iter=400, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        logs = log_chances(weights, inputs)
        other = torch.logsumexp(logs[:, 3:], 1, keepdim=True)
        picked = torch.cat([logs, other], 1)[torch.arange(len(wanted)), wanted]
        total = -(picked * important).sum() / important.sum()
        total = total + PENALTY * sum((w[:, :-1] ** 2).sum() for w in weights.values())
        total.backward()
        return total

    optimiser.step(loss)
    return {head: weight.detach() for head, weight in weights.items()}


def measure(chances: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """Return macro-F1, expected calibration error and what was taken for what."""
    told = labels < len(RELATIONS)
    chances, labels = chances[told], labels[told]
    guessed = chances.argmax(1)
    confusion = np.zeros((5, 5), int)
    np.add.at(confusion, (labels, guessed), 1)
    hits = confusion.diagonal()
    f1 = 2 * hits / np.maximum(1, confusion.sum(0) + confusion.sum(1))
    sure, right = chances.max(1), guessed == labels
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(
        abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in set(bins.tolist())
    )
    return {
        "macro_f1": round(float(f1.mean()), 4),
        "ece": round(float(error), 4),
        "f1": f1.round(3).tolist(),
        "confusion": confusion.tolist(),
    }


def kept(weights: dict[str, torch.Tensor], pairs: Sequence[PairFeatures]) -> dict[str, Any]:
    """Write the model as plain data."""
    return {
        head: {
            "names": sorted(getattr(pairs[0], head)),
            "weights": [[round(v, 4) for v in row[:-1].tolist()] for row in weights[head]],
            "constants": [round(float(row[-1]), 4) for row in weights[head]],
        }
        for head in HEADS
    }


def main() -> None:
    """Train both models, measure them on the works kept aside, and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--show", type=int, default=0, help="show so many mistakes of the works kept aside"
    )
    asked = parser.parse_args()
    rows = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    sides = [(side(row["a"]), side(row["b"])) for row in rows]
    labels = np.array([ANSWERED.index(row["relation"]) for row in rows])
    importance = np.array([NUDGES[row["made_by"]] for row in rows])
    aside = np.array([crc32(row["group"].encode()) % 5 == 0 for row in rows])
    told = np.array([row["made_by"] != "untold" for row in rows])
    made: dict[str, Any] = {}
    for name, near in (("words", [None] * len(sides)), ("meaning", cosines(sides))):
        pairs = [pair_features(a, b, cosine) for (a, b), cosine in zip(sides, near, strict=True)]
        trial = fit(
            [p for p, out in zip(pairs, aside, strict=True) if not out],
            labels[~aside],
            importance[~aside],
        )
        held = [p for p, out in zip(pairs, aside & told, strict=True) if out]
        chances = log_chances(trial, {head: matrix(held, head) for head in HEADS}).exp().numpy()
        print(name, measure(chances, labels[aside & told]))
        wrong = [
            (i, g)
            for i, g in zip(np.flatnonzero(aside & told), chances.argmax(1), strict=True)
            if labels[i] != g
        ]
        for index, guess in wrong[: asked.show] if name == "meaning" else ():
            print(RELATIONS[guess], json.dumps(rows[index], ensure_ascii=False))
        made[name] = kept(fit(pairs, labels, importance), pairs)
    MODEL.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
