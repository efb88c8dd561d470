"""A chart: its Vega-Lite specification, its data as rows, and a description in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FONT = "Sarabun"
BLUES = ("#f7fbff", "#9ecae1", "#4292c6", "#08306b")
"""One hue from light to dark: readable without colour vision, and in grey print."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart; `name` is for file names, `description` says in words what it shows."""

    name: str
    title: str
    description: str
    spec: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]

    def csv(self) -> str:
        """Return the chart's data with a header line."""
        return csv_text(self.rows)


def csv_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Write rows as CSV with a header line; nothing where there are none."""
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def styled_spec(chart: Any, rows: Sequence[Mapping[str, Any]], letters: int = 13) -> dict[str, Any]:
    """Return an Altair chart's Vega-Lite specification in the common style, with its data.

    Altair checks every value against a schema; of tens of thousands that takes seconds.
    `letters` is the size of the axes' labels.
    """
    styled = (
        chart.configure(font=FONT, padding=24)
        .configure_axis(labelFontSize=letters, titleFontSize=13, labelLimit=420, grid=False)
        .configure_legend(labelFontSize=12, titleFontSize=12, labelLimit=420)
        .configure_view(stroke=None)
    )
    spec: dict[str, Any] = styled.to_dict()
    return spec | {"data": {"values": list(rows)}}


def short(name: str) -> str:
    """Abbreviate a body's name for an axis: อบจ.แพร่, จ.แพร่, ทม.แพร่."""
    from kb.store.organisations import ABBREVIATIONS

    for brief, long in ABBREVIATIONS:
        if name.startswith(long) and len(name) > len(long):
            return brief + name.removeprefix(long)
    return name
