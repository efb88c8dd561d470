"""The strategies a project declares: the lines above its table (form ผ.02), parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = "0-9๐-๙"
_LABEL = re.compile(
    rf"^\s*(?:[กข]\s*\.\s*)?(?:(?:ยุทธศาสตร์|ประเด็น|แนวทาง|กลยุทธ์|แผนงาน)[^\n{_DIGITS}]{{0,60}}?"
    rf"(?:ที่)?\s*[{_DIGITS}]+(?:\.[{_DIGITS}]+)*\.?\s*[:：-]?\s*|(?<=\.)\s*)?"
)
_PROVINCE = re.compile(r"^\s*(?:ก\s*\.|ยุทธศาสตร์(?:การพัฒนา)?(?:กลุ่ม)?จังหวัด)")
_APPROACH = re.compile(r"^\s*(?:แนวทาง|กลยุทธ์|มาตรการ)")


@dataclass(frozen=True, slots=True)
class DeclaredStrategies:
    """The strategies named above a table: the body's own, its approach, the province's."""

    own: str | None
    approach: str | None = None
    province: str | None = None

    @property
    def name(self) -> str | None:
        """The strategy a reviewer would name: the body's own, else another one."""
        return self.own or self.approach or self.province


def declared_strategies(text: str) -> DeclaredStrategies:
    """Return the strategies of the lines above a table, without labels and numbers."""
    own = approach = province = None
    for line in filter(None, map(str.strip, text.splitlines())):
        name = _LABEL.sub("", line, count=1).strip() or line
        if _PROVINCE.match(line):
            province = province or name
        elif _APPROACH.match(line):
            approach = approach or name
        else:
            own = own or name
    return DeclaredStrategies(own, approach, province)
