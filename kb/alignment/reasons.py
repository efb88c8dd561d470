"""Why: the phrases that two texts share in meaning, and the verdict in one Thai sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from kb.alignment.subject_terms import SubjectTerms
from kb.alignment.verdicts import TargetMatch, Verdict
from kb.reference.concepts import lexicon, squeeze_term

_MOST = 4


@cache
def theme_names() -> dict[str, str]:
    """Return the themes' Thai names by their keys."""
    text = (files("kb.alignment") / "themes.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in text.splitlines()[1:])


def shared_phrases(
    one: SubjectTerms, other: SubjectTerms
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the phrases of each text that stand for what both speak of."""
    concepts, shared = one.concepts & other.concepts, sorted(one.words & other.words)
    return _surface(one, concepts, shared), _surface(other, concepts, shared)


def _surface(
    text: SubjectTerms, concepts: frozenset[str], shared: Sequence[str]
) -> tuple[str, ...]:
    squeezed = squeeze_term(text.text)
    terms = lexicon().terms
    named = [
        term for term in _pieces(squeezed) if term in terms and concepts.intersection(terms[term])
    ]
    found = [*named, *shared]
    longest = [a for a in dict.fromkeys(found) if not any(a != b and a in b for b in found)]
    return tuple(sorted(longest, key=lambda term: squeezed.find(term))[:_MOST])


def _pieces(text: str) -> list[str]:
    """List every run of letters that the lexicon may know, from each place on."""
    known = lexicon().lengths
    return [
        text[at : at + length]
        for at in range(len(text))
        for length in known.get(text[at : at + 3], ())
    ]


def verdict_sentence(verdict: Verdict, best: TargetMatch | None, note: str | None = None) -> str:
    """Say the verdict in one Thai sentence made from the facts."""
    if verdict == "cannot_tell" or best is None:
        return _UNTOLD.get(note or "", _UNTOLD["subject-unknown"])
    told = f" ({', '.join(best.proposal_phrases)})" if best.proposal_phrases else ""
    theirs = f" ซึ่งกล่าวถึง {', '.join(best.target_phrases)}" if best.target_phrases else ""
    percent = min(99, round(best.score * 100))
    named = f"“{best.target.text}”"
    if verdict == "aligned":
        return f"งานด้าน{best.theme}{told} ตอบ {named}{theirs} ความมั่นใจร้อยละ {percent}"
    if verdict == "weak":
        return f"งานด้าน{best.theme}{told} เกี่ยวข้องกับ {named}{theirs} เพียงบางส่วน ร้อยละ {percent}"
    return f"งานด้าน{best.theme} ไม่ตรงกับข้อใดที่นำมาเทียบ ข้อที่ใกล้ที่สุดคือ {named} ซึ่งว่าด้วย{best.other_theme}"


_UNTOLD = {
    "subject-unknown": "ข้อความบอกเพียงสถานที่หรือคำกริยา จึงบอกไม่ได้ว่าโครงการทำเรื่องใด",
    "not-thai": "ข้อความไม่ใช่ภาษาไทย จึงเทียบกับแผนไม่ได้อย่างน่าเชื่อถือ",
}
