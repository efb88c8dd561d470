"""The numbers of Word's lists, which the text of a document does not hold.

Office Open XML part 1, section 17.9: a paragraph names a list (`numId`) and a level; the
list says how each level counts and how its number is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.office.package import child, local, number, value

_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_DASHES = "-–—*"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: format, pattern (`%1.%2`), first number."""

    format: str = "decimal"
    pattern: str = ""
    start: int = 1


@dataclass(slots=True)
class _List:
    levels: dict[int, Level]
    counters: dict[int, int] = field(default_factory=dict)


class Numbering:
    """All lists of a document, and how far each has counted."""

    def __init__(self, part: etree._Element | None, styles: etree._Element | None) -> None:
        children = list(part) if part is not None else []
        abstract = {
            value(result, "abstractNumId"): _List(_levels(result))
            for result in children
            if local(result) == "abstractNum"
        }
        self._lists: dict[str | None, _List] = {}
        self._restarts: dict[str | None, dict[int, int]] = {}
        for result in children:
            if local(result) == "num":
                known = abstract.get(value(child(result, "abstractNumId")), _List({}))
                self._add(value(result, "numId"), known, result)
        self._styles = _style_lists(styles)

    def _add(self, name: str | None, known: _List, num: etree._Element) -> None:
        """Register one list, with the levels it overrides."""
        overrides = [result for result in num if local(result) == "lvlOverride"]
        own = {**known.levels, **{n: _level(e) for o in overrides for n, e in _lvls(o)}}
        self._lists[name] = known if own == known.levels else _List(own, known.counters)
        self._restarts[name] = {
            number(value(o, "ilvl")): number(value(child(o, "startOverride")), 1)
            for o in overrides
            if child(o, "startOverride") is not None
        }

    def label(self, paragraph_properties: etree._Element | None) -> str:
        """Return the number or bullet of the next paragraph with these properties, or ''."""
        name, level = self._place(paragraph_properties)
        known = self._lists.get(name)
        if known is None or level not in known.levels:
            return ""
        return self._count(name, known, level)

    def _place(self, properties: etree._Element | None) -> tuple[str | None, int]:
        own = child(properties, "numPr")
        style = self._styles.get(value(child(properties, "pStyle")), (None, 0))
        name = value(child(own, "numId")) or style[0]
        level = value(child(own, "ilvl"))
        return name, int(level) if level and level.isdecimal() else style[1]

    def _count(self, name: str | None, known: _List, level: int) -> str:
        restarts = self._restarts[name]
        if level in restarts:
            known.counters[level] = restarts.pop(level) - 1
        start = known.levels[level].start
        known.counters[level] = known.counters.get(level, start - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            known.counters.pop(deeper, None)
        return _written(known, level)


def _levels(abstract: etree._Element) -> dict[int, Level]:
    return {number: _level(element) for number, element in _lvls(abstract)}


def _lvls(parent: etree._Element) -> Iterable[tuple[int, etree._Element]]:
    for result in parent:
        number = value(result, "ilvl")
        if local(result) == "lvl" and number and number.isdecimal():
            yield int(number), result


def _level(element: etree._Element) -> Level:
    start = value(child(element, "start")) or "1"
    return Level(
        format=value(child(element, "numFmt")) or "decimal",
        pattern=value(child(element, "lvlText")) or "",
        start=int(start) if start.isdecimal() else 1,
    )


def _style_lists(styles: etree._Element | None) -> dict[str | None, tuple[str | None, int]]:
    """Return the list and level each paragraph style brings, inherited ones too."""
    known = {value(s, "styleId"): s for s in (styles if styles is not None else ())}
    return {name: _inherited(name, known) for name in known}


def _inherited(name: str | None, known: dict[str | None, etree._Element]) -> tuple[str | None, int]:
    seen: set[str | None] = set()
    while name in known and name not in seen:
        seen.add(name)
        numbering = child(known[name], "pPr", "numPr")
        if numbering is not None:
            level = value(child(numbering, "ilvl")) or "0"
            return value(child(numbering, "numId")), int(level) if level.isdecimal() else 0
        name = value(child(known[name], "basedOn"))
    return None, 0


def _written(known: _List, level: int) -> str:
    own = known.levels[level]
    if own.format == "bullet":
        return own.pattern if own.pattern in _DASHES and own.pattern else "•"
    if own.format == "none":
        return own.pattern if "%" not in own.pattern else ""
    text = own.pattern
    for nth, shape in known.levels.items():
        if f"%{nth + 1}" in text:
            number = known.counters.get(nth, shape.start)
            text = text.replace(f"%{nth + 1}", number_text(number, shape.format))
    return text


def number_text(number: int, form: str) -> str:
    """Write a list number in one of Word's number formats; unknown ones count 1, 2, 3."""
    if number < 1:
        return str(number)
    match form:
        case "thaiNumbers":
            return str(number).translate(_THAI_DIGITS)
        case "thaiLetters":
            return _letter(number, _THAI_LETTERS)
        case "lowerLetter":
            return _letter(number, _LATIN_LETTERS)
        case "upperLetter":
            return _letter(number, _LATIN_LETTERS).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
    return str(number)


def _letter(number: int, letters: str) -> str:
    """Count ก, ข, …, ฮ, กก, ขข, … as Word does."""
    times, nth = divmod(number - 1, len(letters))
    return letters[nth] * min(times + 1, 10)


def _roman(number: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        text += sign * min(times, 100)
    return text
