"""Pages of records with an opaque cursor, and the filters of lists."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from api.http.fields import BodyKind, PlanName, RecordKind
from api.text.requested_options import parse_period
from ingest.errors import UsageError
from kb.store.filters import Filters

MOST = 500
_DIGITS = 19
"""Fewer digits than this make a number that SQLite can hold, a page's length added."""
Item = TypeVar("Item")


class ListPage(BaseModel, Generic[Item]):
    """A page of records; `next` is the cursor of the following page, null on the last."""

    items: list[Item]
    next: str | None


class Keyed(Protocol):
    """A record of the store, with the row number that orders it."""

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
        None, max_length=200, description="ค่า next ของหน้าก่อน · `next` of the page before"
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
        """Make the store's filters."""
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


def page_of(found: Iterable[Keyed], limit: int) -> dict[str, Any]:
    """Make a page from records fetched one beyond its limit."""
    listed: Sequence[Keyed] = list(found)
    more = len(listed) > limit
    shown = listed[:limit]
    return {
        "items": [record.to_dict() for record in shown],
        "next": cursor_of(shown[-1].key) if more else None,
    }


def cursor_of(key: int) -> str:
    """Write where a page ends, opaque to the asker."""
    return base64.urlsafe_b64encode(f"after:{key}".encode()).decode().rstrip("=")


def key_of(cursor: str | None) -> int:
    """Read where the page before ended; 0 begins."""
    if cursor is None:
        return 0
    try:
        told = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        name, _, key = told.partition(":")
        if name == "after" and key.isdecimal() and len(key) < _DIGITS:
            return int(key)
    except (binascii.Error, ValueError):
        pass
    raise UsageError("cursor-invalid", cursor=cursor[:50])
