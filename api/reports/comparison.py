"""The report of a comparison: one HTML file that needs no network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from api.reports.charts.chart import Chart
from api.reports.charts.comparison import charts
from api.reports.charts.drawing import font_file, png, svg
from api.text.labels import STATEMENTS, label
from ingest.errors import PhaenError
from kb.model.bundled import Progress, silent

SIGNS = {"kept": "คงเดิม", "reworded": "ปรับถ้อยคำ", "dropped": "ตัดออก", "new": "เพิ่มใหม่"}
_MOST_MARKS = 2_000
"""Charts of more marks than these are put in as PNG, which is smaller and sooner drawn."""
_PAIRS = 100
_TOPICS = 60


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as it stands in the report."""

    chart: Chart
    picture: Markup
    data: str


def page(told: Mapping[str, Any], progress: Progress = silent) -> str:
    """Write the report; without `phaen[charts]` it has its tables and says what is missing."""
    try:
        made = charts(told)
        figures = []
        for at, chart in enumerate(made):
            figures.append(_figure(chart))
            progress("charts", at + 1, len(made))
        font = b64encode(font_file().read_bytes()).decode("ascii")
    except PhaenError as error:
        if error.code != "charts-missing":
            raise
        figures, font = [], ""
    pairs = sorted(told["pairs"], key=lambda pair: (-pair["closeness"], pair["a"], pair["b"]))
    names = {theme["theme"]: theme["thai"] for theme in told["themes"]}
    return _template().render(
        told=told,
        figures=figures,
        font=font,
        pairs=pairs[:_PAIRS],
        more=len(pairs) - _PAIRS,
        topics=_TOPICS,
        themes=names,
        signs=SIGNS,
        kind=lambda code: label(STATEMENTS, code),
    )


def _figure(chart: Chart) -> Figure:
    if len(chart.rows) > _MOST_MARKS:
        image = b64encode(_small(png(chart, 1.0))).decode("ascii")
        drawn = f'<img src="data:image/png;base64,{image}" alt="">'
    else:
        drawn = svg(chart)
    data = b64encode(chart.csv().encode("utf-8-sig")).decode("ascii")
    return Figure(chart, Markup(drawn), data)  # noqa: S704 (our own drawing)


def _small(picture: bytes) -> bytes:
    """Keep a picture in 128 colours: a fraction of the bytes, and nothing a reader would miss."""
    from PIL import Image

    out = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def _template() -> Template:
    folder = Environment(
        loader=PackageLoader("api.reports.charts", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return folder.get_template("report.html")
