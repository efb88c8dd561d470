"""Reasons: the phrases that two texts share in meaning, and the verdict in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from kb.alignment.nature import Nature, NatureCode
from kb.alignment.planning_subjects import shared_subject_terms
from kb.alignment.subject_terms import SubjectTerms
from kb.alignment.verdicts import AlignmentVerdict, Sentence, TargetMatch
from kb.reference.concepts import lexicon, squeeze_term

_MOST_PHRASES = 4
"""Phrases named of each text."""


@cache
def theme_names() -> dict[str, Sentence]:
    """Return the names of the themes, Thai and English, by their keys (`themes.tsv`)."""
    text = (files("kb.alignment") / "themes.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {key: Sentence(thai, english) for key, thai, english in rows}


def shared_phrases(
    one: SubjectTerms, other: SubjectTerms
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the phrases of each text that name what both speak of, in their order.

    Where neither words nor concepts are shared, the works by which the subject of the other is
    served (ติดโคม, ไฟฟ้าสาธารณะ).
    """
    concepts, words = one.concepts & other.concepts, sorted(one.words & other.words)
    ours, theirs = _surface(one, concepts, words), _surface(other, concepts, words)
    if ours and theirs:
        return ours, theirs
    works, names = shared_subject_terms(one.text, other.text)
    return _in_order(works, one), _in_order(names, other)


def _in_order(terms: Sequence[str], text: SubjectTerms) -> tuple[str, ...]:
    """Return terms as they follow each other in a text, the longest of overlapping ones."""
    squeezed = squeeze_term(text.text)
    longest = [a for a in dict.fromkeys(terms) if not any(a != b and a in b for b in terms)]
    return tuple(sorted(longest, key=squeezed.find)[:_MOST_PHRASES])


def _surface(
    text: SubjectTerms, concepts: frozenset[str], shared: Sequence[str]
) -> tuple[str, ...]:
    squeezed = squeeze_term(text.text)
    terms = lexicon().terms
    concept_terms = [
        term for term in _pieces(squeezed) if term in terms and concepts.intersection(terms[term])
    ]
    return _in_order([*concept_terms, *shared], text)


def _pieces(text: str) -> list[str]:
    """Return every run of letters that may be a term of the lexicon."""
    lengths = lexicon().lengths
    return [
        text[start : start + length]
        for start in range(len(text))
        for length in lengths.get(text[start : start + 3], ())
    ]


def verdict_sentence(
    verdict: AlignmentVerdict,
    best: TargetMatch | None,
    note: str | None = None,
    score: float = 0.0,
    nature: Nature | None = None,
) -> Sentence:
    """Return one sentence for a verdict: the words of both sides, or that there are none.

    `score` is how surely anything is served; it is said as at most 99 %. `nature` is what keeps
    the proposal from serving anything; it is said where it serves nothing.
    """
    if verdict == "cannot_tell" or best is None:
        return _UNDECIDABLE.get(note or "", _UNDECIDABLE["subject-unknown"])
    ours, theirs = _listed(best.proposal_phrases), _listed(best.target_phrases)
    if verdict == "not_aligned" and nature is not None:
        wording = _NATURES[nature.code]
    else:
        wording = _WORDINGS[verdict, bool(ours and theirs)]
    parts = {
        "quoted": f"“{best.target.text}”",
        "percent": min(99, round(score * 100)),
        "ours": ours,
        "theirs": theirs,
        "word": nature.word if nature else "",
    }
    return Sentence(wording.thai.format(**parts), wording.english.format(**parts))


def with_change(reason: Sentence, change: Sentence | None) -> Sentence:
    """Return a reason with what would change the verdict, where that is known."""
    if change is None:
        return reason
    return Sentence(f"{reason.thai} · {change.thai}", f"{reason.english}. {change.english}")


def _listed(phrases: Sequence[str]) -> str:
    return ", ".join(f"“{phrase}”" for phrase in phrases)


_WORDINGS = {
    ("aligned", True): Sentence(
        "ตอบ {quoted}: ข้อเสนอกล่าวถึง {ours} แผนกล่าวถึง {theirs} ความมั่นใจร้อยละ {percent}",
        "Serves {quoted}: the proposal speaks of {ours}, the plan of {theirs}; {percent}% sure",
    ),
    ("aligned", False): Sentence(
        "ตอบ {quoted}: เนื้องานมีความหมายใกล้เคียง แม้ไม่พบถ้อยคำสำคัญที่ตรงกัน ความมั่นใจร้อยละ {percent}",
        "Serves {quoted}: near in meaning, though no key words are shared; {percent}% sure",
    ),
    ("weak", True): Sentence(
        "เกี่ยวข้องกับ {quoted} แต่ยังไม่ชัดว่าตอบโดยตรง: "
        "ข้อเสนอกล่าวถึง {ours} แผนกล่าวถึง {theirs} (โอกาสที่ตอบโดยตรงร้อยละ {percent})",
        "Touches {quoted}, but doesn't clearly serve it: the proposal speaks of {ours}, "
        "the plan of {theirs} ({percent}% likely to serve it)",
    ),
    ("weak", False): Sentence(
        "อาจเกี่ยวข้องกับ {quoted} ตามความหมาย แต่ไม่พบถ้อยคำสำคัญที่ตรงกัน "
        "ควรให้เจ้าหน้าที่พิจารณา (โอกาสที่ตอบโดยตรงร้อยละ {percent})",
        "May touch {quoted} by its meaning, but no key words are shared: "
        "a person should look ({percent}% likely to serve it)",
    ),
    ("not_aligned", True): Sentence(
        "ไม่ตอบข้อใดที่นำมาเทียบ ข้อที่ใกล้ที่สุดคือ {quoted}: "
        "ข้อเสนอกล่าวถึง {ours} แผนกล่าวถึง {theirs} แต่เนื้องานมุ่งเรื่องอื่น",
        "Serves none of what it was compared with. The nearest is {quoted}: the proposal speaks of "
        "{ours}, the plan of {theirs}, but the work is for something else",
    ),
    ("not_aligned", False): Sentence(
        "ไม่ตอบข้อใดที่นำมาเทียบ ข้อที่ใกล้ที่สุดคือ {quoted} ซึ่งไม่พบถ้อยคำสำคัญที่ตรงกับข้อเสนอ",
        "Serves none of what it was compared with. The nearest is {quoted}, "
        "which shares no key words with the proposal",
    ),
}
"""Sentences by verdict and whether words of both sides carry it."""

_NEAREST = Sentence(" ข้อที่ใกล้ที่สุดคือ {quoted}", ". The nearest is {quoted}")


def _of_nature(thai: str, english: str) -> Sentence:
    return Sentence(
        f"ไม่ตอบข้อใดที่นำมาเทียบ: คำว่า “{{word}}” บอกว่าเป็น{thai}{_NEAREST.thai}",
        f"Serves none of what it was compared with: “{{word}}” says that it is "
        f"{english}{_NEAREST.english}",
    )


_NATURES: dict[NatureCode, Sentence] = {
    "books": _of_nature(
        "รายการด้านการเงินหรือบัญชี มิใช่งานพัฒนา", "an entry of accounts, no work of development"
    ),
    "office": _of_nature(
        "ค่าใช้จ่ายของหน่วยงานหรือของผู้บริหารและเจ้าหน้าที่เอง มิใช่งานเพื่อประชาชน",
        "spent on the office and its people, not on the public",
    ),
    "nation": _of_nature(
        "งานของส่วนกลาง เกินหน้าที่ของหน่วยงานเจ้าของแผน",
        "the work of national bodies, beyond the duties of the plan's body",
    ),
    "province": _of_nature(
        "งานระดับจังหวัด เกินหน้าที่ของหน่วยงานเจ้าของแผน",
        "the work of the province, beyond the duties of the plan's body",
    ),
}
"""Sentences by what a proposal is."""

_UNDECIDABLE = {
    "subject-unknown": Sentence(
        "ข้อความไม่บอกว่าโครงการทำเรื่องใด (มีเพียงสถานที่ คำกริยา หรือนโยบาย) จึงยังบอกไม่ได้ "
        "หากระบุว่าทำสิ่งใด เพื่อใคร จะตัดสินได้",
        "The text doesn't say what the project does (only a place, a verb or a policy), "
        "so it can't be judged; it could be, if it said what is done, and for whom",
    ),
    "not-thai": Sentence(
        "ข้อความไม่ใช่ภาษาไทย จึงเทียบกับแผนไม่ได้อย่างน่าเชื่อถือ",
        "The text is not in Thai, so it can't be compared with a plan reliably",
    ),
}
