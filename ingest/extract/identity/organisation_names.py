"""The bodies a text names, written out, and where the name of a body ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from ingest.extract.identity.agencies import (
    AGENCY,
    MINISTRY,
    SHORT_MINISTRIES,
    SHORT_OFFICES,
    written_out,
)
from ingest.records import Organisation, OrganisationKind
from ingest.thai.alphabet import CONSONANTS, LETTERS
from ingest.thai.digits import arabic
from ingest.thai.places import BANGKOK, Level, longest_name, province_named
from ingest.thai.words import segment

_RUN = re.compile(f"[{LETTERS}]+")
_LONGEST = 26
_SHORTEST = 2


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that begin what is said about a body, and so end its name.
_STOPS = _listed("""
    ได้ มี เป็น จะ ที่ ซึ่ง โดย และ หรือ กับ ใน ของ เพื่อ ให้ อยู่ ต้อง ยัง ไม่ ถือ ทำ รับ ตาม ต่อ
    ต่าง ทุก ทั้ง เมื่อ แล้ว จึง ก็ คือ ว่า กล่าว เปิด จำนวน ถูก นาย นาง นางสาว ผู้ คน การ ความ
    ชาว พื้นที่ อำเภอ จังหวัด ตำบล หมู่ หมู่ที่ ปี ด้าน แผน ฉบับ ครั้ง ครั้งที่ พร้อม นำ ขอ มุ่ง
    พัฒนา ส่งเสริม สนับสนุน เข้า เรื่อง ไป มา จาก ถึง แก่ แต่ ตั้ง แบ่ง สู่ เห็น ณ วิสัยทัศน์
    พันธกิจ ยุทธศาสตร์ ยุทธศาสตร์ที่ เลขที่ โทร โทรศัพท์ ร่วม จัด ก่อน หลัง ระหว่าง ด้วย อีก
    ปฏิบัติ ประชาชน หัวหน้า สมัย บูรณาการ ดังนี้ ดังกล่าว ดัง จน เขต แห่ง สังกัด หน้า กลุ่ม
    ว่าด้วย หมาย หมายถึง
""")
_STOP_BEGINNINGS = tuple(
    """
    ได้ ทุก ตระหนัก ร่วม จัด ดำเนิน ประชุม กำหนด พัฒนา ส่งเสริม สนับสนุน ประกาศ เป็น เพื่อ โดย
    ตั้งแต่ ผลัก ขับเคลื่อน มุ่ง เตรียม เร่ง เดินหน้า ลงพื้นที่ เปิด ประจำ ประกอบ สามารถ ผู้
    ความ การ กล่าว เข้า รับ ต่อ จำนวน คณะ นายก นายอำเภอ สมาชิก เจ้าหน้าที่ ประธาน สำนัก กอง
    ศูนย์ โครงการ แผน วิสัยทัศน์ นโยบาย เป้าหมาย แถลง ชี้แจง มอบ เชิญ แจ้ง รายงาน เผย ยืนยัน ย้ำ
    เสนอ ก่อสร้าง ปรับปรุง ซ่อมแซม ติดตั้ง อนุมัติ อบรม ลงนาม จับมือ ยกระดับ ชวน รณรงค์ เยี่ยม
    ติดตาม ประเมิน สรุป คว้า โชว์ แสดง บูรณาการ บริหาร บริการ ให้บริการ ช่วยเหลือ ฟื้นฟู
    อนุรักษ์ ป้องกัน แก้ไข วางแผน ผ่าน ถวาย สืบสาน หนุน เฝ้าระวัง ต้อนรับ สำรวจ จะ ชื่นชม ยึด
    ตอบสนอง ขยาย
""".split()
)

# Words behind จังหวัด, อำเภอ, ตำบล or เทศบาล that make them mean a sort of place, not one.
_GENERIC = _listed("""
    แบบ เป้าหมาย นำร่อง ใกล้เคียง เคลื่อนที่ สะอาด หลัก รอง ใหญ่ เล็ก ภาค ละ หนึ่ง นี้ นั้น เดียว
    แรก ข้าง ข้างเคียง คุณธรรม อัจฉริยะ เรา ทุรกันดาร ห่างไกล เหล่านี้ ดัง บริเวณ ใด ไหน สุขภาพ
    เข้มแข็ง ละแวก บูรณาการ ภูธร อุตสาหกรรม เกษตร ขนาด สอง สาม สี่ ห้า ส่วน เอง
    ท่าน ข้าพเจ้า ระดับ ทาง จัดการ สีเขียว ย่อย คู่ ริม ตอน ยั่งยืน มหาชน สามัญ ยี่สิบ ล่าสุด
    ภาครัฐ ภาคเอกชน กำลัง คนละ อาจ เคย ควร นอกจาก เนื่อง เช่น เพราะ แม้ เพียง เกี่ยวข้อง เสนอ ใช้
    ใหม่ เก่า เดิม อย่าง ผ่าน สอดคล้อง ในฝัน เปราะบาง เศรษฐกิจ โปร่งใส ทันสมัย แข็งแกร่ง สมัย
    สร้างสรรค์ บริการ บริหาร สุข อาสา
""")
_GENERIC_BEGINNINGS = tuple(
    """
    ชายแดน ชายทะเล อื่น ต่าง ทั่ว รุ่น ใน เดียวกัน ปลอด ต้นแบบ ท่องเที่ยว น่าอยู่ ให้ รวม
    ปฏิบัติ อย่าง ผ่าน เกิด ต้อง ไม่ เพิ่ม ลด เชื่อม สมัย ภายใน ภายใต้ ด้วย หลาย แต่ละ จึง มีการ
    สร้าง ยก ใช้ เสริม
""".split()
)
_ENDINGS = frozenset(("พัฒนา", "ว่า", "มา", "ไป"))
"""Verbs that names end in (หนองพัฒนา, ระเหว่า), where nothing or another verb follows."""

_ONLY_A_BEGINNING = frozenset(("บ้าน", "บาง", "เมือง", "นคร", "หนอง", "ห้วย", "ท่า", "วัง"))
"""Words that begin many names and are none alone."""

_BUILT = re.compile(f"[{LETTERS}]{{1,10}}(?:บุรี|นคร|ธานี|ราช|คีรี|เวียง)$")


def name_at(text: str, start: int, level: Level | None, known: Collection[str] = ()) -> str | None:
    """Read the name that begins at `start`, None where what stands there is no name.

    `level` says which names of the gazetteer fit; `known` are names the same document
    ends clearly elsewhere.
    """
    run = _RUN.match(text, start)
    if run is None:
        return None
    official = longest_name(text, start, level) if level else None
    behind = text[start + len(official) : run.end()] if official else ""
    if official and level == "province" and not _BUILT.match(behind):
        return official
    name = _cut(run[0], known, sure=official is not None)
    if official and not (name and name.startswith(official)):
        return official if not behind or not _is_ordinary(official) else None
    return name


def ends_clearly(text: str, start: int, name: str) -> bool:
    """Return whether a name ends at a blank, a line end or punctuation."""
    end = start + len(name)
    return end >= len(text) or not _RUN.match(text, end)


def is_certain(text: str, start: int, name: str | None, level: Level | None) -> bool:
    """Return whether the gazetteer has the name and the text ends it where the name ends."""
    if name is None or level is None or longest_name(text, start, level) != name:
        return False
    return ends_clearly(text, start, name) or level == "province"


def _cut(run: str, known: Collection[str], *, sure: bool) -> str | None:
    """Cut a run of letters behind the name it begins with; `sure` that it begins with one."""
    familiar = [name for name in known if run.startswith(name)]
    if familiar:
        return max(familiar, key=len)
    pieces = segment(run)
    if not sure and (_is_generic(pieces[0]) or _is_stop(pieces[0])):
        return None
    name = pieces[0]
    for place, piece in enumerate(pieces[1:], 2):
        if _is_stop(piece) and not (piece in _ENDINGS and _ends_or_stops(pieces, place)):
            break
        name += piece
    return name if _SHORTEST <= len(name) <= _LONGEST and not _is_ordinary(name) else None


def _ends_or_stops(pieces: list[str], place: int) -> bool:
    return place == len(pieces) or _is_stop(pieces[place])


def _is_stop(token: str) -> bool:
    return token in _STOPS or token.startswith(_STOP_BEGINNINGS)


def _is_generic(token: str) -> bool:
    return token in _GENERIC or token.startswith(_GENERIC_BEGINNINGS)


def _is_ordinary(name: str) -> bool:
    """Return whether a name is an everyday word too: there are subdistricts และ and สมัย."""
    return name in _STOPS or name in _GENERIC or name in _ONLY_A_BEGINNING


_BEFORE = ("นายก", "ปลัด", "ของ", "ที่", "โดย", "และ", "กับ", "สภา", "ให้", "จาก", "ใน", "เขต")
_EDGE = f"(?:(?<![{LETTERS}])|{'|'.join(f'(?<={word})' for word in _BEFORE)})"
_SHORT_OFFICE = "|".join(map(re.escape, SHORT_OFFICES))
_KNOWN_OFFICES = "|".join(
    sorted({re.escape(name.removesuffix("จังหวัด")) for name in SHORT_OFFICES.values()} - {"สำนักงาน"})
)
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
    rf"|(?P<sao>องค์การ\s?บริหาร\s?ส่วน\s?ต[ำา]บล|{_EDGE}(?:อบต\.?|อ\.บ\.ต\.))"
    rf"|(?P<city>(?:เทศบาล|นายกเทศมนตรี)นคร|{_EDGE}ทน\.)"
    rf"|(?P<town>(?:เทศบาล|นายกเทศมนตรี)เมือง|{_EDGE}ทม\.)"
    rf"|(?P<township>(?:เทศบาล|นายกเทศมนตรี)ต[ำา]บล|{_EDGE}ทต\.)"
    rf"|(?P<group>กลุ่มจังหวัด\s?(?={_REGION})|กลุ่มจังหวัด|กลุ่ม(?={_REGION}))"
    rf"|(?P<office>(?:{_KNOWN_OFFICES})\s{{0,4}}จังหวัด|{_OFFICE}(?<!เทศบาล)(?<!ส่วน)(?:ประจำ)?จังหวัด|{_EDGE}(?:{_SHORT_OFFICE}))"
    rf"|(?P<province>จังหวัด|{_EDGE}จ\.)"
    rf"|(?P<district>อำเภอ|{_EDGE}อ\.)"
    rf"|(?P<tambon>ตำบล|{_EDGE}ต\.)"
    rf"|(?P<bangkok>{BANGKOK}|กรุงเทพฯ|{_EDGE}กทม\.?)"
    r"|(?P<pattaya>เมืองพัทยา)"
    rf"|(?P<ministry>(?:สำนักงานปลัด)?กระทรวง(?={MINISTRY.pattern})|{_EDGE}(?:{_SHORT}))"
    rf"|(?P<agency>{AGENCY})"
    rf"|(?P<zone>เขตพัฒนาเศรษฐกิจพิเศษ(?:จังหวัด)?|เขตเศรษฐกิจพิเศษ(?:จังหวัด)?)"
    rf"|(?P<institution>(?:โรงพยาบาล|โรงเรียน|มหาวิทยาลัย|วิทยาลัย|การไฟฟ้า|การประปา)(?=[{CONSONANTS}เ-ไ]))"
)
# Where a head may begin: plain beginnings, so that the search can leap from one to the next.
_BEGINNING = re.compile(
    r"องค์การ|อบ|อ\.|เทศบาล|นายกเทศมนตรี|ท[นมต]\.|กลุ่ม|สำนัก|สภาเกษตร|คณะ|ที่ทำการ|วิทยาลัย|ศูนย์|สถานี|โครงการชลประทาน|แขวง"
    r"|จังหวัด|จ\.|อำเภอ|ตำบล|ต\.|กรุงเทพ|กทม|เมืองพัทยา|กระทรวง|กรม|เขต|โรงพยาบาล|โรงเรียน|มหาวิทยาลัย|การไฟฟ้า"
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
    result = read(text, head, known)
    if result:
        organisation, end = result
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
_SORTS = tuple(
    """
    เทศบาล ชุมชน รัฐ เอกชน ทั่วไป ประจำ ศูนย์ ต่าง ขนาด สนาม หลัก แห่ง คุณภาพ ชั้นนำ คุณธรรม
    ที่ ต้นแบบ ทันสมัย ยอดนิยม ใน สังกัด ทุก ผู้สูงอายุ เกษตรกร ชาวนา พ่อแม่ ขยาย มัธยม ประถม
    เป็น จะ มี ได้ ของ และ นำร่อง ดี
""".split()
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
