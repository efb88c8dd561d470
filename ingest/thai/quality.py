"""How far a page's Thai can be trusted, in three figures that tell engines apart."""

import re
from dataclasses import dataclass

from ingest.thai.alphabet import CONSONANTS, LEADING, LETTERS, SILENCER, TONES, VOWEL_MARKS
from ingest.thai.words import dictionary, segment

_OTHER = re.compile(f"[^{LETTERS}]+")
_ABBREVIATION = re.compile(
    f"(?<![{LETTERS}])(?:[{CONSONANTS}]{{1,5}}\\.)+(?:[{CONSONANTS}]{{1,4}}(?![{LETTERS}.]))?"
    f"|(?<![{LETTERS}])[{CONSONANTS}](?=\\))|(?<![{LETTERS}])ณ(?![{LETTERS}])"
)
_UPPER = f"{VOWEL_MARKS}\u0e3a\u0e47\u0e4d"
_MISPLACED = re.compile(
    f"(?<![{CONSONANTS}])[{_UPPER}]"
    f"|(?<![{CONSONANTS}{_UPPER}])[{TONES}{SILENCER}]"
    f"|(?<![{CONSONANTS}{_UPPER}{TONES}{SILENCER}\u0e32])[\u0e30\u0e32\u0e33]"
    f"|[{LEADING}](?![{CONSONANTS}])"
    "|[\uf700-\uf71a\uf884-\uf899\ufffd]"
)


@dataclass(frozen=True, slots=True)
class Quality:
    """What one page's text is worth.

    `share` of its Thai letters stand inside dictionary words of two letters or more (1.0
    where there is no Thai); `misplaced` marks per 1,000 Thai letters stand where no mark
    can; `thai` letters there are in all. Good pages have a share of 0.99 and more, no
    misplaced mark, and no fewer letters than another engine gives.
    """

    share: float
    misplaced: float
    thai: int


def quality(text: str) -> Quality:
    """Measure the Thai of `text`."""
    thai = _letters(text)
    if not thai:
        return Quality(1.0, 0.0, 0)
    plain = _ABBREVIATION.sub(" ", text)
    known = dictionary()
    unknown = "".join(token for token in segment(plain) if len(token) < 2 or token not in known)
    outside = _letters(unknown)
    misplaced = len(_MISPLACED.findall(text))
    return Quality(1 - outside / thai, 1000 * misplaced / thai, thai)


def _letters(text: str) -> int:
    return len(_OTHER.sub("", text))
