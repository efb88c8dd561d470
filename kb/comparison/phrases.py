"""Phrases: the pieces of a vision, as people read it.

Thai puts blanks between phrases, not words. A piece too short to say anything (a number,
an abbreviation) belongs to its neighbour; the body's own name in front is no phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.thai.fold import fold
from kb.store.organisations import written_out
from kb.store.passages import squeeze

_PIECES = re.compile(r"[\s\u200b]+|[\"“”«»;|/]+|(?<=[\u0e00-\u0e7f]),")
_EDGE = " \t-–—•*·:;,.\"“”'‘’()"
_THAI = re.compile(r"[ก-ฮ]")
_JOINING = re.compile(r"^(?:และ|พร้อมทั้ง|รวมทั้ง|รวมถึง|ตลอดจน)(?=.{4})")
_LEAST_CONSONANTS = 3
"""Fewer Thai consonants than these say nothing alone."""
_OPEN_END = ("และ", "หรือ", "ของ", "โดย", "เพื่อ", "ใน", "สู่", "ด้าน", "แห่ง", "ๆ")


def phrases(text: str, body: str = "") -> tuple[str, ...]:
    """Return the phrases of a statement, once each; `body` is whose name is left out."""
    own_name = written_out(body) if body else None
    pieces: list[str] = []
    for piece in _PIECES.split(text):
        clean = piece.strip(_EDGE)
        if not clean or (own_name and written_out(clean) == own_name):
            continue
        if pieces and (_says_nothing(clean) or _says_nothing(pieces[-1]) or _ends_open(pieces[-1])):
            pieces[-1] = f"{pieces[-1]} {clean}"
        else:
            pieces.append(clean)
    cleaned = (_JOINING.sub("", phrase).strip(_EDGE) for phrase in pieces)
    return tuple(_without_doubles(phrase for phrase in cleaned if phrase))


def same_words(one: str, other: str) -> bool:
    """Return whether two phrases are the same but for blanks, digits and spelling variants."""
    return squeeze(one) == squeeze(other)


def _says_nothing(piece: str) -> bool:
    return len(_THAI.findall(piece)) < _LEAST_CONSONANTS and len(piece) < 2 * _LEAST_CONSONANTS + 2


def _ends_open(piece: str) -> bool:
    return fold(piece).endswith(_OPEN_END[:-1])


def _without_doubles(phrases: Iterable[str]) -> Iterable[str]:
    return {squeeze(phrase): phrase for phrase in phrases}.values()
