"""The printable report of alignment: the table, charts of coverage, each proposal in detail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from api.reports.alignment_tables import FINDINGS, ReportTable, link_origin
from api.reports.pages import Figure, embedded_font, figure, page_template
from api.text.labels import FRAMEWORK_LEVELS, VERDICTS, label
from api.text.language import current, in_language
from api.text.messages import message
from ingest.errors import PhaenError

if TYPE_CHECKING:
    from kb.alignment.coverage import CoverageRow
    from kb.alignment.verdicts import Alignment

_MAX_DETAILED = 500
"""Proposals shown in detail; beyond, the page keeps to the table: nobody prints more."""


def alignment_page(
    table: ReportTable, alignments: Sequence[Alignment] = (), *, form: bool = False
) -> str:
    """Return the table, then each proposal with its best statements, chain and form."""
    counts = Counter[str](alignment.verdict for alignment in alignments)
    return _render(
        table,
        answers=[_details(alignment, form) for alignment in alignments[:_MAX_DETAILED]],
        more=max(0, len(alignments) - _MAX_DETAILED),
        counts=[(label(VERDICTS, name), name, counts[name]) for name in VERDICTS if counts[name]],
    )


def coverage_page(table: ReportTable, coverage: Sequence[CoverageRow], organisation: str) -> str:
    """Return coverage as charts and a table; without `phaen[charts]` the table alone."""
    figures: list[Figure] = []
    try:
        from api.reports.charts.coverage import coverage_charts
        from api.reports.charts.drawing import svg

        figures = [figure(chart, svg(chart)) for chart in coverage_charts(coverage, organisation)]
    except PhaenError as error:
        if error.code != "charts-missing":
            raise
    return _render(table, figures=figures)


def _render(
    table: ReportTable,
    *,
    answers: Sequence[dict[str, Any]] = (),
    figures: Sequence[Figure] = (),
    more: int = 0,
    counts: Sequence[tuple[str, str, int]] = (),
) -> str:
    return page_template("alignment.html").render(
        table=table,
        answers=answers,
        figures=figures,
        more=more,
        font=embedded_font(),
        counts=counts,
        lang=current(),
        say=message,
        marks=FINDINGS,
    )


def _details(alignment: Alignment, form: bool) -> dict[str, Any]:
    from kb.alignment.form import form_of

    answer = alignment.to_dict()
    answer["verdict_name"] = label(VERDICTS, alignment.verdict)
    answer["chain"] = [
        link | {"name": label(FRAMEWORK_LEVELS, link["level"]), "how": link_origin(link)}
        for link in answer["chain"]
    ]
    answer["reason"] = in_language(*alignment.reason)
    answer["form"] = [
        criterion.to_dict()
        | {
            "name": in_language(criterion.thai, criterion.english),
            "note": in_language(*criterion.note),
        }
        for criterion in (form_of(alignment) if form else ())
    ]
    return answer
