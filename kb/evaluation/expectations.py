"""What experts expect of search, told as data: a test is a line, no code.

`expectations.jsonl` in a gold folder: a `query`, its `mode` (smart), and any of `expected`
(texts that must be among the first `within`, 10), `forbidden` (texts that must not be),
`fields` (what each of the first `within` must have: `{"kind": "vision"}`), `overlap` (another
`with` query that must find at least a `share` of the same), `none` (nothing may be found).
`because` says in words why, for those who read the report.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import UsageError
from kb.knowledge_base import KnowledgeBase
from kb.search.hit import MODES, Hit

NAME = "expectations.jsonl"
_DEPTH = 10
_FIELDS = frozenset(
    {"query", "mode", "within", "expected", "forbidden", "fields", "overlap", "none", "because"}
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A line of the file, and how it went: no `broken` rules where all was as expected."""

    query: str
    because: str
    found: tuple[tuple[str, str, float], ...]
    broken: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "query": self.query,
            "because": self.because,
            "held": not self.broken,
            "broken": list(self.broken),
            "found": [
                {"file": file, "text": text, "relevance": round(relevance, 4)}
                for file, text, relevance in self.found
            ],
        }


def check_expectations(kb: KnowledgeBase, folder: Path) -> tuple[Expectation, ...]:
    """Ask every query of the folder's file and tell what was not as expected; () without one."""
    path = folder / NAME
    if not path.is_file():
        return ()
    return tuple(_held(kb, told) for told in _lines(path))


def _held(kb: KnowledgeBase, told: Mapping[str, Any]) -> Expectation:
    within = int(told.get("within", _DEPTH))
    hits = _ask(kb, told["query"], told, within)
    found = tuple((hit.record.file, hit.record.text, hit.relevance) for hit in hits)
    return Expectation(
        told["query"], told.get("because", ""), found, tuple(_broken(kb, told, hits, within))
    )


def _broken(
    kb: KnowledgeBase, told: Mapping[str, Any], hits: tuple[Hit, ...], within: int
) -> Iterator[str]:
    texts = [_plain(hit.record.text) for hit in hits]
    if told.get("none") and hits:
        yield f"none: {texts[0]}"
    for text in told.get("expected", ()):
        if _plain(text) not in texts:
            yield f"expected: {text}"
    for text in told.get("forbidden", ()):
        if _plain(text) in texts:
            yield f"forbidden: {text}"
    for name, value in told.get("fields", {}).items():
        wrong = [hit for hit in hits if hit.to_dict().get(name) != value]
        if wrong or not hits:
            yield f"fields: {name} = {value}: {len(hits) - len(wrong)}/{len(hits)}"
    if asked := told.get("overlap"):
        other = {_plain(hit.record.text) for hit in _ask(kb, asked["with"], told, within)}
        share = len(other & set(texts)) / max(1, len(other | set(texts)))
        if share < asked["share"]:
            yield f"overlap: {asked['with']}: {share:.2f} < {asked['share']}"


def _ask(kb: KnowledgeBase, query: str, told: Mapping[str, Any], within: int) -> tuple[Hit, ...]:
    return kb.search(query, mode=told.get("mode", "smart"), limit=within).hits


def _plain(text: str) -> str:
    return " ".join(text.split())


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except ValueError:
            told = None
        if not isinstance(told, dict) or not _sound(told):
            raise UsageError("gold-unreadable", file=str(path), line=number)
        yield told


def _sound(told: Mapping[str, Any]) -> bool:
    return (
        isinstance(told.get("query"), str)
        and not set(told) - _FIELDS
        and told.get("mode", "smart") in MODES
        and isinstance(told.get("within", _DEPTH), int)
        and told.get("within", _DEPTH) > 0
        and isinstance(told.get("fields", {}), dict)
        and all(isinstance(told.get(name, []), list) for name in ("expected", "forbidden"))
        and set(told.get("overlap", {"with": "", "share": 0})) == {"with", "share"}
    )
