"""Train the model of alignment: `python -m tools.train_alignment`.

Reads `corpora/training/alignment.jsonl` (themes of planning: statements of plans,
proposals and government descriptions that serve them, and the framework nodes a theme's
work serves, the first of each level mainly), fits `kb.alignment.model` and writes
`kb/alignment/model.npz`. What a pair of texts says of themes is taken from models that saw
neither of the two, as it will be with texts of the world. The audit's model learns from plans
put together of such unseen statements, with proposals declared rightly and wrongly.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kb.alignment.audit import LEAST_DOUBT
from kb.alignment.model import (
    NODE_FEATURES,
    PAIR_FEATURES,
    ThemeModel,
    node_features,
    pair_features,
)
from kb.alignment.scorer import STATEMENT_SHIFT
from kb.alignment.subject_terms import SubjectTerms, proposal_terms, subject_terms
from kb.model.sentence_encoder import DefaultEncoder, SentenceEncoder, load_encoder
from kb.reference.frameworks import Node, frameworks

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "corpora" / "training" / "alignment.jsonl"
MODEL = ROOT / "kb" / "alignment" / "model.npz"
FOLDS, ROUNDS = 5, 6
THEME_PENALTY, PAIR_PENALTY = 0.03, 0.3
MAIN, ALSO = 1.0, 0.6
AUDIT_ROUNDS, PILLARS, MOST_LETTERS = 4, 6, 140
WRONG, ELSEWHERE = 0.15, 0.7
"""Of an audit's projects so many are declared wrongly, and of these so many serve another
pillar of the same plan."""


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
    told = [
        (text, number, kind == "statements")
        for number, row in enumerate(rows)
        for kind in ("statements", "proposals", "descriptions")
        for text in row[kind]
    ]
    texts = [text for text, _, _ in told]
    statement = np.array([is_statement for _, _, is_statement in told])
    vectors = np.zeros((len(told), encoder.dimensions))
    for role, rows_of in (("passage", statement), ("query", ~statement)):
        wanted = [text for text, here in zip(texts, rows_of, strict=True) if here]
        vectors[rows_of] = encoder.encode(wanted, role)  # type: ignore[arg-type]
    heard = [
        subject_terms(t) if s else proposal_terms(t) for t, s in zip(texts, statement, strict=True)
    ]
    return Texts(rows, texts, heard, np.array([n for _, n, _ in told]), statement, vectors)


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


def pairs(
    data: Texts, themes: ThemeModel, unseen: np.ndarray, near: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Compare unseen proposals with unseen statements; near themes are no evidence."""
    ones, others = np.flatnonzero(unseen & ~data.statement), np.flatnonzero(unseen & data.statement)
    numbers = pair_features(
        themes,
        data.vectors[ones],
        data.vectors[others],
        [data.said[i] for i in ones],
        [data.said[i] for i in others],
    )
    same = data.theme[ones][:, None] == data.theme[others][None]
    kept = same | ~near[data.theme[ones]][:, data.theme[others]]
    return numbers[kept], same[kept]


def audits(
    data: Texts, near: np.ndarray, pair: tuple[np.ndarray, float]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Declare unseen proposals under pillars of made-up plans, rightly and wrongly.

    Returns the log-odds of the declared pillar and how far the best is above, whether it is
    wrong, and whether another pillar of the plan is right.
    """
    chance = np.random.default_rng(3)
    short = np.array([len(text) < MOST_LETTERS for text in data.texts])
    found: list[tuple[float, float, bool, bool]] = []
    for _ in range(AUDIT_ROUNDS):
        fold = chance.integers(0, 3, len(data.texts))
        for number in range(3):
            unseen = fold == number
            others = chance.permutation(np.flatnonzero(unseen & data.statement))
            ones = np.flatnonzero(unseen & ~data.statement & short)
            numbers = pair_features(
                themes_of(data, ~unseen),
                data.vectors[ones],
                data.vectors[others],
                [data.said[i] for i in ones],
                [data.said[i] for i in others],
            )
            raw = numbers @ pair[0] + pair[1] + STATEMENT_SHIFT
            cuts = np.cumsum(chance.integers(1, 5, len(others)))
            pillars = np.split(np.arange(len(others)), cuts[cuts < len(others)])
            for start in range(0, len(pillars), PILLARS):
                plan = pillars[start : start + PILLARS]
                found += declared_rows(data.theme[ones], data.theme[others], near, raw, plan)
    rows = np.array(found)
    return rows[:, :2], rows[:, 2] > 0, rows[:, 3] > 0


def declared_rows(
    works: np.ndarray, themes: np.ndarray, near: np.ndarray, raw: np.ndarray, plan: list[Any]
) -> Iterator[tuple[float, float, bool, bool]]:
    """Declare every proposal under every pillar of one plan; near themes are left out."""
    scores = np.stack([raw[:, pillar].max(axis=1) for pillar in plan], axis=1)
    for theme, row in zip(works, scores, strict=True):
        right = [bool(theme in themes[pillar]) for pillar in plan]
        close = [bool(near[theme][themes[pillar]].any()) for pillar in plan]
        for own, is_right, is_close in zip(row, right, close, strict=True):
            if is_right or not is_close:
                yield float(own), float(row.max() - own), not is_right, any(right)


def weighed(wrong: np.ndarray, elsewhere: np.ndarray) -> np.ndarray:
    """Weigh the rows of audits as they are among a body's projects."""
    kinds = (
        (~wrong, 1 - WRONG),
        (wrong & elsewhere, WRONG * ELSEWHERE),
        (wrong & ~elsewhere, WRONG * (1 - ELSEWHERE)),
    )
    return sum(share * len(wrong) / kind.sum() * kind for kind, share in kinds)


def doubts(numbers: np.ndarray, wrong: np.ndarray, weights: np.ndarray) -> Any:
    """Fit the audit's model: how much the declared pillar and the best one tell."""
    x, y, rows = (torch.tensor(each.astype(float)) for each in (numbers, wrong, weights))
    w = torch.zeros(2, dtype=x.dtype, requires_grad=True)
    b = torch.zeros(1, dtype=x.dtype, requires_grad=True)

    def loss() -> torch.Tensor:
        plain = torch.nn.functional.binary_cross_entropy_with_logits(x @ w + b, y, reduction="none")
        return (rows * plain).mean()

    minimise(loss, w, b)
    return w.detach().numpy(), float(b.detach())


def nodes_said(nodes: list[Node]) -> list[SubjectTerms]:
    """Read the nodes as the scorer reads them."""
    return [subject_terms(f"{n.thai} {n.description} {' '.join(n.keywords)}") for n in nodes]


def main() -> None:
    """Train, say what was learnt, and write it."""
    encoder = load_encoder()
    encoder.warm_up()
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
    near = np.array([[other in row["near"] for other in names] for row in data.rows])
    found: list[tuple[np.ndarray, np.ndarray]] = []
    served: list[tuple[np.ndarray, np.ndarray]] = []
    for themes, unseen in folds(data):
        found.append(pairs(data, themes, unseen, near))
        ones = np.flatnonzero(unseen & ~data.statement)
        numbers = node_features(
            themes, shares, vectors, data.vectors[ones], [data.said[i] for i in ones], heard
        )
        served.append(
            (numbers.reshape(-1, len(NODE_FEATURES)), (shares[data.theme[ones]] > 0).ravel())
        )
    pair = logistic(*(np.concatenate(part) for part in zip(*found, strict=True)))
    node = logistic(*(np.concatenate(part) for part in zip(*served, strict=True)))
    for told, (weights, constant) in ((PAIR_FEATURES, pair), (NODE_FEATURES, node)):
        print(dict(zip(told, weights.round(2).tolist(), strict=True)), round(constant, 2))
    near |= near.T | np.eye(len(names), dtype=bool)
    numbers, wrong, elsewhere = audits(data, near, pair)
    audit = doubts(numbers, wrong, weighed(wrong, elsewhere))
    listed = numbers @ audit[0] + audit[1] > np.log(LEAST_DOUBT / (1 - LEAST_DOUBT))
    print(
        "audit",
        audit,
        "sound listed",
        listed[~wrong].mean().round(3),
        "wrong listed",
        listed[wrong & elsewhere].mean().round(3),
    )
    themes = themes_of(data, np.ones(len(data.texts), dtype=bool))
    half = np.float16
    np.savez_compressed(
        MODEL,
        fingerprint=encoder.fingerprint,
        theme_weights=themes.weights.astype(half),
        theme_constants=themes.constants.astype(half),
        theme_mean_query=themes.mean_query.astype(np.float32),
        theme_mean_passage=themes.mean_passage.astype(np.float32),
        theme_names=np.array(names),
        codes=np.array(codes),
        node_themes=shares,
        node_vectors=vectors.astype(half),
        pair_weights=pair[0],
        pair_constant=pair[1],
        node_weights=node[0],
        node_constant=node[1],
        audit_weights=audit[0],
        audit_constant=audit[1],
    )
    print(MODEL.stat().st_size)


if __name__ == "__main__":
    main()
