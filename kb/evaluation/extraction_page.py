"""The extraction report as an HTML page: figures, then every miss beside its page's text."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kb.evaluation.extraction_report import ExtractionReport, FileReport, Score
from kb.evaluation.matching import plain

_KIND_NAMES = {
    "vision": "วิสัยทัศน์ · vision",
    "mission": "พันธกิจ · mission",
    "value": "ค่านิยม · value",
    "goal": "เป้าประสงค์ · goal",
    "strategic_issue": "ประเด็นยุทธศาสตร์ · strategic issue",
    "strategy": "กลยุทธ์ · strategy",
    "indicator": "ตัวชี้วัด · indicator",
    "project": "โครงการ · project",
}
_STYLE = """
body { font-family: "Noto Sans Thai", Sarabun, sans-serif; margin: 2rem auto; max-width: 75rem;
  line-height: 1.6; color: #1c2330 }
table { border-collapse: collapse; margin: 1rem 0 }
td, th { border: 1px solid #cbd3dd; padding: .25rem .6rem; text-align: right }
th:first-child, td:first-child { text-align: left }
section { display: grid; grid-template-columns: 3fr 2fr; gap: 1.5rem;
  border-top: 2px solid #cbd3dd; padding: 1rem 0 }
h3 { grid-column: 1 / -1; margin: 0 }
pre { white-space: pre-wrap; font-family: inherit; background: #f6f8fa; padding: 1rem;
  max-height: 36rem; overflow: auto }
mark.right { background: #c9f0d2 } mark.extra { background: #ffdcb0 }
mark.ignored { background: #e3e6ea } li { margin: .3rem 0 }
.missed { color: #a3182b } .extra { color: #8a4b00 }
"""


def render_page(report: ExtractionReport) -> str:
    """Return the report as one HTML page."""
    wrong = [file for file in report.files if file.missed or file.extra or file.error]
    return "".join(
        [
            '<!doctype html><html lang="th"><meta charset="utf-8">',
            "<title>ผลการวัดการสกัดข้อความ · Extraction measured</title>",
            f"<style>{_STYLE}</style><h1>ผลการวัดการสกัดข้อความ · Extraction measured</h1>",
            _figures(report),
            _others(report),
            f"<h2>ที่อ่านพลาด · Misses: {len(wrong)} / {len(report.files)}</h2>",
            '<p><mark class="right">ถูก · right</mark>'
            ' <mark class="extra">เกิน · not in the gold</mark>'
            ' <mark class="ignored">ไม่นับ · not counted</mark></p>',
            *(_file(file) for file in wrong),
            "</html>",
        ]
    )


def _figures(report: ExtractionReport) -> str:
    rows: list[tuple[str, dict[str, str]]] = [("ทั้งหมด · all", {})]
    rows += [(f"แหล่ง · source: {source}", {"source": source}) for source in report.sources]
    rows += [(label, {"kind": kind}) for kind, label in _KIND_NAMES.items()]
    body = "".join(
        _row(label, [_score(report, chosen), _score(report, chosen, lenient=True)])
        for label, chosen in rows
    )
    head = "<th>P</th><th>R</th><th>F1</th><th>พบ · found</th><th>จริง · gold</th>"
    return (
        '<table><tr><th rowspan="2"></th><th colspan="5">ตรงตัว · strict</th>'
        f'<th colspan="5">ใกล้เคียง · lenient</th></tr><tr>{head}{head}</tr>{body}</table>'
    )


def _score(report: ExtractionReport, chosen: dict[str, str], *, lenient: bool = False) -> Score:
    return report.score(lenient=lenient, kind=chosen.get("kind"), source=chosen.get("source"))


def _row(label: str, scores: Iterable[Score]) -> str:
    cells = "".join(
        f"<td>{_rate(s.precision)}</td><td>{_rate(s.recall)}</td><td>{_rate(s.f1)}</td>"
        f"<td>{s.predicted}</td><td>{s.gold}</td>"
        for s in scores
    )
    return f"<tr><td>{escape(label)}</td>{cells}</tr>"


def _others(report: ExtractionReport) -> str:
    alarms, negatives = report.false_alarms()
    bodies = ", ".join(
        f"{name} {_rate(score.precision)}" for name, score in report.bodies().items()
    )
    bands = "".join(
        f"<tr><td>{row['from']:.2f}–{row['to']:.2f}</td><td>{row['found']}</td>"
        f"<td>{row['confidence']:.2f}</td><td>{row['right']:.2f}</td></tr>"
        for row in report.calibration()
    )
    return (
        f"<p>หน่วยงาน · body: {bodies}; ช่วงปี · period: {_rate(report.periods().precision)}; "
        f"หน้า · page: {_rate(report.pages().precision)}; "
        f"เอกสารที่ไม่มีข้อความ แต่พบ · false alarms: {alarms} / {negatives}</p>"
        "<table><tr><th>ความเชื่อมั่น · confidence</th><th>พบ · found</th><th>เฉลี่ย · mean</th>"
        f"<th>ถูกจริง · right</th></tr>{bands}</table>"
    )


def _rate(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _file(file: FileReport) -> str:
    missed = "".join(
        f'<li class="missed">ไม่พบ · missed — {_kind(g.kind)}: {escape(g.text)}</li>'
        for g in file.missed
    )
    extra = "".join(
        f'<li class="extra">เกิน · not in the gold — {_kind(p.kind)}: {escape(p.text)} '
        f"({escape(p.found_by)}, {p.confidence:.2f})</li>"
        for p in file.extra
    )
    error = f"<li>{escape(file.error)}</li>" if file.error else ""
    pages = "".join(f"<pre>{_marked(file, n, text)}</pre>" for n, text in enumerate(file.texts, 1))
    return (
        f"<section><h3>{escape(file.gold.gold_set)} / {escape(file.gold.file)}</h3>"
        f"<div>{pages}</div><ul>{error}{missed}{extra}</ul></section>"
    )


def _kind(kind: str) -> str:
    return _KIND_NAMES.get(kind, kind)


def _marked(file: FileReport, page: int, text: str) -> str:
    """Return a page's text as HTML, the predictions in it marked by their outcomes."""
    spans = sorted(
        (prediction.start, prediction.end, outcome)
        for prediction, outcome in zip(file.predicted, file.outcomes, strict=True)
        if prediction.page == page
        and prediction.start is not None
        and prediction.end is not None
        and plain(prediction.text)
    )
    parts, position = [], 0
    for start, end, outcome in spans:
        if start < position:
            continue
        parts.append(escape(text[position:start]))
        parts.append(f'<mark class="{outcome}">{escape(text[start:end])}</mark>')
        position = end
    return "".join([*parts, escape(text[position:])])
