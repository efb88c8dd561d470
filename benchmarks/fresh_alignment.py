"""Take the figures of graded plans: what the program says of proposals nobody trained on.

    python -m benchmarks.fresh_alignment FILE ... [--look] [--errors]

A store is built from each plan, and every proposal is judged over that plan's statements as
`phaen align --against BODY` judges it. The figures are printed and added to
`benchmarks/results/fresh_alignment.md`, under the commit of the program. The first row of a file
is its first reading; whatever is read after something was learnt from the file proves nothing.
`--look` records nothing; `--errors` prints every wrong verdict.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.fresh_record import commit
from benchmarks.graded_plans import GradedPlan, GradedProposal, read_plans
from benchmarks.texts import RESULTS
from kb import KnowledgeBase
from kb.alignment import aligner_of
from kb.alignment.judging import judge
from kb.alignment.targets import SERVED_KINDS
from kb.alignment.verdicts import Alignment
from kb.evaluation.measures import auroc, calibration_error, share
from kb.model.encoder import Encoder
from kb.model.sentence_encoder import load_encoder

ROOT = Path(__file__).resolve().parents[1]
RECORD = RESULTS / "fresh_alignment.md"
SAID = {"aligned": "served", "weak": "touched", "not_aligned": "none", "cannot_tell": "none"}
"""What grade a verdict says; who cannot tell says of no statement that it is served."""

SURE = 0.985
"""What is said as 99 % or more."""

COLUMNS = (
    "file | taken | commit | hash | proposals | verdict right | pairs right | first served "
    "| first best | none called aligned | not served called aligned | AUROC | ECE, pairs "
    "| ECE, first | said 99 % | of these right | accused wrongly | wrong found | cannot tell"
)
HEAD = f"""\
# Alignment on plans that the program had not seen

`python -m benchmarks.fresh_alignment FILE`: plans with proposals, graded by their writers
(`corpora/training/plans`). The first row of a file is its first reading; rows after something
was learnt from the file prove nothing.

*verdict right*: served, touched only, serves nothing, over proposals (`cannot_tell` counts as
nothing). *pairs right*: the same over proposals and statements; a vision is no statement that a
project serves. *first served*, *first best*: of the proposals that serve something, the statement
named first is one served, and is the one the writer names first. *none called aligned*: of
the proposals that serve nothing. *not served called aligned*: of the pairs. *AUROC*, *ECE*: of the
per cents of pairs, and of the first statement shown, against whether it is served. *accused
wrongly*, *wrong found*: declared strategies said not to fit, of those rightly and wrongly declared.

| {COLUMNS} |
{"|---" * (COLUMNS.count("|") + 1)}|
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A graded proposal, the program's answer, and the writers' numbers of its statements."""

    plan: GradedPlan
    graded: GradedProposal
    answer: Alignment
    pairs: tuple[tuple[str, float, str], ...]
    """Number, score and verdict of every statement that may be served, best first."""

    @property
    def first(self) -> str | None:
        """The number of the statement that the answer names first."""
        return self.pairs[0][0] if self.answer.best else None

    @property
    def is_right(self) -> bool:
        """Whether the verdict says the writer's grade."""
        return SAID[self.answer.verdict] == self.graded.grade


def judged_plans(plans: Sequence[GradedPlan], encoder: Encoder) -> Iterator[Judged]:
    """Judge all proposals, each in a store that holds its own plan alone."""
    for plan in plans:
        with (
            tempfile.TemporaryDirectory() as folder,
            KnowledgeBase(Path(folder) / "kb.db", create=True, encoder=encoder) as kb,
        ):
            kb.add(plan.document)
            asked = [graded.proposal for graded in plan.proposals]
            answers = judge(kb, aligner_of(kb), asked, [_body(plan)], limit=100)
            for graded, answer in zip(plan.proposals, answers, strict=True):
                yield Judged(plan, graded, answer, _pairs(plan, answer))


def figures(judged: Sequence[Judged]) -> list[str]:
    """Return the cells of a row of the record."""
    pairs = [
        (score, SAID[verdict], one.graded.grade_of(number))
        for one in judged
        for number, score, verdict in one.pairs
    ]
    serving = [one for one in judged if one.graded.serves]
    idle = [one for one in judged if not one.graded.serves]
    firsts = [
        (score, number in one.graded.serves)
        for one in judged
        if one.answer.best
        for number, score, _ in one.pairs[:1]
    ]
    sure = [right for score, right in firsts if score >= SURE]
    sound = [one.answer.declared_fits is False for one in judged if one.graded.declared_right]
    wrong = [
        one.answer.declared_fits is False for one in judged if one.graded.declared_right is False
    ]
    scores, served = [pair[0] for pair in pairs], [pair[2] == "served" for pair in pairs]
    right_scores = [score for score, is_served in zip(scores, served, strict=True) if is_served]
    wrong_scores = [score for score, is_served in zip(scores, served, strict=True) if not is_served]
    return [
        str(len(judged)),
        _cell(share([one.is_right for one in judged])),
        _cell(share([said == grade for _, said, grade in pairs])),
        _cell(share([one.first in one.graded.serves for one in serving])),
        _cell(share([one.first == one.graded.best for one in serving])),
        _percent(share([one.answer.verdict == "aligned" for one in idle])),
        _percent(share([said == "served" for _, said, grade in pairs if grade != "served"])),
        _cell(auroc(right_scores, wrong_scores)),
        _cell(calibration_error(scores, served)),
        _cell(calibration_error([score for score, _ in firsts], [right for _, right in firsts])),
        str(len(sure)),
        _cell(share(sure)),
        _percent(share(sound)),
        _percent(share(wrong)),
        _percent(share([one.answer.verdict == "cannot_tell" for one in judged])),
    ]


def record(path: Path, cells: Sequence[str]) -> None:
    """Add a row to the record; rows that stand are never changed."""
    text = path.read_text("utf-8") if path.is_file() else HEAD
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(f"{text}| {' | '.join(cells)} |\n", "utf-8")
    fresh.replace(path)


def _body(plan: GradedPlan) -> str:
    organisation = plan.document.organisation
    return organisation.name if organisation else ""


def _pairs(plan: GradedPlan, answer: Alignment) -> tuple[tuple[str, float, str], ...]:
    """Return every statement that may be served; those the answer does not name score nothing."""
    matches = [
        (plan.numbers[match.target.id], match.score, match.to_dict()["verdict"])
        for match in answer.best
        if match.target.id in plan.numbers
    ]
    named = {number for number, _, _ in matches}
    usable = [one for one in plan.document.statements if one.kind in SERVED_KINDS]
    rest = [(plan.numbers[one.id], 0.0, "not_aligned") for one in usable]
    return (*matches, *(pair for pair in rest if pair[0] not in named))


def _errors(judged: Sequence[Judged]) -> Iterator[str]:
    for one in judged:
        accused = one.graded.declared_right and one.answer.declared_fits is False
        if one.is_right and not accused:
            continue
        texts = {
            plan_id: said.text for said in one.plan.document.statements for plan_id in [said.id]
        }
        first = one.answer.best[0] if one.answer.best else None
        right = [text for key, text in texts.items() if one.plan.numbers[key] == one.graded.best]
        shown = f"{first.score:.2f} {first.target.text}" if first else "-"
        yield (
            f"{one.plan.name} {one.graded.grade} said {one.answer.verdict}"
            f"{' ACCUSED' if accused else ''} | {one.graded.proposal.title} "
            f"| {one.graded.proposal.objective} | best {right} | said {shown} | {one.graded.trap}"
        )


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def main() -> None:
    """Print the figures of some files, and record them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--look", action="store_true")
    parser.add_argument("--errors", action="store_true")
    asked = parser.parse_args()
    head = "uncommitted" if asked.look else commit(ROOT)
    encoder = load_encoder()
    encoder.warm_up()
    print(f"| {COLUMNS} |")
    for path in asked.files:
        judged = list(judged_plans(read_plans(path), encoder))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        cells = [path.stem, date.today().isoformat(), head, digest, *figures(judged)]
        print(f"| {' | '.join(cells)} |", flush=True)
        if asked.errors:
            print("\n".join(_errors(judged)))
        if not asked.look:
            record(RECORD, cells)


if __name__ == "__main__":
    main()
