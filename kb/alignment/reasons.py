"""Reasons: the phrases that two texts share in meaning, and the verdict in one Thai sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

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
    """Return the phrases of each text that name what both speak of, in their order."""
    concepts, words = one.concepts & other.concepts, sorted(one.words & other.words)
    return _surface(one, concepts, words), _surface(other, concepts, words)


def _surface(
    text: SubjectTerms, concepts: frozenset[str], shared: Sequence[str]
) -> tuple[str, ...]:
    squeezed = squeeze_term(text.text)
    terms = lexicon().terms
    concept_terms = [
        term for term in _pieces(squeezed) if term in terms and concepts.intersection(terms[term])
    ]
    phrases = [*concept_terms, *shared]
    longest = [a for a in dict.fromkeys(phrases) if not any(a != b and a in b for b in phrases)]
    return tuple(sorted(longest, key=lambda term: squeezed.find(term))[:_MOST_PHRASES])


def _pieces(text: str) -> list[str]:
    """Return every run of letters that may be a term of the lexicon."""
    lengths = lexicon().lengths
    return [
        text[start : start + length]
        for start in range(len(text))
        for length in lengths.get(text[start : start + 3], ())
    ]


def verdict_sentence(
    verdict: AlignmentVerdict, best: TargetMatch | None, note: str | None = None
) -> str:
    """Return one Thai sentence for a verdict, made from the best match or the note's code."""
    if verdict == "cannot_tell" or best is None:
        return _UNDECIDABLE.get(note or "", _UNDECIDABLE["subject-unknown"])
    own = f" ({', '.join(best.proposal_phrases)})" if best.proposal_phrases else ""
    theirs = f" ซึ่งกล่าวถึง {', '.join(best.target_phrases)}" if best.target_phrases else ""
    percent = min(99, round(best.score * 100))
    quoted = f"“{best.target.text}”"
    work = f"งานด้าน{best.theme}{own}"
    if verdict == "aligned":
        return f"{work} ตอบ {quoted}{theirs} ความมั่นใจร้อยละ {percent}"
    if verdict == "weak":
        return f"{work} เกี่ยวข้องกับ {quoted}{theirs} เพียงบางส่วน ร้อยละ {percent}"
    return (
        f"งานด้าน{best.theme} ไม่ตรงกับข้อใดที่นำมาเทียบ ข้อที่ใกล้ที่สุดคือ {quoted} ซึ่งว่าด้วย{best.target_theme}"
    )


_UNDECIDABLE = {
    "subject-unknown": "ข้อความบอกเพียงสถานที่หรือคำกริยา จึงบอกไม่ได้ว่าโครงการทำเรื่องใด",
    "not-thai": "ข้อความไม่ใช่ภาษาไทย จึงเทียบกับแผนไม่ได้อย่างน่าเชื่อถือ",
}
