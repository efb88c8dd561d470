import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import Period
from ingest.thai.numbers import buddhist, period, periods, thai, year


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("พ.ศ. 2566 – 2570", 2566, 2570),
        ("พ.ศ.2561-2565", 2561, 2565),
        ("2566-70", 2566, 2570),
        ("๒๕๖๖ ถึง ๒๕๗๐", 2566, 2570),
        ("พ.ศ. ๒๕๖๖ ถึง พ.ศ. ๒๕๗๐", 2566, 2570),
        ("5 ปี (พ.ศ. 2566 – 2570", 2566, 2570),
        ("ปีงบประมาณ 2561–2564/65", 2561, 2564),
        ("ปี 66-70", 2566, 2570),
        ("2023-2027", 2566, 2570),
        ("ยุทธศาสตร์ชาติ (พ.ศ. ๒๕๖๑ – ๒๕๘๐)", 2561, 2580),
    ],
)
def test_spans(text: str, start: int, end: int) -> None:
    assert period(text) == Period(start, end)


@pytest.mark.parametrize(
    "text", ["พ.ศ. 2566", "2570-2566", "1,256-2570", "โทร 02-256-2570", "2561-2599", "", "053-2566"]
)
def test_what_is_no_span(text: str) -> None:
    assert period(text) is None


def test_every_span_with_its_place() -> None:
    text = "แผน (๒๕๖๑-๒๕๖๕) และแผน (พ.ศ. 2566 - 2570)"
    found = periods(text)
    assert [one.period for one in found] == [Period(2561, 2565), Period(2566, 2570)]
    assert [text[one.start : one.end] for one in found] == ["๒๕๖๑-๒๕๖๕", "2566 - 2570"]


@pytest.mark.parametrize(
    ("text", "be"),
    [
        ("ปีงบประมาณ พ.ศ. ๒๕๖๗", 2567),
        ("2022", 2565),
        ("ปี 66", 2566),
        ("พ.ศ.65", 2565),
        ("66 คน", None),
        ("ไม่มี", None),
        ("1,256", None),
    ],
)
def test_single_years(text: str, be: int | None) -> None:
    assert year(text) == be


@given(st.integers(2500, 2620), st.integers(0, 20))
def test_spans_in_both_scripts_and_eras(start: int, length: int) -> None:
    end = start + length
    assert period(f"(พ.ศ. {start} - {end})") == Period(start, end)
    assert period(thai(f"{start}–{end}")) == Period(start, end)
    assert period(f"{start - 543}-{end - 543}") == Period(start, end)


@given(st.integers(0, 3000))
def test_a_year_is_buddhist_or_none(number: int) -> None:
    assert buddhist(number) is None or 2400 <= (buddhist(number) or 0) <= 2649
