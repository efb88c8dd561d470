"""The form in which texts are searched: spellings that look alike made alike."""

import re
from collections.abc import Iterator

from ingest.thai.alphabet import SILENCER, TONES, VOWEL_MARKS

_DIGITS = {0xE50 + i: str(i) for i in range(10)}
_QUOTES = str.maketrans("“”„‟«»‘’‚‛–—−‐‑", '""""""' + "''''" + "-----")
_CHANGE = re.compile(
    "[\u00ad\u200b-\u200f\u2060\ufeff]+"  # nothing anyone sees
    "|\\s*\u0e46"  # ๆ with or without a blank before it
    "|\\s+"
    "|\u0e40\u0e40"
    f"|[{TONES}]?\u0e4d[{TONES}]?\u0e32"
    f"|[{TONES}{SILENCER}][{VOWEL_MARKS}]"
    "|[\u0e50-\u0e59A-Z\u00c0-\u00de]|[“”„‟«»‘’‚‛–—−‐‑]"
)


def fold(text: str) -> str:
    """Return the search form of `text`.

    Thai digits become Arabic, Latin letters small, curly quotes and long dashes plain;
    sara am and sara ae stand as one letter, tones behind their vowel, ๆ against its word;
    zero-width characters go and white space is squeezed to one blank.
    """
    return "".join(piece for piece, _, _ in _pieces(text))


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return the search form, and for each of its characters the offset it came from.

    The list has one entry more, the length of `text`, so that `offsets[start]` and
    `offsets[end]` bound in the original what `folded[start:end]` shows.
    """
    folded: list[str] = []
    offsets: list[int] = []
    for piece, start, kept in _pieces(text):
        folded.append(piece)
        offsets.extend(range(start, start + len(piece)) if kept else [start] * len(piece))
    return "".join(folded), [*offsets, len(text)]


def _pieces(text: str) -> Iterator[tuple[str, int, bool]]:
    """Cut a text into pieces of its folded form, each with where it began."""
    done = 0
    for result in _CHANGE.finditer(text):
        if result.start() > done:
            yield text[done : result.start()], done, True
        yield _folded(result[0]), result.start(), False
        done = result.end()
    if done < len(text):
        yield text[done:], done, True


def _folded(piece: str) -> str:
    if piece.isspace():
        return " "
    if piece.endswith("\u0e46"):
        return "\u0e46"
    if "\u0e4d" in piece:
        return piece.replace("\u0e4d", "").replace("\u0e32", "") + "\u0e33"
    if piece == "\u0e40\u0e40":
        return "\u0e41"
    if len(piece) == 2 and "\u0e31" <= piece[1] <= "\u0e4c":
        return piece[::-1]
    if piece[0] in "\u00ad\ufeff\u2060" or "\u200b" <= piece[0] <= "\u200f":
        return ""
    return piece.translate(_DIGITS).translate(_QUOTES).lower()
