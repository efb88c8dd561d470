"""Documents of invented bodies, made in place: what the store's tests add and take away."""

from decimal import Decimal

from ingest.records import (
    Document,
    Organisation,
    Page,
    Period,
    Place,
    Project,
    Span,
    Statement,
    fingerprint,
)

RIVERSIDE = Organisation("จังหวัดริมธาร", "province", "ริมธาร")
RIVERSIDE_PAO = Organisation("องค์การบริหารส่วนจังหวัดริมธาร", "pao", "ริมธาร")
HILLTOWN = Organisation("เทศบาลตำบลเนินสวย", "municipality", "ริมธาร", "เมืองริมธาร")

THIS_PLAN = Period(2566, 2570)
VISION = "เมืองน่าอยู่ริมน้ำ เกษตรปลอดภัย ท่องเที่ยวยั่งยืน"
MISSIONS = (
    "ส่งเสริมการท่องเที่ยวโดยชุมชนและกระจายรายได้สู่ครัวเรือน",
    "ดูแลผู้สูงอายุและผู้ป่วยติดเตียงให้เข้าถึงบริการสุขภาพ",
    "พัฒนาระบบน้ำเพื่อการเกษตรและป้องกันน้ำท่วม",
)


def document(
    name: str = "plan.txt",
    *texts: tuple[str, str],
    body: Organisation | None = RIVERSIDE,
    period: Period | None = THIS_PLAN,
    projects: tuple[Project, ...] = (),
    notes: tuple[str, ...] = (),
) -> Document:
    """Make a document that says the given `(kind, text)`s, one a line of its one page."""
    said = texts or (("vision", VISION), *(("mission", text) for text in MISSIONS))
    page = "\n".join(text for _, text in said)
    identity = fingerprint(name, page, body.name if body else "", str(period))
    statements, at = [], 0
    for kind, text in said:
        key = fingerprint(identity, kind, text, str(at))
        statements.append(Statement(key, kind, text, 1, at, at + len(text)))
        at += len(text) + 1
    return Document(
        id=identity,
        file=name,
        media_type="text/plain",
        title=None,
        organisation=body,
        plan_kind="province_plan",
        period=period,
        published=None,
        pages=(Page(1, page, quality=0.99),),
        statements=tuple(statements),
        projects=projects,
        notes=notes,
    )


def project(title: str = "ก่อสร้างถนนคอนกรีต หมู่ที่ 3", **fields: object) -> Project:
    """Make a project, with money in two years unless told otherwise."""
    values: dict[str, object] = {
        "budget": {2567: Decimal("1200000"), 2568: Decimal("50000.50")},
        "place": Place(villages=("หมู่ที่ 3",), district="เมืองริมธาร"),
        "page": 1,
        "row": 4,
        "objective": "เพื่อให้สัญจรสะดวก",
    } | fields
    return Project(fingerprint("project", title), title, **values)  # type: ignore[arg-type]


def rich() -> Document:
    """Make a document that uses every field there is."""
    statement = Statement(
        "a" * 16,
        "value",
        "มีจิตบริการ",
        1,
        0,
        11,
        explanation="ทำงานด้วยใจ",
        alternatives=("mission",),
        organisation=RIVERSIDE_PAO,
        period=Period(2561, 2565),
        mentions=(Span(1, 20, 31), Span(2, 0, 11)),
        section="ค่านิยม",
        number="1",
        parent="b" * 16,
        confidence=0.75,
        found_by="prose",
    )
    pages = (
        Page(1, "มีจิตบริการ แล้วก็ มีจิตบริการ", 1.0, "pdftotext", furniture=("หน้า 1",)),
        Page(2, "", None, "none", unread="no-ocr", unverified=True),
    )
    return Document(
        "c" * 16,
        "โฟลเดอร์/แผน 66.pdf",
        "application/pdf",
        "แผนพัฒนา",
        HILLTOWN,
        "local_plan",
        None,
        "2565-05-19",
        pages,
        (statement,),
        (project(notes=("totals-skipped",)),),
        notes=("hidden-sheet: งบ 66",),
    )
