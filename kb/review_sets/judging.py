"""The evidence of a review set: verdicts of alignment and what is like each proposal.

What was judged is stored batch by batch, so that work which is interrupted goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.errors import UsageError
from ingest.records import Organisation
from kb.alignment import aligner_of
from kb.alignment.judging import judge
from kb.duplicates import duplicates_of
from kb.knowledge_base import KnowledgeBase
from kb.loading.proposals import Proposal
from kb.model.bundled import Progress, silent
from kb.reference.frameworks import frameworks
from kb.review_sets.records import proposal_of
from kb.review_sets.sets import ReviewSets

_BATCH = 128


def judge_set(
    kb: KnowledgeBase,
    review_set: str,
    read: Callable[[], Sequence[Proposal]],
    *,
    organisation: Organisation | None = None,
    progress: Progress = silent,
) -> None:
    """Read the proposals of a set and judge each; what is done already is not done anew.

    `read` reads the workbook. `organisation` is whose proposals they are where they don't say.
    Progress counts each proposal twice: its alignment, and its duplicates.
    """
    sets = ReviewSets(kb.store)
    stated = sets.get(review_set)
    if not stated.total:
        proposals = read()
        if not proposals:
            raise UsageError("proposal-empty")
        sets.fill(review_set, [_owned(one, organisation) for one in proposals])
    _align(kb, sets, review_set, stated.against, progress)
    _compare(kb, sets, review_set, progress)
    sets.turn(review_set, "judged")


def _owned(proposal: Proposal, organisation: Organisation | None) -> Proposal:
    if proposal.organisation is not None or organisation is None:
        return proposal
    return replace(proposal, organisation=organisation)


def _align(
    kb: KnowledgeBase, sets: ReviewSets, review_set: str, against: Sequence[str], progress: Progress
) -> None:
    rows = list(sets.unjudged(review_set, "alignment"))
    total = sets.get(review_set).total
    names = list(against) or [framework.name for framework in frameworks()]
    done = total - len(rows)
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        progress("align", done + start, 2 * total)
        answers = judge(kb, aligner_of(kb), [proposal_of(row.proposal) for row in batch], names)
        judged = {
            row.number: {
                name: value for name, value in answer.to_dict().items() if name != "proposal"
            }
            for row, answer in zip(batch, answers, strict=True)
        }
        sets.save_alignment(review_set, judged)
    progress("align", total, 2 * total)


def _compare(kb: KnowledgeBase, sets: ReviewSets, review_set: str, progress: Progress) -> None:
    """Compare every proposal with what is stored and with the others of its workbook."""
    if not any(True for _ in sets.unjudged(review_set, "duplicates")):
        return
    rows = sets.rows(review_set)
    total = len(rows)
    results = duplicates_of(kb).find(
        [proposal_of(row.proposal) for row in rows],
        progress=lambda stage, done, count: progress(
            stage, total + (done if stage == "compare" and count == total else 0), 2 * total
        ),
    )
    judged = {}
    for row, result in zip(rows, results, strict=True):
        record = result.to_dict()
        judged[row.number] = {
            name: record[name] for name in ("parts", "matches", "models", "notes")
        }
    sets.save_duplicates(review_set, judged)
