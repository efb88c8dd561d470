"""A plan's issues as projects meet them: their names, what the names cover, what is below.

A pillar of a plan names many things at once (การศึกษา กีฬา ศาสนา และวัฒนธรรม), and some of its
words cover more than they say: the quality of life of a local plan is careers, welfare,
sports, schools and health, as the duties handed to local bodies are grouped. So a project is
compared with the name, its parts, what its words cover, and the goals and strategies below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from kb.alignment.aligner import BATCH_SIZE, Aligner
from kb.alignment.subject_terms import subject_terms
from kb.alignment.verdicts import Target
from kb.arrays import Matrix
from kb.model.bundled import Progress, silent
from kb.reference.tables import table_rows
from kb.store.records import StoredProject, StoredStatement

_OPENING = re.compile("^(?:ด้าน)?(?:การ)?(?:พัฒนา|ส่งเสริม|บริหาร)?(?:ด้าน)?")
_BETWEEN = re.compile(r"\s+|และ|,")
_LEAST_LETTERS = 6
"""Letters of the shortest part that still names a subject."""

_KINDS_BELOW = ("strategy", "goal")
_DEEPEST = 5
"""Levels of a plan that are climbed from a statement upwards."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue by its name, and further texts that say what it is about."""

    text: str
    related: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts that a project is compared with."""
        return (self.text, *self.related)


def issues_of(texts: Sequence[str], statements: Mapping[str, StoredStatement]) -> list[Issue]:
    """Return the issues of these names, with what is nested below them in a plan's `statements`.

    `statements` are by id.
    """
    below: dict[str, list[str]] = {text: [] for text in texts}
    for statement in statements.values():
        if statement.kind not in _KINDS_BELOW:
            continue
        for ancestor in _ancestors(statement, statements):
            if ancestor in below and ancestor != statement.text:
                below[ancestor].append(statement.text)
    return [
        Issue(text, tuple(dict.fromkeys([*covered_subjects(text), *below[text]]))) for text in texts
    ]


def covered_subjects(text: str) -> tuple[str, ...]:
    """Return the parts of a name that lists several things, and what its wide words cover."""
    pieces = (piece.strip() for piece in _BETWEEN.split(_OPENING.sub("", text, count=1)))
    parts = [piece for piece in pieces if len(piece) >= _LEAST_LETTERS]
    covered = [
        subject
        for duty in _local_duties()
        if any(word in text for word in duty.wordings)
        for subject in duty.covers
    ]
    return (*(parts if len(parts) > 1 else ()), *covered)


def issue_scores(
    aligner: Aligner,
    projects: Sequence[StoredProject],
    issues: Sequence[Issue],
    progress: Progress = silent,
) -> Matrix:
    """Return how surely each project serves each issue, shape (projects, issues), in [0, 1].

    The best of an issue's texts counts, and the better of a project's title and its whole row.
    """
    texts = list(dict.fromkeys(text for issue in issues for text in issue.texts))
    targets = [Target(text, text, subject_terms(text)) for text in texts]
    columns = [[texts.index(text) for text in issue.texts] for issue in issues]
    issue_matrix = np.zeros((len(projects), len(issues)))
    for start in range(0, len(projects), BATCH_SIZE):
        batch = projects[start : start + BATCH_SIZE]
        scores = np.maximum(
            aligner.scores([whole_text(project) for project in batch], targets),
            aligner.scores([project.record.title for project in batch], targets),
        )
        for number, own_columns in enumerate(columns):
            best = scores[:, own_columns].max(axis=1)
            issue_matrix[start : start + len(batch), number] = best
        progress("align", start + len(batch), len(projects))
    return issue_matrix


def whole_text(project: StoredProject) -> str:
    """Return what a project's row says of its work."""
    record = project.record
    fields = (record.title, record.objective, record.target, record.expected_result)
    return " ".join(field for field in fields if field)


def _ancestors(statement: StoredStatement, statements: Mapping[str, StoredStatement]) -> list[str]:
    """Return the texts of the statements above one, nearest first."""
    texts: list[str] = []
    for _ in range(_DEEPEST):
        parent = statements.get(statement.record.parent or "")
        if parent is None:
            break
        texts.append(parent.text)
        statement = parent
    return texts


@dataclass(frozen=True, slots=True)
class _LocalDuty:
    """A field of duties: wordings of it in plans, and the subjects that it covers."""

    wordings: tuple[str, ...]
    covers: tuple[str, ...]


@cache
def _local_duties() -> tuple[_LocalDuty, ...]:
    """Return the fields of the plan for handing duties to local bodies (B.E. 2543)."""
    return tuple(
        _LocalDuty(tuple(row["said_as"].split(";")), tuple(row["covers"].split(";")))
        for row in table_rows("frameworks/local_duties.tsv")
    )
