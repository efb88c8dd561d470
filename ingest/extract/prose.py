"""Statements within running prose: …ภายใต้วิสัยทัศน์ “…”, …เป้าหมายการพัฒนาจังหวัด คือ “…”.

Reports name the words far more often than they state anything. So a rule wants the words
that announce, nothing between them and the statement but what headings carry too, and quotes,
a copula (คือ, ว่า) or a numbered list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.extract.endings import end_of, enumeration_end
from ingest.extract.found import Found
from ingest.extract.grammar import COUNTED, KEY, Announcement, D, announced_until
from ingest.extract.guards import defines, introduces, of_all_thais, runs_on
from ingest.extract.marks import InlineItem, arabic, inline_items
from ingest.extract.paragraphs import Paragraph
from ingest.records import StatementKind

_WORTH = re.compile(r"วิสัยทัศน์|พันธกิจ|ค่านิยม|เป้าหมาย|เป้าประสงค์|ประเด็น|ยุทธศาสตร์|กลยุทธ์|แนวทาง")
_VISION = re.compile(KEY["vision"].replace("|Vision", ""))
_AIM = re.compile(r"เป้าหมาย(?:ใน|ของ)?การพัฒนา")
_VALUE = re.compile(r"ค่านิยม")
_MISSION = re.compile(r"(?<!รับ)พันธกิจ")
_QUOTED = re.compile(
    r"\s*(?:“([^“”]{2,300})[”\"]|\"([^\"“”]{2,300})[\"”]|‘([^‘’]{4,300})’|'([^']{4,300})')"
)
_BETWEEN = re.compile(r"[^“”\"‘’()]{0,70}")
_BREAKS = re.compile(r"\s(?:โดย|ซึ่ง|ทั้งนี้|และได้|พร้อม|จาก|รวมถึง|เช่น)")
# Someone shows off a vision, a person has one, a textbook explains it: nothing is stated.
_SPOKEN = re.compile(
    r"(?:นำเสนอ|แสดง|บรรยาย|ปาฐกถา|ประชัน|โชว์|เสวนา|แลกเปลี่ยน|ผู้สมัคร|พระ|ถ่ายทอด|ทบทวน|(?:คน|ผู้)ที่มี|ปฏิรูป|ผู้นำที่มี)\s*$"
)
_FOR_AN_ORGANISATION = re.compile(
    r"(?:ขับเคลื่อน|ยึด(?:มั่น)?|ภายใต้|ด้วย|ตาม|หลัก|กำหนด|มี|และ|สร้าง)(?:หลัก)?\s*$"
)
_HAS_MISSION = re.compile(r"(?:โดย|ซึ่ง|และ|ได้กำหนด)?(?:มี|กำหนด|ตาม|ภายใต้|ด้วย)\s*$")
_TOKEN = re.compile(r"\s*(?:[A-Z][A-Za-z0-9+&.-]*)(?:\s[A-Z][A-Za-z0-9+&.-]*){0,4}")
_PLAN = re.compile(r"แผน|วิสัยทัศน์|ยุทธศาสตร์")
_LISTED: tuple[tuple[StatementKind, re.Pattern[str]], ...] = (
    ("strategic_issue", re.compile(r"ประเด็น(?:ยุทธศาสตร์|การพัฒนา)|ยุทธศาสตร์(?:การพัฒนา)?(?!ชาติ)")),
    ("goal", re.compile(r"เป้าประสงค์|เป้าหมาย")),
    ("strategy", re.compile(r"กลยุทธ์|แนวทางการพัฒนา")),
    ("mission", _MISSION),
)
# …ภายใต้วิสัยทัศน์ เมืองน่าอยู่…: without quotes only words that paint a picture are one.
_UNDER = re.compile(r"(?:ภายใต้|ตาม|สู่|บรรลุ|ด้วย|กำหนด|มี)\s*$")
_PICTURES = re.compile(
    r"\s+(?:เป็น)?(?:เมือง|ศูนย์กลาง|องค์กร|แหล่ง|ประตู|นคร|มหานคร|สังคม|ชุมชน|เศรษฐกิจ|ครัว|ฐาน)"
)
_AIMS_AT = re.compile(r"\s+(?:โดย)?มีเป้าหมาย(?:คือ|เพื่อ)?\s*(?:คือ\s*)?")
_COUNT = re.compile(rf"({D}{{1,2}})\s*(?:{COUNTED})")
_FAR = 40
_LONGEST = 320


def prose_of(paragraphs: Iterable[Paragraph]) -> list[Found]:
    """Return what running prose states; `within` counts from the first one returned."""
    founds: list[Found] = []
    for paragraph in paragraphs:
        if len(paragraph.text) < 25 or not _WORTH.search(paragraph.text):
            continue
        founds += _visions(paragraph)
        founds += _aims(paragraph)
        founds += _values(paragraph)
        founds += _missions(paragraph)
        for found in _lists(paragraph):
            founds.append(found.under(len(founds) - 1) if found.beside else found)
    return founds


def _visions(paragraph: Paragraph) -> Iterator[Found]:
    text = paragraph.text
    for match in _VISION.finditer(text):
        if _SPOKEN.search(text[: match.start()][-30:]):
            continue
        told = announced_until(text, match.end())
        quoted = _quote(text, told.end) or _quote_after_lead(text, match.end())
        if quoted:
            yield paragraph.found("vision", *quoted, "quoted", owner=told.owner)
        elif told.says and not runs_on(text[told.end :]) and not defines(text[match.start() :]):
            end = enumeration_end(text, told.end)
            if 12 <= end - told.end <= _LONGEST:
                yield paragraph.found("vision", told.end, end, "said", owner=told.owner)
        elif _UNDER.search(text[: match.start()][-14:]) and _PICTURES.match(text, told.end):
            end = enumeration_end(text, told.end)
            if 20 <= end - told.end <= _LONGEST // 2:
                yield paragraph.found("vision", told.end, end, "unquoted", owner=told.owner)


def _aims(paragraph: Paragraph) -> Iterator[Found]:
    """Read เป้าหมายการพัฒนาจังหวัด “…”, which since 2561 stands in the place of a vision."""
    text = paragraph.text
    for match in _AIM.finditer(text):
        between = _BETWEEN.match(text, match.end())
        end = between.end() if between else match.end()
        told = announced_until(text, match.end())
        quoted = None if _BREAKS.search(text, match.end(), end) else _quote(text, end)
        if quoted:
            found = paragraph.found("goal", *quoted, "quoted", owner=told.owner)
        elif told.says and told.owner and not runs_on(text[told.end :]):
            stop = enumeration_end(text, told.end)
            if not 20 <= stop - told.end <= _LONGEST:
                continue
            found = paragraph.found("goal", told.end, stop, "said", owner=told.owner)
        else:
            continue
        yield replace(found, alternatives=("vision",))


def _values(paragraph: Paragraph) -> Iterator[Found]:
    text = paragraph.text
    for match in _VALUE.finditer(text):
        told = announced_until(text, match.end())
        if of_all_thais(text[match.start() : told.end + 12]):
            continue
        ours = _FOR_AN_ORGANISATION.search(text[: match.start()][-20:])
        organised = (
            "องค์ก" in text[match.start() : told.end] or "องค์การ" in text[match.start() : told.end]
        )
        if not (ours or organised):
            continue
        span = _quote(text, told.end) or _acronym(text, told.end)
        if span:
            yield paragraph.found("value", *span, "quoted", owner=told.owner)


def _acronym(text: str, start: int) -> tuple[int, int] | None:
    """Return an English watchword with the brackets that spell it out."""
    match = _TOKEN.match(text, start)
    if match is None:
        return None
    end = match.end()
    opening = re.match(r"\s*\(", text[end:])
    if opening:
        depth = 0
        for offset in range(end, min(len(text), end + _LONGEST)):
            depth += {"(": 1, ")": -1}.get(text[offset], 0)
            if depth == 0 and text[offset] == ")":
                return start, offset + 1
    return start, end


def _missions(paragraph: Paragraph) -> Iterator[Found]:
    text = paragraph.text
    for match in _MISSION.finditer(text):
        if not _HAS_MISSION.search(text[: match.start()][-20:]):
            continue
        told = announced_until(text, match.end())
        duty = re.match(r"\s*(?:หลัก)?\s*ในการ", text[match.end() :])
        start = match.end() + duty.end() if duty else told.end
        quoted = None if duty else _quote(text, told.end)
        if quoted:
            yield paragraph.found("mission", *quoted, "quoted", owner=told.owner)
        elif (duty or told.says) and not inline_items(text[start : start + _FAR * 3]):
            end = end_of(text, start)
            shortest = 40 if duty else 8
            if shortest <= end - start <= _LONGEST and not runs_on(text[start:]):
                yield paragraph.found("mission", start, end, "said", owner=told.owner)


def _lists(paragraph: Paragraph) -> Iterator[Found]:
    text, position = paragraph.text, 0
    for kind, pattern in _LISTED:
        position = 0
        for match in pattern.finditer(text):
            if match.start() < position:
                continue
            told = announced_until(text, match.end())
            if not _announces_list(text, match, kind, told):
                continue
            position = match.end()
            for found in _items(paragraph, kind, told):
                position = max(position, found.end - paragraph.start)
                yield found


def _announces_list(
    text: str, match: re.Match[str], kind: StatementKind, told: Announcement
) -> bool:
    if _SPOKEN.search(text[: match.start()][-30:]):
        return False
    if kind == "goal" and not _PLAN.search(text[max(0, match.start() - 250) : match.start()]):
        return False
    counted = _COUNT.search(text[max(0, match.start() - 12) : told.end])
    return told.says or bool(counted)


def _items(paragraph: Paragraph, kind: StatementKind, told: Announcement) -> Iterator[Found]:
    text = paragraph.text
    items = inline_items(text, told.end)
    if items and items[0].start - told.end <= 6:
        last = len(items) - 1
        for index, item in enumerate(items):
            yield from _with_aim(paragraph, kind, item, told, last=index == last)
        return
    counted = _COUNT.search(text[: told.end][-30:])
    if counted and told.says:
        yield from _counted_items(paragraph, kind, told, int(arabic(counted[1])))


def _with_aim(
    paragraph: Paragraph, kind: StatementKind, item: InlineItem, told: Announcement, *, last: bool
) -> Iterator[Found]:
    """Read an item, and the goal which an issue may name behind it (… มีเป้าหมาย …)."""
    text, number = paragraph.text, item.number
    aim = _AIMS_AT.search(text, item.start, item.end) if kind == "strategic_issue" else None
    end = min(end_of(text, item.start), item.end) if last or aim else item.end
    stop = aim.start() if aim else end
    yield paragraph.found(kind, item.start, stop, "enumerated", number=number, owner=told.owner)
    if aim:
        end = min(end_of(text, aim.end()), item.end) if last else item.end
        goal = paragraph.found("goal", aim.end(), end, "enumerated", owner=told.owner)
        yield replace(goal, number=number, beside=True)


def _counted_items(
    paragraph: Paragraph, kind: StatementKind, told: Announcement, count: int
) -> Iterator[Found]:
    """Read an enumeration without numbers, where its length is told and blanks part it."""
    text = paragraph.text
    end = end_of(text, told.end)
    pieces = [m.span() for m in re.finditer(r"\S+", text[told.end : end])]
    joined = [
        (told.end + start + 3 * text.startswith("และ", told.end + start), told.end + stop)
        for start, stop in pieces
    ]
    if len(joined) == count > 1:
        for number, (start, stop) in enumerate(joined, 1):
            yield paragraph.found(
                kind, start, stop, "enumerated", number=str(number), owner=told.owner
            )


def _quote_after_lead(text: str, position: int) -> tuple[int, int] | None:
    """Return the quote behind a short clause that leads up to it: …วิสัยทัศน์ คาดหวัง… ดังนี้ “…”."""
    between = _BETWEEN.match(text, position)
    end = between.end() if between else position
    if not introduces(text[position:end]) or _BREAKS.search(text, position, end):
        return None
    return _quote(text, end)


def _quote(text: str, position: int) -> tuple[int, int] | None:
    match = _QUOTED.match(text, position)
    if match is None:
        return None
    group = next(index for index in range(1, 5) if match[index] is not None)
    return match.span(group)
