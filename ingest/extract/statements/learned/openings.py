"""Places at which a statement may begin: many more than there are statements.

An announcing word gives those behind it: at blanks, quotes and words that lead over to what is
announced. A list gives one an item. โครงการ gives one itself. A rule that found a statement
gives its beginning. Offsets are those of the page's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.extract.statements.candidates import Find, FindKind
from ingest.extract.statements.learned.cues import LEADS, Cue, cues_in, names_project
from ingest.extract.statements.learned.text import PageText, first_letter

REACH = 110
"""Characters behind an announcing word within which it may announce something."""
_LIST_REACH = 300
_LIST_LENGTH = 900
_LIST_KINDS = 3
_MARK = re.compile(
    r"(?:(?<=\s)|(?<=[ก-๙”\"):,])|^)(?P<mark>\(\s?(?:[0-9๐-๙]{1,2}|[ก-ช])\s?\)|(?:[0-9๐-๙]{1,2}|(?<![ก-ฮ])[ก-ช])\s?\)"
    r"|(?<![0-9๐-๙.,])[0-9๐-๙]{1,2}\.(?![0-9๐-๙])|(?<=\n)[-–•*●▪✓➢])\s*",
    re.MULTILINE,
)
_ANNOUNCES = re.compile(r"(?:ได้แก่|คือ|ประกอบด้วย|อาทิ|เช่น|ดังนี้|ไม่ว่าจะเป็น|ว่าด้วย)(?:\s?[:：])?\s*")
_COUNT = re.compile(
    r"([0-9๐-๙]{1,2})\s?(?:ด้าน|ประการ|ข้อ|ยุทธศาสตร์|ประเด็น|มาตรการ|แนวทาง|กลยุทธ์|เรื่อง|โครงการ|เป้าหมาย|มิติ|แผนงาน|หลัก|ระยะ|ส่วน|กลุ่ม|เสา)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list an item stands: its place from 0, how many there are, how they are set."""

    index: int
    count: int
    style: str
    head: int


@dataclass(frozen=True, slots=True)
class Opening:
    """A place at which a statement of a kind may begin, and why.

    `way` says how it was come by; `cue` is the word that announces it; `rule` is what a rule
    found there.
    """

    start: int
    kind: FindKind
    way: str
    cue: Cue | None = None
    place: Place | None = None
    rule: Find | None = None


def openings_of(page: PageText, finds: Sequence[Find] = ()) -> list[Opening]:
    """Return the openings of a page, one a place and kind; `founds` are the page's by rules."""
    cues = cues_in(page.text)
    merged: dict[tuple[int, FindKind], Opening] = {}
    for opening in (
        *_by_rules(finds, cues),
        *_in_lists(page, cues),
        *(o for number, cue in enumerate(cues) for o in _behind(page, cues, number, cue)),
    ):
        if opening.start >= len(page.text) or _names_nothing(page.text, opening):
            continue
        key = (opening.start, opening.kind)
        known = merged.get(key)
        if known is None:
            merged[key] = opening
        else:
            merged[key] = _both(known, opening)
    return sorted(merged.values(), key=lambda opening: (opening.start, opening.kind))


def _names_nothing(text: str, opening: Opening) -> bool:
    return (
        opening.kind == "project"
        and text.startswith("โครงการ", opening.start)
        and not names_project(text, opening.start)
    )


def _both(one: Opening, other: Opening) -> Opening:
    """Return two openings of one place and kind as one; the nearer word announces it."""
    nearer = other.cue is not None and (one.cue is None or other.cue.start > one.cue.start)
    if not nearer and (one.place or not other.place) and (one.rule or not other.rule):
        return one
    cue = other.cue if nearer else one.cue
    return replace(one, cue=cue, place=one.place or other.place, rule=one.rule or other.rule)


def _by_rules(finds: Sequence[Find], cues: Sequence[Cue]) -> Iterator[Opening]:
    for result in finds:
        above = [cue for cue in cues if cue.start < result.start and cue.kind == result.kind]
        yield Opening(result.start, result.kind, "rule", above[-1] if above else None, rule=result)


def _behind(page: PageText, cues: Sequence[Cue], number: int, cue: Cue) -> Iterator[Opening]:
    """Yield what an announcing word may announce behind it, up to the next but two."""
    text = page.text
    if cue.kind == "project":
        if names_project(text, cue.start):
            yield Opening(cue.start, "project", "named", cue)
        return
    following = cues[number + 3].start if number + 3 < len(cues) else len(text)
    limit = min(len(text), cue.end + REACH, following)
    line = text.find("\n", cue.end, limit)
    yield Opening(first_letter(text, cue.end, limit), cue.kind, "next", cue)
    index = page.at(cue.end)
    while index < len(page.words) and page.starts[index] < limit:
        if 0 <= line < page.starts[index] and page.starts[index] > line + 40:
            break
        word = page.words[index]
        if index > 0 and page.gap(index) != "none" and page.starts[index] > cue.end:
            start = first_letter(text, page.starts[index], limit)
            yield Opening(start, cue.kind, "blank", cue)
        if word in LEADS or word[-1] in "“\"‘':：":
            start = first_letter(text, page.ends[index], limit)
            yield Opening(start, cue.kind, "lead", cue)
        index += 1


def _in_lists(page: PageText, cues: Sequence[Cue]) -> Iterator[Opening]:
    yield from _marked(page, cues)
    yield from _unmarked(page, cues)


def _announcers(cues: Sequence[Cue], position: int, reach: int) -> list[Cue]:
    """Return the nearest word of each kind before a place, three kinds at most."""
    kinds: dict[FindKind, Cue] = {}
    for cue in reversed([cue for cue in cues if position - reach <= cue.start < position]):
        kinds.setdefault(cue.kind, cue)
        if len(kinds) == _LIST_KINDS:
            break
    return list(kinds.values())


def _marked(page: PageText, cues: Sequence[Cue]) -> Iterator[Opening]:
    """Yield the items of numbered and bulleted lists."""
    text = page.text
    runs: dict[str, list[list[re.Match[str]]]] = {}
    for match in _MARK.finditer(text):
        style = re.sub(r"[0-9๐-๙ก-ช]+", "1", match["mark"].replace(" ", ""))
        before = runs.setdefault(style, [])
        if before and _follows(before[-1], match):
            before[-1].append(match)
        else:
            before.append([match])
    for style, lists in runs.items():
        for marks in lists:
            head = marks[0].start()
            announcers = _announcers(cues, head, _LIST_REACH)
            for index, mark in enumerate(marks):
                start = first_letter(text, mark.end(), len(text))
                for cue in announcers:
                    place = Place(index, len(marks), style, head)
                    yield Opening(start, cue.kind, "mark", cue, place)


def _follows(marks: Sequence[re.Match[str]], match: re.Match[str]) -> bool:
    one, two = (re.sub(r"\D", "", m["mark"]) for m in (marks[-1], match))
    if match.start() - marks[-1].end() > _LIST_LENGTH:
        return False
    return (int(two) == int(one) + 1) if one and two else not one and not two


def _unmarked(page: PageText, cues: Sequence[Cue]) -> Iterator[Opening]:
    """Yield the parts of a list without marks, at blanks, commas and และ behind its head."""
    text = page.text
    for match in _ANNOUNCES.finditer(text):
        announcers = _announcers(cues, match.start(), _LIST_REACH // 2)
        if not announcers:
            continue
        line = text.find("\n", match.end())
        limit = min(len(text) if line < 0 else line, match.end() + _LIST_LENGTH // 2)
        starts = _parts(page, match.end(), limit)
        for index, start in enumerate(starts):
            for cue in announcers:
                place = Place(index, len(starts), match.group().strip(" :："), match.start())
                yield Opening(start, cue.kind, "part", cue, place)


def _parts(page: PageText, start: int, limit: int) -> list[int]:
    text, result = page.text, [first_letter(page.text, start, limit)]
    index = page.at(result[0]) + 1
    while index < len(page.words) and page.starts[index] < limit:
        word, apart = page.words[index], page.gap(index) != "none"
        if word == "และ" or word in ",;":
            result.append(first_letter(text, page.ends[index], limit))
        elif apart or page.words[index - 1] in ",;" or word == "โครงการ":
            result.append(first_letter(text, page.starts[index], limit))
        index += 1
    return sorted(set(result))


def count_before(text: str, position: int) -> int | None:
    """Return how many items the words before a list promise (3 ด้าน, 5 มาตรการ)."""
    result = None
    for match in _COUNT.finditer(text, max(0, position - _LIST_REACH // 2), position):
        result = int(match[1])
    return result
