"""Damaged Thai made right: what PDF makers, old fonts and copying do to Thai text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ingest.thai.alphabet import (
    CONSONANTS,
    FOLLOWING,
    LEADING,
    LETTERS,
    MARKS,
    SILENCER,
    TONES,
    VOWEL_MARKS,
)
from ingest.thai.words import dictionary, segment

_HIT = re.compile(f"([{CONSONANTS}][{TONES}]?)[ \n]\u0e32")
_BEFORE = re.compile(f"[{LETTERS}]*$")
_AFTER = re.compile(f"[{LETTERS}]*")
_REACH = 12
_MAJORITY = 3


def restore_sara_am(text: str) -> str:
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

    def likelier(find: re.Match[str]) -> str:
        before = _BEFORE.search(text[max(0, find.start() - _REACH) : find.start()])
        after = _AFTER.match(text, find.end(), find.end() + _REACH)
        left, right = before[0] if before else "", after[0] if after else ""
        unknown = {
            vowel: _unknown(left + find[1] + vowel + right, known) for vowel in ("\u0e33", "\u0e32")
        }
        if unknown["\u0e33"] == unknown["\u0e32"]:
            return find[1] + usual
        return find[1] + min(unknown, key=lambda vowel: unknown[vowel])

    return _HIT.sub(likelier, text)


def _unknown(run: str, known: frozenset[str]) -> int:
    """Count the letters of a run that stand in no word."""
    return sum(len(token) for token in segment(run) if len(token) < 2 or token not in known)


_GLYPH = f"[{MARKS}]*[{LEADING}]?[{CONSONANTS}]?[{MARKS}]*[{FOLLOWING}]?"
_LONE = re.compile(f"(?:{_GLYPH}|.)$")
_VOWEL = re.compile(f"[{LEADING}{MARKS}{FOLLOWING}]")
_CONSONANT = re.compile(f"[{CONSONANTS}]")

_YEAR = re.compile("(?<![๐-๙] )๒ [๔๕](?: [๐-๙]){2}(?! ?[๐-๙])")

_MIN_PIECES = 8
_MIN_LONE = 0.85
_MIN_VOWELS = 0.2


def close_letter_spacing(text: str) -> str:
    """Take the blanks out of letter-spaced lines and out of their short neighbours.

    A line is letter-spaced where nearly all its pieces are single letters and vowels are
    among them; a list of consonants (ก ข ค ง) has none and stays as it is. So is a year
    written ๒ ๕ ๗ ๐.
    """
    if "๒ " in text:
        text = _YEAR.sub(lambda find: find[0].replace(" ", ""), text)
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


_THAI = re.compile(f"[{LETTERS}]+$")
_SLID = re.compile(f"([{CONSONANTS}])([{CONSONANTS}])([{MARKS}]+)$")
_RUN_END = re.compile(f"[{LETTERS}]*$")
_RUN = re.compile(f"[{LETTERS}]+")
_LONGEST_PIECE = 16
_MOST_GAPS = 3


def mend_split_words(text: str) -> str:
    """Return `text` with torn words whole; clean words stay apart as they are."""
    gaps = list(_suspicious_gaps(text))
    if not gaps:
        return text
    pieces: list[str] = []
    done = 0
    for gap in gaps:
        if gap < done:
            continue
        result = _whole(text, gap, done)
        if result:
            start, end, word = result
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
    left = _RUN_END.search(text[max(floor, gap - _LONGEST_PIECE) : gap])
    head = left[0] if left else ""
    start, end, tail = gap - len(head), gap, ""
    for _ in range(_MOST_GAPS):
        run = _RUN.match(text, end + 1, end + 1 + _LONGEST_PIECE)
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
    """Return whether a run is words only, one of which spans the former gap."""
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
    text = close_letter_spacing(_white_space(_characters(whole(text))))
    return _settle(_settle(text, _marks), mend_split_words)


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
    text = _LATIN_TONES.sub(lambda find: find[0].translate(_LATIN_TONE_OF), text)
    return _LATIN_DIGITS.sub(lambda find: find[0].translate(_LATIN_DIGIT_OF), text)


def _marks(text: str) -> str:
    """Rules 4 to 11: vowels and marks that are lost, doubled, swapped or torn off."""
    text = restore_sara_am(_TORN_MARK.sub("", text))
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def _white_space(text: str) -> str:
    """Rule 12: squeeze blanks, trim lines, keep paragraph breaks."""
    text = _BLANK_RUN.sub(" ", text)
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    return _PARAGRAPH.sub("\n\n", text).strip(" \n")
