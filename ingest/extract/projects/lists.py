"""Projects named in lists outside tables: (1) โครงการ… (2) โครงการ…, or a line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

from ingest.extract.statements.assembly import confidence_of
from ingest.extract.statements.candidates import Find, Paragraph, squeeze, trimmed
from ingest.layout.exclusions import end_of
from ingest.layout.headings import heading_of
from ingest.layout.lines import Line
from ingest.layout.list_marks import InlineItem, inline_items, mark_of
from ingest.records import Page, Period, Project, fingerprint
from ingest.thai.numbers import money, year

_PROJECT = re.compile(
    r"[“\"]?โครงการ(?!ดังกล่าว|นี้|ที่|ทั้ง|ต่าง|ได้|จะ|ของ|ใน|และ|หรือ|ซึ่ง|เหล่านี้|สำคัญ|ตาม|แล้ว|\s*$)"
)
_ANNOUNCED = re.compile(r"โครงการ[^.]{0,60}$")
# Where a title ends and what is said of the project begins: size, money, whom, by whom.
_SPECIFIED = re.compile(
    r"\s+(?:(?:มี)?ความ(?:ยาว|กว้าง|จุ)|กว้าง(?:\s|ไม่)|ยาว\s|ขนาด\s|ระยะทาง|ปริมาณ|(?:เป็น)?จำนวน\s|วงเงิน|งบประมาณ|กรอบวงเงิน|ใช้งบ"
    r"|กลุ่มเป้าหมาย|พื้นที่เป้าหมาย|เป้าหมาย|หน่วยงาน|ดำเนินการโดย|ระยะเวลา|ผู้รับผิดชอบ|มูลค่า|[0-9๐-๙][0-9๐-๙,.]*\s*(?:ล้าน|บาท))"
    r"|[”\"](?!\S*[“\"])|\s?[:：]\s|\s*\|\s*"
)
_LABEL = re.compile(
    r"\s*(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*)?โครงการ(?:ที่)?\s*[0-9๐-๙.]*\s*[:：]\s*(?=\S)"
)
_GOES_ON = re.compile(
    r"\s*(?!โครงการ|กิจกรรม|ตัวชี้วัด|แผนงาน|ผลผลิต|รวม|งบ|หน่วย|หมายเหตุ|กระทรวง|กรม|สำนัก)[ก-ฮเ-ไ][^0-9๐-๙]*$"
)
_BAHT = re.compile(r"[0-9๐-๙][0-9๐-๙,.]*\s*(?:พัน|หมื่น|แสน|ล้าน)*\s*บาท")
_MOST_LINES = 4
_LONGEST = 400
_NEAR = 6


def projects_in(paragraphs: Iterable[Paragraph]) -> list[Find]:
    """Return the projects that numbered lists within paragraphs name."""
    finds: list[Find] = []
    for paragraph in paragraphs:
        if "โครงการ" in paragraph.text:
            finds += _inline(paragraph)
    return finds


def _inline(paragraph: Paragraph) -> Iterator[Find]:
    text, position = paragraph.text, 0
    while items := inline_items(text, position):
        position = items[-1].start
        if _names_projects(text, items):
            for item in items:
                last = item is items[-1]
                end = min(item.end, end_of(text, item.start)) if last else item.end
                stop = title_end(text[:end], item.start)
                yield paragraph.find("project", item.start, stop, "enumerated", number=item.number)
                position = max(position, stop)


def _names_projects(text: str, items: Sequence[InlineItem]) -> bool:
    named = sum(bool(_PROJECT.match(text[item.start :].lstrip())) for item in items)
    announced = _ANNOUNCED.search(text[: items[0].start][-80:])
    return named * 2 > len(items) or (named > 0 and bool(announced))


def project_lines(lines: Sequence[Line]) -> list[Find]:
    """Return the projects that stand a line each, two at least within a few lines."""
    places = [index for index, line in enumerate(lines) if _opens(line)]
    near = {
        index
        for a, b in pairwise(places)
        if b - a <= _NEAR and lines[a].page == lines[b].page
        for index in (a, b)
    }
    return [_of_line(lines[index]) for index in sorted(near)]


def _opens(line: Line) -> bool:
    mark = mark_of(line.text)
    return bool(_PROJECT.match(line.text, mark.length if mark else 0)) and len(line.text) < _LONGEST


def _of_line(line: Line) -> Find:
    mark = mark_of(line.text)
    text = line.text
    start = mark.length if mark else 0
    title = trimmed(line.head(title_end(text, start)).tail(start))
    return Find(
        "project",
        title.page,
        title.start,
        title.end,
        squeeze(title.text),
        "listed",
        number=mark.number if mark else None,
    )


def title_end(text: str, start: int) -> int:
    """Return where a project's title ends and its size, money or partners begin."""
    end = len(text)
    for pattern in (_SPECIFIED, re.compile(r"\s+(?:โดย|ซึ่ง|ทั้งนี้|นอกจากนี้|เพื่อให้)")):
        match = pattern.search(text, start + 12, end)
        end = match.start() if match else end
    return end


def listed_projects(
    finds: Sequence[Find],
    ids: Mapping[int, str],
    known: Sequence[Project],
    *,
    document_id: str,
    pages: Sequence[Page] = (),
    period: Period | None = None,
) -> tuple[Project, ...]:
    """Return the projects among what was found, but for those that tables tell more fully.

    `ids` are those of the statements found, by place, for the parents. `period` dates money
    that stands behind a name without a year.
    """
    if not any(result.kind == "project" for result in finds):
        return ()
    from ingest.extract.projects.site import place_of

    texts = {page.number: page.text for page in pages}
    titles = {_squeezed(project.title) for project in known}
    projects: dict[str, Project] = {}
    for result in finds:
        if result.kind != "project":
            continue
        title, rest = _whole_title(result, texts.get(result.page, ""))
        key = _squeezed(title)
        if key in titles or key in projects:
            continue
        projects[key] = Project(
            fingerprint(document_id, "project", title),
            title,
            result.page,
            budget=MappingProxyType(_money(rest, period)),
            place=place_of(title),
            found_by=result.rule,
            confidence=confidence_of(result),
            parent=None if result.within is None else ids.get(result.within),
        )
    return tuple(projects.values())


def _whole_title(find: Find, text: str) -> tuple[str, str]:
    """Return a project's name with the lines it goes on in, and what stands behind it.

    Only behind a label (โครงการที่ 2 : …) a name surely goes on until another line begins.
    """
    title = _LABEL.sub("", find.text) or find.text
    begin = text.rfind("\n", 0, find.start) + 1
    end = text.find("\n", find.end)
    end = len(text) if end < 0 else end
    rest = text[find.end : end]
    if not _LABEL.match(text[begin:end]) or rest.strip():
        return title, rest
    for line in text[end + 1 :].split("\n")[:_MOST_LINES]:
        if not _GOES_ON.match(line) or heading_of(Line(0, 0, len(line), line, 1)):
            break
        title += line.strip()
    return title, rest


def _money(rest: str, period: Period | None) -> dict[int, Decimal]:
    """Return the money that stands behind a project's name, where it is one amount of one year."""
    amounts = [amount for part in _BAHT.findall(rest) if (amount := money(part)) is not None]
    when = year(rest)
    if when is None and period is not None and period.start == period.end:
        when = period.start
    return {when: amounts[0]} if when is not None and len(set(amounts)) == 1 else {}


def _squeezed(text: str) -> str:
    return "".join(text.split())
