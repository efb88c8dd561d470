"""Statements within running prose: …ภายใต้วิสัยทัศน์ “…”, …เป้าหมายการพัฒนาจังหวัด คือ “…”.

Reports name the words far more often than they state anything. So a rule wants the words
that announce, nothing between them and the statement but what headings carry too, and quotes,
a copula (คือ, ว่า) or a numbered list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.extract.statements.candidates import Find, Paragraph
from ingest.extract.statements.inline_lists import lists_in
from ingest.layout.exclusions import (
    defines,
    end_of,
    enumeration_end,
    explains_words,
    introduces,
    of_all_thais,
    runs_on,
)
from ingest.layout.heading_words import announced_until
from ingest.layout.list_marks import inline_items

_WORTH = re.compile(
    r"วิสัยทัศน์|พันธกิจ|ค่านิยม|เป้าหมาย|เป้าประสงค์|ประเด็น|ยุทธศาสตร์|กลยุทธ์|แนวทาง|ตัวชี้วัด|วัตถุประสงค์"
)
_VISION = re.compile(r"วิสัยทัศน์|Vision")
_AIM = re.compile(r"เป้าหมาย\s?(?:ใน|ของ)?การพัฒนา")
_GOAL = re.compile(r"เป้าหมาย(?=หลัก|รอง|รวม|สูงสุด|สำคัญ|ของแผน|\s?คือ|ระยะ)|เป้าประสงค์")
_HAS_GOAL = re.compile(
    r"(?:แผน|ยุทธศาสตร์)(?!งาน)(?!\S*โครงการ)[^“”]{0,120}(?:มี|กำหนด|ตั้ง|วาง)(?:ให้)?(?:เป็น)?\s*$"
)
_VALUE = re.compile(r"ค่านิยม")
_MISSION = re.compile(r"(?<!รับ)พันธกิจ")
_QUOTED = re.compile(
    r"\s*(?:“([^“”]{2,300})[”\"]|\"([^\"“”]{2,300})[\"”]|‘([^‘’]{4,300})’|'([^']{4,300})')"
)
# A quote with neither Thai nor a sentence is a term: “Vision”.
_WORDED = re.compile(r"[ก-ฮ]|\S\s\S")
_BETWEEN = re.compile(r"[^“”\"‘’()]{0,110}")
_BREAKS = re.compile(r"\s(?:โดย|ซึ่ง|ทั้งนี้|และได้|พร้อม|จาก|รวมถึง|เช่น)")
# Someone shows off a vision, a person has one, a textbook explains it: nothing is stated.
_SPOKEN = re.compile(
    r"(?:นำเสนอ|แสดง|แถลง|บรรยาย|ปาฐกถา|ประชัน|โชว์|เสวนา|แลกเปลี่ยน|ผู้สมัคร|พระ|ถ่ายทอด|ทบทวน|(?:คน|ผู้)ที่มี|ปฏิรูป|ผู้นำที่มี)\s*$"
)
_FOR_AN_ORGANISATION = re.compile(
    r"(?:ขับเคลื่อน|ยึด(?:มั่น)?|ภายใต้|ด้วย|ตาม|หลัก|กำหนด|มี|และ|สร้าง)(?:หลัก)?\s*$"
)
_HAS_MISSION = re.compile(r"(?:โดย|ซึ่ง|และ|ได้กำหนด)?(?:มี|กำหนด|ตาม|ภายใต้|ด้วย)\s*$")
_TOKEN = re.compile(r"\s*(?:[A-Z][A-Za-z0-9+&.-]*)(?:\s[A-Z][A-Za-z0-9+&.-]*){0,4}")
# …ภายใต้วิสัยทัศน์ เมืองน่าอยู่…: without quotes only words that paint a picture are one.
_UNDER = re.compile(r"(?:ภายใต้|ตาม|สู่|บรรลุ|ด้วย|กำหนด|มี)\s*$")
_PICTURES = re.compile(
    r"\s+(?:เป็น)?(?:เมือง|ศูนย์กลาง|องค์กร|แหล่ง|ประตู|นคร|มหานคร|สังคม|ชุมชน|เศรษฐกิจ|ครัว|ฐาน)"
)
# The goal of the plan, told right behind its vision.
_THEN_GOAL = re.compile(r"\s+(?:โดย|และ)?\s?มีเป้าหมาย(?:หลัก|สูงสุด|รวม|สำคัญ)?\s?(?:คือ|ดังนี้|[0-9๐-๙])")
_VISION_BEFORE = 220
_FAR = 40
_LONGEST = 320


def prose_of(paragraphs: Iterable[Paragraph], *, planned: bool = False) -> list[Find]:
    """Return what running prose states; `within` counts from the first one returned.

    `planned` tells that the document states a vision or an issue elsewhere: it tells of a plan.
    """
    finds: list[Find] = []
    for paragraph in paragraphs:
        if len(paragraph.text) < 25 or not _WORTH.search(paragraph.text):
            continue
        finds += _visions(paragraph)
        finds += _aims(paragraph)
        finds += _goals(paragraph)
        finds += _values(paragraph)
        finds += _missions(paragraph)
        planned = planned or any(result.kind == "vision" for result in finds)
        for result in lists_in(paragraph, planned=planned):
            finds.append(result.under(len(finds) - 1) if result.beside else result)
    return finds


def _visions(paragraph: Paragraph) -> Iterator[Find]:
    text = paragraph.text
    for match in _VISION.finditer(text):
        before = text[: match.start()][-30:]
        if _SPOKEN.search(before) or explains_words(before):
            continue
        stated = announced_until(text, match.end())
        quoted = _quote(text, stated.end) or _quote_after_lead(text, match.end())
        if quoted:
            yield paragraph.find("vision", *quoted, "quoted", owner=stated.owner)
        elif stated.says and not runs_on(text[stated.end :]) and not defines(text[match.start() :]):
            end = enumeration_end(text, stated.end)
            if 12 <= end - stated.end <= _LONGEST:
                yield paragraph.find("vision", stated.end, end, "said", owner=stated.owner)
        elif _UNDER.search(text[: match.start()][-14:]):
            end = enumeration_end(text, stated.end)
            sure = _PICTURES.match(text, stated.end) or _THEN_GOAL.match(text, end)
            if sure and 20 <= end - stated.end <= _LONGEST // 2:
                yield paragraph.find("vision", stated.end, end, "unquoted", owner=stated.owner)


def _aims(paragraph: Paragraph) -> Iterator[Find]:
    """Read เป้าหมายการพัฒนาจังหวัด “…”, which since 2561 stands in the place of a vision."""
    text = paragraph.text
    for match in _AIM.finditer(text):
        between = _BETWEEN.match(text, match.end())
        end = between.end() if between else match.end()
        stated = announced_until(text, match.end())
        quoted = None if _BREAKS.search(text, match.end(), end) else _quote(text, end)
        if quoted:
            result = paragraph.find("goal", *quoted, "quoted", owner=stated.owner)
        elif stated.says and stated.owner and not runs_on(text[stated.end :]):
            stop = enumeration_end(text, stated.end)
            if not 20 <= stop - stated.end <= _LONGEST:
                continue
            result = paragraph.find("goal", stated.end, stop, "said", owner=stated.owner)
        else:
            continue
        yield replace(result, alternatives=("vision",))


def _goals(paragraph: Paragraph) -> Iterator[Find]:
    """Read the one goal of a plan: แผน… มีเป้าหมายหลัก คือ …."""
    text, goes_on = paragraph.text, False
    for match in _GOAL.finditer(text):
        before = text[: match.start()]
        near = before.endswith("มี") and "วิสัยทัศน์" in before[-_VISION_BEFORE:]
        if not (goes_on or near or _HAS_GOAL.search(before[-160:])):
            continue
        stated = announced_until(text, match.end())
        end = end_of(text, stated.end)
        goes_on = stated.says and 15 <= end - stated.end <= _LONGEST
        if goes_on and not inline_items(text[stated.end : stated.end + _FAR]):
            yield paragraph.find("goal", stated.end, end, "said", owner=stated.owner)


def _values(paragraph: Paragraph) -> Iterator[Find]:
    text = paragraph.text
    for match in _VALUE.finditer(text):
        stated = announced_until(text, match.end())
        if of_all_thais(text[match.start() : stated.end + 12]):
            continue
        ours = _FOR_AN_ORGANISATION.search(text[: match.start()][-20:])
        organised = (
            "องค์ก" in text[match.start() : stated.end]
            or "องค์การ" in text[match.start() : stated.end]
        )
        if not (ours or organised):
            continue
        span = _quote(text, stated.end) or _acronym(text, stated.end)
        if span:
            yield paragraph.find("value", *span, "quoted", owner=stated.owner)


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


def _missions(paragraph: Paragraph) -> Iterator[Find]:
    text = paragraph.text
    for match in _MISSION.finditer(text):
        if not _HAS_MISSION.search(text[: match.start()][-20:]):
            continue
        stated = announced_until(text, match.end())
        duty = re.match(r"\s*(?:หลัก)?\s*ในการ", text[match.end() :])
        start = match.end() + duty.end() if duty else stated.end
        quoted = None if duty else _quote(text, stated.end)
        if quoted:
            yield paragraph.find("mission", *quoted, "quoted", owner=stated.owner)
        elif (duty or stated.says) and not inline_items(text[start : start + _FAR * 3]):
            end = end_of(text, start)
            shortest = 40 if duty else 8
            if shortest <= end - start <= _LONGEST and not runs_on(text[start:]):
                yield paragraph.find("mission", start, end, "said", owner=stated.owner)


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
    return match.span(group) if _WORDED.search(match[group]) else None
