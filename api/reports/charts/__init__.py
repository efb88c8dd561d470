"""Charts of a comparison: pictures, their data, and their message in words."""

from api.reports.charts.chart import Chart
from api.reports.charts.drawing import png, svg
from api.reports.charts.pictures import charts

__all__ = ["Chart", "charts", "png", "svg"]
