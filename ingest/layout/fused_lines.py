"""Lines that hold more than one: a page on one line, headings joined to what stood above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.layout.grammar import COUNTED, KEY, D
from ingest.layout.heading_words import Topic
from ingest.layout.headings import heading_of
from ingest.layout.lines import Line

_AFTER_QUOTE = re.compile(r"[”\"]\s*(?P<rest>[ก-๙][^“”\"]{3,40})$")
_LABELLED: tuple[Topic, ...] = ("strategic_issue", "strategy", "goal", "indicator", "mission")
_NUMBERED = re.compile(rf"\s?ที่\s*{D}{{1,2}}(?!{D})")
_LONGEST_WORD = 60
# Words that tie a labelled heading into a sentence: …ตอบสนองยุทธศาสตร์ที่ 2….
_TIED = re.compile(r"(?:กับ|ตาม|ใน|ของ|และ|ภายใต้|สนอง|ต่อ|คือ|ถึง|หรือ|แก่|สู่|จาก|จังหวัด|\()\s*$")
_COUNTED_UP = re.compile(
    rf"(?<!ชาติ)\s?{D}{{1,2}}\s?(?:{COUNTED})(?:หลัก|สำคัญ)?\s*(?:ได้แก่|ประกอบด้วย|คือ|ดังนี้)\s*$"
)
_TABLE_HEAD = re.compile(
    r"(?<!^)(?:ลำดับ)?(?<![ก-ฮ])ที่\s+(?:ชื่อ)?โครงการ\s|(?<=\S)ที่ โครงการ วัตถุประสงค์"
)
# A page on one line: … 2.1 วิสัยทัศน์ “…” 2.2 ยุทธศาสตร์ …
_NUMBERED_HEADING = re.compile(
    rf"(?<=\s){D}{{1,2}}(?:\.{D}{{1,2}})+[.)]?\s*(?=วิสัยทัศน์|พันธกิจ|ยุทธศาสตร์|เป้าประสงค์|เป้าหมาย|ค่านิยม|กลยุทธ์"
    r"|ตัวชี้วัด|แนวทางการพัฒนา|จุดมุ่งหมาย|ประเด็น)"
)
# An issue and behind it, on the same line, how it is pursued: … โดยใช้กลยุทธ์ : …
_BY_STRATEGY = re.compile(
    r"(?<=\S)\s+(?:โดย|ซึ่ง|และ)?(?:ใช้|มี|ด้วย)\s?(?=(?:กลยุทธ์|แนวทาง(?:การพัฒนา)?|เป้าประสงค์|ตัวชี้วัด)\s?[:：])"
)
_PAGE = 120
# The twelve programmes (แผนงาน) under which local governments budget.
_PROGRAMME = re.compile(
    r"(?<=\S)แผนงาน(?=บริหาร(?:งาน)?ทั่วไป|การรักษาความสงบ|การศึกษา|สาธารณสุข|สังคมสงเคราะห์|เคหะ|สร้างความเข้มแข็ง"
    r"|การศาสนา|อุตสาหกรรมและการโยธา|การเกษตร|การพาณิชย์|งบกลาง)"
)
_SHORT = 40


def unglued(line: Line) -> list[Line]:
    """Part a line before each heading that stands in it where no sentence ties it in."""
    if len(line.text) < _SHORT and "”" not in line.text and '"' not in line.text:
        return [line]
    labelled = "ที่" in line.text and _NUMBERED.search(line.text)
    labels = _labels(line.text) if labelled else []
    cuts = sorted({cut for cut in (*labels, *_others(line)) if cut > 0})
    if not cuts:
        return [line]
    parts = [line]
    for cut in cuts:
        whole = parts.pop()
        offset = cut - (whole.start - line.start)
        if 0 < offset < len(whole.text):
            parts += [whole.head(offset), replace(whole.tail(offset), gap=0)]
        else:
            parts.append(whole)
    return [part for part in parts if part.text]


def _labels(text: str) -> list[int]:
    """Return where labelled headings begin, if the line begins with one or counts them up.

    Of a count that goes on in the lines below (4 ยุทธศาสตร์ ได้แก่ ยุทธศาสตร์ที่ 1 …) there is one.
    """
    labelled = list(_labelled(text))
    found = [start for start in labelled if not _TIED.search(text[:start][-12:])]
    if len(found) > 1 or (found and found[0] == 0):
        return found
    return [start for start in labelled if _COUNTED_UP.search(text[:start])]


def _labelled(text: str) -> Iterator[int]:
    """Yield where announcing words begin that have a number right behind them."""
    last, initials = 0, KEY.initials
    for number in _NUMBERED.finditer(text):
        if text.endswith("หมู่", 0, number.start()):
            continue
        for start in range(max(last, number.start() - _LONGEST_WORD), number.start()):
            named = KEY.match(text, start) if text[start] in initials else None
            if named and named[0] in _LABELLED and named[1] == number.start():
                yield start
                break
        last = number.end()


def _others(line: Line) -> list[int]:
    text = line.text
    cuts = [match.start() for match in _PROGRAMME.finditer(text)] if "แผนงาน" in text else []
    head = _TABLE_HEAD.search(text) if "ที่ " in text and "โครงการ" in text else None
    if head:
        cuts.append(head.start())
    if ":" in text or "：" in text:
        cuts += [match.end() for match in _BY_STRATEGY.finditer(text)]
    numbered = _NUMBERED_HEADING.findall(text) if len(text) > _PAGE else []
    if len(numbered) > 1:
        cuts += [match.start() for match in _NUMBERED_HEADING.finditer(text)]
    glued = _AFTER_QUOTE.search(text) if "”" in text or '"' in text else None
    if glued and heading_of(line.tail(glued.start("rest"))):
        cuts.append(glued.start("rest"))
    return cuts
