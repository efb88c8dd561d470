"""Answers kept as JSON, named anew by other thresholds: nothing is compared again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ingest.errors import UsageError
from kb.duplicates.match import SHOWN_RELATIONS, Thresholds
from kb.duplicates.relation import RELATIONS, Relation


def read_answers(path: Path) -> Iterator[dict[str, Any]]:
    """Read answers that were kept one a line; raise `answers-damaged` where they are none."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise UsageError("answers-damaged", reason=type(error).__name__) from error
    for line in lines:
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except ValueError as error:
            raise UsageError("answers-damaged", reason=str(error)) from error
        yield told


def rethreshold_answer(told: Mapping[str, Any], thresholds: Thresholds) -> dict[str, Any]:
    """Return one proposal's answer (`DuplicateResult.to_dict`) as other thresholds would call it.

    Raises UsageError `answers-damaged` where it is no such answer.
    """
    try:
        matches = [_named(match, thresholds) for match in told["matches"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError("answers-damaged", reason=str(error)) from error
    shown = [match for match in matches if match["relation"] in SHOWN_RELATIONS]
    shown.sort(key=lambda match: (SHOWN_RELATIONS.index(match["relation"]), -match["score"]))
    return {**told, "matches": shown}


def _named(match: Mapping[str, Any], thresholds: Thresholds) -> dict[str, Any]:
    chances: dict[Relation, float] = {name: float(match["chances"][name]) for name in RELATIONS}
    relation = thresholds.relation(chances)
    return {**match, "relation": relation, "score": chances[relation]}
