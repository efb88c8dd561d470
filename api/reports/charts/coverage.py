"""The charts of coverage: where the money goes by strategy and year, and who serves what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from api.reports.charts.chart import BLUES, FONT, Chart
from api.text.labels import STATEMENTS, label
from ingest.errors import PhaenError

if TYPE_CHECKING:
    from kb.alignment.coverage import CoverageRow

_LONGEST = 60
_MILLION = 1_000_000
_DECLARED, _SERVED = "ระบุไว้ใต้ข้อนี้", "เนื้องานตอบข้อนี้"


def coverage_charts(found: Sequence[CoverageRow], organisation: str) -> list[Chart]:
    """Make the charts there is data for; raise `charts-missing`."""
    try:
        import altair  # noqa: F401
    except ImportError as error:
        raise PhaenError("charts-missing") from error
    made = [_money(found, organisation), _projects(found, organisation)]
    return [chart for chart in made if chart is not None]


def _money(found: Sequence[CoverageRow], organisation: str) -> Chart | None:
    import altair as alt

    order = list(dict.fromkeys(_name(each) for each in found if each.budget))
    rows = [
        {"strategy": _name(each), "year": str(year), "baht_millions": float(amount / _MILLION)}
        for each in found
        for year, amount in sorted(each.budget.items())
    ]
    if not rows:
        return None
    years = sorted({str(row["year"]) for row in rows})
    picture = (
        alt.Chart(alt.InlineData(values=rows))
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
    for row in rows:
        name = str(row["strategy"])
        totals[name] = totals.get(name, 0.0) + float(str(row["baht_millions"]))
    most = max(totals, key=lambda name: totals[name])
    description = (
        f"งบประมาณของ{organisation} รวม {sum(totals.values()):,.2f} ล้านบาท "
        f"มากที่สุดคือ {most} ({totals[most]:,.2f} ล้านบาท)"
    )
    return Chart("money", "เงินไปที่ยุทธศาสตร์ใด", description, _styled(picture), rows)


def _projects(found: Sequence[CoverageRow], organisation: str) -> Chart | None:
    import altair as alt

    told = [each for each in found if each.statement and each.statement.kind != "indicator"]
    rows: list[dict[str, Any]] = [
        {"strategy": _name(each), "how": how, "projects": count}
        for each in told
        for how, count in ((_DECLARED, each.declared), (_SERVED, each.served))
    ]
    if not rows:
        return None
    order = [_name(each) for each in told]
    picture = (
        alt.Chart(alt.InlineData(values=rows))
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
    without = sum(each.unserved for each in told)
    description = f"โครงการต่อยุทธศาสตร์ของ{organisation} ไม่มีโครงการรองรับ {without} จาก {len(told)} ข้อ"
    return Chart("projects", "ยุทธศาสตร์ใดมีโครงการรองรับ", description, _styled(picture), rows)


def _name(each: CoverageRow) -> str:
    if each.statement is None:
        return "ไม่ระบุยุทธศาสตร์"
    text = f"{label(STATEMENTS, each.statement.kind, 'th')}: {each.statement.text}"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _shades(years: Sequence[str]) -> list[str]:
    """Give each year a blue, the later the darker."""
    blues = ("#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08306b")
    return [blues[min(at, len(blues) - 1)] for at in range(len(years))]


def _styled(picture: Any) -> dict[str, Any]:
    """Give a bar chart the house's font, and room for long names."""
    spec: dict[str, Any] = (
        picture.configure(font=FONT, padding=24)
        .configure_axis(labelFontSize=13, titleFontSize=13, labelLimit=420, grid=False)
        .configure_legend(labelFontSize=12, titleFontSize=12)
        .configure_view(stroke=None)
        .to_dict()
    )
    return spec
