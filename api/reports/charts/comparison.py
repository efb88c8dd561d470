"""The charts of a comparison, made with Altair from its JSON form."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from api.reports.charts.chart import BLUES, Chart, short, styled_spec
from api.reports.charts.label_placement import Board
from ingest.errors import PhaenError

SIGNS = {"kept": "คงเดิม", "reworded": "ปรับถ้อยคำ", "dropped": "ตัดออก", "new": "เพิ่มใหม่"}
_COLOURS = ["#0072b2", "#56b4e9", "#d55e00", "#f0e442"]
"""From the colours of Okabe and Ito (2008), comparison apart without full colour vision."""
_CELL_MOST, _CELL_LEAST, _CELL_MANY, _WIDE = 34, 17, 14, 1600
_MANY_ORGANISATIONS = 100
"""Beyond so many bodies cells and letters are smaller."""
_MAX_WITH_FIGURES = 12
"""Up to so many bodies a matrix shows its figures."""


def charts(comparison: Mapping[str, Any]) -> list[Chart]:
    """Make every chart that a comparison has the data for; raise `charts-missing`."""
    try:
        import altair  # noqa: F401
    except ImportError as error:
        raise PhaenError("charts-missing") from error
    drawn = [
        _matrix(comparison),
        _heat(comparison),
        _map(comparison),
        _timeline(comparison),
        _provinces(comparison),
    ]
    return [chart for chart in drawn if chart is not None]


def _names(comparison: Mapping[str, Any]) -> list[str]:
    """Return the organisations' short names by group, close ones next to each other."""
    ranked = sorted(comparison["organisations"], key=lambda body: (body["group"], body["map"]))
    return [short(body["organisation"]["name"]) for body in ranked]


def _cell(count: int) -> int:
    least = _CELL_LEAST if count <= _MANY_ORGANISATIONS else _CELL_MANY
    return max(least, min(_CELL_MOST, _WIDE // max(count, 1)))


def _letters(count: int) -> int:
    return 13 if count <= _MANY_ORGANISATIONS else 11


def _matrix(comparison: Mapping[str, Any]) -> Chart | None:
    import altair as alt

    names = _names(comparison)
    if len(names) < 2:
        return None
    rows = [{"a": name, "b": name, "closeness": 1.0} for name in names]
    for pair in comparison["pairs"]:
        a, b = short(pair["a"]), short(pair["b"])
        rows += [
            {"a": a, "b": b, "closeness": pair["closeness"]},
            {"a": b, "b": a, "closeness": pair["closeness"]},
        ]
    size = _cell(len(names)) * len(names)
    base = alt.Chart(alt.InlineData(values=[])).encode(
        x=alt.X("b:N", sort=names, title=None, axis=alt.Axis(labelAngle=-60)),
        y=alt.Y("a:N", sort=names, title=None),
    )
    scale = alt.Scale(range=list(BLUES), domain=[0, 1])
    picture: Any = base.mark_rect().encode(
        color=alt.Color("closeness:Q", scale=scale, title="ความใกล้ชิด")
    )
    if len(names) <= _MAX_WITH_FIGURES:
        figures = base.mark_text(fontSize=11).encode(
            text=alt.Text("closeness:Q", format=".2f"),
            color=alt.condition("datum.closeness > 0.55", alt.value("white"), alt.value("black")),
        )
        picture = picture + figures
    best = max(comparison["pairs"], key=lambda pair: pair["closeness"])
    description = (
        f"ตารางความใกล้ชิดของ {len(names)} หน่วยงาน (0 ไม่เหมือนเลย ถึง 1 เหมือนกัน) "
        f"คู่ที่ใกล้กันที่สุดคือ {best['a']} กับ {best['b']} ({best['closeness']:.2f})"
    )
    spec = styled_spec(picture.properties(width=size, height=size), rows, _letters(len(names)))
    table = [
        {"a": short(pair["a"]), "b": short(pair["b"]), "closeness": pair["closeness"]}
        for pair in comparison["pairs"]
    ]
    return Chart("closeness", "ใครใกล้กับใคร", description, spec, table)


def _heat(comparison: Mapping[str, Any]) -> Chart | None:
    import altair as alt

    names = _names(comparison)
    order = [theme["thai"] for theme in comparison["themes"]]
    thai = {theme["theme"]: theme["thai"] for theme in comparison["themes"]}
    rows = [
        {
            "organisation": short(body["organisation"]["name"]),
            "theme": thai[code],
            "score": body["themes"].get(code, 0.0),
        }
        for body in comparison["organisations"]
        for code in thai
    ]
    picture = (
        alt.Chart(alt.InlineData(values=[]))
        .mark_rect(stroke="white", strokeWidth=1)
        .encode(
            x=alt.X("theme:N", sort=order, title=None, axis=alt.Axis(labelAngle=-60)),
            y=alt.Y("organisation:N", sort=names, title=None),
            color=alt.Color(
                "score:Q", scale=alt.Scale(range=list(BLUES), domain=[0, 1]), title="ความมั่นใจ"
            ),
        )
        .properties(width=30 * len(order), height=_cell(len(names)) * len(names))
    )
    ranked = sorted(comparison["themes"], key=lambda theme: -theme["organisations"])
    unmentioned = [theme["thai"] for theme in comparison["themes"] if not theme["organisations"]]
    most = ", ".join(f"{theme['thai']} ({theme['organisations']})" for theme in ranked[:3])
    description = f"ประเด็นที่แต่ละหน่วยงานกล่าวถึง มากที่สุดคือ {most}" + (
        f" ไม่มีหน่วยงานใดกล่าวถึง {', '.join(unmentioned)}" if unmentioned else ""
    )
    spec = styled_spec(picture, rows, _letters(len(names)))
    return Chart("themes", "ใครกล่าวถึงเรื่องใด", description, spec, rows)


def _map(comparison: Mapping[str, Any]) -> Chart | None:
    import altair as alt

    bodies = comparison["organisations"]
    if len(bodies) < 3:
        return None
    names = [short(body["organisation"]["name"]) for body in bodies]
    points = [(float(body["map"][0]), float(body["map"][1])) for body in bodies]
    board = Board.around(points, letters=13 if len(bodies) <= 40 else 11)
    rows = [
        {"organisation": name, "x": x, "y": y, "group": body["group"] + 1}
        for name, (x, y), body in zip(names, points, bodies, strict=True)
    ]
    drawn = [
        {"organisation": name, "px": px, "py": py, "lx": lx, "ly": ly}
        for name, (px, py), (lx, ly) in zip(
            names, map(board.pixel, points), board.labels(names, points), strict=True
        )
    ]
    across = alt.Scale(domain=[0, board.width], nice=False)
    down = alt.Scale(domain=[board.height, 0], nice=False)
    base = alt.Chart(alt.InlineData(values=[]))
    lines = base.mark_rule(color="#b5b5b5", strokeWidth=0.7).encode(
        x=alt.X("px:Q", axis=None, scale=across),
        y=alt.Y("py:Q", axis=None, scale=down),
        x2="lx:Q",
        y2="ly:Q",
    )
    dots = base.mark_circle(size=55, color="#1f5a92", opacity=0.85).encode(x="px:Q", y="py:Q")
    text = base.mark_text(fontSize=board.letters).encode(x="lx:Q", y="ly:Q", text="organisation:N")
    picture = (lines + dots + text).properties(width=board.width, height=board.height)
    description = (
        f"แผนที่ {len(rows)} หน่วยงาน จุดที่อยู่ใกล้กันมีถ้อยคำและความหมายใกล้กัน "
        f"แกนไม่มีหน่วย จัดได้ {len(comparison['groups'])} กลุ่ม"
    )
    return Chart("map", "แผนที่ความคิด", description, styled_spec(picture, drawn), rows)


def _timeline(comparison: Mapping[str, Any]) -> Chart | None:
    import altair as alt

    rows = [
        {
            "step": _step_name(step),
            "change": SIGNS[kind],
            "phrases": sum(one["change"] == kind for one in step["phrases"]),
        }
        for step in comparison["changes"]
        for kind in SIGNS
    ]
    if not rows:
        return None
    order = list(SIGNS.values())
    picture = (
        alt.Chart(alt.InlineData(values=[]))
        .mark_bar()
        .encode(
            x=alt.X("phrases:Q", title="จำนวนวลี", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("step:N", sort=None, title=None),
            color=alt.Color(
                "change:N", title=None, sort=order, scale=alt.Scale(domain=order, range=_COLOURS)
            ),
            order=alt.Order("rank:Q"),
        )
        .transform_calculate(rank="indexof(['" + "','".join(order) + "'], datum.change)")
        .properties(width=620, height={"step": 30})
    )
    counted = {kind: sum(row["phrases"] for row in rows if row["change"] == kind) for kind in order}
    description = "วลีจากแผนเดิมถึงแผนใหม่: " + ", ".join(
        f"{kind} {count}" for kind, count in counted.items()
    )
    return Chart("changes", "อะไรเปลี่ยนไป", description, styled_spec(picture, rows), rows)


def _step_name(step: Mapping[str, Any]) -> str:
    def years(span: Sequence[int] | None) -> str:
        return f"{span[0]}–{span[1]}" if span else "?"

    return f"{short(step['organisation'])} {years(step['from'])} → {years(step['to'])}"


def _provinces(comparison: Mapping[str, Any]) -> Chart | None:
    """Draw the tile map of the provinces whose bodies are compared; None without any."""
    import altair as alt

    themes_by_province: dict[str, set[str]] = {}
    for body in comparison["organisations"]:
        province = body["organisation"]["province"]
        themes_by_province.setdefault(province, set()).update(body["themes"])
    text = (files("corpora") / "names" / "provinces.tsv").read_text("utf-8")
    known = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    rows = [
        {
            "province": province["thai"],
            "initials": (province["initials"] or "กทม").rstrip("."),
            "row": int(province["row"]),
            "column": int(province["column"]),
            "themes": len(themes_by_province[province["thai"]])
            if province["thai"] in themes_by_province
            else None,
        }
        for province in known
    ]
    compared = [row for row in rows if row["themes"] is not None]
    if not compared:
        return None
    most_themes = max(int(row["themes"] or 0) for row in compared)
    base = alt.Chart(alt.InlineData(values=[])).encode(
        x=alt.X("column:O", axis=None), y=alt.Y("row:O", axis=None)
    )
    ground = base.mark_rect(stroke="white", strokeWidth=2, color="#e6e6e6")
    shade = alt.Scale(range=list(BLUES), domain=[0, max(most_themes, 1)])
    tiles = (
        base.mark_rect(stroke="white", strokeWidth=2)
        .encode(color=alt.Color("themes:Q", title="จำนวนประเด็น", scale=shade))
        .transform_filter("datum.themes !== null")
    )
    names = base.mark_text(fontSize=12).encode(
        text="initials:N",
        color=alt.condition(
            f"datum.themes > {most_themes * 0.55}", alt.value("white"), alt.value("black")
        ),
    )
    picture = (ground + tiles + names).properties(width={"step": 40}, height={"step": 34})
    description = (
        f"ประเทศไทยเป็นช่อง ช่องละจังหวัด เหนืออยู่บน มีข้อมูล {len(compared)} จังหวัด "
        f"สีเข้มคือกล่าวถึงหลายประเด็น (มากสุด {most_themes}) สีเทาคือไม่มีข้อมูล"
    )
    return Chart("provinces", "จังหวัดใดกล่าวถึงกี่ประเด็น", description, styled_spec(picture, rows), rows)
