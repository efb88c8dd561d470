"""The review form for local plans: twelve criteria, filled as far as the text allows.

The Department of Local Administration's form gives five points for each of twelve
criteria of a project. Points are a person's to give: a criterion is only told what the text
shows (`shown`), that it says nothing on it (`missing`), or that a person must judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from kb.alignment.reasons import shared_phrases
from kb.alignment.subject_terms import subject_terms
from kb.alignment.verdicts import ALIGNED, Alignment, ChainLink
from kb.loading.proposals import Proposal

CriterionFinding = Literal["shown", "missing", "person"]
MOST_POINTS = 5
_QUANTITY = re.compile(
    r"[0-9๐-๙][0-9๐-๙,.]*\s*(?:คน|ราย|ครัวเรือน|หลังคาเรือน|เมตร|ม\.|กม\.|กิโลเมตร|ตร|ตาราง|แห่ง|ครั้ง|รุ่น|ชุด|คัน|หลัง|"
    r"เครื่อง|ตัว|ต้น|ไร่|หมู่บ้าน|ชุมชน|โรงเรียน|กลุ่ม|จุด|สาย|ตำบล|อำเภอ|ร้อยละ|วัน|เล่ม|ระบบ|บ่อ|ถัง|ตัน|ลบ)"
)
_FIGURE = re.compile(r"[0-9๐-๙]")
_THAILAND_4 = re.compile(
    "นวัตกรรม|ดิจิทัล|เทคโนโลยี|อัจฉริยะ|สมาร์ท|ออนไลน์|สร้างสรรค์|วิจัย|สตาร์ทอัพ|อัตโนมัติ|หุ่นยนต์|เพิ่มมูลค่า|แอปพลิเคชัน"
)
_AGAINST_POVERTY = re.compile(
    "ยากจน|รายได้|อาชีพ|หนี้|ออมทรัพย์|เศรษฐกิจพอเพียง|พอเพียง|ด้อยโอกาส|ยากไร้|ผู้มีรายได้น้อย|เศรษฐกิจฐานราก|ครัวเรือนเปราะบาง"
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the form, what the text shows of it, and why. Points are never given."""

    number: int
    code: str
    thai: str
    english: str
    finding: CriterionFinding
    evidence: tuple[str, ...]
    note: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; `points` is a person's to give."""
        return {
            "number": self.number,
            "criterion": self.code,
            "thai": self.thai,
            "english": self.english,
            "finding": self.finding,
            "evidence": list(self.evidence),
            "note": self.note,
            "points": None,
            "most_points": MOST_POINTS,
        }


CriterionResult = tuple[CriterionFinding, Iterable[str], str]


def form_of(answer: Alignment) -> tuple[Criterion, ...]:
    """Fill the form for a judged proposal."""
    found = []
    for number, (code, thai, english, look) in enumerate(_CRITERIA, start=1):
        finding, evidence, note = look(answer)
        found.append(Criterion(number, code, thai, english, finding, tuple(evidence), note))
    return tuple(found)


def with_form(answer: Alignment) -> dict[str, Any]:
    """Return the JSON form of an answer with the filled form in it."""
    return answer.to_dict() | {"form": [each.to_dict() for each in form_of(answer)]}


def _name(answer: Alignment) -> CriterionResult:
    asked = answer.proposal
    if answer.verdict == "cannot_tell" or "title-vague" in asked.warnings:
        return "missing", [asked.title], "ชื่อไม่บอกว่าทำอะไร"
    return "shown", [asked.title], "ชื่อบอกเรื่องที่ทำ ความชัดเจนของชื่อเป็นดุลพินิจ"


def _objective(answer: Alignment) -> CriterionResult:
    return _fits(answer.proposal.objective, answer.proposal.title, "วัตถุประสงค์", "ชื่อโครงการ")


def _output(answer: Alignment) -> CriterionResult:
    asked = answer.proposal
    amounts = _quantities(asked)
    if amounts:
        return "shown", amounts, "บอกปริมาณผลผลิต นำไปตั้งงบประมาณได้"
    if asked.target:
        return "person", [asked.target], "มีเป้าหมายแต่ไม่พบปริมาณ"
    return "missing", (), "ไม่ระบุเป้าหมาย (ผลผลิตของโครงการ)"


def _national_strategy(answer: Alignment) -> CriterionResult:
    return _level(answer, "national_strategy", "ยุทธศาสตร์ชาติ 20 ปี")


def _national_plan(answer: Alignment) -> CriterionResult:
    return _level(answer, "milestones", "แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ")


def _province(answer: Alignment) -> CriterionResult:
    return _level(answer, "province", "ยุทธศาสตร์จังหวัด")


def _modern(answer: Alignment) -> CriterionResult:
    return _words(answer.proposal, _THAILAND_4, "Thailand 4.0")


def _poverty(answer: Alignment) -> CriterionResult:
    return _words(answer.proposal, _AGAINST_POVERTY, "การแก้ปัญหาความยากจนหรือเศรษฐกิจพอเพียง")


def _budget(answer: Alignment) -> CriterionResult:
    money = _money(answer.proposal)
    if not money:
        return "missing", (), "ไม่ระบุงบประมาณ"
    return "person", [*money, *_quantities(answer.proposal)], "เทียบงบประมาณกับผลผลิตเป็นดุลพินิจ"


def _price(answer: Alignment) -> CriterionResult:
    money = _money(answer.proposal)
    if not money:
        return "missing", (), "ไม่ระบุงบประมาณ"
    return "person", money, "ต้องตรวจกับแบบ ราคากลาง และราคาในพื้นที่ ซึ่งไม่อยู่ในข้อความ"


def _indicator(answer: Alignment) -> CriterionResult:
    asked = answer.proposal
    if asked.indicator and not _FIGURE.search(asked.indicator):
        return "person", [asked.indicator], "มีตัวชี้วัดแต่ไม่พบค่าที่วัดได้"
    return _fits(asked.indicator, _aims(asked), "ตัวชี้วัด", "วัตถุประสงค์")


def _result(answer: Alignment) -> CriterionResult:
    asked = answer.proposal
    return _fits(asked.expected_result, _aims(asked), "ผลที่คาดว่าจะได้รับ", "วัตถุประสงค์")


def _aims(asked: Proposal) -> str:
    return f"{asked.title} {asked.objective or ''}"


def _fits(text: str | None, other: str, name: str, other_name: str) -> CriterionResult:
    """Tell whether two parts of a proposal speak of the same; the phrases are the evidence."""
    if not text or not text.strip():
        return "missing", (), f"ไม่ระบุ{name}"
    ours, theirs = shared_phrases(subject_terms(text), subject_terms(other))
    if ours:
        shared = [f"{a} / {b}" for a, b in zip(ours, theirs, strict=False)]
        return "shown", shared or ours, f"{name}กล่าวถึงเรื่องเดียวกับ{other_name}"
    return "person", [text], f"ไม่พบถ้อยคำที่โยง{name}กับ{other_name}"


def _level(answer: Alignment, level: str, name: str) -> CriterionResult:
    links = [link for link in answer.chain if link.level == level]
    if not links:
        return "person", (), f"ไม่พบข้อที่โครงการตอบใน{name}จากข้อความ"
    evidence = [_named(link) for link in links]
    if any(link.origin == "inferred" and link.score >= ALIGNED for link in links):
        return "shown", evidence, f"ข้อความตอบ{name}"
    if all(link.origin == "declared" for link in links):
        return "person", evidence, f"ระบุไว้ แต่เนื้องานไม่บอกชัดว่าตอบ{name}"
    return "person", evidence, f"เกี่ยวข้องกับ{name}เพียงบางส่วน"


def _named(link: ChainLink) -> str:
    how = {"declared": "ระบุไว้", "published": "ตามกรอบที่ประกาศ"}.get(link.origin)
    return f"{link.text} ({how or f'อนุมาน ร้อยละ {min(99, round(link.score * 100))}'})"


def _words(asked: Proposal, words: re.Pattern[str], name: str) -> CriterionResult:
    text = " ".join(
        filter(
            None,
            (asked.title, asked.objective, asked.target, asked.expected_result, asked.indicator),
        )
    )
    found = list(dict.fromkeys(words.findall(text)))
    if found:
        return "shown", found, f"ข้อความกล่าวถึง{name}"
    return "person", (), f"ไม่พบถ้อยคำที่บอก{name}"


def _quantities(asked: Proposal) -> list[str]:
    text = " ".join(filter(None, (asked.target, asked.title)))
    return list(dict.fromkeys(found[0].strip() for found in _QUANTITY.finditer(text)))


def _money(asked: Proposal) -> list[str]:
    if asked.budget:
        return [f"พ.ศ. {year}: {amount:,} บาท" for year, amount in sorted(asked.budget.items())]
    return [f"{asked.money:,} บาท"] if asked.money is not None else []


_CRITERIA: tuple[tuple[str, str, str, Callable[[Alignment], CriterionResult]], ...] = (
    ("name", "ความชัดเจนของชื่อโครงการ", "Clear name", _name),
    ("objective", "วัตถุประสงค์สอดคล้องกับโครงการ", "Objectives fit the project", _objective),
    (
        "output",
        "เป้าหมาย (ผลผลิต) ชัดเจน นำไปสู่การตั้งงบประมาณได้",
        "Output clear and budgetable",
        _output,
    ),
    (
        "national_strategy",
        "สอดคล้องกับยุทธศาสตร์ชาติ 20 ปี",
        "Fits the 20-year strategy",
        _national_strategy,
    ),
    (
        "national_plan",
        "สอดคล้องกับแผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ",
        "Fits the national plan",
        _national_plan,
    ),
    ("thailand_4", "สอดคล้องกับ Thailand 4.0", "Fits Thailand 4.0", _modern),
    ("province", "สอดคล้องกับยุทธศาสตร์จังหวัด", "Fits the provincial strategy", _province),
    (
        "poverty",
        "แก้ปัญหาความยากจน มั่นคง มั่งคั่ง ยั่งยืน",
        "Fights poverty; stable, prosperous, sustainable",
        _poverty,
    ),
    ("budget", "งบประมาณสอดคล้องกับเป้าหมาย (ผลผลิต)", "Budget fits the output", _budget),
    ("price", "การประมาณการราคาถูกต้องตามหลักวิธีการงบประมาณ", "Price estimate sound", _price),
    ("indicator", "กำหนดตัวชี้วัดและสอดคล้องกับวัตถุประสงค์", "KPI set and fits objectives", _indicator),
    ("result", "ผลที่คาดว่าจะได้รับสอดคล้องกับวัตถุประสงค์", "Expected result fits objectives", _result),
)
