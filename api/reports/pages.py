"""Reports as one HTML file that needs no network: templates, the Thai font, charts."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from ingest.errors import PhaenError

if TYPE_CHECKING:
    from jinja2 import Template

    from api.reports.charts.chart import Chart


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart in a page: its drawing as markup, and its data as CSV in Base64."""

    chart: Chart
    picture: Markup
    data: str


def figure(chart: Chart, drawing: str) -> Figure:
    """Put a chart and its drawing (SVG, or an `img` element) together with its data."""
    data = b64encode(chart.csv().encode("utf-8-sig")).decode("ascii")
    return Figure(chart, Markup(drawing), data)  # noqa: S704 (our own drawing)


def embedded_font() -> str:
    """Return the Thai font in Base64; empty without `phaen[charts]`, which brings it."""
    from api.reports.charts.drawing import font_file

    try:
        return b64encode(font_file().read_bytes()).decode("ascii")
    except PhaenError:
        return ""


@cache
def page_template(name: str) -> Template:
    """Load a template of this folder; what is put into it is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("api.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
