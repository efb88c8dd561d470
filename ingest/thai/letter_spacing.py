"""Letter-spaced lines: s p a c e d  o u t for looks, unreadable for every search."""

import re

from ingest.thai.alphabet import CONSONANTS, FOLLOWING, LEADING, MARKS

_GLYPH = f"[{MARKS}]*[{LEADING}]?[{CONSONANTS}]?[{MARKS}]*[{FOLLOWING}]?"
_LONE = re.compile(f"(?:{_GLYPH}|.)$")
_VOWEL = re.compile(f"[{LEADING}{MARKS}{FOLLOWING}]")
_CONSONANT = re.compile(f"[{CONSONANTS}]")

_YEAR = re.compile("(?<![๐-๙] )๒ [๔๕](?: [๐-๙]){2}(?! ?[๐-๙])")

_MIN_PIECES = 8
_MIN_LONE = 0.85
_MIN_VOWELS = 0.2


def close_up(text: str) -> str:
    """Take the blanks out of letter-spaced lines and out of their short neighbours.

    A line is letter-spaced where nearly all its pieces are single letters and vowels are
    among them; a list of consonants (ก ข ค ง) has none and stays as it is. So is a year
    written ๒ ๕ ๗ ๐.
    """
    if "๒ " in text:
        text = _YEAR.sub(lambda found: found[0].replace(" ", ""), text)
    lines = text.split("\n")
    spaced = [_is_spaced(line) for line in lines]
    if not any(spaced):
        return text
    for near in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = -1 if near.step > 0 else 1
        for i in near:
            spaced[i] = spaced[i] or (spaced[i + step] and _all_lone(lines[i]))
    closed = (
        line.replace(" ", "") if yes else line for line, yes in zip(lines, spaced, strict=True)
    )
    return "\n".join(closed)


def _is_spaced(line: str) -> bool:
    pieces = line.split(" ")
    if len(pieces) < _MIN_PIECES or not _CONSONANT.search(line):
        return False
    lone = sum(1 for piece in pieces if _LONE.match(piece))
    vowels = sum(1 for piece in pieces if _VOWEL.search(piece))
    return lone >= _MIN_LONE * len(pieces) and vowels >= _MIN_VOWELS * len(pieces)


def _all_lone(line: str) -> bool:
    return bool(line) and all(_LONE.match(piece) for piece in line.split(" "))
