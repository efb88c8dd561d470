"""Pages of records and the filters of lists.

A cursor says after which record a page begins (keyset pagination), so that pages neither
repeat nor skip records when others are added or removed in between.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from api.http.fields import BodyKind, PlanName, RecordKind
from api.text.requested_options import parse_period
from ingest.errors import UsageError
from kb.store.filters import Filters

MOST = 500  # records a page, or characters of a name
_DIGITS = 19
"""Digits of a key that SQLite may not hold."""
_AFTER_KEY, _AFTER_NAME = "after", "after-name"
Item = TypeVar("Item")


class ListPage(BaseModel, Generic[Item]):
    """A page of a list; `next` is the cursor of the following page, null on the last."""

    items: list[Item]
    next: str | None


class Keyed(Protocol):
    """A record of the store and the row number that orders it."""

    @property
    def key(self) -> int:
        """The row's number."""
        ...

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        ...


class PageQuery(BaseModel):
    """How much of a list is asked for; an unknown parameter is an error, never ignored."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=MOST, description="จำนวนต่อหน้า · records a page")
    cursor: str | None = Field(
        None, max_length=2000, description="ค่า next ของหน้าก่อน · `next` of the page before"
    )


class FilterQuery(PageQuery):
    """Which records a list is about; filters compose, and nothing is silently dropped."""

    kind: list[RecordKind] = Field([], description="ชนิดข้อความ (ระบุซ้ำได้) · kinds")
    organisation: str | None = Field(
        None, max_length=MOST, description="ชื่อหน่วยงาน ชื่อย่อ หรือส่วนหนึ่ง · body, also in part"
    )
    organisation_kind: list[BodyKind] = Field([], description="ชนิดหน่วยงาน · kinds of body")
    province: str | None = Field(None, max_length=MOST, description="จังหวัด · province")
    district: str | None = Field(None, max_length=MOST, description="อำเภอ · district")
    plan_kind: list[PlanName] = Field([], description="ชนิดแผน · kinds of plan")
    period: str | None = Field(
        None, max_length=50, description="ปี พ.ศ. เช่น 2566 หรือ 2566-2570 · years (BE)"
    )
    document: str | None = Field(None, max_length=64, description="รหัสเอกสาร · document id")
    min_confidence: float = Field(0.0, description="ความเชื่อมั่นอย่างน้อย · least confidence")
    reviewed: bool | None = Field(None, description="คนตรวจแล้วหรือยัง · looked at by a person")

    def filters(self) -> Filters:
        """Return the filters of the store."""
        return Filters(
            kinds=tuple(self.kind),
            organisation=self.organisation,
            organisation_kinds=tuple(self.organisation_kind),
            province=self.province,
            district=self.district,
            plan_kinds=tuple(self.plan_kind),
            period=parse_period(self.period),
            document=self.document,
            min_confidence=self.min_confidence,
            reviewed=self.reviewed,
        )


def page_of(records: Iterable[Keyed], limit: int) -> dict[str, Any]:
    """Return the JSON form of a page, given its records and one more where more follow."""
    fetched = list(records)
    shown = fetched[:limit]
    return {
        "items": [record.to_dict() for record in shown],
        "next": cursor_of(shown[-1].key) if len(fetched) > limit else None,
    }


def cursor_of(key: int) -> str:
    """Return the opaque cursor of a page that follows the record of this key."""
    return _encoded(f"{_AFTER_KEY}:{key}")


def key_of(cursor: str | None) -> int:
    """Return the key in a cursor, 0 without one. Raises UsageError: `cursor-invalid`."""
    if cursor is None:
        return 0
    kind, _, key = _decoded(cursor).partition(":")
    digits = key.isascii() and key.isdecimal() and len(key) < _DIGITS
    if kind != _AFTER_KEY or not digits:
        raise _invalid(cursor)
    return int(key)


def name_cursor(position: Sequence[str]) -> str:
    """Return the opaque cursor of a page in alphabetical order that follows these names."""
    return _encoded(f"{_AFTER_NAME}:{json.dumps(position, ensure_ascii=False)}")


def names_of(cursor: str | None) -> list[str]:
    """Return the names in a cursor, none without one. Raises UsageError: `cursor-invalid`."""
    if cursor is None:
        return []
    kind, _, names = _decoded(cursor).partition(":")
    try:
        position = json.loads(names) if kind == _AFTER_NAME else None
    except ValueError:
        position = None
    if not isinstance(position, list) or not all(isinstance(name, str) for name in position):
        raise _invalid(cursor)
    return position


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        raise _invalid(cursor) from None


def _invalid(cursor: str) -> UsageError:
    return UsageError("cursor-invalid", cursor=cursor[:50])
