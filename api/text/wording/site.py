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
        "web-document": ("เอกสาร", "Document"),
        "web-versions": ("รุ่นของแผน {count} ฉบับ", "Versions of the plan: {count}"),
        "web-versions-heading": ("ฉบับอื่นของแผนช่วงเดียวกัน", "Other documents of the same period"),
        "web-original": ("ดาวน์โหลดต้นฉบับ", "Download the original"),
        "web-original-none": (
            "ไม่ได้เก็บต้นฉบับของเอกสารนี้ไว้ เพิ่มไฟล์เดิมอีกครั้งเพื่อให้เห็นหน้าจริง",
            "The original of this document was not kept; add the same file once more to see its pages",
        ),
        "web-page-before": ("หน้าก่อน", "Previous page"),
        "web-page-after": ("หน้าถัดไป", "Next page"),
        "web-page-of": ("หน้า {page} จาก {pages}", "Page {page} of {pages}"),
        "web-page-image": ("ภาพหน้า {page} ของเอกสาร", "Page {page} of the document as printed"),
        "web-page-as-text": (
            "ไม่มีภาพของหน้านี้ จึงแสดงข้อความที่อ่านได้แทน",
            "There is no image of this page; the text that was read is shown instead",
        ),
        "web-records-here": ("{count} รายการในหน้านี้", "{count} records on this page"),
        "web-press-mark": (
            "กดข้อความบนหน้าเพื่อไปยังตำแหน่งในแผน ใช้ปุ่มลูกศรเพื่อเปลี่ยนหน้า",
            "Press a mark to go to its place in the plan; arrow keys turn pages",
        ),
        "web-press-row": (
            "กดรายการทางขวาเพื่อไปยังหน้าของรายการนั้น",
            "Press a row on the right to go to its page",
        ),
        "web-open-record": ("เปิดรายการนี้", "Open this record"),
        "web-like-this": ("รายการที่คล้ายกัน", "Similar records"),
        "web-plan-tree": ("โครงสร้างแผน", "The plan"),
        "web-page-quality": ("คุณภาพการอ่านแต่ละหน้า", "How well each page was read"),
        "page-not-read": ("อ่านไม่ได้", "Not read"),
        "page-without-thai": ("ไม่มีข้อความภาษาไทยให้วัด", "No Thai text to measure"),
        "page-well-read": ("อ่านดี {percent}%", "Read well, {percent}%"),
        "page-to-check": ("ควรตรวจ {percent}%", "Should be checked, {percent}%"),
        "page-poorly-read": ("อ่านได้ไม่ดี {percent}%", "Read poorly, {percent}%"),
        "web-where": ("ตำแหน่งของหน้านี้", "Where this page is"),
    }
)
