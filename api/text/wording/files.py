"""Reading files, and programs that help with it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FILES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # --- files -------------------------------------------------------------------------
        "file-not-found": ("ไม่พบไฟล์ {file}", "File not found: {file}"),
        "is-a-folder": (
            "{file} เป็นโฟลเดอร์ ไม่ใช่ไฟล์ (ใช้ phaen add เพื่ออ่านทั้งโฟลเดอร์)",
            "{file} is a folder, not a file (phaen add reads whole folders)",
        ),
        "column-map": (
            "ไม่เข้าใจ --map {value}: เขียนเป็น ชื่อคอลัมน์=ข้อมูล โดยข้อมูลเป็นหนึ่งใน {fields}",
            "--map {value} says nothing: write column=field, the field one of {fields}",
        ),
        "no-documents": ("ไม่มีเอกสารที่อ่านได้ใน {file}", "There is no document to read in {file}"),
        "empty-file": ("{file} เป็นไฟล์ว่าง", "{file} is empty"),
        "not-a-file": ("{file} ไม่ใช่ไฟล์ธรรมดา", "{file} is not a regular file"),
        "too-large": ("{file} ใหญ่เกินกำหนด ({limit} ไบต์)", "{file} is larger than {limit} bytes"),
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
            "ไม่รองรับไฟล์ {file} (รูปแบบ {format})",
            "{file} is of a kind not read here ({format})",
        ),
        "not-text": ("{file} ไม่ใช่เอกสารข้อความ", "{file} holds no text that can be read"),
        "no-permission": ("ไม่มีสิทธิ์อ่าน {file}", "No permission to read {file}"),
        "read-failed": ("อ่าน {file} ไม่ได้: {reason}", "Could not read {file}: {reason}"),
        "is-archive": (
            "{file} เป็นไฟล์บีบอัด: ใช้ phaen add เพื่ออ่านเอกสารข้างใน",
            "{file} is an archive: phaen add reads the documents in it",
        ),
        "link-outside": (
            "{file} เป็นลิงก์ที่ชี้ออกนอกโฟลเดอร์ จึงไม่อ่าน: ถ้าต้องการ ให้ระบุไฟล์นั้นโดยตรง",
            "{file} is a link that leads out of its folder and is not followed: "
            "name the file itself if it is to be read",
        ),
        "bad-json-line": (
            "{file} บรรทัดที่ {line} ไม่ใช่ JSON ที่ใช้ได้",
            "{file}: line {line} is not valid JSON",
        ),
        "line-too-long": (
            "{file} มีบรรทัดยาว {characters} ตัวอักษร (รับได้ {limit})",
            "{file} has a line of {characters} characters (at most {limit})",
        ),
        "too-many-cells": (
            "{file} มีตารางใหญ่เกิน {limit} ช่อง",
            "{file} has tables of more than {limit} cells",
        ),
        "too-many-pages": (
            "{file} มี {pages} หน้า (รับได้ {limit})",
            "{file} has {pages} pages (at most {limit})",
        ),
        "no-pages": ("{file} ไม่มีหน้าเอกสาร", "{file} has no pages"),
        "page-too-large": (
            "หน้าใน {file} ใหญ่เกินกว่าจะวาดเพื่ออ่านได้ (รับได้ {limit} พิกเซล)",
            "The pages of {file} are too large to be drawn for reading (at most {limit} pixels)",
        ),
        "too-many-pixels": (
            "ภาพใน {file} มี {pixels} พิกเซล (รับได้ {limit})",
            "{file} has an image of {pixels} pixels (at most {limit})",
        ),
        "xml-entities": (
            "{file} มีคำสั่ง XML ที่ไม่ปลอดภัย จึงไม่อ่าน",
            "{file} holds XML entities, which are never read",
        ),
        "needs-libreoffice": (
            "ต้องติดตั้ง LibreOffice จึงจะอ่าน {file} ({format}) ได้ หรือบันทึกไฟล์ใหม่เป็น DOCX หรือ PDF",
            "Reading {file} ({format}) needs LibreOffice; install it, or save the file as DOCX or PDF",
        ),
        "conversion-failed": (
            "LibreOffice แปลง {file} ไม่ได้: บันทึกไฟล์ใหม่เป็น DOCX หรือ PDF",
            "LibreOffice could make nothing of {file}: save it as DOCX or PDF",
        ),
        "unsafe-archive": (
            "{file} มีชื่อไฟล์ที่ชี้ออกนอกโฟลเดอร์ ({name}) จึงไม่เปิด",
            "{file} holds a name that leads out of its folder ({name}) and was not opened",
        ),
        "too-many-members": (
            "{file} มีเอกสารมากกว่า {limit} ฉบับ",
            "{file} holds more than {limit} documents",
        ),
        "archive-too-deep": (
            "{file} มีไฟล์บีบอัดซ้อนกันลึกเกินไป ({name})",
            "{file} holds archives within archives too deep ({name})",
        ),
        "disk-full": ("พื้นที่ดิสก์เต็ม ({file})", "The disk is full ({file})"),
        "reader-memory": (
            "{file} ใช้หน่วยความจำเกินกำหนด จึงหยุดอ่าน",
            "Reading {file} took more memory than allowed and was stopped",
        ),
        "reader-timeout": (
            "อ่าน {file} นานเกินกำหนด ({seconds} วินาที) จึงหยุด",
            "Reading {file} took longer than {seconds} seconds and was stopped",
        ),
        "reader-crashed": (
            "ตัวอ่านหยุดทำงานขณะอ่าน {file}",
            "The reader broke down while it read {file}",
        ),
        # --- what this machine has ---------------------------------------------------------
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
            "apt install libreoffice-writer-nogui",
            "apt install libreoffice-writer-nogui",
        ),
        "part-pymupdf": (
            "ตัวอ่าน PDF เสริม (สัญญาอนุญาต AGPL ผู้ใช้เลือกเอง)",
            "a further PDF reader (AGPL licence: your own choice)",
        ),
        "install-pymupdf": ("pip install 'phaen[mupdf]'", "pip install 'phaen[mupdf]'"),
        "part-sandbox-files": (
            "ตัวอ่านเปิดได้เฉพาะไฟล์ที่ให้อ่าน",
            "readers reach the file they are given and no other",
        ),
        "install-sandbox-files": (
            "ใช้ Linux 5.13 ขึ้นไปที่เปิด Landlock",
            "run it on Linux 5.13 or later with Landlock",
        ),
        "part-sandbox-network": (
            "ตัวอ่านไม่มีเครือข่าย",
            "readers have no network and cannot touch other programs",
        ),
        "install-sandbox-network": (
            "ใช้ Linux บน x86-64 หรือ ARM64 ที่เปิด seccomp",
            "run it on Linux with seccomp, on x86-64 or ARM64",
        ),
        "part-sentence-transformers": ("ค้นด้วยความหมาย", "search by meaning"),
        "install-sentence-transformers": (
            "pip install sentence-transformers",
            "pip install sentence-transformers",
        ),
        "encode": ("กำลังทำดัชนีความหมาย", "Indexing meaning"),
        "reading": ("กำลังอ่าน", "Reading"),
        "file-unit": (" ไฟล์", " files"),
        "rate": ("{pages} หน้า {rate} หน้า/วินาที", "{pages} pages, {rate} pages/s"),
        "serving": (
            "เปิดบริการที่ {url} (ฐานความรู้ {kb}) หยุดด้วย Ctrl+C",
            "Serving at {url} (knowledge base {kb}); stop with Ctrl+C",
        ),
        "port-unavailable": (
            "เปิดบริการที่ {host}:{port} ไม่ได้: {reason} (เลือกช่องอื่นด้วย --port)",
            "Cannot serve at {host}:{port}: {reason} (--port names another port)",
        ),
        "report-written": ("เขียนรายงานที่ {file}", "Report written to {file}"),
        "report-not-written": (
            "เขียนรายงานที่ {file} ไม่ได้: {reason}",
            "The report {file} cannot be written: {reason}",
        ),
        "report-unavailable": (
            "ยังไม่มีรายงาน HTML สำหรับ {what}",
            "There is no HTML report for {what} yet",
        ),
        "gold-not-found": ("ไม่พบโฟลเดอร์ชุดทดสอบ {folder}", "There is no folder of gold {folder}"),
        "measure-kind": ("ชนิด", "Kind"),
        "measure-gold": ("เฉลย", "Gold"),
        "measure-precision": ("แม่นยำ %", "Precision %"),
        "measure-recall": ("ครบถ้วน %", "Recall %"),
        "measure-f1": ("F1 %", "F1 %"),
        "measure-lenient": ("F1 ผ่อนปรน %", "Lenient F1 %"),
        "measure-all": ("รวม", "All"),
        "measure-search": (
            "{queries} คำค้น · nDCG@10 {ndcg}% · คำตอบแรกถูก {first}% · MRR {mrr}% · "
            "มีคำตอบ {answered}% · ไม่ตอบคำค้นนอกเรื่อง {none}%",
            "{queries} queries · nDCG@10 {ndcg}% · first answer right {first}% · MRR {mrr}% · "
            "answered {answered}% · off-topic queries without hits {none}%",
        ),
        "measure-rest": (
            "หน่วยงาน: ชนิดถูก {kind}% ชื่อถูก {name}% · ช่วงปีถูก {period}% · หน้าถูก {page}% · "
            "พบทั้งที่ไม่มี {alarms} จาก {negatives} ไฟล์",
            "Body: kind right {kind}%, name right {name}% · years right {period}% · page right {page}% "
            "· something found in {alarms} of {negatives} files that state nothing",
        ),
        "framework-unknown": (
            "ไม่มีกรอบยุทธศาสตร์ {value} (มี {choices})",
            "There is no framework {value} (there are {choices})",
        ),
        "framework-node-unknown": (
            "ไม่มีรหัส {value} ในกรอบยุทธศาสตร์",
            "No framework has a node {value}",
        ),
    }
)
