"""Charts of a comparison: pictures, their data, and their message in words."""

from api.charts.chart import Chart
from api.charts.drawing import png, svg
from api.charts.pictures import charts

__all__ = ["Chart", "charts", "png", "svg"]
