"""Gold: what each document says, from the same source the document is made of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from . import markup
from .bodies import BODIES
from .projects import Row, Table
from .source import Source

ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
COLUMNS = "objective,target,indicator,expected_result,responsible,plan"
TABLE = re.compile(r"⟪table ([\w-]+)[^⟫]*⟫")


def document(source: Source, tables: dict[str, Table], pages: list[str]) -> dict[str, Any]:
    """Return one document's gold; `pages` holds the bare text of its pages, to find places."""
    facts = source.facts
    marked = markup.statements(source.text)
    wanted = [tables[name] for name in TABLE.findall(source.text)]
    statements = [_statement(m, pages) for m in marked if m.kind != "project"]
    named = [_named_project(m, pages) for m in marked if m.kind == "project"]
    rows = [_project(row, table, pages, source) for table in wanted for row in table.rows]
    return {
        "file": facts["file"],
        "title": facts.get("title"),
        "organisation": BODIES[facts["body"]],
        "plan_kind": facts["plan_kind"],
        "period": _years(facts.get("period")),
        "published": facts.get("published"),
        "refers_to": _years(facts.get("refers_to")),
        "version_of": facts.get("version_of"),
        "pages": len(pages),
        "hard_negative": not (statements or named or rows),
        "statements": statements,
        "projects": named + rows,
    }


def _years(text: str | None) -> list[int] | None:
    return [int(year) for year in text.split("-")] if text else None


def _statement(marked: markup.Marked, pages: list[str]) -> dict[str, Any]:
    return {
        "kind": marked.kind,
        "text": marked.text,
        "page": _page(marked.text, pages),
        "number": _arabic(marked.number),
        "parent": marked.parent,
        "explanation": marked.explanation,
        "alternatives": marked.alternatives,
        "mentions": marked.mentions,
        "organisation": BODIES[marked.organisation] if marked.organisation else None,
        "period": _years(marked.period),
    }


def _arabic(number: str | None) -> str | None:
    return number.translate(ARABIC) if number else None


def _named_project(marked: markup.Marked, pages: list[str]) -> dict[str, Any]:
    return {
        "key": None,
        "title": marked.text,
        "page": _page(marked.text, pages),
        "row": None,
        "objective": None,
        "target": None,
        "budget": {},
        "indicator": None,
        "expected_result": None,
        "responsible": None,
        "plan": None,
        "declared_strategy": None,
        "parent": marked.parent,
    }


def _project(row: Row, table: Table, pages: list[str], source: Source) -> dict[str, Any]:
    title = source.printed(source.prefix + row.title)
    columns = source.facts.get("columns", COLUMNS).split(",")

    def cell(name: str, value: str | None) -> str | None:
        if name not in columns or value in (None, "", "-"):
            return None
        return source.printed(value)

    budget = {str(year): _baht(a) for year, a in row.budget.items() if a is not None}
    return {
        "key": row.key,
        "title": title,
        "page": _page(title, pages),
        "row": row.number,
        "objective": cell("objective", row.objective),
        "target": cell("target", row.target),
        "budget": budget,
        "indicator": cell("indicator", row.indicator),
        "expected_result": cell("expected_result", row.expected_result),
        "responsible": cell("responsible", row.responsible),
        "plan": cell("plan", table.above.get("plan")),
        "declared_strategy": table.strategy,
        "parent": table.tactic or table.strategy,
    }


def _baht(amount: Decimal) -> int | str:
    return int(amount) if amount == int(amount) else format(amount.normalize(), "f")


def _page(text: str, pages: list[str]) -> int:
    """Find the page by the whole text, else by its beginning: cells wrap, rows split."""
    for wanted in (_dense(text), *(_dense(text)[:length] for length in (24, 16, 10))):
        for number, page in enumerate(pages, start=1):
            if wanted in _dense(page):
                return number
    raise LookupError(f"not in the made document: {text}")


def _dense(text: str) -> str:
    return re.sub(r"[\s“”]+", "", text.translate(ARABIC))
