"""The review form for local plans: twelve criteria, filled as far as the text allows.

The Department of Local Administration's form gives five points for each of twelve
criteria of a project. Points are a person's to give: of each criterion the form says what
the text shows (`shown`), that it says nothing of it (`missing`), or that a person must judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from kb.alignment.reasons import shared_phrases
from kb.alignment.subject_terms import subject_terms
from kb.alignment.verdicts import NODE_ALIGNED, Alignment, ChainLink, Sentence
from kb.loading.proposals import Proposal

CriterionFinding = Literal["shown", "missing", "person"]
MOST_POINTS = 5
"""Points a person may give for one criterion."""
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


_TITLE = Sentence("ชื่อโครงการ", "name")
_OBJECTIVE = Sentence("วัตถุประสงค์", "objective")
_INDICATOR = Sentence("ตัวชี้วัด", "indicator")
_RESULT = Sentence("ผลที่คาดว่าจะได้รับ", "expected result")


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the form, what the text shows of it with the evidence, and a note."""

    number: int
    code: str
    thai: str
    english: str
    finding: CriterionFinding
    evidence: tuple[str, ...]
    note: Sentence

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; `points` is a person's to give."""
        return {
            "number": self.number,
            "criterion": self.code,
            "thai": self.thai,
            "english": self.english,
            "finding": self.finding,
            "evidence": list(self.evidence),
            "note": self.note.thai,
            "note_en": self.note.english,
            "points": None,
            "most_points": MOST_POINTS,
        }


class _Result(NamedTuple):
    """What a criterion's check found: the finding, the words that show it, and a note."""

    finding: CriterionFinding
    evidence: Iterable[str]
    note: Sentence


def form_of(answer: Alignment) -> tuple[Criterion, ...]:
    """Return the twelve criteria of the form, filled for a judged proposal."""
    criteria = []
    for number, (code, thai, english, check) in enumerate(_CRITERIA, start=1):
        result = check(answer)
        criteria.append(
            Criterion(
                number, code, thai, english, result.finding, tuple(result.evidence), result.note
            )
        )
    return tuple(criteria)


def with_form(answer: Alignment) -> dict[str, Any]:
    """Return the JSON form of an answer with the filled form in it."""
    return answer.to_dict() | {"form": [criterion.to_dict() for criterion in form_of(answer)]}


def _name(answer: Alignment) -> _Result:
    proposal = answer.proposal
    if answer.verdict == "cannot_tell" or "title-vague" in proposal.warnings:
        return _Result(
            "missing",
            [proposal.title],
            Sentence("ชื่อไม่บอกว่าทำอะไร", "The name doesn't say what is done"),
        )
    return _Result(
        "shown",
        [proposal.title],
        Sentence(
            "ชื่อบอกเรื่องที่ทำ ความชัดเจนของชื่อเป็นดุลพินิจ",
            "The name says what is done; how clearly is for a person to judge",
        ),
    )


def _objective(answer: Alignment) -> _Result:
    return _agreement(answer.proposal.objective, answer.proposal.title, _OBJECTIVE, _TITLE)


def _output(answer: Alignment) -> _Result:
    proposal = answer.proposal
    amounts = _quantities(proposal)
    if amounts:
        return _Result(
            "shown",
            amounts,
            Sentence(
                "บอกปริมาณผลผลิต นำไปตั้งงบประมาณได้", "States amounts that a budget can be made from"
            ),
        )
    if proposal.target:
        return _Result(
            "person",
            [proposal.target],
            Sentence("มีเป้าหมายแต่ไม่พบปริมาณ", "States an output, but no amount"),
        )
    return _Result("missing", (), Sentence("ไม่ระบุเป้าหมาย (ผลผลิตของโครงการ)", "States no output"))


def _national_strategy(answer: Alignment) -> _Result:
    return _level(
        answer, "national_strategy", Sentence("ยุทธศาสตร์ชาติ 20 ปี", "the 20-year National Strategy")
    )


def _national_plan(answer: Alignment) -> _Result:
    return _level(
        answer,
        "milestones",
        Sentence("แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ", "the national economic and social plan"),
    )


def _province(answer: Alignment) -> _Result:
    return _level(answer, "province", Sentence("ยุทธศาสตร์จังหวัด", "the provincial strategy"))


def _modern(answer: Alignment) -> _Result:
    return _words(answer.proposal, _THAILAND_4, Sentence("Thailand 4.0", "Thailand 4.0"))


def _poverty(answer: Alignment) -> _Result:
    return _words(
        answer.proposal,
        _AGAINST_POVERTY,
        Sentence("การแก้ปัญหาความยากจนหรือเศรษฐกิจพอเพียง", "poverty or the sufficiency economy"),
    )


def _budget(answer: Alignment) -> _Result:
    money = _money(answer.proposal)
    if not money:
        return _Result("missing", (), Sentence("ไม่ระบุงบประมาณ", "States no budget"))
    return _Result(
        "person",
        [*money, *_quantities(answer.proposal)],
        Sentence(
            "เทียบงบประมาณกับผลผลิตเป็นดุลพินิจ",
            "Whether the budget fits the output is for a person to judge",
        ),
    )


def _price(answer: Alignment) -> _Result:
    money = _money(answer.proposal)
    if not money:
        return _Result("missing", (), Sentence("ไม่ระบุงบประมาณ", "States no budget"))
    return _Result(
        "person",
        money,
        Sentence(
            "ต้องตรวจกับแบบ ราคากลาง และราคาในพื้นที่ ซึ่งไม่อยู่ในข้อความ",
            "To be checked against drawings, median and local prices, which the text doesn't hold",
        ),
    )


def _indicator(answer: Alignment) -> _Result:
    proposal = answer.proposal
    if proposal.indicator and not _FIGURE.search(proposal.indicator):
        return _Result(
            "person",
            [proposal.indicator],
            Sentence("มีตัวชี้วัดแต่ไม่พบค่าที่วัดได้", "Names an indicator, but no value to measure"),
        )
    return _agreement(proposal.indicator, _aims(proposal), _INDICATOR, _OBJECTIVE)


def _result(answer: Alignment) -> _Result:
    proposal = answer.proposal
    return _agreement(proposal.expected_result, _aims(proposal), _RESULT, _OBJECTIVE)


def _aims(proposal: Proposal) -> str:
    return f"{proposal.title} {proposal.objective or ''}"


def _agreement(text: str | None, other: str, field: Sentence, other_field: Sentence) -> _Result:
    """Compare two fields of a proposal; the phrases that both share are the evidence."""
    if not text or not text.strip():
        return _Result("missing", (), Sentence(f"ไม่ระบุ{field.thai}", f"States no {field.english}"))
    phrases, other_phrases = shared_phrases(subject_terms(text), subject_terms(other))
    if phrases:
        pairs = [f"{a} / {b}" for a, b in zip(phrases, other_phrases, strict=False)]
        return _Result(
            "shown",
            pairs or phrases,
            Sentence(
                f"{field.thai}กล่าวถึงเรื่องเดียวกับ{other_field.thai}",
                f"The {field.english} speaks of the same as the {other_field.english}",
            ),
        )
    return _Result(
        "person",
        [text],
        Sentence(
            f"ไม่พบถ้อยคำที่โยง{field.thai}กับ{other_field.thai}",
            f"No words link the {field.english} and the {other_field.english}",
        ),
    )


def _level(answer: Alignment, level: str, name: Sentence) -> _Result:
    links = [link for link in answer.chain if link.level == level]
    if not links:
        return _Result(
            "person",
            (),
            Sentence(
                f"ไม่พบข้อที่โครงการตอบใน{name.thai}จากข้อความ",
                f"The text shows nothing that it serves in {name.english}",
            ),
        )
    evidence = [_named(link) for link in links]
    if any(_is_sure(link, answer.chain) for link in links):
        return _Result(
            "shown", evidence, Sentence(f"ข้อความตอบ{name.thai}", f"The text serves {name.english}")
        )
    if all(link.origin == "declared" for link in links):
        return _Result(
            "person",
            evidence,
            Sentence(
                f"ระบุไว้ แต่เนื้องานไม่บอกชัดว่าตอบ{name.thai}",
                f"Declared, but the work doesn't clearly serve {name.english}",
            ),
        )
    return _Result(
        "person",
        evidence,
        Sentence(f"เกี่ยวข้องกับ{name.thai}เพียงบางส่วน", f"Touches {name.english} in part"),
    )


def _is_sure(link: ChainLink, chain: Sequence[ChainLink]) -> bool:
    """Return whether the text serves a node; a published link is as sure as what it starts from."""
    if link.origin == "published":
        return any(below.level == "master_plans" and _is_sure(below, ()) for below in chain)
    return link.origin == "inferred" and link.score >= NODE_ALIGNED


def _named(link: ChainLink) -> str:
    origins = {"declared": "ระบุไว้", "published": "ตามกรอบที่ประกาศ"}
    inferred = f"อนุมาน ร้อยละ {min(99, round(link.score * 100))}"
    return f"{link.text} ({origins.get(link.origin, inferred)})"


def _words(proposal: Proposal, words: re.Pattern[str], name: Sentence) -> _Result:
    text = " ".join(
        filter(
            None,
            (
                proposal.title,
                proposal.objective,
                proposal.target,
                proposal.expected_result,
                proposal.indicator,
            ),
        )
    )
    matches = list(dict.fromkeys(words.findall(text)))
    if matches:
        return _Result(
            "shown",
            matches,
            Sentence(f"ข้อความกล่าวถึง{name.thai}", f"The text speaks of {name.english}"),
        )
    return _Result(
        "person", (), Sentence(f"ไม่พบถ้อยคำที่บอก{name.thai}", f"No words speak of {name.english}")
    )


def _quantities(proposal: Proposal) -> list[str]:
    text = " ".join(filter(None, (proposal.target, proposal.title)))
    return list(dict.fromkeys(match[0].strip() for match in _QUANTITY.finditer(text)))


def _money(proposal: Proposal) -> list[str]:
    if proposal.budget:
        return [f"พ.ศ. {year}: {amount:,} บาท" for year, amount in sorted(proposal.budget.items())]
    return [f"{proposal.money:,} บาท"] if proposal.money is not None else []


_CRITERIA: tuple[tuple[str, str, str, Callable[[Alignment], _Result]], ...] = (
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
