"""Charts of a comparison: pictures, their data, and their message in words."""

from api.reports.charts.chart import Chart
from api.reports.charts.comparison import charts
from api.reports.charts.drawing import png, svg

__all__ = ["Chart", "charts", "png", "svg"]
