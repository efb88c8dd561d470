"""Texts of the pages' frame and of the pages home, search, document, record, body."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SITE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # --- originals ---------------------------------------------------------------------
        "original-not-kept": (
            "เก็บต้นฉบับของ {file} ไม่ได้: {reason} เอกสารนี้จึงยังไม่ถูกเพิ่ม ตรวจพื้นที่ว่างของดิสก์แล้วเพิ่มใหม่",
            "The original of {file} could not be kept: {reason}. The document was not added; "
            "check the disk's free space and add it once more",
        ),
        "original-missing": (
            "ไม่มีต้นฉบับของเอกสาร {id} เพิ่มไฟล์เดิมอีกครั้งเพื่อเก็บต้นฉบับ",
            "The original of document {id} was not kept; add the same file once more to keep it",
        ),
        "page-image-missing": ("แสดงภาพของหน้านี้ไม่ได้", "No image of this page can be made"),
        "finding-originals-unneeded": (
            "ต้นฉบับที่ไม่มีเอกสารใดใช้ {count} ไฟล์",
            "{count} originals that no document needs",
        ),
        "finding-originals-damaged": (
            "ต้นฉบับที่เสียหาย {count} ไฟล์ (เพิ่มไฟล์เดิมอีกครั้งเพื่อเก็บใหม่)",
            "{count} damaged originals (add the same files once more)",
        ),
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
