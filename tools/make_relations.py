"""Make the training pairs of relations: `python -m tools.make_relations`.

`corpora/training/works.tsv` holds kinds of work with the wordings reviewers would call the
same, `pairs.tsv` pairs written by hand. Here works are set at invented places, written in
two ways, moved, continued and mixed. The result does not change between runs.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

TRAINING = Path(__file__).resolve().parents[1] / "corpora" / "training"
SEED = 2569
PAIRS_A_WORK = 3
KIN = 2
"""So many works of the same purpose are set beside each scene."""

FOREIGN = 1
"""So many works of other themes are set beside each scene, mostly at its own place."""

_FIRST = "บ้าน หนอง ดอน โคก ทุ่ง สัน วัง ป่า ห้วย นา ท่า ปาก โนน ร่อง เนิน คลอง บาง สระ แม่ เวียง".split()
_SECOND = (
    "กระถิน ม่วงงาม ตะแบก แสมสาร ยางสูง ปลาซิว หินแก้ว ขี้ตุ่น จันทน์ผา ไทรย้อย พะยอม ผักกูด ครกไม้ ลานเงิน"
    " กระเบา ศรีพิมพ์ ต้นปีบ น้ำซึม หวายหลวง ตาลคู่ เสลา คำข่า ปอแดง ช้างตื่น นกเขา"
).split()
_MORE = ["", "", "", "ใต้", "เหนือ", "ใหม่", "น้อย"]
_PROVINCES = "น่าน ยะลา ตรัง ระยอง ชัยนาท สกลนคร ยโสธร พังงา ลพบุรี แพร่".split()
_OWNERS = "นายสมหวัง ผู้ใหญ่ทอง กำนันแก้ว นางบุญมา ลุงเปลื้อง นายจรัส ครูประสิทธิ์ ป้าแต๋ว".split()
_LINES = {
    "วัสดุ{}": "สำนักงาน;การเกษตร;งานบ้านงานครัว;คอมพิวเตอร์;ไฟฟ้าและวิทยุ;ก่อสร้าง;กีฬา;วิทยาศาสตร์หรือการแพทย์",
    "ครุภัณฑ์{}": "สำนักงาน;ยานพาหนะและขนส่ง;การศึกษา;งานบ้านงานครัว;ก่อสร้าง;โฆษณาและเผยแพร่",
    "ค่า{}": "ตอบแทนวิทยากร;เบี้ยเลี้ยงเดินทาง;เช่าที่พัก;หนังสือเรียน;เครื่องแบบนักเรียน;อุปกรณ์การเรียน;เบี้ยประชุม",
    "เงินอุดหนุนการศึกษาท้องถิ่น ({})": "เงินเดือนครู;ค่าเช่าบ้านครู;บำนาญ;ทุนนักเรียน;ค่าเล่าเรียนบุตร;ค่าสื่อการสอน",
    "เงินอุดหนุนสำหรับ{}": "อาหารกลางวัน;อาหารเสริม (นม);อาสาสมัครดูแลผู้สูงอายุ;ผู้ป่วยเอดส์;สถานีอนามัยถ่ายโอน;ศูนย์กีฬา",
    "ส่งเสริมอาชีพ ({})": "จักสาน;ทำขนมไทย;ตัดเย็บเสื้อผ้า;เพาะเห็ด;ซ่อมรถจักรยานยนต์;แปรรูปผลไม้",
    "แข่งขันกีฬาเยาวชน ({})": "ฟุตบอล;เปตอง;ตะกร้อ;วอลเลย์บอล;กรีฑา",
    "จัดซื้อ{}": "เก้าอี้ทำงาน;เครื่องพิมพ์;กล้องถ่ายภาพ;ตู้เก็บเอกสาร;เครื่องชั่งน้ำหนัก;รถเข็นผู้ป่วย",
}
"""Heads of budget lines as every body's budget has them, and what stands under each."""

_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True)
class Work:
    """One kind of work and how it is worded."""

    theme: str
    kin: str
    places: tuple[str, ...]
    stages: tuple[str, ...]
    quantity: str
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """A work somewhere: what is the same between two ways of writing it."""

    work: Work
    kind: str
    name: str
    other: str
    moo: int
    hamlet: str
    area: str
    body: str
    year: int
    stage: str = ""
    amount: int = 0
    province: str = ""


def works() -> list[Work]:
    """Read the kinds of work."""
    with (TRAINING / "works.tsv").open(encoding="utf-8") as file:
        return [
            Work(
                row["theme"],
                row["kin"],
                tuple(row["places"].split()),
                tuple(row["stages"].replace("-", "").split()),
                row["quantity"],
                tuple(row["wordings"].split(";")),
            )
            for row in csv.DictReader(file, delimiter="\t")
        ]


def pairs() -> Iterator[dict[str, Any]]:
    """Yield every training pair: those by hand, then those that are made."""
    with (TRAINING / "pairs.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            sides = (
                {
                    "title": row[f"title_{s}"],
                    "place": row[f"place_{s}"],
                    "year": int(row[f"year_{s}"]),
                }
                for s in "ab"
            )
            a, b = sides
            yield {
                "relation": row["relation"],
                "made_by": "hand",
                "group": f"hand-{row['title_a'][:12]}",
                "a": a,
                "b": b,
            }
    chance = random.Random(SEED)
    every = works()
    for index, work in enumerate(every):
        made = list(_granted(chance, work)) if "body" in work.places else []
        for relation, a, b in made:
            yield _rule(index, relation, a, b)
        for _ in range(PAIRS_A_WORK):
            scene = _scene(chance, work)
            for relation, a, b in _made(chance, scene, every):
                yield _rule(index, relation, a, b)
            for relation, a, b in _untold(chance, scene):
                yield _rule(index, relation, a, b) | {"made_by": "untold"}
    for index, (head, tails) in enumerate(_LINES.items()):
        for relation, a, b in _lines(chance, head, tails.split(";")):
            yield _rule(index, relation, a, b) | {"made_by": "line", "group": f"line-{index}"}


def _lines(
    chance: random.Random, head: str, tails: list[str]
) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Set budget lines of one body beside each other: one head, each its own thing to pay for."""

    def line(tail: str, body: str, year: int) -> dict[str, Any]:
        title = chance.choice(["", "", "โครงการ"]) + head.format(tail)
        if chance.random() < 0.2:
            title = title.replace(" (", "(")
        money = chance.randint(3, 900) * 10_000
        return {"title": title, "place": "", "year": year, "organisation": body, "budget": money}

    for tail in tails:
        body = f"องค์การบริหารส่วนจังหวัด{chance.choice(_PROVINCES)}"
        year = chance.randint(2565, 2569)
        for rival in chance.sample([each for each in tails if each != tail], 2):
            yield "not_same", line(tail, body, year), line(rival, body, year)
        yield "duplicate", line(tail, body, year), line(tail, body, year)


def _rule(index: int, relation: str, a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    return {"relation": relation, "made_by": "rule", "group": f"work-{index}", "a": a, "b": b}


def _made(chance: random.Random, scene: Scene, every: list[Work]) -> Iterator[tuple[str, Any, Any]]:
    yield "duplicate", _written(chance, scene), _written(chance, scene)
    yield "duplicate", _yearless(_written(chance, scene)), _written(chance, scene)
    if chance.random() < 0.5:
        yield "duplicate", _written(chance, scene), _written(chance, scene)
    yield (
        "same_activity_elsewhere",
        _written(chance, scene),
        _written(chance, _moved(chance, scene)),
    )
    yield (
        "same_activity_elsewhere",
        _written(chance, scene),
        _written(chance, _moved(chance, scene)),
    )
    followed = _followed(chance, scene)
    if followed and followed[0].stage != followed[1].stage and chance.random() < 0.3:
        one, other = (_written(chance, step) for step in followed)
        yield "continuation", _yearless(one), other
    if followed:
        yield "continuation", *(_written(chance, one) for one in followed)
    work = scene.work
    kin = [w for w in every if w.kin == work.kin and w.theme == work.theme and w is not work]
    theme = [w for w in every if w.theme == work.theme and w.kin != work.kin]
    foreign = [w for w in every if w.theme != work.theme]
    for _ in range(KIN if kin else 0):
        there = scene if chance.random() < 0.7 else _moved(chance, scene)
        yield (
            "related",
            _written(chance, scene),
            _written(chance, _as(chance, there, chance.choice(kin))),
        )
    alike = [w for w in foreign if w.wordings[0][:4] == work.wordings[0][:4]]
    yield (
        "different",
        _written(chance, scene),
        _written(chance, _as(chance, scene, chance.choice(alike or foreign))),
    )
    for _ in range(FOREIGN):
        yield "different", *_apart(chance, scene, chance.choice(foreign))
    if theme:
        yield "not_same", *_apart(chance, scene, chance.choice(theme))
    alike = [
        w
        for w in every
        if w.kin != work.kin and set(w.wordings[0][:9]) >= set(work.wordings[0][:7])
    ]
    if alike:
        yield "not_same", *_apart(chance, scene, chance.choice(alike))


def _untold(chance: random.Random, scene: Scene) -> Iterator[tuple[str, Any, Any]]:
    """Leave the place out on one side or both: it may be the same place and may be another."""
    if "{}" in "".join(scene.work.wordings):
        return
    both = chance.random() < 0.3
    for relation, there in (
        ("duplicate", scene),
        ("same_activity_elsewhere", replace(_moved(chance, scene), year=scene.year)),
    ):
        stated = _placeless(chance, scene) if both else _written(chance, scene)
        yield relation, stated, _placeless(chance, there)


def _placeless(chance: random.Random, scene: Scene) -> dict[str, Any]:
    """Write the work alone, as people do who type a name and nothing else."""
    wording = chance.choice(scene.work.wordings)
    if chance.random() < 0.5:
        wording = "โครงการ" + wording
    return {"title": wording, "place": "", "year": scene.year}


def _apart(
    chance: random.Random, scene: Scene, work: Work
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set another work somewhere else: related or not, it is not the same."""
    there = _moved(chance, scene) if chance.random() < 0.3 else scene
    return _written(chance, scene), _written(chance, _as(chance, there, work))


def _yearless(written: dict[str, Any]) -> dict[str, Any]:
    """Leave out the year a project asks for, as people do who type a name alone."""
    return {key: value for key, value in written.items() if key not in {"year", "budget"}}


def _granted(chance: random.Random, work: Work) -> Iterator[tuple[str, Any, Any]]:
    """Give one grant to two provinces' bodies: the wording is the same, the work is not."""
    one, other = chance.sample(_PROVINCES, 2)
    year = chance.randint(2565, 2569)
    title = chance.choice(work.wordings)

    def asked(province: str, when: int) -> dict[str, Any]:
        body = f"องค์การบริหารส่วนจังหวัด{province}"
        money = chance.randint(3, 90) * 10_000
        return {"title": title, "place": "", "year": when, "organisation": body, "budget": money}

    yield "same_activity_elsewhere", asked(one, year), asked(other, year)
    yield "same_activity_elsewhere", asked(one, year), asked(other, year + 1)
    yield "continuation", asked(one, year), asked(one, year + 1)
    yield "duplicate", asked(one, year), asked(one, year)


def _name(chance: random.Random) -> str:
    return chance.choice(_FIRST) + chance.choice(_SECOND) + chance.choice(_MORE)


def _scene(chance: random.Random, work: Work) -> Scene:
    area = _name(chance)
    body = chance.choice(["องค์การบริหารส่วนตำบล", "เทศบาลตำบล", "", ""])
    return Scene(
        work,
        chance.choice(work.places),
        _proper(chance),
        _proper(chance),
        chance.randint(1, 14),
        _name(chance),
        area,
        body,
        chance.randint(2565, 2569),
        _stage(chance, work),
        chance.choice([0, 0, 1]) * chance.randint(2, 90) * 10,
        chance.choice(_PROVINCES),
    )


def _proper(chance: random.Random) -> str:
    return chance.choice(_SECOND) + chance.choice(["", "", "ใหญ่", "น้อย", "ทอง"])


def _stage(chance: random.Random, work: Work) -> str:
    return chance.choice(work.stages) if work.stages and chance.random() < 0.15 else ""


def _as(chance: random.Random, scene: Scene, work: Work) -> Scene:
    kind = scene.kind if scene.kind in work.places else chance.choice(work.places)
    return replace(
        scene, work=work, kind=kind, stage="", year=scene.year + chance.choice([0, 0, 1])
    )


def _moved(chance: random.Random, scene: Scene) -> Scene:
    """Set the work somewhere else: one thing changes, sometimes more."""
    changes: list[dict[str, Any]] = [{"area": _name(chance)}]
    if scene.kind in {"village", "line", "soi"}:
        changes += [
            {"moo": scene.moo % 14 + 1},
            {"moo": scene.moo % 14 + 1, "hamlet": _name(chance)},
        ] * 2
    if scene.kind in {"water", "line", "soi", "school", "centre", "temple", "site", "community"}:
        changes += [{"name": _proper(chance) + chance.choice("กขคง")}] * 4
    year = scene.year + chance.choice([0, 0, 0, 1, -1])
    change = chance.choice(changes)
    if "area" in change and chance.random() < 0.6:
        change |= {"province": chance.choice(_PROVINCES), "hamlet": _name(chance)}
    return replace(scene, year=year, amount=scene.amount and scene.amount + 30, **change)


def _followed(chance: random.Random, scene: Scene) -> tuple[Scene, Scene] | None:
    """Write two steps of one work."""
    if not scene.work.stages:
        return None
    stage = chance.choice(scene.work.stages)
    step = 0 if stage == "term" else 1
    if stage in {"year", "festival"}:
        first = replace(scene, stage=chance.choice(["", "in-year"]))
        return first, replace(first, year=scene.year + chance.choice([1, 1, 2]))
    if stage == "more":
        return replace(scene, stage=""), replace(scene, stage="more", year=scene.year + step)
    number = chance.randint(1, 3)
    later = replace(
        scene, stage=f"{stage} {number + 1}", year=scene.year + chance.choice([0, step, step])
    )
    return replace(scene, stage=f"{stage} {number}"), later


_STAGES = {
    "phase": ("ระยะที่ {}", "เฟส {}", "(ระยะที่ {})"),
    "section": ("ช่วงที่ {}", "ตอนที่ {}", "ตอน {}"),
    "batch": ("รุ่นที่ {}", "รุ่น {}"),
    "round": ("ครั้งที่ {}", "ครั้งที่ {}"),
    "term": ("ภาคเรียนที่ {}", "เทอม {}"),
    "spot": ("จุดที่ {}", "แห่งที่ {}"),
    "more": ("เพิ่มเติม", "(เพิ่มเติม)", "(ต่อเนื่อง)"),
}


def _written(chance: random.Random, scene: Scene) -> dict[str, Any]:
    """Write a scene the way somebody might."""
    wording = chance.choice(scene.work.wordings)
    title = wording.replace("{}", scene.name) if "{}" in wording else wording
    stage, column = _stage_text(chance, scene), ""
    parts = [title]
    if "{}" not in wording:
        parts += _site(chance, scene)
    where = _village(chance, scene)
    if scene.kind in {"village", "line", "soi"} or (
        scene.kind == "water" and chance.random() < 0.4
    ):
        parts.append(where) if chance.random() < 0.75 else None
        column = "" if where in parts else where
    parts += [stage] if stage else []
    if scene.amount and scene.work.quantity in _AMOUNTS and chance.random() < 0.8:
        parts.append(chance.choice(_AMOUNTS[scene.work.quantity]).format(scene.amount))
    text = " ".join(parts)
    if chance.random() < 0.6:
        text = "โครงการ" + text
    if chance.random() < 0.3:
        text = text.translate(_THAI)
    place = f"{column} {_area(chance, scene)}".strip()
    written: dict[str, Any] = {"title": text, "place": place, "year": scene.year}
    if chance.random() < 0.4:
        written["budget"] = 10_000 * (7 + (len(scene.name) * 13 + scene.moo * 7) % 90)
    if scene.body and chance.random() < 0.5:
        written["organisation"] = scene.body + scene.area
    return written


_AMOUNTS = {
    "road": ("กว้าง 4 เมตร ยาว {} เมตร", "กว้าง ๔ ม. ยาว {} ม. หนา 0.15 ม."),
    "pipe": ("ยาว {} เมตร", "ระยะทาง {} ม."),
    "points": ("จำนวน {} จุด", "{} จุด"),
    "people": ("จำนวน {} คน", "{} คน"),
    "soil": ("ปริมาตรดิน {} ลบ.ม.",),
    "trees": ("{} ต้น",),
    "units": ("จำนวน {} เครื่อง", "{} เครื่อง"),
    "houses": ("จำนวน {} หลัง", "{} หลัง"),
}


def _stage_text(chance: random.Random, scene: Scene) -> str:
    if scene.stage == "in-year":
        return chance.choice(["ประจำปี {}", "ประจำปีงบประมาณ พ.ศ. {}", "ปี {}"]).format(scene.year)
    kind, _, number = scene.stage.partition(" ")
    if kind not in _STAGES:
        return (
            f"ประจำปี {scene.year}" if "year" in scene.work.stages and chance.random() < 0.25 else ""
        )
    return chance.choice(_STAGES[kind]).format(number or 1)


def _site(chance: random.Random, scene: Scene) -> list[str]:
    if scene.kind == "line":
        owner = _OWNERS[len(scene.name) % len(_OWNERS)] if len(scene.other) % 2 else ""
        name = f"บ้าน{owner}{scene.name}" if owner else f"{scene.name}-{scene.other}"
        return [
            chance.choice(["สาย{}", "เส้นทาง{}", "ถนนสาย{}", "ช่วง{}"][: 2 if owner else 4]).format(
                name
            )
        ]
    forms = {
        "soi": ["ซอย{}", "ซ.{}"],
        "community": ["ชุมชน{}", "ช.{}"],
        "school": ["โรงเรียนบ้าน{}", "รร.บ้าน{}"],
        "temple": ["วัด{}"],
        "centre": ["ศพด.{}", "ศูนย์พัฒนาเด็กเล็ก{}"],
        "water": ["คลอง{}"],
        "site": ["สวนสาธารณะ{}"],
    }
    return [chance.choice(forms[scene.kind]).format(scene.name)] if scene.kind in forms else []


def _village(chance: random.Random, scene: Scene) -> str:
    moo = chance.choice(["หมู่ที่ {}", "ม.{}", "หมู่ {}", "ม. {}"]).format(scene.moo)
    hamlet = f"บ้าน{scene.hamlet}"
    return chance.choice([moo, moo, f"{hamlet} {moo}", f"{moo} {hamlet}"])


def _area(chance: random.Random, scene: Scene) -> str:
    kind = scene.body or "ตำบล"
    forms = {"องค์การบริหารส่วนตำบล": "อบต.", "เทศบาลตำบล": "ทต.", "ตำบล": "ต."}
    name = chance.choice([kind, forms[kind], "ต."]) + scene.area
    return name + (f" จ.{scene.province}" if chance.random() < 0.25 else "")


def main() -> None:
    """Write the pairs."""
    path = TRAINING / "relations.jsonl"
    lines = [json.dumps(pair, ensure_ascii=False) for pair in pairs()]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} pairs")


if __name__ == "__main__":
    main()
