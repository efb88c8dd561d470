"""The years a document's plan covers, and the day a page or news item bears."""

from __future__ import annotations

import re

from ingest.layout.lines import READ, FrontLine, front_lines
from ingest.records import Organisation, Period, PlanKind
from ingest.thai.dates import WrittenDate, buddhist, dates, periods
from ingest.thai.digits import arabic

_PLAN = re.compile(
    r"แผน|ยุทธศาสตร์|วิสัยทัศน์|พันธกิจ|ข้อบัญญัติ|เทศบัญญัติ|งบประมาณรายจ่าย|ประจำปีงบประมาณ|เป้าหมายการพัฒนา"
)
_REFERS = re.compile(
    r"(?:ทบทวน|เห็นชอบ|พิจารณา|สอดคล้อง|เชื่อมโยง|ความสัมพันธ์|ประชุม|รับฟังความ|อนุมัติ|รับทราบ|ร่าง)[^\n]{0,60}$"
)
_NATION = re.compile(r"(?:ยุทธศาสตร์ชาติ|แผนแม่บท|แห่งชาติ|ปฏิรูปประเทศ|แผนพัฒนาภาค)[^\n]{0,40}$")
_THE_NATION = re.compile(r"(?:ยุทธศาสตร์ชาติ|แผนแม่บทภายใต้|เศรษฐกิจและสังคมแห่งชาติ)[^\n]{0,60}$")
_GROUP = re.compile(r"กลุ่มจังหวัด[^\n]{0,40}$")
_PROVINCE = re.compile(r"(?:แผน(?:พัฒนา)?|ยุทธศาสตร์(?:การพัฒนา)?)(?:ของ)?จังหวัด[^\n]{0,30}$")
_QUOTED = re.compile(r"^[^\n]{0,150}?(?:วิสัยทัศน์|เป้าหมายการพัฒนา|คือ|ว่า)[^\n“\"]{0,40}[“\"]")
_QUOTED_BEFORE = re.compile(r"[”\"]\s?(?:ตาม|ใน|ของ)(?:ร่าง)?แผน[^\n”\"]{0,40}$")
_ALONE = re.compile(r"^\s*\(?\s*(?:ประจำปี)?\s?(?:พ\.\s?ศ\.)?\s?[0-9๐-๙]{4}[^\n]{0,24}\)?\s*$")
_FISCAL = re.compile(
    r"ประจำปี(?:งบประมาณ)?\s*(?:พ\s?\.\s?ศ\s?\.)?\s*(?P<year>2[45][0-9]{2}|20[0-9]{2})(?![0-9])"
)
_FISCAL_PLAN = re.compile(r"แผน|ข้อบัญญัติ|เทศบัญญัติ|งบประมาณรายจ่าย|งบประมาณ\s?พ")
_MEETING = re.compile(r"ประชุม|สมัย|ญัตติ|วาระ|อบรม|กิจกรรม")
_COLUMNS = re.compile(
    r"(?<![0-9])(?:2[45][0-9]{2})(?:[\s|]+(?:\([^)]*\)[\s|]+)?2[45][0-9]{2}){2,}(?![0-9])"
)
_NAMED = re.compile(r"แผน|ยุทธศาสตร์|วิสัยทัศน์")
_YEARLY = ("province_annual_plan", "operation_plan", "budget")
_LOCAL = ("pao", "municipality", "sao", "pattaya", "bangkok")
_YEAR_HEAD = re.compile(r"\s*(?:ปี|ปีงบประมาณ|ปี พ\.ศ\.|fiscal.?year|year)\s*$", re.IGNORECASE)
_ENOUGH = 2.0


def period_of(
    text: str,
    title: str | None = None,
    organisation: Organisation | None = None,
    plan_kind: PlanKind = "other",
) -> Period | None:
    """Read the years the document's own plan covers, None where it states none.

    Years in a menu, in minutes, and those of plans of another level
    are mentions; so are years in news, which has a day and no period, but for those of the one
    plan that a body is said to have made. A yearly plan or budget covers its one fiscal year.
    """
    if plan_kind == "news":
        return _made_plan(text)
    lines = front_lines(text, title)
    yearly = _fiscal_year(lines) if plan_kind in _YEARLY else None
    if yearly:
        return yearly
    best, best_score = None, _ENOUGH
    for place, line in enumerate(lines):
        above = lines[place - 1].text if place else ""
        for result in periods(line.text):
            score = _weigh(line, result.start, result.end, above, organisation)
            if score > best_score:
                best, best_score = result.period, score
    return best or _fiscal_year(lines) or _columns(text) or _year_column(text)


_MADE = re.compile(r"(?:ได้|จึง)?(?:จัดทำ|กำหนด|ประกาศใช้)(?:\(?ร่าง\)?)?แผน[^\n“\"]{0,80}$")


def _made_plan(text: str) -> Period | None:
    """Return the years of the one plan that news says was made."""
    said = {
        result.period
        for result in periods(text)
        if result.period.start < result.period.end
        and _MADE.search(before := text[max(0, result.start - 120) : result.start])
        and not (_NATION.search(before) or _THE_NATION.search(before))
    }
    return said.pop() if len(said) == 1 else None


def _weigh(
    line: FrontLine, start: int, end: int, above: str, organisation: Organisation | None
) -> float:
    before, after = line.text[:start], line.text[end:]
    score = 3.0 if _QUOTED.match(after) or _QUOTED_BEFORE.search(before) else 0.0
    named = before if _NAMED.search(before) else f"{above} {before}"
    foreign = _of_another_level(named, organisation)
    score -= 3.0 if line.item and not score else 0.0
    score += 2.0 if line.heading else -0.5
    score += 2.0 if line.rank < 0 else max(0.0, 1.5 - 0.15 * line.rank)
    score += 1.5 if _PLAN.search(before) or (_ALONE.match(line.text) and _PLAN.search(above)) else 0
    score -= 3.0 if _REFERS.search(before) and not line.heading else 0.0
    return score - foreign


def _of_another_level(before: str, organisation: Organisation | None) -> float:
    """Weigh down the years of a plan that can't be the body's own."""
    kind = organisation.kind if organisation else None
    if _THE_NATION.search(before) and kind is not None:
        return 5.0
    if kind in ("province", "province_group", "district", *_LOCAL) and _NATION.search(before):
        return 5.0
    if kind in ("province", "district", *_LOCAL) and _GROUP.search(before):
        return 4.0
    return 4.0 if kind in ("district", *_LOCAL) and _PROVINCE.search(before) else 0.0


def _fiscal_year(lines: list[FrontLine]) -> Period | None:
    """Read ประจำปีงบประมาณ พ.ศ. 2568 off a heading that names a plan or budget."""
    for line in lines[:14]:
        result = _FISCAL.search(arabic(line.text))
        fits = line.heading and _FISCAL_PLAN.search(line.text) and not _MEETING.search(line.text)
        year = buddhist(int(result["year"])) if result and fits else None
        if year:
            return Period(year, year)
    return None


def _columns(text: str) -> Period | None:
    """Read the years off the header of a table of projects: 2566 2567 2568 2569 2570."""
    result = _COLUMNS.search(arabic(text[:READ]))
    if result is None:
        return None
    years = [int(year) for year in re.findall(r"2[45][0-9]{2}", result[0])]
    consecutive = years == list(range(years[0], years[0] + len(years)))
    return Period(years[0], years[-1]) if consecutive else None


def _year_column(text: str) -> Period | None:
    """Read the years off the column ปีงบประมาณ of a table of budget lines."""
    rows = [row.split("\t") for row in arabic(text[:READ]).split("\n") if "\t" in row]
    heads = [row for row in rows[:3] if any(_YEAR_HEAD.match(cell) for cell in row)]
    if not heads:
        return None
    column = next(i for i, cell in enumerate(heads[0]) if _YEAR_HEAD.match(cell))
    years = [
        buddhist(int(row[column])) for row in rows if len(row) > column and row[column].isdigit()
    ]
    known = [year for year in years if year]
    return Period(min(known), max(known)) if known else None


_LABEL = re.compile(
    r"(?:ปรับปรุง(?:ข้อมูล)?(?:ล่าสุด|เมื่อ)|อั[พป]เด[ทต](?:ล่าสุด|เมื่อ)?|เผยแพร่(?:เมื่อ|วันที่)?"
    r"|โพสต์?(?:เมื่อ|โดย)?|วันที่(?:เผยแพร่|ลงข่าว|ประกาศ|โพสต์|ลง)|ประกาศ(?:ใช้)?\s?ณ\s?วันที่"
    r"|แก้ไข(?:ครั้ง)?ล่าสุด|สร้างเมื่อ|เขียนเมื่อ|ข่าววันที่|ข่าวประจำวันที่"
    r"|posted(?: on)?|published(?: on)?|last (?:update|modified)d?|date)"
    r"\s*(?:เมื่อ)?\s*[:：]?\s*(?:วัน[ก-๙]{2,10}ที่|วันที่)?\s*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"(?:วันนี้|เมื่อวานนี้|ล่าสุด)\s*(?:\(\s*(?:วันที่)?\s*|วันที่\s*)$")
_TIMED = re.compile(r"^\s*(?:[/,|(-]\s*)?(?:เวลา|[0-9๐-๙]{1,2}[:.][0-9๐-๙]{2})")
_HAPPENED = re.compile(r"(?<!ระหว่าง)(?:เมื่อวันที่|เมื่อ|(?:เมื่อ)?วัน[ก-๙]{0,10}ที่)\s*$")
_ONLY = re.compile(
    r"[\s|()/:,.0-9๐-๙-]|อ่าน|ครั้ง|ผู้ชม|จำนวน|เปิด|วันที่|น\.|เวลา"
    r"|วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)ที่"
)


_END = 3_000
"""Characters at the end that are looked at too: a plan is dated where it is signed."""


def published_of(text: str, title: str | None = None, *, news: bool = False) -> str | None:
    """Return the day a document bears, as an ISO date, None where it bears none.

    A news item's own dateline (วันนี้ (19 พ.ค. 65)) outranks a date in the page's corner,
    which may be today's. `news` allows the day of the event itself where nothing else
    dates the report.
    """
    read = text if len(text) <= READ + _END else text[:READ] + "\n" + text[-_END:]
    best, best_score = None, 0.0
    for result in dates(read):
        score = _weigh_day(read, result, news=news)
        if score > best_score:
            best, best_score = result.iso, score
    if best is None and title:
        stated = dates(title)
        return stated[0].iso if stated and news else None
    return best


def _weigh_day(text: str, find: WrittenDate, *, news: bool) -> float:
    """Return how much a date looks like the document's own, 0 for not at all."""
    line_start = text.rfind("\n", 0, find.start) + 1
    line_end = text.find("\n", find.end)
    before = text[line_start : find.start]
    after = text[find.end : line_end if line_end >= 0 else len(text)]
    early = 1 / (1 + find.start / 500)
    if _LABEL.search(before):
        return 5 + early
    if _DATELINE.search(before):
        return 6 + early
    if not _ONLY.sub("", before + after) and (find.start < 600 or len(text) - find.end < 300):
        return 3 + early
    if _TIMED.match(after) and (news or not before.strip()):
        return 4 + early
    if news and not before.strip() and find.start < 600:
        return 2 + early
    return 1 + early if news and _HAPPENED.search(before) and find.start < 1500 else 0.0
