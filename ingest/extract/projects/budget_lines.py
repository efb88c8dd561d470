"""Projects that a budget names on lines of their own, with the money at the line's end.

A line opens with a label (7.3.1 โครงการที่ 2 : …) or a number in brackets ((1) โครงการ …); its
name goes on over lines until the money stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from types import MappingProxyType

from ingest.extract.projects.site import place_of
from ingest.records import Page, Period, Project, fingerprint
from ingest.thai.numbers import money

_LABEL = re.compile(
    r"\s*(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*)?โครงการ(?:ที่)?\s*[0-9๐-๙.]*\s*[:：]\s*(?=\S)"
)
_ITEM = re.compile(r"\s*\([0-9๐-๙]{1,3}\)\s*(?=โครงการ)")
_OTHER = re.compile(
    r"\s*(?:\(?[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]|\([0-9๐-๙]+\)|[-•*]|โครงการ|กิจกรรม|ตัวชี้วัด|แผนงาน|ผลผลิต|รวม|งบ|หน่วย|วัตถุประสงค์"
    r"|กระทรวง|กรม|สำนักงาน|วงเงิน|เงิน(?:นอก)?งบ|ปี\s?[0-9๐-๙]{4}|หมายเหตุ)"
)
_AMOUNT = re.compile(
    r"(?P<figure>[0-9๐-๙]{1,3}(?:,[0-9๐-๙]{3})+)\s*(?:บาท|(?=\s*$))|[0-9๐-๙][0-9๐-๙,.]*\s*บาท"
)
# The cells of a table's row that follow on the line.
_COLUMNS = re.compile(r"(?:^|\s)(?:[-–]\s+)*(?:-?[0-9][0-9,]*\.[0-9]{4}\b|[-–]\s+[-–](?:\s|$))")
_NAMED = re.compile(r"โครงการ[ก-๙a-zA-Z(“\"]\S*[ก-๙]{4}")
_MOST_LINES = 6
_LEAST = 15
_CONFIDENCE = 0.85


def budget_lines(
    pages: Iterable[Page], known: Sequence[Project], period: Period | None, document_id: str
) -> tuple[Project, ...]:
    """Return the projects that lines name, but for those that tables have (`known`).

    `period` dates the money of a budget of one year.
    """
    titles = [_tight(project.title) for project in known]
    result: dict[tuple[str, Decimal | None], Project] = {}
    year = period.start if period is not None and period.start == period.end else None
    for page in pages:
        for title, amount in _lines(page.text.split("\n")):
            tight = _tight(title)
            if not _NAMED.search(title) or _is_known(tight, titles) or (tight, amount) in result:
                continue
            budget = {year: amount} if year is not None and amount is not None else {}
            result[tight, amount] = Project(
                fingerprint(document_id, "project", title, str(amount or "")),
                title,
                page.number,
                budget=MappingProxyType(budget),
                place=place_of(title),
                found_by="listed",
                confidence=_CONFIDENCE,
            )
    return tuple(result.values())


def _lines(lines: Sequence[str]) -> Iterator[tuple[str, Decimal | None]]:
    for index, line in enumerate(lines):
        opened = _LABEL.match(line) or _ITEM.match(line)
        if opened:
            yield _read(line[opened.end() :], lines[index + 1 : index + _MOST_LINES])


def _read(first: str, below: Sequence[str]) -> tuple[str, Decimal | None]:
    """Put a name together up to its money; without any, it is what its first line says."""
    text = ""
    for line in (first, *below):
        if text and _OTHER.match(line):
            break
        columns = _COLUMNS.search(line)
        line = line[: columns.start()] if columns else line
        text = f"{text} {line.strip()}".strip()
        if columns:
            return text, None
        if amount := _AMOUNT.search(text):
            return text[: amount.start()].strip(), money(amount[0])
    return first.strip(), None


def _is_known(tight: str, titles: Sequence[str]) -> bool:
    """Whether a table has the project: by its whole name, or a line's end cuts the name."""
    return any(
        title == tight or (len(tight) >= _LEAST and title.startswith(tight)) for title in titles
    )


def _tight(text: str) -> str:
    return "".join(text.split())
