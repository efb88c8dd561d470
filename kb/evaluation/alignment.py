"""How well alignment finds what proposals serve, against gold and plain baselines.

A gold folder holds `proposals.jsonl` (a proposal and the statement it serves, or none)
or `declared.jsonl` (descriptions of projects and the framework nodes they declare), as
`eval/align` has them. Plain cosine and BM25 are measured in the same run. A third of each
set, chosen by a checksum, is measured apart: nothing was fitted on it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from ingest.errors import UsageError
from kb.alignment.aligner import Aligner, undecidable_note
from kb.alignment.subject_terms import proposal_terms, subject_terms
from kb.alignment.targets import framework_targets
from kb.alignment.verdicts import NODE_ALIGNED, Target
from kb.arrays import Matrix, Vectors
from kb.evaluation.json_lines import read_rows
from kb.evaluation.measures import auroc, calibration_error, share
from kb.loading.proposals import Proposal
from kb.model.encoder import Encoder, Role
from kb.model.vector_cache import VectorCache
from kb.store.passages import terms

LEVELS = ("NS", "MP", "M")
METHODS = ("phaen", "cosine", "bm25")
GoldRows = Sequence[Mapping[str, Any]]
"""GoldRows of `proposals.jsonl` or `declared.jsonl`."""


class CachingEncoder:
    """An encoder that encodes each text once: parts of a set are measured one by one."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._cache = VectorCache()
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Return one row for each text."""
        return self._cache.encode(self._encoder, texts, role)

    def warm_up(self) -> None:
        """Load all there is to load."""
        self._encoder.warm_up()


def evaluate(folder: Path, encoder: Encoder) -> dict[str, Any]:
    """Measure whichever of the two sets a folder holds.

    Raises UsageError: `gold-empty` where it holds neither, `gold-unreadable`.
    """
    cached = CachingEncoder(encoder)
    cached.warm_up()
    aligner, measured = Aligner(cached), {}
    if (folder / "proposals.jsonl").is_file():
        rows = list(read_rows(folder / "proposals.jsonl"))
        measured["proposals"] = _by_split(rows, "proposal", proposal_figures, aligner)
    if (folder / "declared.jsonl").is_file():
        rows = [row for row in read_rows(folder / "declared.jsonl") if _is_clear(row)]
        measured["declared"] = _by_split(rows, "description", declared_figures, aligner)
    if not measured:
        raise UsageError("gold-empty", folder=str(folder))
    return measured


def proposal_figures(rows: GoldRows, aligner: Aligner) -> dict[str, Any]:
    """Return for each method how often the right statement is first, and the AUROC.

    The AUROC is of the best scores of proposals that serve a statement against those of
    proposals that serve none.
    """
    _encode_all(rows, aligner)
    is_first: dict[str, list[bool]] = {method: [] for method in METHODS}
    serving: dict[str, list[float]] = {method: [] for method in METHODS}
    serving_none: dict[str, list[float]] = {method: [] for method in METHODS}
    for row in rows:
        right = [row["aligned_statement"]] if row["aligned_statement"] else []
        right += row["also_acceptable"]
        offered = list(dict.fromkeys([*right, *row["distractors"]]))
        targets = [Target(text, text, subject_terms(text)) for text in offered]
        for method, scores in _scores([row["proposal"]], targets, aligner).items():
            best = float(scores[0].max())
            (serving if right else serving_none)[method].append(best)
            if right:
                is_first[method].append(offered[int(scores[0].argmax())] in right)
    return {
        method: {
            "first": share(is_first[method]),
            "auroc": auroc(serving[method], serving_none[method]),
        }
        for method in METHODS
    } | {"rows": len(rows)}


def declared_figures(rows: GoldRows, aligner: Aligner) -> dict[str, Any]:
    """Return how often declared nodes come first and within three, and calibration."""
    texts, targets = [row["description"] for row in rows], framework_targets()
    scores = _scores(texts, targets, aligner)
    codes = [target.id for target in targets]
    judged = _judged_scores(rows, codes, scores["phaen"])
    not_served = [score >= NODE_ALIGNED for score, served in judged if not served]
    undecidable = [
        undecidable_note(Proposal(text), proposal_terms(text)) is not None for text in texts
    ]
    return {
        "rows": len(rows),
        "levels": {
            level: {method: _rank_figures(rows, codes, level, scores[method]) for method in METHODS}
            for level in LEVELS
        },
        "not_served_aligned": share(not_served),
        "not_served": len(not_served),
        "ece": calibration_error([score for score, _ in judged], [served for _, served in judged]),
        "cannot_tell": share(undecidable),
    }


def _by_split(
    rows: GoldRows,
    key: str,
    measure: Callable[[GoldRows, Aligner], dict[str, Any]],
    aligner: Aligner,
) -> dict[str, Any]:
    """Return the figures of all rows, and of the two thirds and the third held back."""
    is_held_back = [crc32(_name(row, key).encode()) % 3 == 0 for row in rows]
    split = {
        "all": rows,
        "seen": [row for row, held in zip(rows, is_held_back, strict=True) if not held],
        "held_back": [row for row, held in zip(rows, is_held_back, strict=True) if held],
    }
    return {name: measure(part, aligner) for name, part in split.items() if part}


def _name(row: Mapping[str, Any], key: str) -> str:
    """Return the name of a row by which it is split: its id, else text and file."""
    return str(row.get("id") or f"{row[key]}{row.get('file', '')}")


def _encode_all(rows: GoldRows, aligner: Aligner) -> None:
    """Encode all texts at once: much faster than row by row."""
    keys = ("also_acceptable", "distractors")
    offered = [text for row in rows for key in keys for text in row[key]]
    offered += [row["aligned_statement"] for row in rows if row["aligned_statement"]]
    aligner.scorer.passages(offered)
    aligner.scorer.encoder.encode([row["proposal"] for row in rows], "query")


def _scores(texts: Sequence[str], targets: Sequence[Target], aligner: Aligner) -> dict[str, Matrix]:
    """Return each method's scores, shape (texts, targets)."""
    queries = aligner.scorer.encoder.encode(texts, "query")
    passages = aligner.scorer.passages([target.text for target in targets])
    proposals = aligner.scorer.read([Proposal(text) for text in texts])
    return {
        "phaen": aligner.scorer.scores(proposals, targets).serves,
        "cosine": np.asarray(queries @ passages.T, dtype=np.float64),
        "bm25": _bm25(texts, [target.text for target in targets]),
    }


def _bm25(
    texts: Sequence[str], passages: Sequence[str], k1: float = 1.2, b: float = 0.75
) -> Matrix:
    """Return scores by Okapi BM25 over Thai words (Robertson & Zaragoza 2009)."""
    counts = [Counter(terms(passage)) for passage in passages]
    lengths = [sum(count.values()) for count in counts]
    mean_length = sum(lengths) / len(counts) or 1.0
    frequency = Counter(word for count in counts for word in count)
    scores = np.zeros((len(texts), len(passages)))
    for row, text in enumerate(texts):
        for word in set(terms(text)) & set(frequency):
            idf = math.log(1 + (len(counts) - frequency[word] + 0.5) / (frequency[word] + 0.5))
            for column, (count, length) in enumerate(zip(counts, lengths, strict=True)):
                norm = k1 * (1 - b + b * length / mean_length)
                scores[row, column] += idf * count[word] * (k1 + 1) / (count[word] + norm)
    return scores


def _rank_figures(
    rows: GoldRows, codes: Sequence[str], level: str, scores: Matrix
) -> dict[str, Any]:
    columns = [column for column, code in enumerate(codes) if _level(code) == level]
    first, within_three = [], []
    for number, row in enumerate(rows):
        declared = {code for code in row["declared"] if _level(code) == level}
        if declared:
            order = sorted(columns, key=lambda column: -scores[number, column])
            first.append(codes[order[0]] in declared)
            within_three.append(any(codes[column] in declared for column in order[:3]))
    return {"rows": len(first), "first": share(first), "within_three": share(within_three)}


def _judged_scores(
    rows: GoldRows, codes: Sequence[str], scores: Matrix
) -> list[tuple[float, bool]]:
    """Return the scores of the nodes that people judged, and whether each is served."""
    return [
        (float(scores[number, codes.index(code)]), served)
        for number, row in enumerate(rows)
        for key, served in (("declared", True), ("not_served", False))
        for code in row[key]
        if code in codes
    ]


def _is_clear(row: Mapping[str, Any]) -> bool:
    return row["quality"] == "clear" and not row["leaks"]


def _level(code: str) -> str:
    return code.rstrip("0123456789")
