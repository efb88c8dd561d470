"""The pages of a review set as a whole: its summary, and its duplicates list by list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.text.labels import (
    ALIGNMENT_DECISIONS,
    DUPLICATE_DECISIONS,
    PARTS,
    RELATIONS,
    VERDICTS,
    label,
)
from api.text.language import Language
from api.text.messages import message
from api.web.rendering import language_of, page
from api.web.review_evidence import amount, compared, marked_titles
from kb.review_sets.findings import SPLIT_LIMIT, Finding, FindingKind, findings_of
from kb.review_sets.records import ReviewRow
from kb.review_sets.sets import ReviewSets
from kb.review_sets.summary import COLUMNS, summary_of

KINDS: tuple[FindingKind, ...] = ("duplicate", "split", "double", "planned", "dismissed")
_NAMES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "verdict": VERDICTS,
    "relation": RELATIONS,
    "alignment": ALIGNMENT_DECISIONS,
    "duplicate": DUPLICATE_DECISIONS,
}
_FILTERED = ("verdict", "relation", "strategy", "assigned")
_SHOWN = 50


def summary_page(request: Request, sets: ReviewSets, review_set: str) -> HTMLResponse:
    """Show the tallies of a set, each a link to its rows. Raises `review-set-unknown`."""
    language, stated = language_of(request), sets.get(review_set)
    summary = summary_of(sets, review_set)
    tables = [
        {
            "name": message(f"summary-{column}", language),
            "column": column if column in _FILTERED else None,
            "rows": [
                (name, _value(column, name, language), tally.rows, amount(tally.money, language))
                for name, tally in summary.by[column].items()
            ],
        }
        for column in COLUMNS
    ]
    return page(
        request,
        "review_summary",
        message("web-review-summary", language),
        set=stated,
        tables=tables,
        total=amount(summary.all.money, language),
    )


def duplicates_page(request: Request, sets: ReviewSets, review_set: str) -> HTMLResponse:
    """Show one list of what belongs together in a set. Raises `review-set-unknown`."""
    language, stated = language_of(request), sets.get(review_set)
    findings = findings_of(sets.rows(review_set))
    kind = request.query_params.get("kind", "duplicate")
    chosen = kind if kind in KINDS else "duplicate"
    return page(
        request,
        "review_duplicates",
        message("web-review-within", language),
        set=stated,
        kind=chosen,
        tabs=[
            (one, message(f"web-review-groups-{one}", language), len(findings[one]))
            for one in KINDS
        ],
        groups=[_group(finding, language) for finding in findings[chosen][:_SHOWN]],
    )


def _value(column: str, name: str, language: Language) -> str:
    if not name:
        return message("summary-none", language)
    if column == "relation" and name == "none":
        return message("review-no-like", language)
    return label(_NAMES.get(column, {}), name, language)


def _group(finding: Finding, language: Language) -> dict[str, Any]:
    first = finding.rows[0]
    titles: list[Any] = [row.title for row in finding.rows]
    if len(titles) == 2:
        titles = list(marked_titles(*titles))
    match = finding.match
    return {
        "title": first.title,
        "percent": round(finding.score * 100) if match else None,
        "rows": [
            _line(row, title, language) for row, title in zip(finding.rows, titles, strict=True)
        ],
        "why": _why(match, language) if match else _split_why(language),
        "money": message(
            "web-review-together", language, amount=f"{finding.money:,.2f}".removesuffix(".00")
        ),
        "other": compared(first, match, language) if match and not match["in_workbook"] else None,
        "versions": [f"{row.number}:{row.version}" for row in finding.rows],
    }


def _line(row: ReviewRow, title: Any, language: Language) -> dict[str, Any]:
    body = row.proposal["organisation"]
    return {
        "number": row.number,
        "row": row.row or row.number,
        "title": title,
        "body": body["name"] if body else "",
        "years": ", ".join(map(str, row.proposal["years"])),
        "money": amount(row.proposal["money"], language),
    }


def _why(match: Mapping[str, Any], language: Language) -> str:
    same, different = (
        ", ".join(dict.fromkeys(label(PARTS, point["part"], language) for point in match[side]))
        or message("web-review-nothing", language)
        for side in ("agrees", "differs")
    )
    return message("web-review-duplicate-why", language, same=same, different=different)


def _split_why(language: Language) -> str:
    return message("web-review-split-why", language, limit=f"{SPLIT_LIMIT:,}")
