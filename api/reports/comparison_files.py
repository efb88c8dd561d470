"""A comparison as a folder of files for further work: pictures, tables, data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.reports.charts.chart import csv_text
from api.reports.charts.comparison import charts
from api.reports.charts.drawing import png, svg
from ingest.errors import PhaenError
from kb.model.bundled import Progress, silent

README = """แผน · phaen: ผลการเปรียบเทียบ · a comparison

comparison.json   ผลทั้งหมด · everything
closeness.csv     a, b: หน่วยงาน · bodies; closeness: ความใกล้ชิด 0–1
themes.csv        organisation, theme, score: ความมั่นใจว่ากล่าวถึงประเด็น · probability 0–1
map.csv           organisation, x, y: ตำแหน่ง ไม่มีหน่วย · no unit; group: กลุ่ม
changes.csv       step: หน่วยงานและช่วงปี · body and periods; change; phrases: จำนวนวลี · count
topics.csv        words: คำเด่น; organisations: จำนวนหน่วยงาน; phrases: วลี; themes; outside: นอกประเด็น
periods.csv       from, to: ช่วงปีของแผน; theme; organisations; share: สัดส่วนหน่วยงาน 0–1
provinces.csv     province, row, column: ช่องบนแผนที่ · tile; themes: จำนวนประเด็น · count
"""


def write_folder(folder: Path, comparison: Mapping[str, Any], progress: Progress = silent) -> None:
    """Write a comparison's JSON, and each chart as PNG, SVG and CSV; the same bytes each time.

    Raises `charts-missing`, and `folder-not-written` where the folder can't be written to.
    """
    drawn = charts(comparison)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(comparison, ensure_ascii=False, indent=1) + "\n"
        (folder / "comparison.json").write_text(text, "utf-8")
        (folder / "README.txt").write_text(README, "utf-8")
        for name, rows in (("topics", _topics(comparison)), ("periods", _periods(comparison))):
            (folder / f"{name}.csv").write_text(csv_text(rows), "utf-8-sig")
        for number, chart in enumerate(drawn):
            progress("charts", number, len(drawn))
            (folder / f"{chart.name}.csv").write_text(chart.csv(), "utf-8-sig")
            (folder / f"{chart.name}.svg").write_text(svg(chart), "utf-8")
            (folder / f"{chart.name}.png").write_bytes(png(chart))
        progress("charts", len(drawn), len(drawn))
    except OSError as error:
        reason = error.strerror or str(error)
        raise PhaenError("folder-not-written", file=str(folder), reason=reason) from error


def _topics(comparison: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "words": " ".join(topic["words"]),
            "organisations": len(topic["organisations"]),
            "phrases": " | ".join(topic["phrases"]),
            "themes": " ".join(topic["themes"]),
            "outside": int(topic["outside"]),
        }
        for topic in comparison["topics"]
    ]


def _periods(comparison: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "from": period["period"][0],
            "to": period["period"][1],
            "theme": row["theme"],
            "organisations": row["organisations"],
            "share": row["share"],
        }
        for period in comparison["periods"]
        for row in period["themes"]
    ]
