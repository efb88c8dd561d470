"""What would change a verdict: known by asking the judgement once more, with other words.

A proposal that serves nothing clearly is judged again with the nearest statement as its objective,
one that serves something without the objective it has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.alignment.nature import Nature
from kb.alignment.scorer import Scorer, Scores
from kb.alignment.statement_parts import bare_text
from kb.alignment.verdicts import ALIGNED, Sentence, Target
from kb.loading.proposals import Proposal
from kb.reference.frameworks import Node


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal with the verdict's row in `Scores`, the statement named first, and its nature."""

    row: int
    proposal: Proposal
    first: Target
    nature: Nature | None


def changes(
    scorer: Scorer, asked: Sequence[Asked], targets: Sequence[Target], scores: Scores
) -> dict[int, Sentence]:
    """Return, by row, what would change the verdict, where that is known."""
    others = [(one, other) for one in asked for other in _other(one, scores)]
    if not others:
        return {}
    judged = scorer.scores(scorer.read([other for _, other in others]), targets)
    places = {target.id: column for column, target in enumerate(targets)}
    found: dict[int, Sentence] = {}
    for row, (one, _) in enumerate(others):
        column = places[one.first.id]
        if not scores.aligned[one.row]:
            if judged.aligned[row] and judged.serves[row, column] >= ALIGNED:
                found[one.row] = _filled(_OBJECTIVE_SAYS, bare_text(one.first.text))
        elif not judged.aligned[row]:
            found[one.row] = _TITLE_ALONE
    return found


def _other(one: Asked, scores: Scores) -> Iterator[Proposal]:
    """Yield the proposal as it would be, none where nothing it could say would help."""
    if isinstance(one.first.source, Node):
        return
    if scores.aligned[one.row]:
        if one.proposal.objective and one.proposal.objective.strip():
            yield replace(one.proposal, objective=None)
    elif one.nature is None:
        yield replace(one.proposal, objective=f"เพื่อ{bare_text(one.first.text)}")


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
