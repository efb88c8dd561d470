"""What `phaen add` says at the end: what was read, skipped, left unread, and why."""

from pathlib import Path

import openpyxl
import pytest
from PIL import Image, ImageDraw

from tests.api.conftest import Run


def test_skipped_sheets_and_unread_pages_are_told_with_their_reason(
    run: Run, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["ที่", "โครงการ", "งบประมาณ"])
    book.active.append([1, "ขุดลอกคลองบัว", 100000])
    book.create_sheet("ร่าง").sheet_state = "hidden"
    book.save(tmp_path / "โครงการ.xlsx")
    picture = Image.new("L", (400, 200), 255)
    ImageDraw.Draw(picture).rectangle((40, 40, 200, 90), fill=0)
    picture.save(tmp_path / "สแกน.png")
    monkeypatch.setenv("PATH", str(tmp_path))  # a machine without tesseract
    result = run("add", plan, "โครงการ.xlsx", "สแกน.png", "ไม่มี.pdf", "--lang", "en")
    assert result.code == 1
    assert "Hidden sheet not read: ร่าง" in result.out
    assert "ไม่มี.pdf" in result.err
    summary, *reasons = result.err[result.err.index("3 added") :].splitlines()
    assert "1 failed" in summary
    assert any(line.startswith("1 pages not read: ") and "doctor" in line for line in reasons)
