"""Values under a heading: a slogan, a list, or names with what each of them means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.statements.candidates import Find, squeeze, trimmed
from ingest.extract.statements.lists import items_of
from ingest.layout.exclusions import defines, introduces, narrates, of_all_thais
from ingest.layout.furniture import furniture
from ingest.layout.lines import Line
from ingest.layout.list_marks import Mark, mark_of

# An acronym spelt out: S = Service mind บริการด้วยใจ.
_LETTER = re.compile(
    r"(?P<letter>[A-Z])\s*(?:[:：=]|[-–—]|\s)\s*(?=[A-Za-z(][a-z])"
    r"|(?P<thai>[ก-ฮ])\s*[:：=]\s*(?=[ก-๙])"
)
_NAMED = re.compile(
    r"^(?P<name>[^:：=]{1,60}?)\s*(?:[:：=]|\s[-–—]\s|\s?หมายถึง\s?)\s*(?P<why>\S.*)$"
)
_LONGEST = 200
# A slogan is shorter; so long are the lines on which an explanation goes on.
_LONG = 60
_WORD = re.compile(r"[ก-ฮA-Za-z]{2}")


def values_of(lines: Sequence[Line], section: str) -> list[Find]:
    """Return the values that the lines under their heading name."""
    if of_all_thais(section):
        return []
    lines = [line for line in lines if not furniture(line.text)]
    named = _named(lines, section)
    if len(named) > 1:
        return named
    marked = [line for line in lines if (mark := mark_of(line.text)) and mark.style != "bare"]
    if len(marked) > 1:
        return [
            _value(item.lines[0], section, item.mark, "heading-list") for item in items_of(lines)
        ]
    return _slogan(lines, section)


def _named(lines: Sequence[Line], section: str) -> list[Find]:
    """Return the run of `name : meaning` lines; a slogan may stand before it, prose ends it."""
    result: list[Find] = []
    for line in lines:
        mark = mark_of(line.text)
        bare = line.tail(mark.length) if mark and mark.style != "bare" else line
        letter = _LETTER.match(bare.text)
        if letter:
            value = _value(bare.tail(letter.end()), section, mark)
            result.append(replace(value, number=letter["letter"] or letter["thai"]))
        elif _NAMED.match(bare.text) and not defines(line.text) and '"' not in bare.text[:3]:
            result.append(_value(bare, section, mark))
        elif result:
            break
    lettered = [value for value in result if value.number and value.number.isalpha()]
    return lettered if len(lettered) > 1 else result


def _value(line: Line, section: str, mark: Mark | None, rule: str = "heading-named") -> Find:
    match = _NAMED.match(line.text)
    name = trimmed(line.head(match.end("name")) if match else line)
    return Find(
        "value",
        name.page,
        name.start,
        name.end,
        squeeze(name.text),
        rule,
        section=section,
        number=mark.number if mark else None,
        explanation=squeeze(match["why"]) if match else None,
    )


def _slogan(lines: Sequence[Line], section: str) -> list[Find]:
    explained = False
    for line in lines:
        text = line.text
        goes_on = explained and line.gap == 0 and (len(text) > _LONG or not _WORD.search(text))
        if goes_on or defines(text):
            explained = True
            continue
        if introduces(text) or (len(text) > 90 and narrates(text)):
            continue
        mark = mark_of(line.text)
        name = trimmed(line.tail(mark.length) if mark and mark.style != "bare" else line)
        if 2 <= len(name.text) <= _LONGEST:
            return [_value(name, section, mark, "heading-slogan")]
        return []
    return []
