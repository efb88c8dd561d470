"""Drawing charts as SVG and PNG with the Thai font that comes with `phaen[charts]`."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from api.reports.charts.chart import Chart
from ingest.errors import PhaenError

_AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")

_ID = re.compile(r' id="([^"]+)"')
_USED = re.compile(r'( id="|url\(#)([^")]+)("|\))')


def svg(chart: Chart) -> str:
    """Draw a chart as SVG."""
    return _named_anew(_drawer().vegalite_to_svg(dict(chart.spec)), chart.name)


def png(chart: Chart, scale: float = 2.0) -> bytes:
    """Draw a chart as PNG; `scale` is dots per pixel."""
    spec = json.loads(_drawable(json.dumps(dict(chart.spec), ensure_ascii=False)))
    drawn: bytes = _drawer().vegalite_to_png(spec, scale=scale)
    return drawn


def _named_anew(markup: str, name: str) -> str:
    """Rename gradients and clips by chart and order: vl-convert numbers them across its process."""
    identifiers = dict.fromkeys(_ID.findall(markup))
    names = {old: f"{name}-{at}" for at, old in enumerate(identifiers)}
    return _USED.sub(lambda used: used[1] + names.get(used[2], used[2]) + used[3], markup)


def _drawable(text: str) -> str:
    """Decompose sara am: the PNG renderer sets the letters after it too far left."""
    return _AM.sub("\u0e4d\\1\u0e32", text)


@cache
def font_file() -> Path:
    """Find the font's regular face; raise `charts-missing`."""
    spec = find_spec("fontpkg_sarabun")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for file in sorted(Path(folder).rglob("*egular*.ttf")):
            return file
    raise PhaenError("charts-missing")


@cache
def _drawer() -> ModuleType:
    try:
        import vl_convert
    except ImportError as error:
        raise PhaenError("charts-missing") from error
    vl_convert.register_font_directory(str(font_file().parent))
    drawer: ModuleType = vl_convert
    return drawer
