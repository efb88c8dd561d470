"""Pairs that look alike and are not, or do not look alike and are: made for training.

Each line of `TRAPS` is a relation, the two titles, and who asks; names are invented. Few kinds
of trap are made here and counted little: what people write teaches more.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from tools.make_relations import _FIRST, _PROVINCES, _SECOND, SEED

ROUNDS = 6
"""Times each trap is set, at other places."""

CROSSED = 900
"""Pairs of unlike works that are set beside each other."""

_PEOPLE = "นายสมาน นางปัน นายคำ ลุงดี ป้าศรี ผู้ใหญ่เสริม กำนันทอง นายบุญ นางแก้ว พ่อหลวงอิน".split()
_COURSES = (
    "กฎหมายเบื้องต้น;ปฐมพยาบาล;บัญชีครัวเรือน;การใช้คอมพิวเตอร์;คุณธรรมจริยธรรม;การคัดแยกขยะ;ดับเพลิงเบื้องต้น"
    ";ทำปุ๋ยหมัก;นวดแผนไทย;สื่อออนไลน์;จราจร"
).split(";")
_GROUPS = "ผู้นำชุมชน;เยาวชน;ผู้สูงอายุ;กลุ่มแม่บ้าน;อสม.;เกษตรกร;พนักงานส่วนตำบล;คณะกรรมการหมู่บ้าน".split(";")
_CARS = (
    "รถบรรทุกน้ำ ขนาด 6,000 ลิตร;รถบรรทุกขยะแบบอัดท้าย;รถดับเพลิง;รถกระเช้าไฟฟ้า;รถพยาบาล;รถตักหน้าขุดหลัง;รถตู้โดยสาร"
    ";รถดูดสิ่งปฏิกูล"
).split(";")
_GOODS = "เครื่องพิมพ์เลเซอร์;เครื่องคอมพิวเตอร์;โต๊ะทำงาน;เครื่องปรับอากาศ;ตู้เหล็ก;เครื่องถ่ายเอกสาร".split(";")
_DIVISIONS = "กองคลัง;กองช่าง;สำนักปลัด;กองการศึกษา;กองสาธารณสุข;กองสวัสดิการสังคม".split(";")
_FESTIVALS = "ไหว้พระธาตุ{A};สรงน้ำพระเจ้า{A};แห่เทียนวัด{A};แข่งเรือยาวคลอง{A};สืบสานตำนานเมือง{A};บวงสรวงเจ้าพ่อ{A}".split(
    ";"
)
_UNLIKE = (
    "ซ้อมแผนอพยพ{A};ปรับปรุงระบบบำบัดน้ำเสีย{A};จัดงานลอยกระทง{A};ติดตั้งกล้องวงจรปิด{A};ฉีดวัคซีนสุนัขและแมว{A}"
    ";ก่อสร้างถนน คสล. เข้า{A};สงเคราะห์ผู้ยากไร้{A};อุดหนุนอาหารกลางวันเด็ก{A};แข่งขันกีฬาเยาวชน{A};ขุดลอกหนองน้ำ{A}"
    ";จัดซื้อรถบรรทุกน้ำ;ป้องกันโรคไข้เลือดออก{A};เก็บขยะชายหาด{A};ปลูกป่าชุมชน{A};ก่อสร้างห้องน้ำ{A}"
).split(";")
TRAPS: tuple[tuple[str, str, str, str], ...] = (
    (
        "duplicate",
        "ก่อสร้างถนนลาดยาง สายบ้าน{A} - บ้าน{B}",
        "ก่อสร้างถนนลาดยาง สายบ้าน{B} - บ้าน{A}",
        "neighbours",
    ),
    ("duplicate", "ถนน คสล. จากบ้าน{A}ถึงบ้าน{B}", "ปรับปรุงถนนคอนกรีต เชื่อมระหว่างบ้าน{B}กับบ้าน{A}", "one"),
    (
        "same_activity_elsewhere",
        "ก่อสร้างถนนลาดยาง สายบ้าน{A} - บ้าน{B}",
        "ก่อสร้างถนนลาดยาง สายบ้าน{A} - บ้าน{C}",
        "one",
    ),
    (
        "same_activity_elsewhere",
        "ก่อสร้างถนน คสล. ซอย {M} หมู่ที่ {V}",
        "ก่อสร้างถนน คสล. ซอย {N} หมู่ที่ {V}",
        "one",
    ),
    (
        "same_activity_elsewhere",
        "ก่อสร้างถนน คสล. สาย{A} หมู่ที่ {V}",
        "ก่อสร้างถนน คสล. ซอย {N} หมู่ที่ {V}",
        "later",
    ),
    ("same_activity_elsewhere", "ลงหินคลุกถนน สาย{A} หมู่ที่ {V}", "ลงหินคลุกถนน สาย{B} หมู่ที่ {V}", "later"),
    (
        "same_activity_elsewhere",
        "ก่อสร้างรางระบายน้ำ หน้าบ้าน{P} หมู่ที่ {V}",
        "ก่อสร้างรางระบายน้ำ หมู่ที่ {V} หน้าบ้าน{Q}",
        "later",
    ),
    (
        "same_activity_elsewhere",
        "วางท่อระบายน้ำ ซอย{A} หมู่ที่ {V}",
        "วางท่อระบายน้ำ ซอย{B} ม.{V}",
        "later",
    ),
    ("related", "ก่อสร้างถนน คสล. ซอย {M} หมู่ที่ {V}", "ก่อสร้างคลองส่งน้ำดาดคอนกรีต หมู่ที่ {V}", "later"),
    ("related", "ก่อสร้างถนน คสล. สาย{A} หมู่ที่ {V}", "ก่อสร้างรางระบายน้ำ สาย{A} หมู่ที่ {V}", "one"),
    ("related", "อบรม{X}แก่{G}", "อบรม{Y}แก่{G}", "one"),
    ("same_activity_elsewhere", "อบรม{X}แก่{G}", "อบรม{X}แก่{H}", "one"),
    ("same_activity_elsewhere", "อบรม{X}แก่{G}", "อบรม{X}แก่{G}", "strangers"),
    ("same_activity_elsewhere", "จัดซื้อ{K} {D}", "จัดซื้อ{K} {E}", "one"),
    ("related", "จัดซื้อ{R}", "จัดซื้อ{S}", "one"),
    ("same_activity_elsewhere", "จัดซื้อ{R}", "ซื้อ{R} จำนวน 1 คัน", "strangers"),
    ("duplicate", "จัดซื้อ{R}", "ซื้อ{R} จำนวน 1 คัน", "one"),
    ("duplicate", "จัดงานประเพณี{F}", "จัดงานประเพณี{F}", "above"),
    ("duplicate", "จัดงานประเพณี{F}", "งาน{F} ประจำปี", "neighbours"),
    ("continuation", "จัดงานประเพณี{F}", "จัดงานประเพณี{F}", "later"),
    ("same_activity_elsewhere", "จัดงานวันเด็กแห่งชาติ", "งานวันเด็กแห่งชาติ", "strangers"),
    ("same_activity_elsewhere", "อบรม{X}แก่{G}", "อบรม{X}ให้{G} อำเภอ{B}", "above"),
    ("same_activity_elsewhere", "โรงเรียนผู้สูงอายุ", "โรงเรียนผู้สูงอายุบ้าน{B} อำเภอ{C}", "above"),
    ("duplicate", "ก่อสร้างศาลาอเนกประสงค์ หมู่ที่ {V} บ้าน{A}", "สร้างศาลาประชาคม หมู่ {V} บ้าน{A}", "one"),
    ("duplicate", "ก่อสร้างศาลากลางบ้าน บ้าน{A}", "ก่อสร้างศาลาอเนกประสงค์ บ้าน{A}", "one"),
    ("related", "ก่อสร้างศาลาอเนกประสงค์ บ้าน{A}", "ก่อสร้างห้องน้ำศาลา บ้าน{A}", "one"),
    ("duplicate", "ก่อสร้างฝายน้ำล้นห้วย{A}", "ทำฝายกั้นน้ำลำห้วย{A}", "one"),
    ("same_activity_elsewhere", "ก่อสร้างฝายน้ำล้นห้วย{A}", "ทำฝายกั้นน้ำลำห้วย{B}", "one"),
    ("duplicate", "ก่อสร้างถนน คสล. ข้างวัด{A} หมู่ที่ {V}", "ทำถนนปูนข้างวัด{A} ม.{V}", "one"),
    ("duplicate", "ขุดลอกหนอง{A} หมู่ที่ {V}", "หนอง{A} ตื้นเขิน ขอลอก ม.{V}", "one"),
    ("duplicate", "ปรับปรุงศูนย์พัฒนาเด็กเล็กบ้าน{A}ให้ได้มาตรฐาน", "ศพด.บ้าน{A} ปรับปรุงให้ได้มาตรฐาน", "one"),
    ("duplicate", "ซ่อมแซมหลังคาโรงเรียนบ้าน{A}", "หลังคา รร.บ้าน{A} ซ่อมแซม", "one"),
    (
        "same_activity_elsewhere",
        "ซ่อมแซมอาคารเรียนโรงเรียนบ้าน{A}",
        "ซ่อมแซมอาคารเรียนโรงเรียนวัด{B}",
        "one",
    ),
    ("continuation", "ก่อสร้างรั้วสุสานบ้าน{A} ระยะที่ 1", "ก่อสร้างรั้วสุสานบ้าน{A} ระยะที่ 2", "later"),
)


def traps() -> Iterator[dict[str, Any]]:
    """Yield the made pairs in the form of the writers' files."""
    chance = random.Random(SEED)
    for number, trap in enumerate(TRAPS * ROUNDS):
        yield _set(chance, f"trap-{number:03}", *trap)


def crossed(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield sides of different pairs beside each other; what is alike is left to the caller."""
    chance = random.Random(SEED)
    for number in range(CROSSED):
        one, other = chance.sample(rows, 2)
        a, b = dict(one[chance.choice("ab")]), dict(other[chance.choice("ab")])
        if chance.random() < 0.6:
            b["organisation"], b["place"] = a.get("organisation"), a.get("place")
        if chance.random() < 0.5:
            b["year"] = [2566, 2570]
        if chance.random() < 0.5:
            a["budget"] = b["budget"] = None
        yield {"id": f"crossed-{number:03}", "a": a, "b": b, "relation": "different"}


def _set(
    chance: random.Random, name: str, relation: str, one: str, other: str, askers: str
) -> dict[str, Any]:
    slots = {key: chance.choice(_FIRST) + chance.choice(_SECOND) for key in "ABC"}
    slots |= dict(zip("PQ", chance.sample(_PEOPLE, 2), strict=True))
    slots |= dict(zip("XY", chance.sample(_COURSES, 2), strict=True))
    slots |= dict(zip("GH", chance.sample(_GROUPS, 2), strict=True))
    slots |= dict(zip("RS", chance.sample(_CARS, 2), strict=True))
    slots |= dict(zip("DE", chance.sample(_DIVISIONS, 2), strict=True))
    first, second = chance.sample(range(1, 12), 2)
    slots |= {"K": chance.choice(_GOODS), "V": str(chance.randint(1, 14))}
    slots |= {"M": str(first), "N": str(second)}
    slots["F"] = chance.choice(_FESTIVALS).replace("{A}", slots["A"])
    bodies = _bodies(chance, slots, askers)
    year = chance.randint(2565, 2569)
    years = (year, year + 1) if askers == "later" else (year, year)
    sides = [
        {"title": _filled(title, slots), "place": None, "year": when, "organisation": body}
        for title, when, body in zip((one, other), years, bodies, strict=True)
    ]
    return {"id": name, "a": sides[0], "b": sides[1], "relation": relation}


def _bodies(chance: random.Random, slots: dict[str, str], askers: str) -> tuple[str, str]:
    kind = chance.choice(["อบต.", "ทต."])
    own = f"{kind}{slots['A']}"
    if askers == "neighbours":
        return own, f"{chance.choice(['อบต.', 'ทต.'])}{slots['B']}"
    if askers == "strangers":
        return f"{kind}{slots['A']}", f"{kind}{slots['B']}"
    if askers == "above":
        return f"ทต.{slots['A']}", f"อบจ.{chance.choice(_PROVINCES)}"
    one = f"{kind}{chance.choice(_FIRST)}{chance.choice(_SECOND)}"
    return one, one


def _filled(title: str, slots: dict[str, str]) -> str:
    for key, value in slots.items():
        title = title.replace(f"{{{key}}}", value)
    return title


def unlike() -> Iterator[dict[str, Any]]:
    """Yield unlike works of one body at one place in one year."""
    chance = random.Random(SEED)
    for number in range(60):
        place = chance.choice(_FIRST) + chance.choice(_SECOND)
        sides = [
            {
                "title": title.replace("{A}", place),
                "place": None,
                "year": 2568,
                "organisation": f"ทต.{place}",
            }
            for title in chance.sample(_UNLIKE, 2)
        ]
        yield {"id": f"unlike-{number:03}", "a": sides[0], "b": sides[1], "relation": "different"}
