"""The charts of coverage: where the money goes by strategy and year, and who serves what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from api.reports.charts.chart import BLUES, Chart, styled_spec
from api.text.labels import STATEMENTS, label
from ingest.errors import PhaenError

if TYPE_CHECKING:
    from kb.alignment.coverage import CoverageRow

_LONGEST = 60
_MILLION = 1_000_000
_DECLARED, _SERVED = "ระบุไว้ใต้ข้อนี้", "เนื้องานตอบข้อนี้"


def coverage_charts(coverage: Sequence[CoverageRow], organisation: str) -> list[Chart]:
    """Make the charts there is data for; raise `charts-missing`."""
    try:
        import altair  # noqa: F401
    except ImportError as error:
        raise PhaenError("charts-missing") from error
    drawn = [_money(coverage, organisation), _projects(coverage, organisation)]
    return [chart for chart in drawn if chart is not None]


def _money(coverage: Sequence[CoverageRow], organisation: str) -> Chart | None:
    import altair as alt

    order = list(dict.fromkeys(_name(row) for row in coverage if row.budget))
    rows = [
        {"strategy": _name(row), "year": str(year), "baht_millions": float(amount / _MILLION)}
        for row in coverage
        for year, amount in sorted(row.budget.items())
    ]
    if not rows:
        return None
    years = sorted({str(record["year"]) for record in rows})
    picture = (
        alt.Chart(alt.InlineData(values=[]))
        .mark_bar()
        .encode(
            x=alt.X("baht_millions:Q", title="ล้านบาท", stack="zero"),
            y=alt.Y("strategy:N", sort=order, title=None),
            color=alt.Color(
                "year:N", title="ปีงบประมาณ พ.ศ.", sort=years, scale=alt.Scale(range=_shades(years))
            ),
            order=alt.Order("year:N"),
        )
        .properties(width=560, height={"step": 34})
    )
    totals: dict[str, float] = {}
    for record in rows:
        name = str(record["strategy"])
        totals[name] = totals.get(name, 0.0) + float(str(record["baht_millions"]))
    most = max(totals, key=lambda name: totals[name])
    description = (
        f"งบประมาณของ{organisation} รวม {sum(totals.values()):,.2f} ล้านบาท "
        f"มากที่สุดคือ {most} ({totals[most]:,.2f} ล้านบาท)"
    )
    return Chart("money", "เงินไปที่ยุทธศาสตร์ใด", description, styled_spec(picture, rows), rows)


def _projects(coverage: Sequence[CoverageRow], organisation: str) -> Chart | None:
    import altair as alt

    strategies = [row for row in coverage if row.statement and row.statement.kind != "indicator"]
    rows: list[dict[str, Any]] = [
        {"strategy": _name(row), "how": how, "projects": count}
        for row in strategies
        for how, count in ((_DECLARED, row.declared), (_SERVED, row.served))
    ]
    if not rows:
        return None
    order = [_name(row) for row in strategies]
    picture = (
        alt.Chart(alt.InlineData(values=[]))
        .mark_bar()
        .encode(
            x=alt.X("projects:Q", title="จำนวนโครงการ", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("strategy:N", sort=order, title=None),
            yOffset=alt.YOffset("how:N", sort=[_DECLARED, _SERVED]),
            color=alt.Color(
                "how:N",
                title=None,
                sort=[_DECLARED, _SERVED],
                scale=alt.Scale(domain=[_DECLARED, _SERVED], range=[BLUES[3], BLUES[1]]),
            ),
        )
        .properties(width=560, height={"step": 16})
    )
    without = sum(row.unserved for row in strategies)
    description = (
        f"โครงการต่อยุทธศาสตร์ของ{organisation} ไม่มีโครงการรองรับ {without} จาก {len(strategies)} ข้อ"
    )
    return Chart(
        "projects", "ยุทธศาสตร์ใดมีโครงการรองรับ", description, styled_spec(picture, rows), rows
    )


def _name(row: CoverageRow) -> str:
    if row.statement is None:
        return "ไม่ระบุยุทธศาสตร์"
    text = f"{label(STATEMENTS, row.statement.kind, 'th')}: {row.statement.text}"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _shades(years: Sequence[str]) -> list[str]:
    """Give each year a blue, the later the darker."""
    blues = ("#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08306b")
    return [blues[min(at, len(blues) - 1)] for at in range(len(years))]
