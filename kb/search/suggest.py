"""Suggestions: what somebody meant who typed on the wrong keyboard layout or misspelt a word."""

from __future__ import annotations

import sqlite3
from functools import lru_cache

from ingest.thai.fold import fold
from ingest.thai.words import dictionary, segment

_KEYS = (
    "`1234567890-="
    "qwertyuiop[]\\"
    "asdfghjkl;'"
    "zxcvbnm,./"
    "~!@#$%^&*()_+"
    "QWERTYUIOP{}|"
    'ASDFGHJKL:"'
    "ZXCVBNM<>?"
)
_KEDMANEE = '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_TO_THAI = str.maketrans(_KEYS, _KEDMANEE)
_TO_LATIN = str.maketrans(_KEDMANEE, _KEYS)
_LONGEST, _SHORTEST, _LONG = 60, 5, 9
_PIECES = 4
_MOST_TERMS = 100_000
_KNOWN = 0.8
_KEPT = 8192


class Suggester:
    """Knows the words of a knowledge base, and so what an unknown word may have meant."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute(
            "select term from passage_terms where length(term) > 1 order by doc desc limit ?",
            (_MOST_TERMS,),
        ).fetchall()
        terms = [row["term"] for row in rows]
        self._thai = tuple(term for term in terms if not term.isascii())
        self._known = frozenset(terms)
        self._nearest = lru_cache(maxsize=_KEPT)(self._nearest_term)

    def suggest(self, query: str) -> str | None:
        """Return what the query may have meant, None where it is fine or past guessing."""
        if not query.strip() or len(query) > _LONGEST:
            return None
        return self._other_layout(query) or self._respelt(query)

    def _other_layout(self, query: str) -> str | None:
        meant = query.translate(_TO_THAI if query.isascii() else _TO_LATIN)
        if query.isascii():
            wrong = not any(word in self._known for word in query.lower().split())
            return meant if wrong and self._share_known(meant) >= _KNOWN else None
        words = meant.lower().split()
        return meant if words and all(word in self._known for word in words) else None

    def _share_known(self, text: str) -> float:
        """Return how much of a text stands in words that the dictionary or the plans know."""
        tokens = [token for token in segment(fold(text)) if token.strip()]
        known = [t for t in tokens if len(t) > 2 and (t in dictionary() or t in self._known)]
        return sum(map(len, known)) / max(1, sum(map(len, tokens)))

    def _respelt(self, query: str) -> str | None:
        """Replace runs of words that no plan knows by the plans' nearest word.

        A misspelt word is cut into pieces (การท่อง, เทียว), so up to four are tried as one.
        """
        tokens, at = segment(fold(query)), 0
        meant: list[str] = []
        while at < len(tokens):
            size, word = self._longest_mend(tokens[at : at + _PIECES])
            meant.append(word or tokens[at])
            at += size
        joined = "".join(meant)
        return joined if joined != "".join(tokens) else None

    def _longest_mend(self, tokens: list[str]) -> tuple[int, str | None]:
        for size in range(len(tokens), 0, -1):
            some = tokens[:size]
            thai = all(token.strip() and not token.isascii() for token in some)
            if thai and not all(token in self._known for token in some):
                word = self._nearest("".join(some))
                if word:
                    return size, word
        return 1, None

    def _nearest_term(self, piece: str) -> str | None:
        """Return the plans' word that differs least: one letter, two in a long word."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if len(piece) < _SHORTEST:
            return None
        result = process.extractOne(
            piece, self._thai, scorer=OSA.distance, score_cutoff=1 if len(piece) < _LONG else 2
        )
        return str(result[0]) if result and result[1] else None
