"""Lists within running prose: 4 ประเด็น ได้แก่ 1) … 2) …, indicators joined by commas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.extract.statements.candidates import Find, Paragraph
from ingest.layout.exclusions import end_of
from ingest.layout.heading_words import COUNTED, D, announced_until
from ingest.layout.list_marks import InlineItem, arabic, inline_items
from ingest.records import StatementKind

# Nouns with which a measure begins.
_NOUN = (
    r"(?:จำนวน(?!\s?[\d๐-๙])|อัตรา|สัดส่วน|ระดับ(?=ความ|คะแนน|คุณภาพ|การ)|มูลค่า|คะแนน|ปริมาณ|อันดับ|ดัชนี|รายได้|ระยะเวลา"
    r"|ร้อยละ(?:ของ|ความ|ที่|การ)|ผลิตภาพ|ผลิตภัณฑ์|พื้นที่|ค่าเฉลี่ย)"
)
_PARTED = re.compile(rf"\s*,\s+(?=[ก-๙])|\s+และ\s?(?={_NOUN})|(?<![\d๐-๙])\s+(?={_NOUN})")
_YEAR = re.compile(r"\s+(?:ใน|ภายใน|ภายในสิ้น)\s?ปี(?:งบประมาณ)?\s?(?:พ\.ศ\.)?\s?[\d๐-๙]{4}")
# What a whole measure says: by how much, or that something grows or shrinks.
_WHOLE = re.compile(
    r"[\d๐-๙]|เพิ่ม(?:ขึ้น|สูงขึ้น)?|ลดลง|สูงขึ้น|ดีขึ้น|ไม่น้อยกว่า|ไม่ต่ำกว่า|ขยายตัว|เติบโต|ความ(?:สำเร็จ|พึงพอใจ)"
)
_AND = re.compile(r"และ\s?")
_SENTENCE_ENDS = re.compile(r"\s(?:น\.ส\.|นาย|นาง|พล\.|กล่าว)")
_LONGEST = 1200
_SHORTEST = 12


def measures_in(text: str, start: int) -> list[tuple[int, int]]:
    """Return the spans of the measures that follow, as long as each is a whole one."""
    stop = _SENTENCE_ENDS.search(text, start)
    limit = min(stop.start() if stop else len(text), start + _LONGEST)
    spans: list[tuple[int, int]] = []
    begin = start
    while begin < limit:
        end = _end(text, begin, limit)
        joined = _AND.match(text, begin)
        head = joined.end() if joined else begin
        if end - head < _SHORTEST or not _WHOLE.search(text, head, end):
            break
        spans.append((head, end))
        parted = _PARTED.match(text, end)
        if parted is None:
            break
        begin = parted.end()
    return spans


def _end(text: str, begin: int, limit: int) -> int:
    """Return where the measure ends: at a comma, before the next noun, where the report goes on."""
    last = min(end_of(text, begin), limit)
    while year := _YEAR.match(text, last, limit):
        last = min(end_of(text, year.end() - 2), limit)
    for parted in _PARTED.finditer(text, begin + _SHORTEST, last):
        if "," in parted.group() or _WHOLE.search(text, begin, parted.start()):
            return parted.start()
    return last


_ANNOUNCING: tuple[tuple[StatementKind, re.Pattern[str]], ...] = (
    ("strategic_issue", re.compile(r"ประเด็น(?:ยุทธศาสตร์|การพัฒนา)|ยุทธศาสตร์(?:การพัฒนา)?(?!ชาติ)")),
    ("goal", re.compile(r"เป้าประสงค์|เป้าหมาย|(?<=มี)วัตถุประสงค์")),
    ("strategy", re.compile(r"กลยุทธ์|แนวทางการ(?:พัฒนา|ดำเนินงาน)|(?<=[0-9๐-๙]\s)แนวทาง|มาตรการ")),
    ("indicator", re.compile(r"ตัวชี้วัด")),
    ("mission", re.compile(r"(?<!รับ)พันธกิจ")),
)
# One of these stands in every text that names the kind.
_STEMS: dict[StatementKind, tuple[str, ...]] = {
    "strategic_issue": ("ประเด็น", "ยุทธศาสตร์"),
    "goal": ("เป้า", "วัตถุประสงค์"),
    "strategy": ("กลยุทธ์", "แนวทาง", "มาตรการ"),
    "indicator": ("ตัวชี้วัด",),
    "mission": ("พันธกิจ",),
}
# Of these, news name many that are no plan's: only a plan's are read.
_OF_PLANS = ("goal", "strategy", "indicator")
_PLAN = re.compile(r"แผน|วิสัยทัศน์|ยุทธศาสตร์")
_SPOKEN = re.compile(r"(?:นำเสนอ|แสดง|บรรยาย|เสวนา|แลกเปลี่ยน|ผู้สมัคร|ถ่ายทอด|ทบทวน|ปฏิรูป)\s*$")
_AIMS_AT = re.compile(r"\s+(?:โดย)?มีเป้าหมาย(?:คือ|เพื่อ)?\s*(?:คือ\s*)?")
_COUNT = re.compile(rf"(?<!ที่)(?<!ที่\s)({D}{{1,2}})\s*(?:{COUNTED})")
_LEADS = re.compile(
    r"[^“”\"‘’()]{0,80}?(?:ได้แก่|ประกอบด้วย|คือ|ดังนี้|ดังต่อไปนี้|เช่น|อาทิ|ว่า(?!ง))\s*[:：]?\s*"
)
# What may not stand between: a new clause, another announcing word, a watchword.
_CLAUSE = re.compile(
    r"\s(?:โดย|ซึ่ง|ทั้งนี้|พร้อม|จาก|รวมถึง)|วิสัยทัศน์|พันธกิจ|ยุทธศาสตร์|กลยุทธ์|เป้าหมาย|เป้าประสงค์|ตัวชี้วัด|แนวทาง"
    r"|โครงการ|กิจกรรม|มาตรการ|หน่วยงาน|องค์ประกอบ|[A-Za-z]"
)
# Blanks part the items of an unnumbered enumeration, but not a foreign word from its neighbours.
_COUNTED_ITEM = re.compile(r"\S+(?:\s+[A-Za-z0-9&.+-]+(?:\s+\S+)?)*")
_TO = re.compile(r"\s?(?:เพื่อ|คือ|ดังนี้)\s?")
_WORK = re.compile(r"โครงการ|กิจกรรม|ประชุม|สัมมนา|อบรม|บันทึกข้อตกลง")
_SENTENCE = 260
_NEAR = 6


@dataclass(frozen=True, slots=True)
class _List:
    """A list that words announce: of what, where its items may begin, whose they are."""

    kind: StatementKind
    begin: int
    owner: str | None
    says: bool
    count: int | None


def lists_in(paragraph: Paragraph, *, planned: bool) -> Iterator[Find]:
    """Read the lists of a paragraph; `planned` tells that the document is about a plan."""
    text = paragraph.text
    for kind, pattern in _ANNOUNCING:
        position = 0
        if not any(word in text for word in _STEMS[kind]):
            continue
        for match in pattern.finditer(text):
            if match.start() < position:
                continue
            announced = _announced(text, match, kind, planned=planned)
            if announced is None:
                continue
            position = match.end()
            for result in _items(paragraph, announced):
                position = max(position, result.end - paragraph.start)
                yield result


def _announced(
    text: str, match: re.Match[str], kind: StatementKind, *, planned: bool
) -> _List | None:
    if _SPOKEN.search(text[: match.start()][-30:]):
        return None
    near = planned or _PLAN.search(text[max(0, match.start() - 250) : match.start()])
    if kind in _OF_PLANS and not near:
        return None
    stated = announced_until(text, match.end())
    counted = _COUNT.search(text[max(0, match.start() - 12) : stated.end])
    count = int(arabic(counted[1])) if counted else None
    if kind == "goal" and match.group() == "วัตถุประสงค์":
        return _purposes(text, match)
    leads = None if stated.says else _LEADS.match(text, match.end())
    if leads and not _CLAUSE.search(text, match.end(), leads.end()):
        return _List(kind, max(leads.end(), stated.end), stated.owner, True, count)
    if not stated.says and not counted:
        return None
    return _List(kind, stated.end, stated.owner, stated.says, count)


def _purposes(text: str, match: re.Match[str]) -> _List | None:
    """Read the purposes of a plan: … โดยมีวัตถุประสงค์เพื่อ 1) …; those of works are no goals."""
    before = text[max(0, match.start() - _SENTENCE) : match.start()]
    to = _TO.match(text, match.end())
    plan = before.rfind("แผน")
    if to is None or plan < 0 or "วิสัยทัศน์" not in before or _WORK.search(before, plan):
        return None
    return _List("goal", to.end(), None, True, None)


def _items(paragraph: Paragraph, announced: _List) -> Iterator[Find]:
    text = paragraph.text
    items = inline_items(text, announced.begin)
    if items and items[0].start - announced.begin <= _NEAR:
        last = len(items) - 1
        for index, item in enumerate(items):
            yield from _with_aim(paragraph, announced, item, last=index == last)
    elif announced.kind == "indicator" and announced.says:
        for start, end in measures_in(text, announced.begin):
            yield paragraph.find("indicator", start, end, "said", owner=announced.owner)
    elif announced.count and announced.says:
        yield from _counted_items(paragraph, announced, announced.count)


def _with_aim(
    paragraph: Paragraph, announced: _List, item: InlineItem, *, last: bool
) -> Iterator[Find]:
    """Read an item, and the goal which an issue may name behind it (… มีเป้าหมาย …)."""
    text, kind, owner = paragraph.text, announced.kind, announced.owner
    aim = _AIMS_AT.search(text, item.start, item.end) if kind == "strategic_issue" else None
    end = min(end_of(text, item.start), item.end) if last or aim else item.end
    stop = aim.start() if aim else end
    yield paragraph.find(kind, item.start, stop, "enumerated", number=item.number, owner=owner)
    if aim:
        end = min(end_of(text, aim.end()), item.end) if last else item.end
        goal = paragraph.find("goal", aim.end(), end, "enumerated", owner=owner)
        yield replace(goal, number=item.number, beside=True)


def _counted_items(paragraph: Paragraph, announced: _List, count: int) -> Iterator[Find]:
    """Read an enumeration without numbers, where its length is told and blanks part it."""
    text = paragraph.text
    end = end_of(text, announced.begin)
    pieces = [m.span() for m in _COUNTED_ITEM.finditer(text[announced.begin : end])]
    spans = [(announced.begin + start, announced.begin + stop) for start, stop in pieces]
    if len(spans) != count or count < 2:
        return
    for number, (start, stop) in enumerate(spans, 1):
        start += 3 * text.startswith("และ", start)
        yield paragraph.find(
            announced.kind, start, stop, "enumerated", number=str(number), owner=announced.owner
        )
