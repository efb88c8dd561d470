"""Damaged Thai made right: what PDF makers, old fonts and copying do to Thai text.

`repair` is idempotent, leaves clean Thai as it is, and loses no consonant. The rules
stand in the order in which they must run; each names the defect it mends. What needs a
dictionary to be decided stands in modules of its own: `sara_am` and `torn`.
"""

import re
from collections.abc import Callable

from ingest.thai import letter_spacing as spaced
from ingest.thai import sara_am
from ingest.thai import split_words as torn
from ingest.thai.alphabet import CONSONANTS, LEADING, MARKS, SILENCER, TONES, VOWEL_MARKS

_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\u2028\u2029"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\x1f"
_NOTHING = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x90\x98-\x9f\u00ad\u200b-\u200f\u202a-\u202e"
_NOTHING += "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffd"
_CP874 = "\x85\x91\x92\x93\x94\x95\x96\x97"  # left as control characters by Latin-1 decoders
_BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf06c\uf06e\uf076\uf071\uf09f"  # Symbol, Wingdings

# Glyphs that fonts keep shifted to the left or lowered, at Microsoft's private-use places
# (U+F700-F71A) and at those of the Adobe Glyph List (U+F884-F899).
_SHIFTED = {
    **dict(zip(range(0xF700, 0xF705), "ฐ\u0e34\u0e35\u0e36\u0e37", strict=True)),
    **dict(zip(range(0xF705, 0xF70A), "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True)),
    **dict(zip(range(0xF70A, 0xF70F), "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True)),
    **dict(zip(range(0xF70F, 0xF713), "ญ\u0e31\u0e4d\u0e47", strict=True)),
    **dict(zip(range(0xF713, 0xF718), "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True)),
    **dict(zip(range(0xF718, 0xF71B), "\u0e38\u0e39\u0e3a", strict=True)),
    **dict(zip(range(0xF884, 0xF88A), "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47", strict=True)),
    **{0xF88A + i: "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"[i // 3] for i in range(15)},
    0xF899: "\u0e4d",
}


def _expand(spec: str) -> list[str]:
    """List the characters of the inside of a character class."""
    return [
        chr(code)
        for first, last in re.findall("(?s)(.)(?:-(.))?", spec)
        for code in range(ord(first), ord(last or first) + 1)
    ]


_CHARACTERS = str.maketrans(
    dict.fromkeys(_expand(_NOTHING), "")
    | dict.fromkeys(_expand(_BLANKS), " ")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | dict(zip(_CP874, "…‘’“”•–—", strict=True))
    | dict.fromkeys(_BULLETS, "•")
    | {chr(code): letter for code, letter in _SHIFTED.items()}
)
_LATIN_TONES = re.compile(f"(?<=[{CONSONANTS}{MARKS}])[\u00c9-\u00cd]+")
_LATIN_TONE_OF = {ord("É") + i: mark for i, mark in enumerate("\u0e48\u0e49\u0e4a\u0e4b\u0e4c")}
_LATIN = re.compile("[\u00c9-\u00cd\u0158-\u0161]")
_LATIN_DIGITS = re.compile("(?<![A-Za-z\u00c0-\u024f])[\u0158-\u0161]+(?![A-Za-z\u00c0-\u024f])")
_LATIN_DIGIT_OF = {0x158 + i: chr(0xE50 + i) for i in range(10)}

# Patterns begin with what is rare, so that most of a page is passed over at once; what must
# stand before it is looked at afterwards.
_TORN_MARK = re.compile(f"[ \n](?=[{MARKS}])(?<=[{CONSONANTS}{MARKS}][ \n])")
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # 5. a mark set twice
    (re.compile(f"([{MARKS}\u0e33])\\1+"), r"\1"),
    # 6. two sara e typed for one sara ae
    (re.compile("\u0e40\u0e40"), "\u0e41"),
    # 7. a tone or silencer before the vowel it belongs behind
    (re.compile(f"([{TONES}{SILENCER}])([{VOWEL_MARKS}])"), r"\2\1"),
    (re.compile(f"\u0e33([{TONES}])(?<=[{CONSONANTS}]\u0e33[{TONES}])"), "\\1\u0e33"),
    # a tone that slid behind its sara aa, with the blank engines set there (เปา้ ประสงค์)
    (
        re.compile(
            f"\u0e32([{TONES}])(?<=[{CONSONANTS}]\u0e32[{TONES}])(?: (?=[{CONSONANTS}{LEADING}]))?"
        ),
        "\\1\u0e32",
    ),
    # 8. sara am in two pieces, the tone before or between them
    (re.compile(f"([{TONES}]?)\u0e4d([{TONES}]?)[ \n]?\u0e32"), "\\1\\2\u0e33"),
    # sara am with its sara aa left over (สำานัก)
    (re.compile("\u0e33\u0e32"), "\u0e33"),
    # 9. a blank or line end between a consonant and its vowel
    (re.compile(f"[ \n](?=[\u0e32\u0e33])(?<=[{CONSONANTS}{MARKS}][ \n])"), ""),
    (re.compile(f"[ \n](?=\u0e30)(?<=[{CONSONANTS}{MARKS}\u0e32][ \n])"), ""),
    (re.compile(f"[ \n](?=[{CONSONANTS}])(?<=[{LEADING}][ \n])"), ""),
    # 10. lakkhangyao typed for sara aa
    (re.compile("\u0e45(?<![ฤฦ]\u0e45)"), "\u0e32"),
)
_HALVES = re.compile("[\ud800-\udfff]")
_BLANK_RUN = re.compile("  +")
_PARAGRAPH = re.compile("\n{3,}")


def repair(text: str) -> str:
    """Return `text` with its Thai made right and its white space squeezed.

    One blank stays one blank, one line end one line end, and any number of empty lines
    one empty line; blanks and empty lines at the ends go.
    """
    text = spaced.close_up(_white_space(_characters(whole(text))))
    return _settle(_settle(text, _marks), torn.mend)


def whole(text: str) -> str:
    """Join halves of characters (surrogates) to what they mean; a lone one becomes U+FFFD."""
    if not _HALVES.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _settle(text: str, rule: Callable[[str], str]) -> str:
    """Apply a rule until nothing changes; every rule shortens the text or sorts it."""
    while (better := rule(text)) != text:
        before, text = text, _white_space(better)
        if text == before:
            break
    return text


def _characters(text: str) -> str:
    """Rules 1 to 3: characters that are none, and Thai that stands at other code points."""
    text = text.replace("\r\n", "\n").translate(_CHARACTERS)
    if not _LATIN.search(text):
        return text
    text = _LATIN_TONES.sub(lambda found: found[0].translate(_LATIN_TONE_OF), text)
    return _LATIN_DIGITS.sub(lambda found: found[0].translate(_LATIN_DIGIT_OF), text)


def _marks(text: str) -> str:
    """Rules 4 to 11: vowels and marks that are lost, doubled, swapped or torn off."""
    text = sara_am.restore(_TORN_MARK.sub("", text))
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def _white_space(text: str) -> str:
    """Rule 12: squeeze blanks, trim lines, keep paragraph breaks."""
    text = _BLANK_RUN.sub(" ", text)
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    return _PARAGRAPH.sub("\n\n", text).strip(" \n")
