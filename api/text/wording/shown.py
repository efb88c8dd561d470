"""The command line, and what commands show."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SHOWN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # --- command line ------------------------------------------------------------------
        "usage-missing": ("ขาด {name}", "Missing {name}"),
        "usage-option-unknown": ("ไม่มีตัวเลือก {name}{hint}", "There is no option {name}{hint}"),
        "usage-command-unknown": ("ไม่มีคำสั่ง {name}{hint}", "There is no command {name}{hint}"),
        "usage-value": (
            "ค่าของ {name} ใช้ไม่ได้: {reason}",
            "The value of {name} cannot be used: {reason}",
        ),
        "usage-other": ("ใช้คำสั่งไม่ถูก: {reason}", "Wrong usage: {reason}"),
        "usage-choice": ("{value} ไม่ใช่หนึ่งใน {choices}", "{value} is not one of {choices}"),
        "usage-number": ("{value} ไม่ใช่ตัวเลขที่ใช้ได้", "{value} is not a number that fits"),
        "usage-help": ("วิธีใช้: {command} --help", "How to use it: {command} --help"),
        "usage-hint": (" (หมายถึง {names} หรือไม่)", " (did you mean {names}?)"),
        "query-empty": ("คำค้นว่างเปล่า", "The query is empty"),
        "query-too-long": (
            "คำค้นยาวเกินไป: {length} ตัวอักษร (รับได้ {limit})",
            "The query is too long: {length} characters (at most {limit})",
        ),
        "interrupted": ("หยุดตามคำสั่ง", "Stopped as asked"),
        "unexpected": (
            "เกิดข้อผิดพลาดที่ไม่คาดคิด: {reason} (ดูรายละเอียดด้วย PHAEN_DEBUG=1)",
            "Something unexpected happened: {reason} (PHAEN_DEBUG=1 shows the details)",
        ),
        # --- what is shown -----------------------------------------------------------------
        "page": ("น. {page}", "p. {page}"),
        "pages": ("{pages} หน้า", "{pages} pages"),
        "pages-unread": ("อ่านไม่ได้: หน้า {pages}", "Not read: pages {pages}"),
        "years": ("พ.ศ. {years}", "BE {years}"),
        "quality": ("คุณภาพข้อความ {percent}%", "text quality {percent}%"),
        "budget": ("{amount} บาท ({years})", "{amount} baht ({years})"),
        "note": ("หมายเหตุ: {note}", "Note: {note}"),
        "organisation-unknown": ("ไม่ทราบหน่วยงาน", "organisation unknown"),
        "unread": ("อ่านไม่ได้ {pages} หน้า", "{pages} pages not read"),
        "add-summary": (
            "เพิ่ม {added} · มีอยู่แล้ว {unchanged} · แทนที่ {replaced} · ไม่สำเร็จ {failed}",
            "{added} added · {unchanged} unchanged · {replaced} replaced · {failed} failed",
        ),
        "note-hidden-sheet": ("ไม่อ่านแผ่นงานที่ซ่อนไว้ {value}", "Hidden sheet not read: {value}"),
        "note-unknown-letters": (
            "มีตัวอักษรที่ฟอนต์ไม่บอกว่าคืออะไร (�) ในหน้า {value}",
            "Letters that the file does not name (�) on page {value}",
        ),
        "note-page-cut": (
            "หน้า {value} มีเส้นและภาพมากเกินไป จึงอ่านเพียงส่วนแรก",
            "Page {value} draws too much; only its first part was read",
        ),
        "note-unverified-numbers": (
            "ตัวเลขมาจากการอ่านภาพ ควรตรวจ {value}",
            "Numbers come from a scan; check them {value}",
        ),
        "unread-no-text": ("ไม่มีตัวอักษรให้อ่าน", "no text on it"),
        "unread-too-large": ("หน้าใหญ่เกินไป", "the page is too large"),
        "unread-illegible": ("ภาพไม่ชัดพอที่จะอ่าน", "the picture cannot be made out"),
        "unread-ocr-failed": ("โปรแกรมอ่านสแกนทำงานไม่สำเร็จ", "the scan reader failed"),
        "unread-damaged": ("หน้าเสียหาย", "the page is damaged"),
        "unread-no-ocr": (
            "เป็นภาพ ต้องติดตั้งโปรแกรมอ่านสแกน: phaen doctor",
            "a picture; install the scan reader: phaen doctor",
        ),
        "nothing-stated": ("ไม่พบข้อความแผนในเอกสารนี้", "This document states nothing a plan states"),
        "found": (
            "พบ {statements} ข้อความ {projects} โครงการ",
            "{statements} statements and {projects} projects found",
        ),
        "page-heading": ("หน้า {page}", "Page {page}"),
        "page-unread": ("(อ่านไม่ได้: {reason})", "(not read: {reason})"),
    }
)
