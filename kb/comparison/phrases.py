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
_LEAST = 3
"""Fewer Thai consonants than these say nothing alone."""
_OPEN_END = ("และ", "หรือ", "ของ", "โดย", "เพื่อ", "ใน", "สู่", "ด้าน", "แห่ง", "ๆ")


def phrases(text: str, body: str = "") -> tuple[str, ...]:
    """Cut a statement into its phrases, without doubles; `body` is whose name is left out."""
    own = written_out(body) if body else None
    found: list[str] = []
    for piece in _PIECES.split(text):
        clean = piece.strip(_EDGE)
        if not clean or (own and written_out(clean) == own):
            continue
        if found and (_says_nothing(clean) or _says_nothing(found[-1]) or _open(found[-1])):
            found[-1] = f"{found[-1]} {clean}"
        else:
            found.append(clean)
    cleaned = (_JOINING.sub("", phrase).strip(_EDGE) for phrase in found)
    return tuple(_without_doubles(phrase for phrase in cleaned if phrase))


def same_words(one: str, other: str) -> bool:
    """Tell whether two phrases are the same but for blanks, digits and spelling variants."""
    return squeeze(one) == squeeze(other)


def _says_nothing(piece: str) -> bool:
    return len(_THAI.findall(piece)) < _LEAST and len(piece) < 2 * _LEAST + 2


def _open(piece: str) -> bool:
    return fold(piece).endswith(_OPEN_END[:-1])


def _without_doubles(found: Iterable[str]) -> Iterable[str]:
    return {squeeze(phrase): phrase for phrase in found}.values()
