"""Which version of its plan a document is: แก้ไข, เพิ่มเติม, เปลี่ยนแปลง, ทบทวน."""

import re
from dataclasses import dataclass

from ingest.layout.front import front_lines
from ingest.thai.digits import arabic
from ingest.thai.years import buddhist

_KIND = r"แก้ไข|เพิ่มเติม|เปลี่ยนแปลง|ทบทวน"
_REVISED = re.compile(
    rf"(?:ฉบับ(?:ที่)?\s?)?(?P<kinds>(?:{_KIND})(?:\s?(?:และ|หรือ|,|/)?\s?(?:{_KIND}))*)"
    r"(?:\s?[(]?(?:ครั้งที่|ฉบับที่)\s?(?P<number>[0-9]{1,2}))?"
    r"(?:\s?/\s?(?P<slash>[0-9]{4}|[0-9]{2}))?"
    r"(?:[\s)]*(?:ประจำปี(?:งบประมาณ)?|พ\.ศ\.|ปี)\s?(?:พ\.ศ\.)?\s?(?P<year>[0-9]{4}))?"
)
_PLAN = re.compile(r"แผน|ข้อบัญญัติ|เทศบัญญัติ|ประเด็นการพัฒนา")
_LAW = re.compile(r"ระเบียบ|พระราชบัญญัติ|พ\.ร\.บ\.|ประกาศกระทรวง")


@dataclass(frozen=True, slots=True)
class Revision:
    """A later version of a plan: what was done to it, which time, in which year (BE)."""

    kinds: tuple[str, ...]
    number: int | None
    year: int | None

    @property
    def label(self) -> str:
        """Write it as plans do: เพิ่มเติม ครั้งที่ 2/2567."""
        text = "และ".join(self.kinds).replace("แก้ไขและเพิ่มเติม", "แก้ไขเพิ่มเติม")
        if self.number:
            text += f" ครั้งที่ {self.number}"
        if self.year:
            text += f"/{self.year}" if self.number else f" พ.ศ. {self.year}"
        return text


def revision_of(text: str, title: str | None = None) -> Revision | None:
    """Read which revision of a plan a document is, None for a first version or none told.

    Only headings count: a menu or a sentence that names a revision is about another file.
    """
    above = ""
    for line in front_lines(text, title)[:12]:
        found = _REVISED.search(arabic(line.text))
        told = found and (found["number"] or found["slash"] or found["year"] or "ฉบับ" in found[0])
        named = _PLAN.search(line.text) or (_PLAN.search(above) and line.heading)
        if found and told and named and line.heading and not _LAW.search(line.text):
            return _read(found)
        above = line.text if line.heading else ""
    return None


def _read(found: re.Match[str]) -> Revision:
    written = found["year"] or found["slash"]
    return Revision(
        tuple(dict.fromkeys(re.findall(_KIND, found["kinds"]))),
        int(found["number"]) if found["number"] else None,
        buddhist(int(written)) if written else None,
    )
