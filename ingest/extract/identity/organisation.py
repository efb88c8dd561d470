"""Whose document it is: the one body a text speaks for, among all it names; and whose village."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from ingest.extract.identity.organisation_names import Mention, organisations_in
from ingest.records import Organisation, OrganisationKind
from ingest.thai.alphabet import LETTERS
from ingest.thai.digits import arabic
from ingest.thai.places import (
    NamedPlace,
    find_places,
    parents_of_subdistrict,
    province_in_english,
    province_named,
    provinces_of_district,
)

_HEAD = 600
_NAME = f"(?P<name>(?:บ้าน|(?<!แผน)(?<!พัฒนา)ชุมชน)(?!เมือง|ละ|ที่|ใน)[{LETTERS}]{{2,30}})"
_NUMBER = r"(?:หมู่ที่|หมู่|ม\.)\s?(?P<number>[0-9๐-๙]{1,2})(?![0-9๐-๙])"
_VILLAGE = (
    re.compile(rf"{_NAME}\s*\(?{_NUMBER}\)?"),
    re.compile(rf"{_NUMBER}\s*{_NAME}"),
    re.compile(rf"แผน(?:พัฒนา)?(?:หมู่บ้าน|ชุมชน)(?:/ชุมชน)?\s*{_NAME}"),
)


def village_of(text: str) -> Organisation | None:
    """Return the village or community that the first lines of its plan name."""
    head = text[:_HEAD]
    match = next((result for pattern in _VILLAGE if (result := pattern.search(head))), None)
    if match is None:
        return None
    number = match.groupdict().get("number")
    name = match["name"] + (f" หมู่ที่ {int(arabic(number))}" if number else "")
    return Organisation(name, "other", **_above(find_places(head)))


def _above(places: list[NamedPlace]) -> dict[str, str | None]:
    """Return the first places named of each level, and those which contain them."""
    named: dict[str, str | None] = {"province": None, "district": None, "subdistrict": None}
    for place in reversed(places):
        named[place.level] = place.name
    for place in places:
        named["district"] = named["district"] or place.district
        named["province"] = named["province"] or place.province
    return named


__all__ = ["Mention", "organisation_of", "organisations_in"]

_NEAR_MARGIN = 70
"""Characters from the left margin within which a body stands at a line's beginning."""

_READ = 12_000
"""Characters that are looked at: whose document it is stands on its first pages."""

_ENOUGH = 0.7
"""A body must gather this much to own the document; a place named in passing does not."""

_WEIGHT: dict[OrganisationKind, float] = {
    "province": 1.0,
    "province_group": 0.9,
    "pao": 1.0,
    "municipality": 1.0,
    "sao": 1.0,
    "district": 0.4,
    "bangkok": 0.6,
    "pattaya": 1.0,
    "ministry": 0.7,
    "office": 0.6,
    "other": 0.2,
}
_TITLED = 1.5
_NEARLY = 0.6
_LOCAL = ("pao", "municipality", "sao", "pattaya")

_OWNS = re.compile(
    r"(?:วิสัยทัศน์|พันธกิจ|ภารกิจ|ค่านิยม|เป้าประสงค์|เป้าหมาย|จุดมุ่งหมาย|ยุทธศาสตร์|กลยุทธ์|แผน(?:(?!ตาม|ระเบียบ|สอดคล้อง|กับ)[ก-์]){0,30}"
    r"|ประเด็นการพัฒนา|ข้อบัญญัติ|เทศบัญญัติ|นโยบาย[ก-์]{0,12}|คำแถลง[ก-์]{0,20}|เว็บไซต์)"
    r"(?:\s?\([A-Za-z ]*\)\s?)?(?:การพัฒนา|การบริหาร|ท้องถิ่น|ในการพัฒนา)?\s?(?:ของ|สำหรับ|ใน)?\s?"
    r"(?:นายก|ผู้ว่าราชการ|ผู้บริหาร)?$"
)
_REFERS = re.compile(r"(?:สอดคล้อง|เชื่อมโยง|ตอบสนอง|รองรับ|สนองตอบ)[^\n]{0,300}$")
_PART_OF_ADDRESS = re.compile(
    r"(?:(?:ตำบล|อำเภอ|เขต|แขวง|ต\.|อ\.|เทศบาล|อบต\.|หมู่ที่|บ้าน|ถนน)\s?[^\s]{1,30})\s?$"
)
_INSTITUTION = re.compile(
    r"(?:ศาลากลาง|สภาอุตสาหกรรม|หอการค้า|ตำรวจ|ตำรวจภูธร|โรงพยาบาล|โรงเรียน|มหาวิทยาลัย|เรือนจำ|สภา"
    r"|สภาวัฒนธรรม|เหล่ากาชาด|สมาคม|ชมรม|สนาม|วัด|ระเบียบ|ประกาศ|กฎ|พื้นที่|ประชาชน|ราษฎร|ชาว)$"
)
_CREDIT = re.compile(r"(?:ภาพ|ข่าว|เครดิต|ที่มา|รายงาน)[^\n]{0,14}[:/]\s?[^\n]{0,6}$")
_ATTENDS = re.compile(r"(?:นายก|รองนายก|ปลัด|ประธานสภา|สมาชิกสภา)(?:เทศมนตรี)?$")
_NOT_THIS = re.compile(r"\((?:นอกจาก|เช่น|ยกเว้น|ได้แก่)[^)]*$|(?:นอกจาก|ยกเว้น)[^\n]{0,12}$")
_PLANS = re.compile(
    r"\s?(?:ได้|จึง)?(?:ดำเนินการ)?(?:จัดทำ|กำหนด|ประกาศใช้|ทบทวน)(?:แผน|วิสัยทัศน์|พันธกิจ|ยุทธศาสตร์)"
)
_SAYS = re.compile(r"\s?(?:ได้|มี|กำหนด|จัด|เป็น|กล่าว)")
_DOMAIN = re.compile(r"(?<![\w.@-])(?:https?://)?(?:www\.)?([a-z][a-z0-9-]{2,40})\.go\.th", re.I)
_SMALL_OFFICE = re.compile(r"(?:สำนักงาน|ที่ทำการ)$")
_OF_PARENT = re.compile(r"ค่านิยม(?:องค์กร|หลัก|ร่วม)?(?:ของ)?\s?$")
"""Values are taught by the ministry above; whoever shows them is not that ministry."""
_IN_ITEM = re.compile(r"\s*(?:[-–•*]|\(?[0-9๐-๙]{1,2}[.)])\s*\S")
"""A body named within an item of a list is spoken of."""


Scores = dict[Organisation, float]


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where the first lines of a text are: a body named there is likely its owner."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Lines:
        starts = (m.start() for m in re.finditer(r"^[^\S\n]*\S", text, re.MULTILINE))
        return cls(text, tuple(starts))

    def rank(self, offset: int) -> int:
        """Count the printed lines above an offset."""
        return sum(1 for start in self.starts[:40] if start <= offset) - 1

    def line(self, offset: int) -> str:
        """Return the line an offset stands in."""
        end = self.text.find("\n", offset)
        return self.text[self.text.rfind("\n", 0, offset) + 1 : end if end >= 0 else None].strip()


def organisation_of(text: str, title: str | None = None) -> Organisation | None:
    """Name the body whose document a text is, None where it speaks for none.

    `text` is clean text of the first pages, `title` what the file says of itself. News is
    the province's or body's that it reports from. Province and district are filled in from
    the text, and from the gazetteer where the name stands for one place only.
    """
    head = f"{title}\n" if title and title.strip() not in text[:300] else ""
    whole = head + text[:_READ]
    mentions = organisations_in(whole)
    lines = _Lines.of(whole)
    scores: Scores = {}
    planners = {m.organisation for m in mentions if _PLANS.match(whole, m.end)}
    for mention in _without_glosses(mentions, whole):
        score = _weigh(mention, whole, lines)
        if title and whole[mention.start : mention.end] in title:
            score += _TITLED
        _gather(scores, mention.organisation, score)
    _hear_domain(whole, scores)
    best = _foremost(scores, planners) or _place_of_all(mentions)
    return _placed(best, whole, mentions) if best else None


def _without_glosses(mentions: list[Mention], text: str) -> list[Mention]:
    """Leave out a body's abbreviation in brackets right behind its name."""
    return [
        mention
        for before, mention in zip([None, *mentions], mentions, strict=False)
        if not (
            before
            and before.organisation == mention.organisation
            and text[before.end : mention.start].strip() == "("
        )
    ]


def _gather(scores: Scores, body: Organisation, score: float) -> None:
    """Add a mention to what a body has: the best one counts whole, the others a third."""
    so_far = scores.get(body, 0.0)
    scores[body] = max(so_far, score) + min(so_far, score) / 3


def _foremost(scores: Scores, planners: Collection[Organisation]) -> Organisation | None:
    """Return the body with the most; a local one speaks of its province without being it.

    So does a provincial office that is said to have made a plan (`planners`).
    """
    best = max(scores, key=lambda body: scores[body], default=None)
    if best is None or scores[best] < _ENOUGH:
        return None
    if best.kind in ("province", "district", "other"):
        local = [
            body
            for body in scores
            if body.kind in _LOCAL or (body.kind == "office" and body in planners)
        ]
        rival = max(local, key=lambda body: scores[body], default=None)
        if rival and scores[rival] >= _NEARLY * scores[best]:
            return rival
    return best


def _weigh(mention: Mention, text: str, lines: _Lines) -> float:
    """Return how much one mention speaks for its body as the document's owner."""
    body = mention.organisation
    before = text[max(0, mention.start - _NEAR_MARGIN) : mention.start].rsplit("\n", 1)[-1]
    if _CREDIT.search(before):
        return 0.1
    if not _is_known(body):
        return 0.5 * _standing(mention, before, text, lines)
    return _standing(mention, before, text, lines)


def _standing(mention: Mention, before: str, text: str, lines: _Lines) -> float:
    body = mention.organisation
    weight = 0.7 if body.name.startswith(("กรม", "สำนัก", "โรงพยาบาล")) else _WEIGHT[body.kind]
    rank = lines.rank(mention.start) if len(before) < _NEAR_MARGIN else 99
    whole_line = len(lines.line(mention.start)) < (mention.end - mention.start) + 4
    if _is_aside(body, before):
        return 0.25 * weight
    if _OWNS.search(before) and not _REFERS.search(text[: mention.start]):
        weight += 2.0 if body.kind == "other" else 3.0
    elif _NOT_THIS.search(before):
        return 0.1
    elif _INSTITUTION.search(before):
        return 0.25 * weight
    elif (_ATTENDS.search(before) or text.startswith("นายก", mention.start)) and rank > 2:
        weight *= 0.5
    elif _IN_ITEM.match(before):
        return 0.25 * weight
    elif not before.strip() and (_SAYS.match(text, mention.end) or whole_line):
        weight += 1.0
    if _PLANS.match(text, mention.end):
        weight += 2.0
    if body.kind in _LOCAL or body.kind in ("province", "province_group", "office", "pattaya"):
        weight += max(0.0, 2.0 - 0.6 * max(rank, 0)) + (1.5 if whole_line and rank < 8 else 0.0)
    return weight


def _is_aside(body: Organisation, before: str) -> bool:
    """Return whether a body is part of an address, or a ministry whose values are taught."""
    if body.kind == "ministry":
        return bool(_OF_PARENT.search(before))
    return body.kind not in _LOCAL and bool(_PART_OF_ADDRESS.search(before))


def _is_known(body: Organisation) -> bool:
    """Return whether a province is a real one: what stands behind จังหวัด need be no name."""
    return body.kind != "province" or province_named(body.province or "") is not None


def _hear_domain(text: str, scores: Scores) -> None:
    """Let a web address that is a province's name speak for the province, faintly."""
    for result in _DOMAIN.finditer(text):
        province = province_in_english(result[1])
        if province:
            body = Organisation(f"จังหวัด{province}", "province", province)
            _gather(scores, body, 0.8)


def _place_of_all(mentions: list[Mention]) -> Organisation | None:
    """Return the province that the addresses of a list of works have in common."""
    bodies = [mention.organisation for mention in mentions]
    named = Counter(body.province for body in bodies if body.kind == "province")
    ranked = named.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return Organisation(f"จังหวัด{ranked[0][0]}", "province", ranked[0][0])


def _placed(body: Organisation, text: str, mentions: list[Mention]) -> Organisation:
    """Fill in the province and district a body lies in."""
    if body.kind in ("ministry", "province_group", "bangkok", "pattaya"):
        return body
    district, province = body.district, body.province
    near = _address_behind(body, text, mentions)
    district, province = district or near[0], province or near[1]
    if body.kind in ("province", "pao", "office"):
        return replace(body, province=province)
    name = re.sub(r"^(?:องค์การบริหารส่วนตำบล|เทศบาล(?:นคร|เมือง|ตำบล)|ตำบล|อำเภอ)", "", body.name)
    if district is None and province is None:
        district, province = _only_place(name, body.kind)
    if province is None and district and len(provinces_of_district(district)) == 1:
        province = provinces_of_district(district)[0]
    return replace(body, province=province or _usual_province(text, mentions), district=district)


_ADDRESS_GAP = 24
"""Characters that may stand between the parts of an address: house and village numbers."""


def _address_behind(
    body: Organisation, text: str, mentions: list[Mention]
) -> tuple[str | None, str | None]:
    """Read อำเภอ… จังหวัด… that stand right behind a mention of a body."""
    for place, mention in enumerate(mentions):
        if mention.organisation != body:
            continue
        district = province = None
        end = mention.end
        for other in mentions[place + 1 : place + 5]:
            if other.start - end > _ADDRESS_GAP or "\n\n" in text[end : other.start]:
                break
            if other.organisation.kind == "district":
                district = other.organisation.district
            elif other.organisation.kind == "province":
                province = other.organisation.province
            end = other.end
        if district or province:
            return district, province
    return None, None


def _only_place(name: str, kind: OrganisationKind) -> tuple[str | None, str | None]:
    """Return district and province of a name that one place of Thailand bears.

    Towns are called after their province or district before they are after a subdistrict.
    """
    if kind != "sao" and province_named(name):
        return f"เมือง{name}" if provinces_of_district(f"เมือง{name}") else None, province_named(name)
    provinces = provinces_of_district(name)
    if kind == "district" or (kind == "municipality" and len(provinces) == 1):
        return name, provinces[0] if len(provinces) == 1 else None
    parents = parents_of_subdistrict(name)
    return parents[0] if len(parents) == 1 else (None, None)


def _usual_province(text: str, mentions: list[Mention]) -> str | None:
    """Return the province a text names most: twice at least, and more than any other.

    A body without an address lies where its document keeps naming; one visit elsewhere is
    no address.
    """
    named = Counter(
        mention.organisation.province
        for mention in mentions
        if mention.organisation.kind in ("province", "pao", "office")
    )
    named.update(
        place.province or place.name
        for place in find_places(text)
        if place.level != "province" and place.province
    )
    ranked = named.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
