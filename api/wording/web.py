"""HTTP and the pages in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WEB: Mapping[str, tuple[str, str]] = MappingProxyType({
    # --- HTTP --------------------------------------------------------------------------
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
    "invalid-extra": ("ไม่รู้จักช่องนี้", "this field is not known"),
    "invalid-missing": ("ขาดช่องนี้", "this field is missing"),
    "invalid-json": ("ไม่ใช่ JSON ที่ใช้ได้", "not valid JSON"),
    "invalid-choice": ("ต้องเป็นหนึ่งใน {choices}", "has to be one of {choices}"),
    "invalid-range": ("อยู่นอกช่วงที่รับได้", "out of range"),
    "invalid-length": ("ความยาวหรือจำนวนอยู่นอกช่วงที่รับได้", "of a length that is not allowed"),
    "invalid-type": ("ชนิดข้อมูลไม่ถูกต้อง", "of the wrong type"),
    "upload-failed": (
        "อ่านไฟล์ที่ส่งมาไม่ได้: {reason}", "What was sent could not be read: {reason}"),
    "too-many-jobs": (
        "มีงานรออยู่มากแล้ว ลองใหม่ภายหลัง", "Too much work is waiting; try again later"),
    "job-unknown": ("ไม่มีงานรหัส {id}", "There is no job {id}"),
    "cursor-invalid": ("ตัวชี้หน้า {cursor} ใช้ไม่ได้", "The cursor {cursor} cannot be used"),
    "organisation-invalid": (
        "ชื่อหน่วยงานใช้ไม่ได้: “{name}”", "“{name}” is no name of a body"),
    "period-invalid": (
        "ช่วงปี {period} ใช้ไม่ได้ (ตัวอย่าง 2566-2570)",
        "The period {period} cannot be used (for example 2566-2570)",
    ),
    "origin-refused": (
        "ไม่รับคำสั่งจากหน้าเว็บอื่น ({origin})", "Requests from other sites are refused ({origin})"),
    "host-refused": (
        "เครื่องนี้ไม่ให้บริการในชื่อ {host}", "This server does not answer to the name {host}"),
    "problem-unknown": ("ไม่มีข้อผิดพลาดรหัส {code}", "There is no problem {code}"),
    # --- web pages ---------------------------------------------------------------------
    "web-skip": ("ข้ามไปเนื้อหา", "Skip to content"),
    "web-menu": ("เมนู", "Menu"),
    "web-search": ("ค้นหา", "Search"),
    "web-docs": ("คู่มือ API", "API reference"),
    "web-docs-lead": (
        "เรียกใช้ผ่าน HTTP ได้ทุกคำสั่งด้านล่าง คำอธิบายสำหรับโปรแกรม:",
        "Every call below works over HTTP. For programs:",
    ),
    "web-calls": ("รายการคำสั่ง", "Calls"),
    "web-footer": ("phaen รุ่น {version}", "phaen {version}"),
    "web-lead": (
        "ค้นสิ่งที่แผนพัฒนากล่าวไว้", "Search what development plans say"),
    "web-query": ("อยากรู้เรื่องอะไร", "What are you looking for?"),
    "web-example": ("เช่น น้ำไม่พอทำนาในหน้าแล้ง", "for example น้ำไม่พอทำนาในหน้าแล้ง"),
    "web-kind": ("ชนิดข้อความ", "Kind"),
    "web-province": ("จังหวัด", "Province"),
    "web-mode": ("วิธีค้น", "Match"),
    "web-any": ("ทั้งหมด", "Any"),
    "web-found": ("พบ {count} รายการ แสดง {shown}", "{count} found, {shown} shown"),
    "web-suggestion": ("หมายถึงหรือไม่:", "Did you mean:"),
    "web-align": ("ตอบยุทธศาสตร์ใด", "Does it serve a strategy?"),
    "web-judge": ("ตรวจ", "Judge"),
    "web-against": ("เทียบกับ", "Hold against"),
    "web-all-frameworks": ("กรอบของประเทศทั้งหมด", "All national frameworks"),
    "web-objective": ("วัตถุประสงค์", "Objective"),
    "web-declared": ("ยุทธศาสตร์ที่ระบุไว้", "The strategy it declares"),
    "web-best": ("ข้อที่ตอบได้ดีที่สุด", "What it serves best"),
    "web-chain": ("เชื่อมโยงแผนทุกระดับ", "Up through the plans"),
    "web-compare-bodies": ("เปรียบเทียบวิสัยทัศน์", "Compare visions"),
    "web-compare-now": ("เปรียบเทียบ", "Compare"),
    "web-whom": ("หน่วยงาน", "Bodies"),
    "web-over-time": ("เทียบแผนเดิมกับแผนใหม่ด้วย", "Old plans with new ones too"),
    "web-add-documents": ("เพิ่มเอกสาร", "Add documents"),
    "web-add-lead": (
        "PDF, เอกสารสแกน, Word, Excel, CSV, หน้าเว็บ หรือ ZIP ของเอกสารเหล่านี้ ส่งไฟล์เดิมซ้ำได้ ไม่เก็บซ้ำ",
        "PDF, scans, Word, Excel, CSV, web pages, or a ZIP of them; the same file is kept once.",
    ),
    "web-files": ("ไฟล์ (เลือกได้หลายไฟล์)", "Files (one or many)"),
    "web-whose": (
        "หน่วยงานเจ้าของแผน (ถ้าเอกสารไม่บอก)", "Whose plan it is (if the document does not say)"),
    "web-period": ("ปีของแผน พ.ศ. (ถ้าเอกสารไม่บอก)", "The plan's years, BE (if it does not say)"),
    "web-reading": ("กำลังอ่าน {done} จาก {total} ไฟล์", "Reading: {done} of {total} files"),
    "web-read-all": ("อ่านเสร็จแล้ว", "All read"),
    "web-add-more": ("เพิ่มเอกสารอีก", "Add more"),
    "no-files-sent": ("ยังไม่ได้เลือกไฟล์", "No file was chosen"),
    "web-review": ("ตรวจ", "Review"),
    "web-reviewer": ("ผู้ตรวจ", "Reviewer"),
    "web-note": ("หมายเหตุ", "Note"),
    "web-page": ("หน้า", "Page"),
    "web-right-text": ("ข้อความที่ถูกต้อง", "The right text"),
    "web-accept": ("ถูกต้องแล้ว", "It is right"),
    "web-correct": ("แก้ไขตามนี้", "Correct it so"),
    "web-reject": ("ไม่ใช่ ไม่ใช้รายการนี้", "It is wrong, leave it out"),
    "web-add-missing": ("เพิ่มข้อความที่อ่านตกหล่น", "Add a statement that was missed"),
    "web-add": ("เพิ่ม", "Add"),
    "web-open": ("ดูทั้งแผน", "See the whole plan"),
    "web-holds": ("ในฐานความรู้นี้", "In this knowledge base"),
    "web-documents": ("เอกสาร", "Documents"),
    "web-parameter": ("พารามิเตอร์", "Parameter"),
    "web-type": ("ชนิด", "Type"),
    "web-meaning": ("ความหมาย", "Meaning"),
    "web-request": ("ข้อมูลที่ส่ง", "Request"),
    "web-answer": ("คำตอบ", "Answer"),
    "list-empty": ("ยังไม่มีเอกสารที่ตรง", "No document fits"),
    "list-count": ("{count} ฉบับ", "{count} documents"),
    "removed": ("ลบแล้ว {id} {title}", "Removed {id} {title}"),
    "count-documents": ("เอกสาร", "documents"),
    "count-organisations": ("หน่วยงาน", "organisations"),
    "count-statements": ("ข้อความแผน", "statements"),
    "count-pages": ("หน้า", "pages"),
    "count-unread-pages": ("หน้าที่อ่านไม่ได้", "unread pages"),
    "count-projects": ("โครงการ", "projects"),
    "web-problem": ("ขออภัย", "Sorry"),
    "relevance": ("ตรง {percent}%", "relevance {percent}%"),
    "why-words": ("คำที่ตรงกัน: {words}", "words in common: {words}"),
    "why-meaning": ("ความหมายใกล้เคียง", "close in meaning"),
})  # fmt: skip
