"""What a search gives back: hits with their relevance and the reasons for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from kb.search.facets import Facets
from kb.search.highlight import Slice
from kb.search.intent import Intent
from kb.store.records import Stored

Mode = Literal["smart", "words", "meaning", "exact"]
MODES: tuple[str, ...] = get_args(Mode)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a record was found.

    `words` are the query's words it has, `closest` the phrase of the record nearest to the
    query, `meaning` the cosine of their vectors (None where meaning was not asked for),
    `word_score` the share of the query's weight its words cover.
    """

    words: tuple[str, ...] = ()
    closest: str | None = None
    meaning: float | None = None
    word_score: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "words": list(self.words),
            "closest": self.closest,
            "meaning": _rounded(self.meaning),
            "word_score": _rounded(self.word_score),
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that answers a query.

    `relevance` is a calibrated probability in [0, 1] that a person would call it an
    answer; `relevance_source` names what it was worked out from. `highlight` are slices
    of the record's `text`. `more_in_document` counts further hits of the document
    where hits were grouped by document. `more_same` counts further records that say the same
    words, of which `same` are the first twenty.
    """

    record: Stored
    relevance: float
    relevance_source: str
    why: Why
    highlight: tuple[Slice, ...] = ()
    more_in_document: int | None = None
    more_same: int = 0
    same: tuple[Stored, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form: the record's own fields with the hit's beside them."""
        return self.record.to_dict() | {
            "text": self.record.text,
            "relevance": round(self.relevance, 4),
            "relevance_source": self.relevance_source,
            "why": self.why.to_dict(),
            "highlight": [list(part) for part in self.highlight],
            "more_in_document": self.more_in_document,
            "more_same": self.more_same,
            "same": [_named(record) for record in self.same],
        }


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one query: hits best first, none where nothing truly answers.

    `found` counts all hits of the ranking, of which `hits` is the part asked for. `facets`
    count all records by kind, body and so on, where that was asked for. `understood` is how the
    question was read, None where it was taken as it was typed. `weak`: the question is one that
    plans answer, but the best hit is no sure answer.
    """

    query: str
    mode: Mode
    hits: tuple[Hit, ...]
    found: int
    took_ms: float
    suggestion: str | None = None
    notes: tuple[str, ...] = ()
    facets: Facets | None = None
    understood: Intent | None = None
    weak: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "query": self.query,
            "mode": self.mode,
            "hits": [hit.to_dict() for hit in self.hits],
            "found": self.found,
            "suggestion": self.suggestion,
            "notes": list(self.notes),
            "facets": self.facets,
            "understood": self.understood.to_dict() if self.understood else None,
            "weak": self.weak,
            "took_ms": round(self.took_ms, 1),
        }


def _named(record: Stored) -> dict[str, Any]:
    return {
        "id": record.id,
        "document": record.document,
        "file": record.file,
        "page": record.page,
        "organisation": record.organisation.to_dict() if record.organisation else None,
        "period": record.period.to_list() if record.period else None,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
