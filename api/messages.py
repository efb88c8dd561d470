"""Every message to people, Thai and English, by its code.

The code of a `PhaenError` names its message here; `{names}` are filled from its details.
A code without a message is a mistake that a test finds.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from api.language import Language, current
from ingest.errors import PhaenError

MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType({
    # --- files ---------------------------------------------------------------------------
    "file-not-found": ("ไม่พบไฟล์ {file}", "File not found: {file}"),
    "is-a-folder": (
        "{file} เป็นโฟลเดอร์ ไม่ใช่ไฟล์ (ใช้ phaen add เพื่ออ่านทั้งโฟลเดอร์)",
        "{file} is a folder, not a file (phaen add reads whole folders)",
    ),
    "no-documents": (
        "ไม่มีเอกสารที่อ่านได้ใน {file}", "There is no document to read in {file}"),
    "empty-file": ("{file} เป็นไฟล์ว่าง", "{file} is empty"),
    "not-a-file": ("{file} ไม่ใช่ไฟล์ธรรมดา", "{file} is not a regular file"),
    "too-large": (
        "{file} ใหญ่เกินกำหนด ({limit} ไบต์)", "{file} is larger than {limit} bytes"),
    "inflated-too-large": (
        "{file} ขยายออกแล้วใหญ่เกินกำหนด ({limit} ไบต์)",
        "{file} grows beyond {limit} bytes when unpacked",
    ),
    "damaged": ("{file} เสียหาย เปิดไม่ได้", "{file} is damaged and cannot be opened"),
    "encrypted": (
        "{file} มีรหัสผ่าน: เปิดแล้วบันทึกใหม่โดยไม่ใส่รหัสผ่าน",
        "{file} has a password: open it and save it without one",
    ),
    "unsupported-format": (
        "ไม่รองรับไฟล์ {file} (รูปแบบ {format})", "{file} is of a kind not read here ({format})"),
    "not-text": ("{file} ไม่ใช่เอกสารข้อความ", "{file} holds no text that can be read"),
    "no-permission": ("ไม่มีสิทธิ์อ่าน {file}", "No permission to read {file}"),
    "read-failed": ("อ่าน {file} ไม่ได้: {reason}", "Could not read {file}: {reason}"),
    # --- knowledge base ------------------------------------------------------------------
    "no-knowledge-base": (
        "ไม่พบฐานความรู้ {file}: สร้างด้วย phaen add ไฟล์หรือโฟลเดอร์ หรือระบุที่อยู่ด้วย --kb",
        "There is no knowledge base {file}: make one with phaen add PATH, or name one with --kb",
    ),
    "document-unknown": (
        "ไม่มีเอกสารรหัส {id} (ดูรายการด้วย phaen list)",
        "There is no document {id} (phaen list shows them)",
    ),
    "document-ambiguous": (
        "รหัส {id} ตรงกับเอกสารหลายฉบับ: {found}", "{id} stands for several documents: {found}"),
    "record-unknown": ("ไม่มีรายการรหัส {id}", "There is no record {id}"),
    # --- command line --------------------------------------------------------------------
    "usage-missing": ("ขาด {name}", "Missing {name}"),
    "usage-option-unknown": (
        "ไม่มีตัวเลือก {name}{hint}", "There is no option {name}{hint}"),
    "usage-command-unknown": (
        "ไม่มีคำสั่ง {name}{hint}", "There is no command {name}{hint}"),
    "usage-value": (
        "ค่าของ {name} ใช้ไม่ได้: {reason}", "The value of {name} cannot be used: {reason}"),
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
    # --- what is shown -------------------------------------------------------------------
    "page": ("น. {page}", "p. {page}"),
    "pages": ("{pages} หน้า", "{pages} pages"),
    "pages-unread": ("อ่านไม่ได้: หน้า {pages}", "Not read: pages {pages}"),
    "years": ("พ.ศ. {years}", "BE {years}"),
    "quality": ("คุณภาพข้อความ {percent}%", "text quality {percent}%"),
    "budget": ("{amount} บาท ({years})", "{amount} baht ({years})"),
    "note": ("หมายเหตุ: {note}", "Note: {note}"),
    "organisation-unknown": ("ไม่ทราบหน่วยงาน", "organisation unknown"),
    "nothing-stated": (
        "ไม่พบข้อความแผนในเอกสารนี้", "This document states nothing a plan states"),
    "found": (
        "พบ {statements} ข้อความ {projects} โครงการ",
        "{statements} statements and {projects} projects found",
    ),
    "page-heading": ("หน้า {page}", "Page {page}"),
    "page-unread": ("(อ่านไม่ได้: {reason})", "(not read: {reason})"),
    # --- what this machine has -----------------------------------------------------------
    "doctor-ready": ("พร้อมใช้งาน", "Ready."),
    "doctor-lacking": (
        "ใช้งานได้ แต่อ่านเอกสารบางแบบไม่ได้จนกว่าจะติดตั้งสิ่งที่ขาด (✗)",
        "It works, but some documents cannot be read until what is lacking (✗) is installed.",
    ),
    "install": ("ติดตั้งด้วย: {how}", "Install it with: {how}"),
    "part-poppler": ("อ่านตัวอักษรไทยใน PDF ให้ถูกต้อง", "reads the Thai text of PDF files right"),
    "install-poppler": ("apt install poppler-utils", "apt install poppler-utils"),
    "part-tesseract": ("อ่านเอกสารสแกนและภาพ", "reads scanned pages and images"),
    "install-tesseract": ("apt install tesseract-ocr", "apt install tesseract-ocr"),
    "part-tesseract-tha": ("ภาษาไทยของโปรแกรมอ่านสแกน", "the Thai of the scan reader"),
    "install-tesseract-tha": ("apt install tesseract-ocr-tha", "apt install tesseract-ocr-tha"),
    "part-libreoffice": ("อ่านไฟล์ DOC, ODT และ RTF", "reads DOC, ODT and RTF files"),
    "install-libreoffice": (
        "apt install libreoffice-writer-nogui", "apt install libreoffice-writer-nogui"),
    "part-pymupdf": (
        "ตัวอ่าน PDF เสริม (สัญญาอนุญาต AGPL ผู้ใช้เลือกเอง)",
        "a further PDF reader (AGPL licence: your own choice)",
    ),
    "install-pymupdf": ("pip install 'phaen[mupdf]'", "pip install 'phaen[mupdf]'"),
    "part-sentence-transformers": ("ค้นด้วยความหมาย", "search by meaning"),
    "install-sentence-transformers": (
        "pip install sentence-transformers", "pip install sentence-transformers"),
    # --- HTTP ----------------------------------------------------------------------------
    "not-found": ("ไม่มีหน้านี้: {path}", "There is nothing at {path}"),
    "method-not-allowed": (
        "{path} ไม่รับคำสั่ง {method}", "{path} does not take {method}"),
    "request-invalid": ("คำขอไม่ถูกต้อง: {reason}", "The request is not valid: {reason}"),
    "body-too-large": (
        "ข้อมูลที่ส่งมาใหญ่เกิน {limit} ไบต์", "The request is larger than {limit} bytes"),
    "body-broken": (
        "อ่านข้อมูลที่ส่งมาไม่ได้: {reason}", "The request's body could not be read: {reason}"),
    "media-type-unsupported": (
        "ต้องส่งข้อมูลเป็น {expected}", "The body has to be {expected}"),
    "too-many-files": (
        "ส่งไฟล์มากเกินไป (รับครั้งละ {limit} ไฟล์)", "Too many files (at most {limit} at once)"),
    "too-many-jobs": (
        "มีงานรออยู่มากแล้ว ลองใหม่ภายหลัง", "Too much work is waiting; try again later"),
    "job-unknown": ("ไม่มีงานรหัส {id}", "There is no job {id}"),
    "cursor-invalid": ("ตัวชี้หน้า {cursor} ใช้ไม่ได้", "The cursor {cursor} cannot be used"),
    "period-invalid": (
        "ช่วงปี {period} ใช้ไม่ได้ (ตัวอย่าง 2566-2570)",
        "The period {period} cannot be used (for example 2566-2570)",
    ),
    "internal": ("เกิดข้อผิดพลาดภายในระบบ", "Something went wrong inside the server"),
})  # fmt: skip


class _Details(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def message(code: str, language: Language | None = None, **details: object) -> str:
    """Word a message in the given or current language; unknown codes are shown as they are."""
    if code not in MESSAGES:
        listed = ", ".join(f"{name}: {printable(value)}" for name, value in details.items())
        return f"{code} ({listed})" if listed else code
    wording = MESSAGES[code][(language or current()) == "en"]
    shown = _Details({name: printable(value) for name, value in details.items()})
    return string.Formatter().vformat(wording, (), shown)


def explain(error: PhaenError, language: Language | None = None) -> str:
    """Word an error for people."""
    return message(error.code, language, **error.details)


def printable(value: object) -> str:
    """Show a value on one line: control characters (a newline in a file's name) escaped."""
    return "".join(
        char if char.isprintable() or char == " " else char.encode("unicode_escape").decode()
        for char in str(value)
    )
