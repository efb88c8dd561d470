"""Texts of the pages' frame and of the pages home, search, document, record, body."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SITE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # --- frame -------------------------------------------------------------------------
        "web-name": ("แผน", "phaen"),
        "web-menu-phone": ("เมนูล่าง", "Menu below"),
        "web-home-short": ("หน้าแรก", "Home"),
        "web-align-menu": ("ข้อเสนอโครงการ", "Proposals"),
        "web-align-short": ("ตรวจ", "Check"),
        "web-duplicates-menu": ("ความซ้ำซ้อน", "Duplicates"),
        "web-compare-menu": ("เปรียบเทียบ", "Compare"),
        "web-bodies": ("หน่วยงาน", "Bodies"),
        "web-previous": ("ก่อนหน้า", "Previous"),
        "web-next": ("ถัดไป", "Next"),
        "web-pages-of-list": ("หน้าของรายการ", "Pages of the list"),
        "web-where": ("ตำแหน่งของหน้านี้", "Where this page is"),
    }
)
