"""The bodies a text names, written out: provinces, local governments, ministries, offices."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.extract.identity.agencies import (
    AGENCY,
    MINISTRY,
    SHORT_MINISTRIES,
    SHORT_OFFICES,
    written_out,
)
from ingest.extract.identity.name_endings import ends_clearly, is_certain, name_at
from ingest.records import Organisation, OrganisationKind
from ingest.thai.alphabet import CONSONANTS, LETTERS
from ingest.thai.digits import arabic
from ingest.thai.places import BANGKOK, Level, longest_name, province_named

_BEFORE = ("นายก", "ปลัด", "ของ", "ที่", "โดย", "และ", "กับ", "สภา", "ให้", "จาก", "ใน", "เขต")
_EDGE = f"(?:(?<![{LETTERS}])|{'|'.join(f'(?<={word})' for word in _BEFORE)})"
_SHORT_OFFICE = "|".join(map(re.escape, SHORT_OFFICES))
_SHORT = "|".join(map(re.escape, SHORT_MINISTRIES))
_REGION = (
    r"ภาค(?:เหนือ|กลาง|ใต้ชายแดน|ใต้|ตะวันออกเฉียงเหนือ|ตะวันออก|ตะวันตก)"
    r"(?:ตอนบน|ตอนกลาง|ตอนล่าง|ปริมณฑล|ชายแดน|ฝั่งอ่าวไทย|ฝั่งอันดามัน)?(?:\s?[12๑๒](?![0-9๐-๙]))?"
)
_OFFICE = (
    f"(?:สำนักงาน|คณะกรรมการ|คณะอนุกรรมการ|ที่ทำการ|วิทยาลัย|ศูนย์|สถานี|โครงการชลประทาน|แขวง)"
    f"[{LETTERS}]{{2,50}}?"
)

_HEAD = re.compile(
    rf"(?P<pao>องค์การ\s?บริหาร\s?ส่วน\s?จังหวัด|{_EDGE}(?:อบจ\.?|อ\.บ\.จ\.))"
    rf"|(?P<sao>องค์การ\s?บริหาร\s?ส่วน\s?ตำบล|{_EDGE}(?:อบต\.?|อ\.บ\.ต\.))"
    rf"|(?P<city>เทศบาลนคร|{_EDGE}ทน\.)"
    rf"|(?P<town>เทศบาลเมือง|{_EDGE}ทม\.)"
    rf"|(?P<township>เทศบาลตำบล|{_EDGE}ทต\.)"
    rf"|(?P<group>กลุ่มจังหวัด\s?(?={_REGION})|กลุ่มจังหวัด|กลุ่ม(?={_REGION}))"
    rf"|(?P<office>{_OFFICE}(?<!เทศบาล)(?<!ส่วน)(?:ประจำ)?จังหวัด|{_EDGE}(?:{_SHORT_OFFICE}))"
    rf"|(?P<province>จังหวัด|{_EDGE}จ\.)"
    rf"|(?P<district>อำเภอ|{_EDGE}อ\.)"
    rf"|(?P<tambon>ตำบล|{_EDGE}ต\.)"
    rf"|(?P<bangkok>{BANGKOK}|กรุงเทพฯ|{_EDGE}กทม\.?)"
    r"|(?P<pattaya>เมืองพัทยา)"
    rf"|(?P<ministry>(?:สำนักงานปลัด)?กระทรวง(?={MINISTRY.pattern})|{_EDGE}(?:{_SHORT}))"
    rf"|(?P<agency>{AGENCY})"
    rf"|(?P<zone>เขตพัฒนาเศรษฐกิจพิเศษ(?:จังหวัด)?|เขตเศรษฐกิจพิเศษ(?:จังหวัด)?)"
    rf"|(?P<institution>(?:โรงพยาบาล|มหาวิทยาลัย|วิทยาลัย|การไฟฟ้า|การประปา)(?=[{CONSONANTS}เ-ไ]))"
)
# Where a head may begin: plain beginnings, so that the search can leap from one to the next.
_BEGINNING = re.compile(
    r"องค์การ|อบ|อ\.|เทศบาล|ท[นมต]\.|กลุ่ม|สำนัก|สภาเกษตร|คณะ|ที่ทำการ|วิทยาลัย|ศูนย์|สถานี|โครงการชลประทาน|แขวง"
    r"|จังหวัด|จ\.|อำเภอ|ตำบล|ต\.|กรุงเทพ|กทม|เมืองพัทยา|กระทรวง|กรม|เขต|โรงพยาบาล|มหาวิทยาลัย|การไฟฟ้า"
    r"|การประปา|มท\.|สธ\.|ศธ\.|กษ\.|ทส\.|คค\.|วธ\.|พณ\.|พม\.|อก\.|ยธ\.|อว\.|ดศ\.|ดีอีเอส"
    rf"|{_SHORT_OFFICE}"
)
_KINDS: dict[str, tuple[OrganisationKind, str, Level | None]] = {
    "pao": ("pao", "องค์การบริหารส่วนจังหวัด", "province"),
    "sao": ("sao", "องค์การบริหารส่วนตำบล", "subdistrict"),
    "city": ("municipality", "เทศบาลนคร", "district"),
    "town": ("municipality", "เทศบาลเมือง", "subdistrict"),
    "township": ("municipality", "เทศบาลตำบล", "subdistrict"),
    "province": ("province", "จังหวัด", "province"),
    "district": ("district", "อำเภอ", "district"),
    "tambon": ("other", "ตำบล", "subdistrict"),
}
_GROUP_NICKNAMES = re.compile(
    "นครชัยบุรินทร์|ร้อยแก่นสารสินธุ์|สนุก|สบายดี|อันดามัน|ล้านนา|อีสานใต้|เบญจบูรพาสุวรรณภูมิ"
)
_GROUP_NAME = re.compile(_REGION)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A body and where in the text it is named, its title word included."""

    organisation: Organisation
    start: int
    end: int


def organisations_in(text: str) -> list[Mention]:
    """Find the bodies a text names, in their order, their names written out.

    Bodies without a name (the word จังหวัด alone) are no mention.
    """
    heads = _heads(text)
    known = _clear_names(text, heads)
    return [mention for head in heads for mention in _mention(text, head, known)]


def _heads(text: str) -> list[re.Match[str]]:
    heads: list[re.Match[str]] = []
    for beginning in _BEGINNING.finditer(text):
        if not heads or beginning.start() >= heads[-1].end():
            head = _HEAD.match(text, beginning.start())
            if head:
                heads.append(head)
    return heads


def _clear_names(text: str, heads: list[re.Match[str]]) -> frozenset[str]:
    """Collect the names that end clearly somewhere in the text."""
    names = set()
    for head in heads:
        kind = _KINDS.get(head.lastgroup or "")
        name = name_at(text, head.end(), kind[2]) if kind else None
        if name and len(name) > 3 and ends_clearly(text, head.end(), name):
            names.add(name)
    return frozenset(names)


def _mention(text: str, head: re.Match[str], known: frozenset[str]) -> Iterator[Mention]:
    sort = head.lastgroup or ""
    read = _READERS.get(sort, _named)
    found = read(text, head, known)
    if found:
        organisation, end = found
        yield Mention(organisation, head.start(), end)


_Read = Callable[[str, re.Match[str], frozenset[str]], tuple[Organisation, int] | None]


def _named(
    text: str, head: re.Match[str], known: frozenset[str]
) -> tuple[Organisation, int] | None:
    kind, title, level = _KINDS[head.lastgroup or ""]
    start = head.end()
    name = name_at(text, start, level, known)
    if name is None and text[start : start + 1] in (" ", "\n"):
        # a blank or line end within the name: only for names that are certain
        start += 1
        name = name_at(text, start, level, known)
        if name not in known and not is_certain(text, start, name, level):
            return None
    if name is None:
        return None
    end = start + len(name)
    if level == "province":
        name = province_named(name) or name
    if kind == "province" and name == BANGKOK:
        return Organisation(BANGKOK, "bangkok", BANGKOK), end
    province = name if level == "province" else None
    district = name if kind == "district" else None
    subdistrict = name if head.lastgroup in ("sao", "tambon") else None
    return Organisation(title + name, kind, province, district, subdistrict), end


_CAPITAL = re.compile(rf"\s?เมือง\s{{0,2}}(?:จังหวัด|จ\.)\s?(?=[{LETTERS}])")


def _district(
    text: str, head: re.Match[str], known: frozenset[str]
) -> tuple[Organisation, int] | None:
    """Read a district; อำเภอเมือง takes its full name from the province behind it."""
    capital = _CAPITAL.match(text, head.end())
    province = name_at(text, capital.end(), "province", known) if capital else None
    if capital and province:
        name = f"เมือง{province_named(province) or province}"
        end = text.index("เมือง", head.end()) + len("เมือง")
        return Organisation(f"อำเภอ{name}", "district", province_named(province), name), end
    return _named(text, head, known)


def _group(
    text: str, head: re.Match[str], known: frozenset[str]
) -> tuple[Organisation, int] | None:
    region = _GROUP_NAME.match(text, head.end())
    if region:
        name = arabic(_SPACE.sub(" ", region[0]))
        name = re.sub(r"(?<=[^ ])(?=[12]$)", " ", name)
        return Organisation("กลุ่มจังหวัด" + name, "province_group"), region.end()
    nickname = _GROUP_NICKNAMES.match(text, head.end())
    if nickname is None:
        return None
    return Organisation("กลุ่มจังหวัด" + nickname[0], "province_group"), nickname.end()


def _office(
    text: str, head: re.Match[str], known: frozenset[str]
) -> tuple[Organisation, int] | None:
    name = name_at(text, head.end(), "province", known)
    if name is None:
        return None
    province = province_named(name) or name
    written = SHORT_OFFICES.get(head[0]) or _SPACE.sub("", head[0])
    return Organisation(written + province, "office", province), head.end() + len(name)


def _ministry(
    text: str, head: re.Match[str], known: frozenset[str]
) -> tuple[Organisation, int] | None:
    if head[0] in SHORT_MINISTRIES:
        return Organisation("กระทรวง" + SHORT_MINISTRIES[head[0]], "ministry"), head.end()
    name = MINISTRY.match(text, head.end())
    return (Organisation(written_out(head[0] + name[0]), "ministry"), name.end()) if name else None


def _agency(
    text: str, head: re.Match[str], known: frozenset[str]
) -> tuple[Organisation, int] | None:
    return Organisation(written_out(head[0]), "other"), head.end()


def _zone(text: str, head: re.Match[str], known: frozenset[str]) -> tuple[Organisation, int] | None:
    name = longest_name(text, head.end(), "province")
    if name is None:
        return None
    province = province_named(name)
    zone = head[0].removesuffix("จังหวัด") + (province or name)
    return Organisation(zone, "other", province), head.end() + len(name)


# Hospitals and schools of a sort, none by name.
_SORTS = (
    "เทศบาล",
    "ชุมชน",
    "รัฐ",
    "เอกชน",
    "ทั่วไป",
    "ประจำ",
    "ศูนย์",
    "ต่าง",
    "ขนาด",
    "สนาม",
    "หลัก",
    "แห่ง",
)


def _institution(
    text: str, head: re.Match[str], known: frozenset[str]
) -> tuple[Organisation, int] | None:
    name = name_at(text, head.end(), None)
    if name is None or name.startswith(_SORTS):
        return None
    return Organisation(head[0] + name, "other"), head.end() + len(name)


def _bangkok(
    text: str, head: re.Match[str], known: frozenset[str]
) -> tuple[Organisation, int] | None:
    return Organisation(BANGKOK, "bangkok", BANGKOK), head.end()


def _pattaya(
    text: str, head: re.Match[str], known: frozenset[str]
) -> tuple[Organisation, int] | None:
    return Organisation("เมืองพัทยา", "pattaya", "ชลบุรี", "บางละมุง"), head.end()


_READERS: dict[str, _Read] = {
    "district": _district,
    "group": _group,
    "office": _office,
    "ministry": _ministry,
    "agency": _agency,
    "zone": _zone,
    "institution": _institution,
    "bangkok": _bangkok,
    "pattaya": _pattaya,
}
