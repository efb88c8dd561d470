"""Project tables: one source of rows, shown as แบบ ผ.02, as a workbook or as CSV.

The file `projects.txt` holds tables. A table opens with `[[id]]`, tells what stands above
it (`province`, `strategy`, `tactic`, `plan`), and then has one row a line, the fields parted
by ` | `: key, title, objective, target, budget (`2566:120000 2567:-`), indicator, expected
result, responsible, and what the project serves (`=` the strategy it is declared under,
`none`, or the text of another strategy), optionally followed by a note.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

PROJECTS = Path(__file__).resolve().parent / "sources" / "projects.txt"
HEADERS = {
    "no": "ที่",
    "title": "โครงการ",
    "objective": "วัตถุประสงค์",
    "target": "เป้าหมาย (ผลผลิตของโครงการ)",
    "indicator": "ตัวชี้วัด (KPI)",
    "expected_result": "ผลที่คาดว่าจะได้รับ",
    "responsible": "หน่วยงานรับผิดชอบหลัก",
}

LEADS = (
    ("province", "ก. ยุทธศาสตร์จังหวัดที่ "),
    ("strategy", "ข. ยุทธศาสตร์การพัฒนาขององค์กรปกครองส่วนท้องถิ่นที่ "),
    ("tactic", "แนวทางการพัฒนาที่ "),
    ("plan", ""),
)


@dataclass(frozen=True)
class Row:
    """One project: its cells, and what it truly serves."""

    key: str
    number: int
    title: str
    objective: str
    target: str
    budget: dict[int, Decimal | None]
    indicator: str
    expected_result: str
    responsible: str
    serves: str
    note: str


@dataclass
class Table:
    """Rows under one declared strategy, and the lines that stand above them."""

    id: str
    above: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def strategy(self) -> str | None:
        """The declared strategy's text without its number."""
        return _after_number(self.above.get("strategy"))

    @property
    def tactic(self) -> str | None:
        """The strategy (แนวทาง) under the issue, where the table names one."""
        return _after_number(self.above.get("tactic"))

    @property
    def years(self) -> list[int]:
        """The fiscal years of the budget columns."""
        return sorted({year for row in self.rows for year in row.budget})


def _after_number(text: str | None) -> str | None:
    return text.partition(" ")[2] if text else None


def load_tables() -> dict[str, Table]:
    """Read every table, by its id."""
    tables: dict[str, Table] = {}
    table: Table | None = None
    for line in PROJECTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("[["):
            table = tables[line.strip("[]")] = Table(line.strip("[]"))
        elif line and not line.startswith("#") and table is not None:
            _add(table, line)
    return tables


def _add(table: Table, line: str) -> None:
    if " | " not in line:
        name, _, value = line.partition(": ")
        table.above[name] = value
        return
    cells = [cell.strip() for cell in line.split(" | ")]
    if len(cells) not in (9, 10):
        raise ValueError(f"{len(cells)} cells in {line}")
    key, title, objective, target, money, indicator, result, responsible, serves = cells[:9]
    note = cells[9] if len(cells) == 10 else ""
    row = Row(
        key,
        len(table.rows) + 1,
        title,
        objective,
        target,
        _budget(money),
        indicator,
        result,
        responsible,
        serves,
        note,
    )
    table.rows.append(row)


def _budget(text: str) -> dict[int, Decimal | None]:
    pairs = (part.split(":") for part in text.split())
    return {int(year): None if amount == "-" else Decimal(amount) for year, amount in pairs}


def money(amount: Decimal | None) -> str:
    """Write money as tables do: grouped thousands, a dash for none."""
    return "-" if amount is None else f"{amount:,}"


def as_html(table: Table, *, prefix: str = "", bare: bool = False) -> str:
    """Write the table, header rows and all, with the lines above it unless it is `bare`."""
    above = [] if bare else _lines_above(table)
    parts = [*above, '<table border="1"><thead><tr>']
    years = table.years
    for name in ("no", "title", "objective", "target"):
        parts.append(f'<th rowspan="2">{HEADERS[name]}</th>')
    parts.append(f'<th colspan="{len(years)}">งบประมาณ</th>')
    for name in ("indicator", "expected_result", "responsible"):
        parts.append(f'<th rowspan="2">{HEADERS[name]}</th>')
    parts.append("</tr><tr>")
    parts.extend(f"<th>{year} (บาท)</th>" for year in years)
    parts.append("</tr></thead><tbody>")
    parts.extend(_html_row(row, years, prefix) for row in table.rows)
    parts.append("</tbody></table>")
    return "\n".join(parts)


def _html_row(row: Row, years: list[int], prefix: str) -> str:
    amounts = [money(row.budget.get(year)) for year in years]
    cells = [
        str(row.number),
        prefix + row.title,
        row.objective,
        row.target,
        *amounts,
        row.indicator,
        row.expected_result,
        row.responsible,
    ]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _lines_above(table: Table) -> list[str]:
    return [
        f'<p class="above">{lead}{table.above[name]}</p>'
        for name, lead in LEADS
        if name in table.above
    ]
