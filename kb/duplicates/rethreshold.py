"""Saved answers in JSON under other thresholds, without comparing anything again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ingest.errors import UsageError
from kb.duplicates.match import SHOWN_RELATIONS, Thresholds
from kb.duplicates.relation import RELATIONS, Relation


def read_answers(path: Path) -> Iterator[dict[str, Any]]:
    """Yield answers that were saved one a line. Raises UsageError `answers-damaged`."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise UsageError("answers-damaged", reason=type(error).__name__) from error
    for line in lines:
        if not line.strip():
            continue
        try:
            answer = json.loads(line)
        except ValueError as error:
            raise UsageError("answers-damaged", reason=str(error)) from error
        yield answer


def rethreshold_answer(answer: Mapping[str, Any], thresholds: Thresholds) -> dict[str, Any]:
    """Return a proposal's answer (`DuplicateResult.to_dict`) under other thresholds.

    Raises UsageError `answers-damaged` where it is no such answer.
    """
    try:
        matches = [_renamed(match, thresholds) for match in answer["matches"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError("answers-damaged", reason=str(error)) from error
    shown = [match for match in matches if match["relation"] in SHOWN_RELATIONS]
    shown.sort(key=lambda match: (SHOWN_RELATIONS.index(match["relation"]), -match["score"]))
    return {**answer, "matches": shown}


def _renamed(match: Mapping[str, Any], thresholds: Thresholds) -> dict[str, Any]:
    chances: dict[Relation, float] = {name: float(match["chances"][name]) for name in RELATIONS}
    relation = thresholds.relation(chances)
    return {**match, "relation": relation, "score": chances[relation]}
