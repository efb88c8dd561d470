"""Every page as a person sees it; `PHAEN_SCREENSHOTS` names a folder that keeps the pictures."""

import os
from pathlib import Path

import pytest

from tests.api.web.conftest import Page

pytestmark = pytest.mark.slow
PAGES = {
    "home": "/",
    "bodies": "/bodies",
    "body": "/bodies/จังหวัดศรีพนาลัย",
    "documents": "/documents",
    "to-check": "/to-check",
    "search": "/?q=สังคมสูงวัย&mode=words",
    "add": "/add",
    "reviews": "/reviews",
    "checks": "/checks",
    "duplicates": "/duplicates",
    "align": "/align",
    "compare": "/compare",
    "docs": "/docs",
    "nowhere": "/problems/empty-file",
}
WIDTHS = {"phone": 390, "desk": 1280}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_its_window(
    name: str, language: str, page: Page, site: str, tmp_path: Path
) -> None:
    folder = Path(os.environ.get("PHAEN_SCREENSHOTS", tmp_path))
    path = PAGES[name]
    for device, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={language}")
        widest = page.evaluate("document.documentElement.scrollWidth")
        page.screenshot(path=folder / f"{name}-{language}-{device}.png", full_page=True)
        assert widest <= width, (device, widest)
