"""Words torn in two by a blank, and marks that slid behind the next consonant.

Justified lines and careless engines set blanks inside words (สาธาร ณูป การ); engines that
sort by position set a mark one consonant too far, and a blank behind it (วิสยั ทัศน์,
เปา้ ประสงค์). Both are mended only where the fragments are no words and the whole is.
"""

import re
from collections.abc import Iterator

from ingest.thai.alphabet import CONSONANTS, LETTERS, MARKS
from ingest.thai.words import dictionary, segment

_THAI = re.compile(f"[{LETTERS}]+$")
_SLID = re.compile(f"([{CONSONANTS}])([{CONSONANTS}])([{MARKS}]+)$")
_RUN_END = re.compile(f"[{LETTERS}]*$")
_RUN = re.compile(f"[{LETTERS}]+")
_REACH = 16
_MOST_GAPS = 3


def mend(text: str) -> str:
    """Return `text` with torn words whole; clean words stay apart as they are."""
    gaps = list(_suspicious_gaps(text))
    if not gaps:
        return text
    pieces: list[str] = []
    done = 0
    for gap in gaps:
        if gap < done:
            continue
        found = _whole(text, gap, done)
        if found:
            start, end, word = found
            pieces += [text[done:start], word]
            done = end
    return "".join([*pieces, text[done:]])


def _suspicious_gaps(text: str) -> Iterator[int]:
    """Find the blanks with Thai on both sides and, on one of them, no word."""
    pieces = segment(text)
    strange = {piece for piece in set(pieces) - dictionary() if _THAI.match(piece)}
    strange.update(piece for piece in set(pieces) if len(piece) == 1 and _THAI.match(piece))
    if not strange:
        return
    before, blank, offset = "", -1, 0
    for piece in pieces:
        if piece == " ":
            blank = offset
        else:
            near = blank == offset - 1 and (before in strange or piece in strange)
            if near and _THAI.match(before) and _THAI.match(piece):
                yield blank
            before = piece
        offset += len(piece)


def _whole(text: str, gap: int, floor: int) -> tuple[int, int, str] | None:
    """Find what stands around a gap as whole words: start, end, and the text to set."""
    left = _RUN_END.search(text[max(floor, gap - _REACH) : gap])
    head = left[0] if left else ""
    start, end, tail = gap - len(head), gap, ""
    for _ in range(_MOST_GAPS):
        run = _RUN.match(text, end + 1, end + 1 + _REACH)
        if run is None or text[end] != " ":
            return None
        if len(head) == 1 or (not tail and len(run[0]) == 1):
            return None  # a letter that stands alone is a label: ข้อ ก, สาย ข
        tail, end = tail + run[0], run.end()
        for fixed in (head, _SLID.sub(r"\1\3\2", head)):
            if _all_words(fixed + tail, len(fixed)):
                return start, end, fixed + tail
    return None


def _all_words(run: str, gap: int) -> bool:
    """Say whether a run is words only, one of which spans the former gap."""
    known = dictionary()
    offset, spans = 0, False
    for token in segment(run):
        if not _is_word(token, known):
            return False
        spans = spans or offset < gap < offset + len(token)
        offset += len(token)
    return spans


def _is_word(token: str, known: frozenset[str]) -> bool:
    return len(token) > 1 and token in known
