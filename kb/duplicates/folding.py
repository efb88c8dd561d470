"""Proper names folded for comparing: no blanks, no tone marks, no word for their kind."""

from __future__ import annotations

import re
from functools import lru_cache

_KIND_BEFORE = re.compile(
    "^(?:องค์การบริหารส่วนจังหวัด|องค์การบริหารส่วนตำบล|เทศบาลนคร|เทศบาลเมือง|เทศบาลตำบล|ตำบล|อำเภอ|จังหวัด)"
)
_NAME_KIND = re.compile(
    "^(?:บ้าน|ถนน|ซอย|วัด|โรงเรียน|ชุมชน|สาย|แยก|หน้า|หลัง|ริม|คลอง|ลำคลอง|ห้วย|ลำห้วย|หนอง|แม่น้ำ)(?=.{3})"
)
_TONES = re.compile("[็-์]")


@lru_cache(maxsize=200_000)
def fold_name(name: str) -> str:
    """Fold a proper name: no blanks, no tone marks, which hands and scans lose."""
    return _TONES.sub("", "".join(name.split()))


@lru_cache(maxsize=200_000)
def bare_name(name: str) -> str:
    """Take the kind off a proper name and fold it: บ้านนาดี is นาดี."""
    return fold_name(without_kind("".join(name.split())))


@lru_cache(maxsize=200_000)
def bare_area(name: str) -> str:
    """Take the kind off a body's or area's name: เทศบาลตำบลริมธาร and ตำบลริมธาร are ริมธาร."""
    return fold_name(without_area_kind("".join(name.split())))


def without_kind(name: str) -> str:
    """Return a proper name without the word for its kind, unfolded."""
    return _NAME_KIND.sub("", name)


def without_area_kind(name: str) -> str:
    """Return an area's or body's name without the word for its kind, unfolded."""
    return _KIND_BEFORE.sub("", name)
