"""A comparison as a folder of files for further work: pictures, tables, data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.charts.drawing import png, svg
from api.charts.pictures import charts
from ingest.errors import PhaenError
from kb.bundled import Progress, silent

README = """แผน · phaen: ผลการเปรียบเทียบ · a comparison

comparison.json   ผลทั้งหมด · everything
closeness.csv     a, b: หน่วยงาน · bodies; closeness: ความใกล้ชิด 0–1
themes.csv        organisation, theme, score: ความมั่นใจว่ากล่าวถึงประเด็น · probability 0–1
map.csv           organisation, x, y: ตำแหน่ง ไม่มีหน่วย · no unit; group: กลุ่ม
changes.csv       step: หน่วยงานและช่วงปี · body and periods; change; phrases: จำนวนวลี · count
provinces.csv     province, row, column: ช่องบนแผนที่ · tile; themes: จำนวนประเด็น · count
"""


def write_folder(folder: Path, told: Mapping[str, Any], progress: Progress = silent) -> None:
    """Write a comparison's JSON, and each chart as PNG, SVG and CSV; the same bytes each time.

    Raises `charts-missing`, and `folder-not-written` where the folder can't be written to.
    """
    made = charts(told)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        (folder / "comparison.json").write_text(text, "utf-8")
        (folder / "README.txt").write_text(README, "utf-8")
        for at, chart in enumerate(made):
            progress("charts", at, len(made))
            (folder / f"{chart.name}.csv").write_text(chart.csv(), "utf-8-sig")
            (folder / f"{chart.name}.svg").write_text(svg(chart), "utf-8")
            (folder / f"{chart.name}.png").write_bytes(png(chart))
        progress("charts", len(made), len(made))
    except OSError as error:
        reason = error.strerror or str(error)
        raise PhaenError("folder-not-written", file=str(folder), reason=reason) from error
