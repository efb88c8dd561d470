"""Phrases: the pieces of a vision, as people read it.

Thai puts blanks between phrases, not words. A piece too short to say anything (a number,
an abbreviation) belongs to its neighbour; the body's own name in front is no phrase, and is
cut from a phrase that it is written together with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.thai.fold import fold
from kb.comparison.own_name import OwnName, own_name
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
    pieces: list[str] = []
    for clean in _pieces(text, own_name(body) if body else None):
        if pieces and (_says_nothing(clean) or _says_nothing(pieces[-1]) or _ends_open(pieces[-1])):
            pieces[-1] = f"{pieces[-1]} {clean}"
        else:
            pieces.append(clean)
    cleaned = (_JOINING.sub("", phrase).strip(_EDGE) for phrase in pieces)
    return tuple(_without_doubles(phrase for phrase in cleaned if phrase))


def unnamed(text: str, body: str) -> str:
    """Return a phrase or a statement, folded, without the name of the body that says it.

    Two bodies that want คนแพร่มีความสุข and คนน่านมีความสุข want the same.
    """
    return own_name(body).blanked(text) or text


def same_words(one: str, other: str) -> bool:
    """Return whether two phrases are the same but for blanks, digits and spelling variants."""
    return squeeze(one) == squeeze(other)


def _pieces(text: str, name: OwnName | None) -> Iterator[str]:
    """Yield what stands between blanks, without marks at its ends and the name before it."""
    bare = text.lstrip(_EDGE)
    said = name.cut(bare) if name else bare
    is_cut, is_first = said != bare, True
    for piece in _PIECES.split(said):
        clean = piece.strip(_EDGE)
        rest = name.cut(clean).strip(_EDGE) if name and not (is_first and is_cut) else clean
        if not rest and name and name.is_ordinary and not is_first:
            rest = clean
        is_first = is_first and not clean
        if rest:
            yield rest


def _says_nothing(piece: str) -> bool:
    return len(_THAI.findall(piece)) < _LEAST_CONSONANTS and len(piece) < 2 * _LEAST_CONSONANTS + 2


def _ends_open(piece: str) -> bool:
    return fold(piece).endswith(_OPEN_END[:-1])


def _without_doubles(phrases: Iterable[str]) -> Iterable[str]:
    return {squeeze(phrase): phrase for phrase in phrases}.values()
