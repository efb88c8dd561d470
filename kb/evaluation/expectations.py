"""What experts expect of search, as data: a test is a line, no code.

`expectations.jsonl` in a gold folder: a `query`, its `mode` (smart), and any of `expected`
(texts that must be among the first `within`, 10), `forbidden` (texts that must not be),
`fields` (what each of the first `within` must have: `{"kind": "vision"}`), `overlap` (another
`with` query that must find at least a `share` of the same), `none` (nothing may be found).
`because` says in words why, for those who read the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ingest.errors import UsageError
from kb.evaluation.json_lines import numbered_rows
from kb.knowledge_base import KnowledgeBase
from kb.search.hit import MODES, Hit

NAME = "expectations.jsonl"
_DEPTH = 10
_FIELDS = frozenset(
    {"query", "mode", "within", "expected", "forbidden", "fields", "overlap", "none", "because"}
)


class ExpectationHit(NamedTuple):
    """A hit of the query: its file, its text, and its relevance in [0, 1]."""

    file: str
    text: str
    relevance: float


@dataclass(frozen=True, slots=True)
class Expectation:
    """A line of the file and what search gave; `broken` are the rules that did not hold."""

    query: str
    because: str
    hits: tuple[ExpectationHit, ...]
    broken: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "query": self.query,
            "because": self.because,
            "held": not self.broken,
            "broken": list(self.broken),
            "found": [
                {"file": hit.file, "text": hit.text, "relevance": round(hit.relevance, 4)}
                for hit in self.hits
            ],
        }


def check_expectations(kb: KnowledgeBase, folder: Path) -> tuple[Expectation, ...]:
    """Return the outcome of every line of the folder's file; () where it has none.

    Raises UsageError `gold-unreadable`.
    """
    path = folder / NAME
    if not path.is_file():
        return ()
    return tuple(_check(kb, row) for row in _read(path))


def _check(kb: KnowledgeBase, row: Mapping[str, Any]) -> Expectation:
    within = int(row.get("within", _DEPTH))
    hits = _search(kb, row["query"], row, within)
    return Expectation(
        row["query"],
        row.get("because", ""),
        tuple(ExpectationHit(hit.record.file, hit.record.text, hit.relevance) for hit in hits),
        tuple(_broken_rules(kb, row, hits, within)),
    )


def _broken_rules(
    kb: KnowledgeBase, row: Mapping[str, Any], hits: tuple[Hit, ...], within: int
) -> Iterator[str]:
    texts = [_plain(hit.record.text) for hit in hits]
    if row.get("none") and hits:
        yield f"none: {texts[0]}"
    for text in row.get("expected", ()):
        if _plain(text) not in texts:
            yield f"expected: {text}"
    for text in row.get("forbidden", ()):
        if _plain(text) in texts:
            yield f"forbidden: {text}"
    for name, value in row.get("fields", {}).items():
        wrong = [hit for hit in hits if hit.to_dict().get(name) != value]
        if wrong or not hits:
            yield f"fields: {name} = {value}: {len(hits) - len(wrong)}/{len(hits)}"
    if asked := row.get("overlap"):
        other = {_plain(hit.record.text) for hit in _search(kb, asked["with"], row, within)}
        share = len(other & set(texts)) / max(1, len(other | set(texts)))
        if share < asked["share"]:
            yield f"overlap: {asked['with']}: {share:.2f} < {asked['share']}"


def _search(kb: KnowledgeBase, query: str, row: Mapping[str, Any], within: int) -> tuple[Hit, ...]:
    return kb.search(query, mode=row.get("mode", "smart"), limit=within).hits


def _plain(text: str) -> str:
    return " ".join(text.split())


def _read(path: Path) -> Iterator[dict[str, Any]]:
    for number, row in numbered_rows(path):
        if not isinstance(row, dict) or not _is_valid(row):
            raise UsageError("gold-unreadable", file=str(path), line=number)
        yield row


def _is_valid(row: Mapping[str, Any]) -> bool:
    return (
        isinstance(row.get("query"), str)
        and not set(row) - _FIELDS
        and row.get("mode", "smart") in MODES
        and isinstance(row.get("within", _DEPTH), int)
        and row.get("within", _DEPTH) > 0
        and isinstance(row.get("fields", {}), dict)
        and all(isinstance(row.get(name, []), list) for name in ("expected", "forbidden"))
        and set(row.get("overlap", {"with": "", "share": 0})) == {"with", "share"}
    )
