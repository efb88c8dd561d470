import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.thai.numbers import date, dates, thai

MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1 ตุลาคม 2561", "2018-10-01"),
        ("( 19 พ.ค.65 )", "2022-05-19"),
        ("15/07/2565", "2022-07-15"),
        ("3 ธันวาคม 2022", "2022-12-03"),
        ("วันที่ ๑ ต.ค. ๖๑", "2018-10-01"),
        ("10 พ.ค. 2024 12:22:22", "2024-05-10"),
        ("9 – 10 สิงหาคม 2561", "2018-08-09"),
        ("11 เดือน กุมภาพันธ์ พ.ศ. 2565", "2022-02-11"),
        ("วันพฤหัสบดีที่ 5 มกราคม 2560", "2017-01-05"),
        ("5 มค 66", "2023-01-05"),
        ("May 5, 2023", "2023-05-05"),
        ("5 May 2023", "2023-05-05"),
        ("2022-12-03", "2022-12-03"),
        ("15-07-65", "2022-07-15"),
    ],
)
def test_days(text: str, iso: str) -> None:
    assert date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2565",
        "1.2.3.4",
        "12/2566",
        "ตุลาคม 2561",
        "40 มกราคม 2566",
        "",
        "3 in 2022",
        "1/2/3/4",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert dates(text) == []


def test_days_in_their_order_with_their_places() -> None:
    text = "ระหว่าง ๙ ส.ค. ๖๑ ถึงวันที่ 10/08/2561"
    assert [(found.iso, text[found.start : found.end]) for found in dates(text)] == [
        ("2018-08-09", "๙ ส.ค. ๖๑"),
        ("2018-08-10", "10/08/2561"),
    ]


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2056, 12, 31)))
def test_every_day_in_every_form(day: datetime.date) -> None:
    be = day.year + 543
    name, short = MONTHS.split()[day.month - 1], SHORT.split()[day.month - 1]
    for written in (
        f"{day.day} {name} {be}",
        f"{day.day} {name} {day.year}",
        thai(f"{day.day} {short} {be}"),
        f"{day.day:02}/{day.month:02}/{be}",
        day.isoformat(),
    ):
        assert date(f"เมื่อ {written} ณ ศาลากลาง") == day.isoformat()
