"""The body that a column of bodies names, row by row, as open data does."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.extract.identity.organisation_names import organisations_in
from ingest.records import Organisation

_WITHIN = re.compile(
    r"(?:กอง(?!ทุน)|ฝ่าย|งาน|สำนักปลัด|สำนักงานปลัด(?!กระทรวง)|สำนักการ|ส่วน(?!ราชการใน)|หน่วย|ทุก|คณะทำงาน)"
)
_BODY = re.compile(
    r"(?:การ|องค์การ|สถาบัน|สำนัก|สำนักงาน|ธนาคาร|กรม|กระทรวง|บริษัท|บรรษัท|สภา|มหาวิทยาลัย|กองทุน|เทศบาล|กลุ่มจังหวัด|จังหวัด|อำเภอ"
    r"|ศูนย์|โรงพยาบาล|โรงเรียน|วิทยาลัย|ศาล|ส่วนราชการใน|กองทัพ|ราชบัณฑิต|เมือง|คณะกรรมการ)"
)
_SHORTEST = 8


@lru_cache(maxsize=4096)
def body_named(text: str) -> Organisation | None:
    """Return the body a cell names with all its words; None for a section within a body."""
    bare = " ".join(text.split())
    if _WITHIN.match(bare) or not bare:
        return None
    for mention in organisations_in(bare):
        if _tight(bare[mention.start : mention.end]) == _tight(bare):
            return mention.organisation
    if len(bare) < _SHORTEST or not _BODY.match(bare):
        return None
    return Organisation(bare, "other")


def _tight(text: str) -> str:
    return "".join(text.split())
