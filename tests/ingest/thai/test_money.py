from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.thai.numbers import Figure, arabic, figure, integer, money, thai


@pytest.mark.parametrize(
    ("cell", "baht"),
    [
        ("1,200,000", 1_200_000),
        ("๑,๒๐๐,๐๐๐.-", 1_200_000),
        ("1,๒๐๐,000 บาท", 1_200_000),
        ("500.50", "500.50"),
        ("850,000\n(เงินอุดหนุนเฉพาะกิจ)", 850_000),
        ("1,200,\n000", 1_200_000),
        ("1.5 ล้านบาท", 1_500_000),
        ("35,408.7 ล้านบาท", 35_408_700_000),
        ("2 พันล้านบาท", 2_000_000_000),
        ("3 แสนบาท", 300_000),
        ("1.200.000", 1_200_000),
        ("850.000", 850),
        ("12,500.125", "12500.125"),
        ("999.125", "999.125"),
        ("1 500 000", 1_500_000),
        ("๑ ๕๐๐ ๐๐๐", 1_500_000),
        ("60\u00a0000", 60_000),
        ("1\u2009500\u2009000.-", 1_500_000),
        ("1\u202f234\u202f567.50 บาท", "1234567.50"),
        ("1'500'000", 1_500_000),
        ("1,500,0 00", 1_500_000),
        ("งบประมาณ 1 500 000 บาท", 1_500_000),
        ("1 ล้าน 5 แสนบาท", 1_500_000),
        ("฿2,500,000", 2_500_000),
        ("๑,๒๐๐,๐๐๐ บาทถ้วน", 1_200_000),
        ("ปี 2566 จำนวน 100,000 บาท", 100_000),
        ("หมู่ 3 งบประมาณ 250,000 บาท", 250_000),
        ("0", 0),
        ("-", None),
        ("–", None),
        ("", None),
        ("ไม่ใช้งบประมาณ", None),
        ("พ.ศ. 2566", None),
        ("3 แห่ง", None),
        ("ร้อยละ", None),
    ],
)
def test_amounts(cell: str, baht: int | str | None) -> None:
    assert money(cell) == (None if baht is None else Decimal(baht))


@pytest.mark.parametrize(
    "cell",
    [
        "1,50,000",
        "1,200,OOO",
        "1,2OO,000",
        "-50,000",
        "(100,000)",
        "450,000 200,000",
        "1 20,000",
        "100,000 - 200,000",
        "1.500,00",
        "1,2345",
        "50,000 x 3",
    ],
)
def test_what_can_be_read_in_two_ways_is_no_amount_but_a_doubt(cell: str) -> None:
    assert figure(cell) == Figure(None, named=False, clear=False)


@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u2009", "\u202f", "\u2007"]))
def test_blanks_between_thousands_are_part_of_the_number(amount: int, blank: str) -> None:
    assert money(f"{amount:,}".replace(",", blank)) == amount
    assert money(thai(f"{amount:,}".replace(",", blank)) + ".-") == amount


@given(st.integers(0, 10**9), st.integers(0, 99_999))
def test_a_full_stop_is_a_decimal_point_however_many_digits_follow(whole: int, part: int) -> None:
    assert money(f"{whole:,}.{part:05}") == Decimal(f"{whole}.{part:05}")


@given(st.integers(0, 10**12))
def test_what_is_written_with_commas_is_read(amount: int) -> None:
    assert money(f"{amount:,} บาท") == amount
    assert money(thai(f"{amount:,}") + " บาท") == amount


@given(st.integers(0, 10**9))
def test_whole_numbers(number: int) -> None:
    assert integer(f"จำนวน {thai(str(number))} คน") == number


@given(st.text())
def test_digits_change_one_for_one(text: str) -> None:
    assert len(arabic(text)) == len(text)


@given(st.text(st.sampled_from("0123456789๐๑๒๙,.- ล้านพันแสนบาท\n()ปี"), max_size=30))
def test_no_cell_breaks_it(cell: str) -> None:
    amount = money(cell)
    assert amount is None or amount >= 0
