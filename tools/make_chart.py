"""Draw the chart that the README shows, from a knowledge base of the sample documents.

phaen add corpora/samples --kb samples.db
python tools/make_chart.py samples.db docs/themes.png
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from api.reports.charts import charts, png  # noqa: E402
from kb import KnowledgeBase  # noqa: E402
from kb.comparison import compare  # noqa: E402


def main() -> None:
    """Compare the bodies by words and draw who speaks of what."""
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    with KnowledgeBase(source, create=False) as kb:
        stated = compare(kb).to_dict()
    chart = next(chart for chart in charts(stated) if chart.name == "themes")
    drawn = Image.open(BytesIO(png(chart, 1.5))).convert("RGB").quantize(64)
    drawn.save(out, "PNG", optimize=True)
    print(chart.description)


if __name__ == "__main__":
    main()
