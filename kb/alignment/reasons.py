"""Reasons: the phrases that two texts share in meaning, and the verdict in one Thai sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from kb.alignment.planning_subjects import shared_subject_terms
from kb.alignment.subject_terms import SubjectTerms
from kb.alignment.verdicts import AlignmentVerdict, TargetMatch
from kb.reference.concepts import lexicon, squeeze_term

_MOST_PHRASES = 4
"""Phrases named of each text."""


@cache
def theme_names() -> dict[str, str]:
    """Return the Thai names of the themes by their keys (`themes.tsv`)."""
    text = (files("kb.alignment") / "themes.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in text.splitlines()[1:])


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
    verdict: AlignmentVerdict, best: TargetMatch | None, note: str | None = None, score: float = 0.0
) -> str:
    """Return one Thai sentence for a verdict: the words of both sides, or that there are none.

    `score` is how surely anything is served; it is said as at most 99 %.
    """
    if verdict == "cannot_tell" or best is None:
        return _UNDECIDABLE.get(note or "", _UNDECIDABLE["subject-unknown"])
    quoted, percent = f"“{best.target.text}”", min(99, round(score * 100))
    ours, theirs = _listed(best.proposal_phrases), _listed(best.target_phrases)
    words = f"ข้อเสนอกล่าวถึง {ours} แผนกล่าวถึง {theirs}" if ours and theirs else ""
    if verdict == "aligned":
        because = words or "เนื้องานมีความหมายใกล้เคียง แม้ไม่มีถ้อยคำตรงกัน"
        return f"ตอบ {quoted}: {because} ความมั่นใจร้อยละ {percent}"
    if verdict == "weak":
        because = words or "ไม่มีถ้อยคำตรงกัน"
        return f"เกี่ยวข้องกับ {quoted} แต่ยังไม่ชัดว่าตอบโดยตรง: {because} (ร้อยละ {percent})"
    nearest = f"ข้อที่ใกล้ที่สุดคือ {quoted}"
    if words:
        return f"ไม่ตอบข้อใดที่นำมาเทียบ {nearest} มีถ้อยคำร่วมกัน ({ours}) แต่เนื้องานมุ่งเรื่องอื่น"
    return f"ไม่ตอบข้อใดที่นำมาเทียบ {nearest} ซึ่งไม่มีถ้อยคำใดตรงกับข้อเสนอ"


def _listed(phrases: Sequence[str]) -> str:
    return ", ".join(f"“{phrase}”" for phrase in phrases)


_UNDECIDABLE = {
    "subject-unknown": "ข้อความไม่บอกว่าโครงการทำเรื่องใด (มีเพียงสถานที่ คำกริยา หรือนโยบาย) จึงยังบอกไม่ได้",
    "not-thai": "ข้อความไม่ใช่ภาษาไทย จึงเทียบกับแผนไม่ได้อย่างน่าเชื่อถือ",
}
