"""A plan's issues as projects meet them: their names, what the names cover, what is below.

A pillar of a plan names many things at once (การศึกษา กีฬา ศาสนา และวัฒนธรรม), and some of its
words cover more than they say: the quality of life of a local plan is careers, welfare,
sports, schools and health, as the duties handed to local bodies are grouped. So a project is
held against the name, its parts, what its words cover, and the goals and strategies below.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from kb.alignment.aligner import BATCH_SIZE, Aligner
from kb.alignment.subject_terms import Matrix, proposal_terms, subject_terms
from kb.alignment.verdicts import Target
from kb.model.bundled import Progress, silent
from kb.store.records import StoredProject, StoredStatement

_OPENING = re.compile("^(?:ด้าน)?(?:การ)?(?:พัฒนา|ส่งเสริม|บริหาร)?(?:ด้าน)?")
_BETWEEN = re.compile(r"\s+|และ|,")
_LEAST = 6
"""Letters of the shortest part that still names a subject."""

_BELOW = ("strategy", "goal")
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue by its name, and the further texts that tell what it is about."""

    text: str
    more: tuple[str, ...] = ()


def issues_of(texts: Sequence[str], statements: Mapping[str, StoredStatement]) -> list[Issue]:
    """Return the issues of these names; `statements` of the plan, by id, tell what is below."""
    below: dict[str, list[str]] = {text: [] for text in texts}
    for each in statements.values():
        if each.kind not in _BELOW:
            continue
        for above in _above(each, statements):
            if above in below and above != each.text:
                below[above].append(each.text)
    return [
        Issue(text, tuple(dict.fromkeys([*covered_subjects(text), *below[text]]))) for text in texts
    ]


def covered_subjects(text: str) -> tuple[str, ...]:
    """Return the parts of a name that lists several things, and what its wide words cover."""
    pieces = (piece.strip() for piece in _BETWEEN.split(_OPENING.sub("", text, count=1)))
    parts = [piece for piece in pieces if len(piece) >= _LEAST]
    wide = [each for words, covers in _duties() if any(w in text for w in words) for each in covers]
    return (*(parts if len(parts) > 1 else ()), *wide)


def issue_scores(
    aligner: Aligner,
    projects: Sequence[StoredProject],
    issues: Sequence[Issue],
    progress: Progress = silent,
) -> Matrix:
    """Return how surely each project serves each issue, shape (projects, issues).

    A project is read by its name, and by its whole row; what serves better counts.
    """
    texts = list(dict.fromkeys(text for each in issues for text in (each.text, *each.more)))
    targets = [Target(text, text, subject_terms(text)) for text in texts]
    columns = [[texts.index(text) for text in (each.text, *each.more)] for each in issues]
    found = np.zeros((len(projects), len(issues)))
    for start in range(0, len(projects), BATCH_SIZE):
        part = projects[start : start + BATCH_SIZE]
        scores = np.maximum(
            _scores(aligner, [whole_text(each) for each in part], targets),
            _scores(aligner, [each.record.title for each in part], targets),
        )
        for at, those in enumerate(columns):
            found[start : start + len(part), at] = scores[:, those].max(axis=1)
        progress("align", start + len(part), len(projects))
    return found


def whole_text(project: StoredProject) -> str:
    """Return what a project's row says of its work."""
    record = project.record
    parts = (record.title, record.objective, record.target, record.expected_result)
    return " ".join(part for part in parts if part)


def _scores(aligner: Aligner, texts: Sequence[str], targets: Sequence[Target]) -> Matrix:
    heard = [proposal_terms(text) for text in texts]
    return aligner.scorer.scores(aligner.scorer.encoder.encode(texts, "query"), heard, targets)


def _above(each: StoredStatement, statements: Mapping[str, StoredStatement]) -> list[str]:
    found = []
    for _ in range(_DEEPEST):
        parent = statements.get(each.record.parent or "")
        if parent is None:
            break
        found.append(parent.text)
        each = parent
    return found


@cache
def _duties() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return words that cover more than they say, and what (`corpora/frameworks`)."""
    text = (files("corpora") / "frameworks" / "local_duties.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        (tuple(row["said_as"].split(";")), tuple(row["covers"].split(";"))) for row in rows
    )
