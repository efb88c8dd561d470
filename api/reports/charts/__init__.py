"""Charts of reports: specifications, drawing as SVG and PNG, and their data."""

from api.reports.charts.chart import Chart
from api.reports.charts.comparison import charts
from api.reports.charts.drawing import png, svg

__all__ = ["Chart", "charts", "png", "svg"]
