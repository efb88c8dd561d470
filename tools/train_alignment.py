"""Train the model of alignment: `python -m tools.train_alignment [--judgement] [--unseen ADAPTER ...]`.

Reads `corpora/training/alignment.jsonl` (themes of planning: statements of plans,
proposals and government descriptions that serve them, and the framework nodes a theme's
work serves, the first of each level mainly) and the graded plans of `corpora/training/plans`,
fits `kb.alignment.model` and writes `kb/alignment/model.npz`, in some minutes; `--judgement`
learns from the plans alone and keeps the rest, for the same encoder. What a text says of
themes is taken from models that did not see it, as it will be with texts of the world.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kb.alignment.model import NODE_FEATURES, ThemeModel, node_features
from kb.alignment.subject_terms import SubjectTerms, proposal_terms, subject_terms
from kb.model.sentence_encoder import DefaultEncoder, SentenceEncoder
from kb.reference.frameworks import Node, frameworks
from tools.train_judgement import Example, held_out_figures, learn, read_examples
from tools.unseen import UnseenEncoders

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "corpora" / "training" / "alignment.jsonl"
PLANS = ROOT / "corpora" / "training" / "plans"
MODEL = ROOT / "kb" / "alignment" / "model.npz"
FOLDS, ROUNDS = 5, 6
THEME_PENALTY, PAIR_PENALTY = 0.03, 0.3
MAIN, ALSO = 1.0, 0.6
UNSEEN = "adapters that have not seen some writers, for the texts of those"


@dataclass
class Texts:
    """All training texts in one order, with their vectors, themes and places in folds."""

    rows: list[dict[str, Any]]
    texts: list[str]
    said: list[SubjectTerms]
    theme: np.ndarray
    statement: np.ndarray
    vectors: np.ndarray


def read(encoder: DefaultEncoder | SentenceEncoder) -> Texts:
    """Read the texts and encode them."""
    rows = [json.loads(line) for line in TEXTS.read_text("utf-8").splitlines()]
    stated = [
        (text, number, kind == "statements")
        for number, row in enumerate(rows)
        for kind in ("statements", "proposals", "descriptions")
        for text in row[kind]
    ]
    texts = [text for text, _, _ in stated]
    statement = np.array([is_statement for _, _, is_statement in stated])
    vectors = np.zeros((len(stated), encoder.dimensions))
    for role, rows_of in (("passage", statement), ("query", ~statement)):
        wanted = [text for text, here in zip(texts, rows_of, strict=True) if here]
        vectors[rows_of] = encoder.encode(wanted, role)  # type: ignore[arg-type]
    heard = [
        subject_terms(t) if s else proposal_terms(t) for t, s in zip(texts, statement, strict=True)
    ]
    return Texts(rows, texts, heard, np.array([n for _, n, _ in stated]), statement, vectors)


def themes_of(data: Texts, use: np.ndarray) -> ThemeModel:
    """Fit the themes on some of the texts."""
    means = [data.vectors[use & kind].mean(0) for kind in (~data.statement, data.statement)]
    empty = ThemeModel(np.zeros((1, 1)), np.zeros(1), *means)
    centred = np.where(
        data.statement[:, None],
        empty.centred(data.vectors, "passage"),
        empty.centred(data.vectors, "query"),
    )
    weights, constants = softmax(centred[use], data.theme[use], len(data.rows))
    return ThemeModel(weights, constants, *means)


def softmax(numbers: np.ndarray, labels: np.ndarray, many: int) -> tuple[np.ndarray, np.ndarray]:
    """Fit a linear model of many classes."""
    x, y = torch.tensor(numbers), torch.tensor(labels)
    w = torch.zeros(many, x.shape[1], dtype=x.dtype, requires_grad=True)
    b = torch.zeros(many, dtype=x.dtype, requires_grad=True)

    def loss() -> torch.Tensor:
        return torch.nn.functional.cross_entropy(x @ w.T + b, y) + THEME_PENALTY * (
            w**2
        ).sum() / len(y)

    minimise(loss, w, b)
    return w.detach().numpy(), b.detach().numpy()


def logistic(numbers: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit a logistic model; no weight falls below zero: more in common never tells against."""
    x, y = torch.tensor(numbers), torch.tensor(labels, dtype=torch.float64)
    w = torch.full((x.shape[1],), 0.5, dtype=x.dtype, requires_grad=True)
    b = torch.zeros(1, dtype=x.dtype, requires_grad=True)

    def loss() -> torch.Tensor:
        scores = x @ torch.nn.functional.softplus(w) + b
        plain = torch.nn.functional.binary_cross_entropy_with_logits(scores, y)
        return plain + PAIR_PENALTY * (torch.nn.functional.softplus(w) ** 2).sum() / len(y)

    minimise(loss, w, b)
    return torch.nn.functional.softplus(w).detach().numpy(), float(b.detach())


def minimise(loss: Any, *values: torch.Tensor) -> None:
    """Take the values to the least loss."""
    optimiser = torch.optim.LBFGS(values, max_iter=300, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        optimiser.zero_grad()
        found: torch.Tensor = loss()
        found.backward()
        return found

    optimiser.step(step)


def node_shares(rows: list[dict[str, Any]], codes: list[str]) -> np.ndarray:
    """Return how much each theme serves each node: the first of a level mainly."""
    shares = np.zeros((len(rows), len(codes)))
    for at, row in enumerate(rows):
        seen: set[str] = set()
        for code in row["nodes"]:
            level = code.rstrip("0123456789")
            shares[at, codes.index(code)] = ALSO if level in seen else MAIN
            seen.add(level)
    return shares


def folds(data: Texts) -> Iterator[tuple[ThemeModel, np.ndarray]]:
    """Give models of themes and the texts each has not seen."""
    chance = np.random.default_rng(7)
    for _ in range(ROUNDS):
        fold = chance.integers(0, FOLDS, len(data.texts))
        for number in range(FOLDS):
            yield themes_of(data, fold != number), fold == number


def nodes_said(nodes: list[Node]) -> list[SubjectTerms]:
    """Read the nodes as the scorer reads them."""
    return [subject_terms(f"{n.thai} {n.description} {' '.join(n.keywords)}") for n in nodes]


def main() -> None:
    """Train, say what was learnt, and write it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--judgement", action="store_true", help="keep the themes and the nodes")
    parser.add_argument("--unseen", nargs="*", type=Path, default=[], help=UNSEEN)
    asked = parser.parse_args()
    encoders = UnseenEncoders(asked.unseen)
    encoders.usual.warm_up()
    arrays = kept_arrays() if asked.judgement else learn_themes(encoders.usual)
    examples = graded_examples(encoders, arrays)
    for line in held_out_figures(examples):
        print(line)
    for name, model in learn(examples).items():
        arrays |= {f"{name}_weights": model.weights, f"{name}_constant": np.array(model.constant)}
    print(f"{len(examples)} plans, {sum(one.grades.size for one in examples)} pairs")
    np.savez_compressed(MODEL, **arrays)
    print(MODEL.stat().st_size)


def graded_examples(encoders: UnseenEncoders, arrays: dict[str, np.ndarray]) -> list[Example]:
    """Read each writer's graded plans with an encoder, and its themes, that never saw them."""
    themes = {id(encoders.usual): kept_themes(arrays)}
    examples = []
    for path in sorted(PLANS.glob("*.jsonl")):
        encoder = encoders.of(path.stem)
        if id(encoder) not in themes:
            data = read(encoder)
            themes[id(encoder)] = themes_of(data, np.ones(len(data.texts), dtype=bool))
        examples += read_examples([path], encoder, themes[id(encoder)])
    return examples


def kept_themes(arrays: dict[str, np.ndarray]) -> ThemeModel:
    """Return the themes that arrays of the model file hold."""
    return ThemeModel(
        *(
            arrays[f"theme_{name}"].astype(np.float64)
            for name in ("weights", "constants", "mean_query", "mean_passage")
        )
    )


def kept_arrays() -> dict[str, np.ndarray]:
    """Return the arrays of the model file as it is."""
    return dict(np.load(MODEL, allow_pickle=False))


def learn_themes(encoder: DefaultEncoder | SentenceEncoder) -> dict[str, np.ndarray]:
    """Fit themes and nodes; return the arrays of the model file that hold them."""
    data = read(encoder)
    nodes = [node for framework in frameworks() for node in framework.nodes]
    codes = [node.code for node in nodes]
    vectors = np.stack(
        [
            encoder.encode([text(n) for n in nodes], "passage")
            for text in (lambda n: n.description, lambda n: " ".join(n.keywords), lambda n: n.thai)
        ]
    )
    shares, heard = node_shares(data.rows, codes), nodes_said(nodes)
    names = [row["topic"] for row in data.rows]
    served: list[tuple[np.ndarray, np.ndarray]] = []
    for themes, unseen in folds(data):
        ones = np.flatnonzero(unseen & ~data.statement)
        numbers = node_features(
            themes,
            shares,
            vectors,
            themes.centred(data.vectors[ones], "query"),
            [data.said[i] for i in ones],
            heard,
        )
        served.append(
            (numbers.reshape(-1, len(NODE_FEATURES)), (shares[data.theme[ones]] > 0).ravel())
        )
    node = logistic(*(np.concatenate(part) for part in zip(*served, strict=True)))
    print(dict(zip(NODE_FEATURES, node[0].round(2).tolist(), strict=True)), round(node[1], 2))
    themes = themes_of(data, np.ones(len(data.texts), dtype=bool))
    half = np.float16
    return {
        "fingerprint": np.array(encoder.fingerprint),
        "theme_weights": themes.weights.astype(half),
        "theme_constants": themes.constants.astype(half),
        "theme_mean_query": themes.mean_query.astype(np.float32),
        "theme_mean_passage": themes.mean_passage.astype(np.float32),
        "theme_names": np.array(names),
        "codes": np.array(codes),
        "node_themes": shares,
        "node_vectors": vectors.astype(half),
        "node_weights": node[0],
        "node_constant": np.array(node[1]),
    }


if __name__ == "__main__":
    main()
