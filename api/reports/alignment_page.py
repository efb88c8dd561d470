"""The printable report of alignment: one HTML file that needs no network."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from api.reports.alignment_tables import FINDINGS, Table, origin
from api.text.labels import FRAMEWORK_LEVELS, VERDICTS, label
from api.text.language import current
from api.text.messages import message
from ingest.errors import PhaenError

if TYPE_CHECKING:
    from jinja2 import Template

    from kb.alignment.coverage import CoverageRow
    from kb.alignment.verdicts import Alignment

_DETAILS = 500
"""Beyond so many proposals the page keeps to the table: nobody prints more."""


def page(table: Table, found: Sequence[Alignment] = (), *, form: bool = False) -> str:
    """Write the table, then each proposal with its best statements, chain and form."""
    told = [_told(each, form) for each in found[:_DETAILS]]
    counts: Counter[str] = Counter(each.verdict for each in found)
    return _template().render(
        table=table,
        found=told,
        figures=[],
        more=max(0, len(found) - _DETAILS),
        font=_font(),
        counts=[(label(VERDICTS, name), name, counts[name]) for name in VERDICTS if counts[name]],
        lang=current(),
        say=message,
        marks=FINDINGS,
    )


def coverage_page(table: Table, found: Sequence[CoverageRow], organisation: str) -> str:
    """Write coverage as charts and a table; without `phaen[charts]` the table alone."""
    from markupsafe import Markup

    figures: list[dict[str, Any]] = []
    try:
        from api.reports.charts.coverage import coverage_charts
        from api.reports.charts.drawing import svg

        for chart in coverage_charts(found, organisation):
            data = b64encode(chart.csv().encode("utf-8-sig")).decode("ascii")
            drawn = Markup(svg(chart))  # noqa: S704 (our own drawing)
            figures.append({"chart": chart, "picture": drawn, "data": data})
    except PhaenError as error:
        if error.code != "charts-missing":
            raise
    return _template().render(
        table=table,
        found=[],
        figures=figures,
        more=0,
        font=_font(),
        counts=[],
        lang=current(),
        say=message,
        marks=FINDINGS,
    )


def _told(each: Alignment, form: bool) -> dict[str, Any]:
    from kb.alignment.form import form_of

    told = each.to_dict()
    told["verdict_name"] = label(VERDICTS, each.verdict)
    told["chain"] = [
        link | {"name": label(FRAMEWORK_LEVELS, link["level"]), "how": origin(link)}
        for link in told["chain"]
    ]
    told["form"] = [one.to_dict() for one in form_of(each)] if form else []
    return told


def _font() -> str:
    try:
        from api.reports.charts.drawing import font_file

        return b64encode(font_file().read_bytes()).decode("ascii")
    except PhaenError:
        return ""


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    folder = Environment(
        loader=PackageLoader("api.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return folder.get_template("alignment.html")
