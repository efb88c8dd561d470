"""What the model looks at: features of an opening and of a closing, as short names.

A feature is there or not. Names don't say the kind: the model weighs each name by kind as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.extract.statements.learned.closings import Closing, closing_quote
from ingest.extract.statements.learned.cues import STOPS, Cue, cues_in
from ingest.extract.statements.learned.openings import Opening, count_before
from ingest.extract.statements.learned.text import PageText, shape
from ingest.extract.statements.learned.word_classes import classes_of

_BODIES = re.compile(
    r"(?P<own>กระทรวง|กรม|สำนักงาน|จังหวัด|เทศบาล|องค์การ|ธนาคาร|การไฟฟ้า|กองทุน|อบ[จต]\.|ธอส|บสย|สถาบัน)"
    r"|(?P<nation>ยุทธศาสตร์ชาติ|แผนแม่บท|แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ|ประเทศไทย|รัฐบาล|นายกรัฐมนตรี)"
    r"|(?P<world>อาเซียน|เอเปค|APEC|สหประชาชาติ|UN|SDG|การพัฒนาที่ยั่งยืน|สองประเทศ|ทวิภาคี|OECD)"
)
_MONEY = re.compile(r"[0-9๐-๙][0-9๐-๙,.]*\s?(?:ล้าน|บาท|หมื่น|พัน)")
_FIGURE = re.compile(r"[0-9๐-๙]")
_REFERS = ("ดังกล่าว", "นี้", "ฯ", "ต่าง", "อื่น", "เหล่านี้", "ทั้ง", "ที่", "และ", "ของ", "ใน")
_CLASSES: dict[str, frozenset[str]] = {
    "explains": frozenset("โดย โดยมี ผ่าน ด้วย ด้วยการ ซึ่ง เช่น อาทิ ประกอบด้วย ได้แก่ คือ โดยเฉพาะ".split()),
    "purpose": frozenset("เพื่อ เพื่อให้ เพื่อเป็น".split()),
    "joins": frozenset("และ หรือ รวมถึง รวมทั้ง ตลอดจน พร้อม พร้อมทั้ง ควบคู่".split()),
    "verb": frozenset("จะ จึง ได้ มี เป็น ให้ ทำให้ ก็ เริ่ม เริ่มต้น ดำเนินการ เป็นการ กล่าว อยู่".split()),
    "turns": frozenset(
        "ทั้งนี้ นอกจากนี้ สำหรับ ส่วน ขณะที่ แต่ เนื่องจาก ดังนั้น นาย นาง นางสาว พร้อมกันนี้ โอกาส".split()
    ),
    "place": frozenset("จังหวัด อำเภอ ตำบล เขต ภาค ประเทศ พื้นที่ จ. อ. ต. บ้าน".split()),
}
# Words before an announcing word or a project's name, by what they make of it.
_BEFORE: dict[str, frozenset[str]] = {
    "has": frozenset(
        "มี กำหนด ตั้ง วาง ได้กำหนด ประกาศ โดยมี ซึ่งมี ที่มี เน้น เป็น จัดทำ กำหนดให้ ได้วาง ตั้งเป้า".split()
    ),
    "under": frozenset(
        "ตาม ภายใต้ ด้วย สู่ บรรลุ ตอบสนอง ขับเคลื่อน ผลักดัน มุ่ง มุ่งสู่ เพื่อให้บรรลุ ดัง ยึด ตามที่ กับ สอดคล้อง ต่อ".split()
    ),
    "does": frozenset(
        "ดำเนิน ดำเนินการ ดำเนินงาน การดำเนิน จัดทำ ผ่าน เห็นชอบ อนุมัติ งบประมาณ เดินหน้า พัฒนา จัด ก่อสร้าง ส่ง เปิดตัว สนับสนุน ริเริ่ม ทำ ออก "
        "ขยาย เร่งรัด เร่ง ศึกษา เสนอ ปรับปรุง สร้าง มอบ นำ ประกอบ บริหาร".split()
    ),
    "refers": frozenset(
        "งาน พิธี ประชุม เข้าร่วม ร่วม ชี้แจง เกี่ยวกับ ผู้ สัมมนา ประธาน เยี่ยมชม ติดตาม ตรวจ เปิด ปิด ลงนาม แถลงข่าว ข่าว อบรม กลุ่ม แผนงาน หลาย ทุก แต่ละ ราย".split()
    ),
    "lists": frozenset("เช่น ได้แก่ อาทิ คือ และ , หรือ รวมถึง ประกอบด้วย ทั้ง ตัวอย่างเช่น".split()),
    "of": frozenset("ของ ใน ที่ จาก ให้ แก่ ถึง ว่า ระดับ ด้าน".split()),
}
_BEFORE_OF = {word: name for name, words in _BEFORE.items() for word in words}
# Words that only qualify an announcing word, and those that lead over to what it announces.
_QUALIFIES = frozenset(
    "สำคัญ หลัก สูงสุด รวม ร่วม ใหญ่ การพัฒนา พัฒนา การ ที่สำคัญ ระยะ ยาว สั้น ปี แห่ง ชาติ องค์กร ไว้ ว่า นี้ ดังนี้ ที่ตั้งไว้".split()
)
_LEADING = frozenset(
    'คือ ได้แก่ เป็น ให้ ให้เป็น เพื่อ เพื่อให้ ในการ ที่จะ มุ่ง มุ่งสู่ สู่ เรื่อง ด้าน ประกอบด้วย จะ ที่ ของ โดย ตาม “ " : ( อาทิ เช่น และ'.split()
)
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in words}


class PageView:
    """A page with what features of all its openings share."""

    def __init__(self, page: PageText, kind: str) -> None:
        self.page = page
        self.kind = kind
        self.cues = cues_in(page.text)
        self._around: dict[int, list[str]] = {}

    def around(self, start: int) -> list[str]:
        """Return the features of the words around a place, the same for every kind."""
        names = self._around.get(start)
        if names is None:
            names = self._around[start] = _words_around(self.page, start)
        return names

    def between(self, cue: Cue, start: int) -> int:
        """Count the announcing words between one and a place behind it."""
        return sum(1 for other in self.cues if cue.end <= other.start < start)


def _bucket(number: int, *steps: int) -> str:
    return str(sum(number >= step for step in steps))


@lru_cache(maxsize=50_000)
def _class(word: str) -> str:
    return _CLASS_OF.get(word) or ("cue" if cues_in(word) else shape(word))


def following_class(page: PageText, index: int) -> str:
    """Return what the word behind a candidate is: a joining word, a place, a figure and so on."""
    return _class(page.words[index]) if index < len(page.words) else "end"


def opening_features(view: PageView, opening: Opening) -> list[str]:
    """Return the features of an opening."""
    page, text, start = view.page, view.page.text, opening.start
    names = [f"way={opening.way}", f"kind={opening.kind}", f"page={view.kind}"]
    names += view.around(start)
    names += _of_announcement(view, opening)
    names += _of_place(page, opening)
    names += _of_rule(opening)
    quote = page.quote_around(start)
    if quote:
        names.append("quoted=" + ("here" if closing_quote(page, start) else "inside"))
        names.append("quote=" + _bucket(quote[1] - quote[0], 6, 15, 40, 120, 300))
    if opening.kind == "project":
        names += _of_project(page, text, start)
    return names


def screening_features(view: PageView, opening: Opening) -> list[str]:
    """Return the few features by which most openings are passed over."""
    page, text, cue = view.page, view.page.text, opening.cue
    index = page.at(opening.start)
    first = page.words[index] if index < len(page.words) else "$"
    last = page.words[index - 1] if index else "^"
    word = text[cue.start : cue.end] if cue else "none"
    far = _bucket(opening.start - cue.end, 2, 12, 25, 45, 80, 150) if cue else "none"
    names = [
        f"way={opening.way}",
        f"page={view.kind}",
        f"way={opening.way}+{_class(first)}+{_class(last)}",
        f"far={far}+{opening.way}",
        f"first={first}",
        f"last={last}",
        f"cue={word}+{last}",
        f"ruled={opening.rule is not None}",
    ]
    if cue and cue.start > 0:
        names.append(f"before={_before(page, page.at(cue.start))}+{opening.way}")
    return names


def _words_around(page: PageText, start: int) -> list[str]:
    index = page.at(start)
    before = ["^", "^", "^", *page.words[max(0, index - 4) : index]]
    behind = [*page.words[index : index + 5], "$", "$", "$", "$"]
    b1, b2 = before[-1], before[-2]
    names = [
        f"b1={b1}",
        f"b2={b2}+{b1}",
        f"f1={behind[0]}",
        f"f2={behind[0]}+{behind[1]}",
        f"gap={page.gap(index)}",
        f"gap={page.gap(index)}+{_class(b1)}+{_class(behind[0])}",
        f"b1f1={_class(b1)}+{behind[0]}",
    ]
    names.append(f"before={_before(page, index)}")
    for name, word in (("b1", b1), ("b2", b2), ("f1", behind[0]), ("f2", behind[1])):
        names += _classes(name, word)
    return names


def _classes(name: str, word: str) -> list[str]:
    wide, narrow = classes_of(word)
    return [f"{name}~{wide}", f"{name}~~{narrow}"]


def _before(page: PageText, index: int) -> str:
    """Return what the word before another makes of it; what begins a line has none."""
    if index <= 0 or page.gap(index) in ("line", "edge"):
        return "line"
    word = page.words[index - 1]
    if word in "“\"‘'" and index > 1:
        return "quote+" + (_BEFORE_OF.get(page.words[index - 2]) or "other")
    return _BEFORE_OF.get(word) or shape(word)


def _of_announcement(view: PageView, opening: Opening) -> list[str]:
    cue = opening.cue
    if cue is None:
        return ["cue=none"]
    page, text = view.page, view.page.text
    word = text[cue.start : cue.end]
    before = ["^", "^", *page.before(cue.start, 3)]
    names = [
        f"cue={word}",
        f"cue-1={before[-1]}",
        f"cue-2={before[-2]}+{before[-1]}",
        f"cue-1={before[-1]}+{word}",
    ]
    announces = _before(page, page.at(cue.start))
    names += [f"announces={announces}", f"announces={announces}+{word}"]
    start = opening.start
    if start <= cue.end and opening.way == "named":
        return names
    between = page.words[page.at(cue.end) : page.at(start)]
    far = _bucket(start - cue.end, 2, 6, 12, 25, 45, 80, 150, 300)
    names += [
        f"far={far}",
        f"words={_bucket(len(between), 1, 2, 3, 4, 6, 9, 14)}",
        f"cues={min(3, view.between(cue, start))}",
        f"same={'line' if chr(10) not in text[cue.end : start] else 'below'}",
    ]
    names += _lead(between, word)
    pattern = "_".join(_pattern(between))
    names += [f"pattern={pattern}", f"pattern={announces}+{pattern}"]
    names += [f"pattern={word}+{announces}+{pattern}"]
    body = [m.lastgroup for m in _BODIES.finditer(text, max(0, cue.start - 60), start)]
    names += {f"body={name}" for name in body}
    if not body:
        names.append("body=none")
    return names


def _pattern(between: Sequence[str]) -> list[str]:
    """Return the words between, those that lead over as they are, others as what they are."""
    result: list[str] = []
    for word in between[-9:]:
        if word in _QUALIFIES:
            continue
        sign = word if word in _LEADING else "0" if _FIGURE.match(word) else "x"
        if sign != "x" or result[-1:] != ["x"]:
            result.append(sign)
    return result


def _lead(between: Sequence[str], word: str) -> list[str]:
    """Return features of the words between the announcing word and the place."""
    if len(between) <= 5:
        joined = "_".join(between)
        names = [f"lead={joined}", f"cuelead={word}:{joined}"]
    else:
        names = [f"leadend={between[-2]}_{between[-1]}", f"leadhead={between[0]}"]
    if between:
        names += [f"last={between[-1]}", f"cuelast={word}:{between[-1]}", f"then={between[0]}"]
        names += [f"then2={'_'.join(between[:2])}"]
    return names


def _of_place(page: PageText, opening: Opening) -> list[str]:
    place = opening.place
    if place is None:
        return ["list=no"]
    promised = count_before(page.text, place.head + 1)
    agrees = (
        "none" if promised is None else str((promised > place.count) - (promised < place.count))
    )
    style = place.style if len(place.style) < 12 else "word"
    before = "_".join(page.before(place.head, 2))
    cue = opening.cue
    between = page.words[page.at(cue.end) : page.at(place.head)] if cue else []
    head = "_".join(_pattern(between)) if len(between) < 14 else "far"
    word = page.text[cue.start : cue.end] if cue else "none"
    begins = page.text.startswith(word, opening.start)
    return [
        f"headpattern={head}",
        f"headpattern={head}+{agrees}+{opening.way}",
        f"headfar={_bucket(len(between), 1, 3, 6, 10, 20, 40)}",
        f"begins={begins}+{opening.way}",
        f"promised={agrees}+{_bucket(len(between), 1, 3, 6, 10, 20, 40)}",
        f"list={style}",
        f"item={_bucket(place.index, 1, 2, 3, 6, 10)}",
        f"items={_bucket(place.count, 2, 3, 4, 5, 7, 10)}",
        f"promised={agrees}",
        f"list={style}+{opening.way}+{agrees}",
        f"head={before}",
    ]


def _of_rule(opening: Opening) -> list[str]:
    if opening.rule is None:
        return ["rule=none"]
    long = _bucket(len(opening.rule.text), 20, 60, 120, 200, 300)
    section = "section" if opening.rule.section else "bare"
    rule = opening.rule.rule
    return [f"rule={rule}", "ruled", f"rule={rule}+{long}", f"rule={rule}+{section}"]


def _of_project(page: PageText, text: str, start: int) -> list[str]:
    name = text[start : start + 24]
    earlier = text.find(name) if len(name) > 14 else start
    after = text[start + 7 :].lstrip()
    names = ["again" if 0 <= earlier < start else "first", f"times={min(9, text.count('โครงการ'))}"]
    names += [f"refers={sign}" for sign in _REFERS if after.startswith(sign)]
    window = text[start : start + 160]
    names += ["money"] if _MONEY.search(window) else []
    names += ["place"] if "จังหวัด" in window or "อำเภอ" in window else []
    return names


def closing_features(
    view: PageView, opening: Opening, closing: Closing, order: int, quote: int | None
) -> list[str]:
    """Return the features of a closing; `order` counts from 0, `quote` is where its quote closes."""
    page, text, start = view.page, view.page.text, opening.start
    index, end = closing.next_word, closing.end
    words = page.words
    n1 = words[index] if index < len(words) else "$"
    n2 = words[index + 1] if index + 1 < len(words) else "$"
    n3 = words[index + 2] if index + 2 < len(words) else "$"
    p1, p2 = words[index - 1], words[index - 2] if index > 1 else "^"
    gap = page.gap(index)
    span = text[start:end]
    far = _bucket(end - start, 8, 15, 25, 40, 60, 90, 130, 180, 250, 350)
    depth = min(2, max(-1, span.count("(") - span.count(")")))
    cut = (
        "open"
        if quote is not None and end < quote
        else (
            "closes"
            if quote is not None and end <= quote + 1
            else ("beyond" if quote is not None else "none")
        )
    )
    names = [
        f"n1={n1}",
        f"gn={gap}+{n1}",
        f"n2={n1}_{n2}",
        f"gn2={gap}+{_class(n1)}+{n2}",
        f"n3={n3}",
        f"p1={p1}",
        f"pn={_class(p1)}+{n1}",
        f"p2={p2}_{p1}",
        f"gap={gap}",
        f"gc={gap}+{_class(n1)}",
        f"gcp={gap}+{_class(n1)}+{_class(p1)}",
        f"far={far}",
        f"fargap={far}+{gap}",
        f"farclass={far}+{gap}+{_class(n1)}",
        f"depth={depth}",
        f"quote={cut}",
        f"quotegap={cut}+{gap}",
        f"order={_bucket(order, 1, 2, 3, 5, 8, 12)}",
        f"way={opening.way}+{gap}",
        f"p1stop={p1 in STOPS}",
        f"odd={span.count(chr(34)) % 2}+{span.count('“') - span.count('”')}",
        f"f1={words[page.at(start)]}+{gap}",
        f"page={view.kind}+{gap}",
    ]
    for name, word in (("n1", n1), ("n2", n2), ("p1", p1)):
        names += _classes(name, word)
    names += _of_list_end(page, opening, closing)
    names += _of_rule_end(opening, end)
    return names


def _of_list_end(page: PageText, opening: Opening, closing: Closing) -> list[str]:
    text, place = page.text, opening.place
    rest = text[closing.end : closing.end + 14].strip()
    mark = re.match(r"(?:และ\s?)?\(?\s?[0-9๐-๙]{1,2}\s?[.)]", rest)
    names = ["mark=next" if mark else "mark=no"]
    if place is None:
        return [*names, f"item=no+{'mark' if mark else 'no'}"]
    where = "last" if place.index == place.count - 1 else "inner"
    style = "marked" if opening.way == "mark" or "1" in place.style else "parts"
    names.append(f"item={where}+{style}+{page.gap(closing.next_word)}+{'mark' if mark else 'no'}")
    return names


def _of_rule_end(opening: Opening, end: int) -> list[str]:
    if opening.rule is None:
        return []
    rule, stop = opening.rule.rule, opening.rule.end
    where = "at" if end == stop else "before" if end < stop else "beyond"
    return [f"rule={rule}+{where}", f"rule={where}"]
