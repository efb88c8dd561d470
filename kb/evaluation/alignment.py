"""How well proposals are matched with what they serve, against gold and plain baselines.

A gold folder holds `proposals.jsonl` (a proposal and the statement it serves, or none)
or `declared.jsonl` (descriptions of projects and the framework nodes they declare), as
`eval/align` has them. Plain cosine and BM25 are measured in the same run. A third of each
set, chosen by a checksum, is told apart: it was out of sight while the model was made.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from ingest.errors import UsageError
from kb.alignment.aligner import Aligner, undecidable_note
from kb.alignment.subject_terms import Matrix, proposal_terms, subject_terms
from kb.alignment.targets import framework_targets
from kb.alignment.verdicts import ALIGNED, Target
from kb.loading.proposals import Proposal
from kb.model.encoder import Encoder, Role, Vectors
from kb.store.passages import terms

LEVELS = ("NS", "MP", "M")
METHODS = ("phaen", "cosine", "bm25")
Rows = Sequence[Mapping[str, Any]]


class CachingEncoder:
    """An encoder that encodes each text once: parts of a set are measured one by one."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: dict[tuple[Role, str], Vectors] = {}
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Return a row for each text."""
        new = [text for text in dict.fromkeys(texts) if (role, text) not in self._kept]
        if new:
            made = self._encoder.encode(new, role)
            self._kept.update(zip(((role, text) for text in new), made, strict=True))
        return np.array([self._kept[role, text] for text in texts])

    def warm_up(self) -> None:
        """Load all there is to load."""
        self._encoder.warm_up()


@dataclass(frozen=True, slots=True)
class Pool:
    """Texts to judge and targets to judge them against, with each method's scores."""

    texts: tuple[str, ...]
    targets: tuple[Target, ...]
    scores: Mapping[str, Matrix]


def evaluate(folder: Path, encoder: Encoder) -> dict[str, Any]:
    """Measure whichever of the two sets a folder holds.

    Raises UsageError `gold-empty` where it holds neither.
    """
    once = CachingEncoder(encoder)
    once.warm_up()
    aligner, found = Aligner(once), {}
    if (folder / "proposals.jsonl").is_file():
        found["proposals"] = _parts(_rows(folder, "proposals"), "proposal", proposals, aligner)
    if (folder / "declared.jsonl").is_file():
        rows = [row for row in _rows(folder, "declared") if _counts(row)]
        found["declared"] = _parts(rows, "description", declared, aligner)
    if not found:
        raise UsageError("gold-empty", folder=str(folder))
    return found


def proposals(rows: Rows, aligner: Aligner) -> dict[str, Any]:
    """Score the right statement first, and aligned against none (AUROC)."""
    _ahead(rows, aligner)
    firsts: dict[str, list[bool]] = {method: [] for method in METHODS}
    tops: dict[str, list[tuple[float, bool]]] = {method: [] for method in METHODS}
    for row in rows:
        right = [row["aligned_statement"]] if row["aligned_statement"] else []
        right += row["also_acceptable"]
        offered = list(dict.fromkeys([*right, *row["distractors"]]))
        pool = _pool([row["proposal"]], [Target(t, t, subject_terms(t)) for t in offered], aligner)
        for method, scores in pool.scores.items():
            tops[method].append((float(scores[0].max()), bool(right)))
            if right:
                firsts[method].append(offered[int(scores[0].argmax())] in right)
    return {
        method: {"first": _mean(firsts[method]), "auroc": auroc(tops[method])} for method in METHODS
    } | {"rows": len(rows)}


def _ahead(rows: Rows, aligner: Aligner) -> None:
    """Encode all texts at once: much faster than row by row."""
    keys = ("also_acceptable", "distractors")
    offered = [text for row in rows for key in keys for text in row[key]]
    offered += [row["aligned_statement"] for row in rows if row["aligned_statement"]]
    aligner.scorer.passages(offered)
    aligner.scorer.encoder.encode([row["proposal"] for row in rows], "query")


def declared(rows: Rows, aligner: Aligner) -> dict[str, Any]:
    """Score declared nodes first and within three, nodes not served, and calibration."""
    pool = _pool([row["description"] for row in rows], framework_targets(), aligner)
    codes = [target.id for target in pool.targets]
    judged = _judged(rows, codes, pool.scores["phaen"])
    refused = [score >= ALIGNED for score, served in judged if not served]
    untellable = [bool(undecidable_note(Proposal(t), proposal_terms(t))) for t in pool.texts]
    return {
        "rows": len(rows),
        "levels": {
            level: {m: _ranked(rows, codes, level, pool.scores[m]) for m in METHODS}
            for level in LEVELS
        },
        "not_served_aligned": _mean(refused),
        "not_served": len(refused),
        "ece": calibration_error(judged),
        "cannot_tell": _mean(untellable),
    }


def auroc(scored: Sequence[tuple[float, bool]]) -> float | None:
    """Return how often a right one scores above a wrong one, ties counted half."""
    right = [score for score, is_right in scored if is_right]
    wrong = [score for score, is_right in scored if not is_right]
    if not right or not wrong:
        return None
    wins = sum((a > b) + 0.5 * (a == b) for a in right for b in wrong)
    return round(wins / (len(right) * len(wrong)), 4)


def calibration_error(scored: Sequence[tuple[float, bool]]) -> float | None:
    """Return the expected calibration error over ten equal bins (Naeini et al. 2015)."""
    if not scored:
        return None
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, right in scored:
        bins.setdefault(min(int(score * 10), 9), []).append((score, right))
    gaps = (abs(sum(s for s, _ in each) - sum(r for _, r in each)) for each in bins.values())
    return round(sum(gaps) / len(scored), 4)


def _parts(
    rows: Rows, key: str, measure: Callable[[Rows, Aligner], dict[str, Any]], aligner: Aligner
) -> dict[str, Any]:
    held = [row for row in rows if crc32(_name(row, key).encode()) % 3 == 0]
    seen = [row for row in rows if crc32(_name(row, key).encode()) % 3]
    parts = {"all": rows, "seen": seen, "held_back": held}
    return {name: measure(part, aligner) for name, part in parts.items() if part}


def _name(row: Mapping[str, Any], key: str) -> str:
    """Name a row as the split names it: by its id, else by text and file."""
    return str(row.get("id") or f"{row[key]}{row.get('file', '')}")


def _pool(texts: Sequence[str], targets: Sequence[Target], aligner: Aligner) -> Pool:
    encoder = aligner.scorer.encoder
    queries = encoder.encode(texts, "query")
    passages = aligner.scorer.passages([target.text for target in targets])
    heard = [proposal_terms(text) for text in texts]
    scores = {
        "phaen": aligner.scorer.scores(queries, heard, targets),
        "cosine": np.asarray(queries @ passages.T, dtype=np.float64),
        "bm25": _bm25(texts, [target.text for target in targets]),
    }
    return Pool(tuple(texts), tuple(targets), scores)


def _bm25(
    texts: Sequence[str], passages: Sequence[str], k1: float = 1.2, b: float = 0.75
) -> Matrix:
    """Score by Okapi BM25 over Thai words (Robertson & Zaragoza 2009)."""
    counted = [Counter(terms(passage)) for passage in passages]
    mean = sum(sum(each.values()) for each in counted) / len(counted) or 1.0
    among = Counter(word for each in counted for word in each)
    found = np.zeros((len(texts), len(passages)))
    for row, text in enumerate(texts):
        for word in set(terms(text)) & set(among):
            idf = math.log(1 + (len(counted) - among[word] + 0.5) / (among[word] + 0.5))
            for at, each in enumerate(counted):
                length = k1 * (1 - b + b * sum(each.values()) / mean)
                found[row, at] += idf * each[word] * (k1 + 1) / (each[word] + length)
    return found


def _ranked(rows: Rows, codes: Sequence[str], level: str, scores: Matrix) -> dict[str, Any]:
    columns = [at for at, code in enumerate(codes) if _level(code) == level]
    first, within = [], []
    for at, row in enumerate(rows):
        told = {code for code in row["declared"] if _level(code) == level}
        if told:
            order = sorted(columns, key=lambda column: -scores[at, column])
            first.append(codes[order[0]] in told)
            within.append(any(codes[column] in told for column in order[:3]))
    return {"rows": len(first), "first": _mean(first), "within_three": _mean(within)}


def _judged(rows: Rows, codes: Sequence[str], scores: Matrix) -> list[tuple[float, bool]]:
    return [
        (float(scores[at, codes.index(code)]), served)
        for at, row in enumerate(rows)
        for key, served in (("declared", True), ("not_served", False))
        for code in row[key]
        if code in codes
    ]


def _counts(row: Mapping[str, Any]) -> bool:
    return row["quality"] == "clear" and not row["leaks"]


def _level(code: str) -> str:
    return code.rstrip("0123456789")


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    def read() -> Iterator[dict[str, Any]]:
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)

    return list(read())


def _mean(values: Sequence[bool]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
