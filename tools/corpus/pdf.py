"""PDFs with a real Thai text layer: printed by Chromium, or by LibreOffice from Word."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

from .office import write_docx

_DATE = re.compile(rb"D:\d{14}")
STYLE = """
@page {{ size: A4 {turn}; margin: 18mm 14mm;
  @top-right {{ content: "{running}"; font: 9pt "{font}"; }}
  @bottom-center {{ content: "{words} " counter(page); font: 9pt "{font}"; }} }}
body {{ font-family: "{font}", "Noto Sans Thai"; font-size: 11pt; line-height: 1.45; }}
p {{ margin: 0 0 3pt; padding-top: 4pt; }} h2, h3 {{ margin: 6pt 0 2pt; padding-top: 4pt; }}
table {{ border-collapse: collapse; width: 100%; font-size: 8pt; line-height: 1.35; }}
td, th {{ border: 0.5pt solid black; padding: 4px 3px 2px; vertical-align: top; }}
.centre, h1 {{ text-align: center; }} .cover {{ margin-top: 50mm; }}
.page {{ break-before: page; }} .above {{ font-weight: bold; margin: 4pt 0; }}
thead {{ display: table-header-group; }} tr {{ break-inside: avoid; }}
"""


def write_pdf(text: str, facts: dict[str, str], path: Path) -> None:
    """Print the simple HTML `text` with the maker the source names."""
    with tempfile.TemporaryDirectory() as folder:
        if facts["maker"] == "libreoffice":
            _by_libreoffice(text, facts, path, Path(folder))
        else:
            _by_chromium(text, facts, path, Path(folder))
    path.write_bytes(_DATE.sub(b"D:20240101000000", path.read_bytes()))


def _by_chromium(text: str, facts: dict[str, str], path: Path, folder: Path) -> None:
    style = STYLE.format(
        turn="landscape" if 'rowspan="2"' in text else "portrait",
        running=facts.get("running", ""),
        font=facts["font"],
        words="หน้า",
    )
    page = folder / "page.html"
    page.write_text(
        f'<!DOCTYPE html><html lang="th"><head><meta charset="utf-8">'
        f"<title>{facts['title']}</title><style>{style}</style></head><body>{text}</body></html>",
        encoding="utf-8",
    )
    subprocess.run(
        [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={path}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


def _by_libreoffice(text: str, facts: dict[str, str], path: Path, folder: Path) -> None:
    word = folder / f"{path.stem}.docx"
    write_docx(text, facts, word)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(word),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    path.write_bytes((folder / f"{path.stem}.pdf").read_bytes())
