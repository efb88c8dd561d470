"""How well relations of projects are told, and names taken apart, against people's gold.

A folder is a gold set when it holds `pairs.jsonl` or `relations.jsonl` (two projects and
their relation), `parts.jsonl` (names and their parts; `parts_unseen.jsonl` holds those kept
apart) or `projects_*.jsonl` (budget lines with `org`, `item` and `fiscal_year`, from which
pairs that are never duplicates follow).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import UsageError
from ingest.project_names import parts_of
from kb.duplicates.features import pair_features
from kb.duplicates.profile import ProjectProfile, project_profile
from kb.duplicates.relation import RELATIONS, Relation, relation_model
from kb.evaluation.baselines import likenesses, quality
from kb.model.bundled import Progress, silent
from kb.model.encoder import Encoder
from kb.model.vector_cache import VectorCache

_LABELS: Mapping[str, Relation] = {"same_activity_other_place": "same_activity_elsewhere"}
_BUDDHIST = 543


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two projects and the relation a person gave them; `row` is the line of its file.

    `texts` are both as a general tool is given them: name and place.
    """

    a: ProjectProfile
    b: ProjectProfile
    relation: Relation
    row: int
    texts: tuple[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class DuplicateScores:
    """What was measured; each part is None where the gold has nothing for it."""

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

    Raises UsageError `gold-not-found` where it has none.
    """
    pairs = list(gold_pairs(folder))
    never = list(_never(folder))
    names, unseen = folder / "parts.jsonl", folder / "parts_unseen.jsonl"
    if not pairs and not never and not names.is_file():
        raise UsageError("gold-not-found", folder=str(folder))
    progress("compare", 0, len(pairs) + len(never))
    chances = probabilities([(pair.a, pair.b) for pair in pairs], encoder)
    measured = DuplicateScores(
        _relations(pairs, chances) if pairs else None,
        _never_duplicates(never, encoder) if never else None,
        parts_accuracy(_rows(names)) if names.is_file() else None,
        _peers(pairs, chances, encoder) if pairs else None,
        parts_accuracy(_rows(unseen)) if unseen.is_file() else None,
    )
    progress("compare", len(pairs) + len(never), len(pairs) + len(never))
    return measured


def gold_pairs(folder: Path) -> Iterator[GoldPair]:
    """Read the pairs of a gold set."""
    for name in ("pairs.jsonl", "relations.jsonl"):
        path = folder / name
        for number, row in enumerate(_rows(path) if path.is_file() else (), start=1):
            label = str(row.get("label") or row.get("relation"))
            relation = _LABELS.get(label) or next((r for r in RELATIONS if r == label), None)
            if relation:
                yield GoldPair(
                    _side(row["a"]),
                    _side(row["b"]),
                    relation,
                    number,
                    (_text(row["a"]), _text(row["b"])),
                    row.get("note") or "",
                )


def probabilities(
    pairs: Sequence[tuple[ProjectProfile, ProjectProfile]], encoder: Encoder | None
) -> NDArray[np.float64]:
    """Return the model's probabilities of each relation for some pairs."""
    cache = VectorCache()

    def cosine(a: ProjectProfile, b: ProjectProfile) -> float | None:
        if encoder is None:
            return None
        one, other = cache.encode(encoder, [a.traits.work, b.traits.work], "passage")
        return float(one @ other)

    features = [pair_features(a, b, cosine(a, b)) for a, b in pairs]
    return relation_model(meaning=encoder is not None).probabilities(features)


def scores(labels: Sequence[int], guessed: Sequence[int]) -> dict[str, Any]:
    """Return macro-F1, the scores of each relation, and what was taken for what."""
    confusion = np.zeros((len(RELATIONS), len(RELATIONS)), dtype=int)
    np.add.at(confusion, (np.array(labels), np.array(guessed)), 1)
    hits, gold, found = confusion.diagonal(), confusion.sum(1), confusion.sum(0)
    present = gold > 0
    f1 = 2 * hits / np.maximum(1, gold + found)
    return {
        "pairs": len(labels),
        "macro_f1": _rounded(f1[present].mean()),
        "relations": {
            name: {
                "gold": int(gold[i]),
                "precision": _rounded(hits[i] / max(1, found[i])),
                "recall": _rounded(hits[i] / max(1, gold[i])),
                "f1": _rounded(f1[i]),
            }
            for i, name in enumerate(RELATIONS)
        },
        "elsewhere_called_duplicate": _rounded(confusion[2, 0] / max(1, gold[2])),
        "confusion": confusion.tolist(),
    }


def parts_accuracy(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Tell how many names are taken apart exactly as a person did, blanks aside."""
    total = places = works = 0
    misses: list[dict[str, Any]] = []
    for row in rows:
        parts = parts_of(row["title"], row.get("place_column"))
        right_place = parts.place.to_dict() == row["places"]
        right_work = "".join(parts.work.text.split()) == "".join(row["work"].split())
        total, places, works = total + 1, places + right_place, works + right_work
        if not (right_place and right_work):
            found = {"work": parts.work.text, "places": parts.place.to_dict()}
            misses.append({"title": row["title"], "found": found})
    rate = max(1, total)
    return {
        "names": total,
        "place": _rounded(places / rate),
        "work": _rounded(works / rate),
        "misses": misses,
    }


def _relations(pairs: Sequence[GoldPair], chances: NDArray[np.float64]) -> dict[str, Any]:
    labels = [RELATIONS.index(pair.relation) for pair in pairs]
    guessed = chances.argmax(axis=1).tolist()
    wrong = [
        {
            "row": pair.row,
            "relation": pair.relation,
            "called": RELATIONS[guess],
            "score": _rounded(row[guess]),
            "a": pair.a.title,
            "b": pair.b.title,
            "note": pair.note,
        }
        for pair, label, guess, row in zip(pairs, labels, guessed, chances, strict=True)
        if label != guess
    ]
    return scores(labels, guessed) | {"calibration_error": _error(chances, labels), "misses": wrong}


def _peers(
    pairs: Sequence[GoldPair], chances: NDArray[np.float64], encoder: Encoder | None
) -> dict[str, dict[str, float]]:
    """Set general tools beside phaen, all by what one number of likeness can tell."""
    labels = [RELATIONS.index(pair.relation) for pair in pairs]
    tools = {"phaen": chances[:, 0]}
    tools |= likenesses([pair.texts for pair in pairs], encoder)
    told = {name: quality(values, labels) for name, values in tools.items()}
    told["phaen"]["macro_f1"] = scores(labels, chances.argmax(axis=1).tolist())["macro_f1"]
    return {
        name: {key: _rounded(value) for key, value in found.items()} for name, found in told.items()
    }


def _error(chances: NDArray[np.float64], labels: Sequence[int]) -> float:
    """Return the expected calibration error over ten bins (Naeini et al. 2015)."""
    sure = chances.max(axis=1)
    right = chances.argmax(axis=1) == np.array(labels)
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [
        abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in np.unique(bins)
    ]
    return _rounded(sum(gaps))


def _never_duplicates(
    pairs: Sequence[tuple[str, ProjectProfile, ProjectProfile]], encoder: Encoder | None
) -> dict[str, Any]:
    told: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(RELATIONS, 0))
    for start in range(0, len(pairs), 2_000):
        some = pairs[start : start + 2_000]
        rows = probabilities([(a, b) for _, a, b in some], encoder)
        for (kind, _, _), row in zip(some, rows.argmax(axis=1).tolist(), strict=True):
            told[kind][RELATIONS[row]] += 1
    return {
        kind: {
            "pairs": sum(counts.values()),
            "called": counts,
            "called_duplicate": _rounded(counts["duplicate"] / sum(counts.values())),
        }
        for kind, counts in told.items()
    }


def _never(folder: Path) -> Iterator[tuple[str, ProjectProfile, ProjectProfile]]:
    """Pair budget lines that are no duplicates: one wording of two PAOs, two years of one item."""
    for path in sorted(folder.glob("projects_*.jsonl")):
        rows = list(_rows(path))
        known = {id(row): _line(row) for row in rows if row.get("item")}
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
        yield from (("other_bodies", a, b) for group in grants.values() for a, b in _some(group))
        yield from (("other_years", a, b) for group in items.values() for a, b in _some(group))


def _some(group: Mapping[str, ProjectProfile]) -> Iterator[tuple[ProjectProfile, ProjectProfile]]:
    lines = list(group.values())
    for at, line in enumerate(lines):
        yield from ((line, other) for other in lines[at + 1 :])


def _line(row: Mapping[str, Any]) -> ProjectProfile:
    year = int(row["fiscal_year"])
    money = _money(row.get("amount"))
    return project_profile(
        row["item"], None, [year + _BUDDHIST if year < 2400 else year], money, _body(row["org"])
    )


def _side(row: Mapping[str, Any]) -> ProjectProfile:
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

    found = organisations_in(name or "")
    return found[0].organisation if found else None


def _money(written: str | None) -> Decimal | None:
    try:
        return Decimal((written or "").replace(",", ""))
    except InvalidOperation:
        return None


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise UsageError("gold-damaged", file=str(path), line=number) from error


def _rounded(value: float) -> float:
    return round(float(value), 4)
