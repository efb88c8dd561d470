"""How well relations of projects are found, and titles parsed, against people's gold.

A folder is a gold set when it holds `pairs.jsonl` or `relations.jsonl` (two projects and
their relation), `parts.jsonl` (titles and their parts; `parts_unseen.jsonl` holds those kept
apart) or `projects_*.jsonl` (budget lines with `org`, `item` and `fiscal_year`, from which
pairs that are never duplicates follow).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import UsageError
from ingest.project_names import parts_of
from kb.arrays import Matrix, RowNumbers
from kb.duplicates.judgement import judge
from kb.duplicates.match import Thresholds
from kb.duplicates.profile import ProjectProfile, project_profile
from kb.duplicates.relation import RELATIONS, Relation, relations_by_name
from kb.evaluation.baselines import likenesses, quality
from kb.evaluation.json_lines import read_rows
from kb.evaluation.measures import calibration_error, rounded
from kb.model.bundled import Progress, silent
from kb.model.encoder import Encoder
from kb.model.vector_cache import VectorCache

_LABELS: Mapping[str, Relation] = {"same_activity_other_place": "same_activity_elsewhere"}
_BUDDHIST = 543
"""Years between the Common and the Buddhist Era."""


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two projects and the relation a person gave them; `row` is the line of its file.

    `texts` are both as a general tool is given them: title and place.
    """

    a: ProjectProfile
    b: ProjectProfile
    relation: Relation
    row: int
    texts: tuple[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class DuplicateScores:
    """What was measured; a field is None where the gold has nothing for it.

    `never` is of budget lines that are no duplicates, `peers` of general tools, `unseen` of
    the parts that were held back.
    """

    relations: Mapping[str, Any] | None
    never: Mapping[str, Any] | None
    parts: Mapping[str, Any] | None
    peers: Mapping[str, Mapping[str, float]] | None = None
    unseen: Mapping[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "relations": self.relations,
            "never_duplicates": self.never,
            "parts": self.parts,
            "parts_unseen": self.unseen,
            "peers": self.peers,
        }


def evaluate(
    folder: Path, encoder: Encoder | None = None, progress: Progress = silent
) -> DuplicateScores:
    """Measure everything the folder has gold for; `encoder` None leaves meaning out.

    Raises UsageError: `gold-not-found` where it has none, `gold-damaged`.
    """
    pairs = list(gold_pairs(folder))
    non_duplicates = list(_non_duplicates(folder))
    parts, unseen = folder / "parts.jsonl", folder / "parts_unseen.jsonl"
    if not pairs and not non_duplicates and not parts.is_file():
        raise UsageError("gold-not-found", folder=str(folder))
    progress("compare", 0, len(pairs) + len(non_duplicates))
    chances = probabilities([(pair.a, pair.b) for pair in pairs], encoder)
    measured = DuplicateScores(
        _relations(pairs, chances) if pairs else None,
        _never_duplicates(non_duplicates, encoder) if non_duplicates else None,
        parts_accuracy(_gold_rows(parts)) if parts.is_file() else None,
        _peers(pairs, chances, encoder) if pairs else None,
        parts_accuracy(_gold_rows(unseen)) if unseen.is_file() else None,
    )
    progress("compare", len(pairs) + len(non_duplicates), len(pairs) + len(non_duplicates))
    return measured


def gold_pairs(folder: Path) -> Iterator[GoldPair]:
    """Yield the pairs of a gold set."""
    for name in ("pairs.jsonl", "relations.jsonl"):
        path = folder / name
        for number, row in enumerate(_gold_rows(path) if path.is_file() else (), start=1):
            label = str(row.get("label") or row.get("relation"))
            relation = _LABELS.get(label) or next((r for r in RELATIONS if r == label), None)
            if relation:
                yield GoldPair(
                    _gold_profile(row["a"]),
                    _gold_profile(row["b"]),
                    relation,
                    number,
                    (_text(row["a"]), _text(row["b"])),
                    row.get("note") or "",
                )


def probabilities(
    pairs: Sequence[tuple[ProjectProfile, ProjectProfile]], encoder: Encoder | None
) -> Matrix:
    """Return the model's probabilities, shape (pairs, relations); without meaning if no encoder."""
    return judge(pairs, partial(_cosines, VectorCache(), encoder) if encoder is not None else None)


def _cosines(cache: VectorCache, encoder: Encoder, texts: Sequence[tuple[str, str]]) -> list[float]:
    vectors = cache.encode(encoder, [text for pair in texts for text in pair], "passage")
    return [float(a @ b) for a, b in zip(vectors[::2], vectors[1::2], strict=True)]


def called(chances: Matrix) -> RowNumbers:
    """Return the number of the relation that people see for each row of probabilities."""
    usual = Thresholds()
    names = [usual.relation(row) for row in relations_by_name(chances)]
    return np.array([RELATIONS.index(name) for name in names], dtype=np.int64)


def scores(labels: Sequence[int], guessed: Sequence[int]) -> dict[str, Any]:
    """Return macro-F1, the figures of each relation, and the confusion matrix."""
    confusion = np.zeros((len(RELATIONS), len(RELATIONS)), dtype=int)
    np.add.at(confusion, (np.array(labels), np.array(guessed)), 1)
    hits, actual, predicted = confusion.diagonal(), confusion.sum(1), confusion.sum(0)
    present = actual > 0
    f1 = 2 * hits / np.maximum(1, actual + predicted)
    return {
        "pairs": len(labels),
        "macro_f1": rounded(f1[present].mean()),
        "relations": {
            name: {
                "gold": int(actual[index]),
                "precision": rounded(hits[index] / max(1, predicted[index])),
                "recall": rounded(hits[index] / max(1, actual[index])),
                "f1": rounded(f1[index]),
            }
            for index, name in enumerate(RELATIONS)
        },
        "elsewhere_called_duplicate": rounded(confusion[2, 0] / max(1, actual[2])),
        "confusion": confusion.tolist(),
    }


def parts_accuracy(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return how many titles are parsed exactly as a person did, blanks aside, and the others."""
    total = places = works = 0
    misses: list[dict[str, Any]] = []
    for row in rows:
        parts = parts_of(row["title"], row.get("place_column"))
        right_place = parts.place.to_dict() == row["places"]
        right_work = "".join(parts.work.text.split()) == "".join(row["work"].split())
        total, places, works = total + 1, places + right_place, works + right_work
        if not (right_place and right_work):
            parsed = {"work": parts.work.text, "places": parts.place.to_dict()}
            misses.append({"title": row["title"], "found": parsed})
    rate = max(1, total)
    return {
        "names": total,
        "place": rounded(places / rate),
        "work": rounded(works / rate),
        "misses": misses,
    }


def _relations(pairs: Sequence[GoldPair], chances: Matrix) -> dict[str, Any]:
    labels = [RELATIONS.index(pair.relation) for pair in pairs]
    guessed = chances.argmax(axis=1).tolist()
    wrong = [
        {
            "row": pair.row,
            "relation": pair.relation,
            "called": RELATIONS[guess],
            "score": rounded(row[guess]),
            "a": pair.a.title,
            "b": pair.b.title,
            "note": pair.note,
        }
        for pair, label, guess, row in zip(pairs, labels, guessed, chances, strict=True)
        if label != guess
    ]
    return scores(labels, guessed) | {
        "calibration_error": calibration_error(
            chances.max(axis=1), chances.argmax(axis=1) == np.array(labels)
        ),
        "misses": wrong,
    }


def _peers(
    pairs: Sequence[GoldPair], chances: Matrix, encoder: Encoder | None
) -> dict[str, dict[str, float]]:
    """Return the figures of general tools and of phaen, all by one number of likeness."""
    labels = [RELATIONS.index(pair.relation) for pair in pairs]
    tools = {"phaen": chances[:, 0]}
    tools |= likenesses([pair.texts for pair in pairs], encoder)
    figures = {name: quality(values, labels) for name, values in tools.items()}
    figures["phaen"]["macro_f1"] = scores(labels, chances.argmax(axis=1).tolist())["macro_f1"]
    return {
        name: {key: rounded(value) for key, value in values.items()}
        for name, values in figures.items()
    }


def _never_duplicates(
    pairs: Sequence[tuple[str, ProjectProfile, ProjectProfile]], encoder: Encoder | None
) -> dict[str, Any]:
    called: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(RELATIONS, 0))
    for start in range(0, len(pairs), 2_000):
        batch = pairs[start : start + 2_000]
        rows = probabilities([(a, b) for _, a, b in batch], encoder)
        for (kind, _, _), row in zip(batch, rows.argmax(axis=1).tolist(), strict=True):
            called[kind][RELATIONS[row]] += 1
    return {
        kind: {
            "pairs": sum(counts.values()),
            "called": counts,
            "called_duplicate": rounded(counts["duplicate"] / sum(counts.values())),
        }
        for kind, counts in called.items()
    }


def _non_duplicates(folder: Path) -> Iterator[tuple[str, ProjectProfile, ProjectProfile]]:
    """Yield pairs of budget lines that are no duplicates, with why they are none.

    `other_bodies`: one wording of two provincial organisations. `other_years`: one item.
    """
    for path in sorted(folder.glob("projects_*.jsonl")):
        rows = list(_gold_rows(path))
        known = {id(row): _line_profile(row) for row in rows if row.get("item")}
        grants: dict[str, dict[str, ProjectProfile]] = defaultdict(dict)
        items: dict[tuple[str, str, str], dict[str, ProjectProfile]] = defaultdict(dict)
        for row in rows:
            if id(row) not in known:
                continue
            line = known[id(row)]
            if row.get("org_type") == "pao":
                grants[row["item"]].setdefault(row["org"], line)
            key = (row["org"], row.get("project") or "", row["item"])
            items[key].setdefault(str(row["fiscal_year"]), line)
        yield from (("other_bodies", a, b) for group in grants.values() for a, b in _pairs(group))
        yield from (("other_years", a, b) for group in items.values() for a, b in _pairs(group))


def _pairs(group: Mapping[str, ProjectProfile]) -> Iterator[tuple[ProjectProfile, ProjectProfile]]:
    lines = list(group.values())
    for at, line in enumerate(lines):
        yield from ((line, other) for other in lines[at + 1 :])


def _line_profile(row: Mapping[str, Any]) -> ProjectProfile:
    year = int(row["fiscal_year"])
    money = _money(row.get("amount"))
    return project_profile(
        row["item"], None, [year + _BUDDHIST if year < 2400 else year], money, _body(row["org"])
    )


def _gold_profile(row: Mapping[str, Any]) -> ProjectProfile:
    budget = row.get("budget") or {}
    years = [int(row["year"])] if row.get("year") else [int(year) for year in budget]
    money = sum((Decimal(str(amount)) for amount in budget.values()), Decimal(0)) or None
    return project_profile(
        row["title"], row.get("place"), years, money, _body(row.get("organisation"))
    )


def _text(row: Mapping[str, Any]) -> str:
    return f"{row['title']} {row.get('place') or row.get('organisation') or ''}".strip()


def _body(name: str | None) -> Any:
    from ingest.extract.identity.organisation_names import organisations_in

    mentions = organisations_in(name or "")
    return mentions[0].organisation if mentions else None


def _money(written: str | None) -> Decimal | None:
    try:
        return Decimal((written or "").replace(",", ""))
    except InvalidOperation:
        return None


def _gold_rows(path: Path) -> Iterator[dict[str, Any]]:
    return read_rows(path, "gold-damaged")
