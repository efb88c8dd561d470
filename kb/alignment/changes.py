"""What would change a verdict: known by asking the judgement once more, with other words.

A proposal that only touches a plan is judged again with an objective: what the nearest statement
says, or of the things it lists the one that the proposal speaks of. One that serves something is
judged without the objective it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.alignment.evidence import ProposalEvidence
from kb.alignment.reasons import shared_phrases
from kb.alignment.scorer import Scorer, Scores
from kb.alignment.statement_parts import bare_text, listed_parts
from kb.alignment.subject_terms import subject_terms
from kb.alignment.verdicts import ALIGNED, Sentence, Target
from kb.loading.proposals import Proposal
from kb.reference.frameworks import Node

_LEAST_THING = 8
"""Letters of the shortest thing that says by itself what something is for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal with the verdict's row in `Scores`, and the statement named first."""

    row: int
    proposal: Proposal
    first: Target


def changes(
    scorer: Scorer,
    asked: Sequence[Asked],
    evidence: ProposalEvidence,
    targets: Sequence[Target],
    scores: Scores,
) -> dict[int, Sentence]:
    """Return, by row, what would change the verdict, where that is known."""
    others = [(one, *other) for one in asked for other in _other(scorer, one, evidence, scores)]
    if not others:
        return {}
    judged = scorer.scores(scorer.read([other for _, other, _ in others]), targets)
    places = {target.id: column for column, target in enumerate(targets)}
    found: dict[int, Sentence] = {}
    for row, (one, _, aim) in enumerate(others):
        column = places[one.first.id]
        if not scores.aligned[one.row]:
            if judged.aligned[row] and judged.serves[row, column] >= ALIGNED:
                found[one.row] = _filled(_OBJECTIVE_SAYS, aim)
        elif not judged.aligned[row]:
            found[one.row] = _TITLE_ALONE
    return found


def _other(
    scorer: Scorer, one: Asked, evidence: ProposalEvidence, scores: Scores
) -> Iterator[tuple[Proposal, str]]:
    """Yield the proposal as it would be and what it would be for; none where nothing is known.

    A statement with which it shares no words is no advice: another objective would make it
    another project.
    """
    if isinstance(one.first.source, Node):
        return
    if scores.aligned[one.row]:
        if one.proposal.objective and one.proposal.objective.strip():
            yield replace(one.proposal, objective=None), ""
    elif scores.weak[one.row] and all(
        shared_phrases(evidence.whole_terms[one.row], one.first.terms)
    ):
        aim = _nearest_thing(scorer, one, evidence)
        yield replace(one.proposal, objective=f"เพื่อ{aim}"), aim


def _nearest_thing(scorer: Scorer, one: Asked, evidence: ProposalEvidence) -> str:
    """Return the nearest thing a statement lists that a proposal speaks of, else the statement."""
    terms = evidence.whole_terms[one.row]
    things = [
        thing
        for thing in listed_parts(one.first.text)
        if len(thing) >= _LEAST_THING and all(shared_phrases(terms, subject_terms(thing)))
    ] or [bare_text(one.first.text)]
    nearness = scorer.reader.centred_passages(things) @ evidence.whole[one.row]
    return things[int(nearness.argmax())]


def _filled(wording: Sentence, text: str) -> Sentence:
    return Sentence(wording.thai.format(text=text), wording.english.format(text=text))


_OBJECTIVE_SAYS = Sentence(
    "หากวัตถุประสงค์ระบุชัดว่าเพื่อ “{text}” และเนื้องานเป็นเช่นนั้นจริง จะถือว่าตอบข้อนี้",
    "If the objective said it is for “{text}”, and the work were so, it would serve this",
)
_TITLE_ALONE = Sentence(
    "ผลนี้อาศัยวัตถุประสงค์ที่เขียนไว้ หากดูจากชื่อโครงการอย่างเดียวยังไม่ชัดว่าตอบ",
    "This rests on the objective: by the title alone it would not clearly serve anything",
)
