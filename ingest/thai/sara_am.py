"""Sara am lost to a blank: Word 2007 wrote ำ as a blank and า in its PDFs (จ านวน)."""

import re

from ingest.thai.alphabet import CONSONANTS, LETTERS, TONES
from ingest.thai.words import dictionary, segment

_HIT = re.compile(f"([{CONSONANTS}][{TONES}]?)[ \n]\u0e32")
_BEFORE = re.compile(f"[{LETTERS}]*$")
_AFTER = re.compile(f"[{LETTERS}]*")
_REACH = 12
_MAJORITY = 3


def restore(text: str) -> str:
    """Write ำ where a blank and า stand for it, and only there.

    The same picture comes from a blank torn into a word (ก าร). The dictionary decides
    between the two; where it can't, ำ is meant if such places outnumber the ำ of the text
    three to one.
    """
    if " \u0e32" not in text and "\n\u0e32" not in text:
        return text
    hits = _HIT.findall(text)
    if not hits:
        return text
    usual = "\u0e33" if len(hits) > _MAJORITY * text.count("\u0e33") else "\u0e32"
    known = dictionary()

    def mend(found: re.Match[str]) -> str:
        before = _BEFORE.search(text[max(0, found.start() - _REACH) : found.start()])
        after = _AFTER.match(text, found.end(), found.end() + _REACH)
        left, right = before[0] if before else "", after[0] if after else ""
        unknown = {
            vowel: _unknown(left + found[1] + vowel + right, known)
            for vowel in ("\u0e33", "\u0e32")
        }
        if unknown["\u0e33"] == unknown["\u0e32"]:
            return found[1] + usual
        return found[1] + min(unknown, key=lambda vowel: unknown[vowel])

    return _HIT.sub(mend, text)


def _unknown(run: str, known: frozenset[str]) -> int:
    """Count the letters of a run that stand in no word."""
    return sum(len(token) for token in segment(run) if len(token) < 2 or token not in known)
