"""The report of a comparison: one HTML file that needs no network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from api.reports.charts.chart import Chart
from api.reports.charts.comparison import SIGNS, charts
from api.reports.charts.drawing import png, svg
from api.reports.pages import Figure, embedded_font, figure, page_template
from api.text.labels import STATEMENTS, label
from ingest.errors import PhaenError
from kb.model.bundled import Progress, silent

_MAX_SVG_MARKS = 2_000
"""Charts of more marks are embedded as PNG, which is smaller and sooner drawn."""
_MAX_PAIRS = 100
_MAX_TOPICS = 60


def comparison_page(comparison: Mapping[str, Any], progress: Progress = silent) -> str:
    """Return the report of a comparison, given in its JSON form.

    Without `phaen[charts]` it has its tables and says what is missing.
    """
    figures: list[Figure] = []
    font = ""
    try:
        drawn = charts(comparison)
        for number, chart in enumerate(drawn, start=1):
            figures.append(figure(chart, _drawing(chart)))
            progress("charts", number, len(drawn))
        font = embedded_font()
    except PhaenError as error:
        if error.code != "charts-missing":
            raise
        figures = []
    pairs = sorted(comparison["pairs"], key=lambda pair: (-pair["closeness"], pair["a"], pair["b"]))
    return page_template("comparison.html").render(
        comparison=comparison,
        figures=figures,
        font=font,
        pairs=pairs[:_MAX_PAIRS],
        more=len(pairs) - _MAX_PAIRS,
        topics=_MAX_TOPICS,
        themes={theme["theme"]: theme["thai"] for theme in comparison["themes"]},
        signs=SIGNS,
        kind=lambda code: label(STATEMENTS, code),
    )


def _drawing(chart: Chart) -> str:
    if len(chart.rows) <= _MAX_SVG_MARKS:
        return svg(chart)
    image = b64encode(_reduced_colours(png(chart, 1.0))).decode("ascii")
    return f'<img src="data:image/png;base64,{image}" alt="">'


def _reduced_colours(picture: bytes) -> bytes:
    """Return a PNG in 128 colours: a fraction of the bytes, and no difference to a reader."""
    from PIL import Image

    reduced = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(128).save(reduced, "PNG", optimize=True)
    return reduced.getvalue()
