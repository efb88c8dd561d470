"""The help of every command and option, Thai and English; `phaen --help` shows it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from api.text.language import current

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "phaen": (
            "แผน: อ่านเอกสารแผนพัฒนา เก็บสิ่งที่แผนกล่าว และตอบคำถามจากแผนเหล่านั้น",
            "phaen reads development plans, keeps what they say, and answers from them.",
        ),
        "extract": (
            "อ่านเอกสารและแสดงสิ่งที่พบ โดยไม่เก็บลงฐานความรู้",
            "Read documents and show what they say, keeping nothing.",
        ),
        "add": (
            "อ่านไฟล์หรือทั้งโฟลเดอร์แล้วเก็บลงฐานความรู้ (ทำซ้ำได้ ไม่เก็บซ้ำ)",
            "Read files or whole folders into the knowledge base; doing it again changes nothing.",
        ),
        "list": ("แสดงรายการเอกสารในฐานความรู้", "List the documents of the knowledge base."),
        "show": (
            "แสดงแผนหนึ่งฉบับเป็นโครงสร้าง: ประเด็น เป้าประสงค์ กลยุทธ์ ตัวชี้วัด โครงการ พร้อมเลขหน้า",
            "Show one plan as a tree: issues, goals, strategies, indicators, projects, with pages.",
        ),
        "remove": ("ลบเอกสารออกจากฐานความรู้", "Remove documents from the knowledge base."),
        "stats": ("แสดงจำนวนสิ่งที่เก็บไว้", "Count what the knowledge base holds."),
        "check": (
            "ตรวจดัชนีกับข้อมูลที่เก็บไว้ และซ่อมด้วย --repair",
            "Compare the indexes with what is kept, and mend them with --repair.",
        ),
        "search": (
            "ค้นข้อความในแผนทั้งหมด ด้วยคำและความหมาย",
            "Search all plans by words and by meaning.",
        ),
        "align": (
            "ตัดสินว่าข้อเสนอโครงการตอบยุทธศาสตร์ใด หรือไม่ตอบข้อใดเลย พร้อมเหตุผล",
            "Judge which strategy a proposal serves, or that it serves none, with reasons.",
        ),
        "duplicates": (
            "ตรวจว่าโครงการนี้เคยมีในแผนแล้วหรือไม่: ซ้ำ ต่อเนื่อง หรือทำแบบเดียวกันที่อื่น",
            "Tell whether a project was planned before: the same, its next phase, or done elsewhere.",
        ),
        "compare": (
            "เปรียบเทียบวิสัยทัศน์ของหน่วยงาน: อะไรเหมือน อะไรต่าง อะไรเปลี่ยนไปจากแผนก่อน",
            "Compare the visions of bodies: what is alike, what differs, what has changed.",
        ),
        "mcp": (
            "ให้ผู้ช่วยบนเครื่องนี้ค้น ตรวจ และเปรียบเทียบแผนได้ (Model Context Protocol)",
            "Give an assistant on this machine search, checks and comparison of plans as tools.",
        ),
        "review": (
            "ตรวจสิ่งที่อ่านได้: ยืนยัน แก้ไข ไม่ใช้ หรือเพิ่มที่ขาด คำของคนมีผลเสมอและคงอยู่แม้อ่านเอกสารใหม่",
            "Accept, correct, reject or add what was read; a person's word wins and lasts.",
        ),
        "user": (
            "ผู้ใช้: เพิ่ม แสดงรายการ ตั้งบทบาท ขอบเขต และรหัสผ่าน ปิดการใช้",
            "Add, list and disable people; set their role, bodies and password.",
        ),
        "token": (
            "กุญแจสำหรับโปรแกรม: ออก แสดงรายการ ยกเลิก",
            "Create, list and revoke keys for programs.",
        ),
        "log": (
            "แสดงบันทึกการเปลี่ยนแปลง: ใครทำอะไรเมื่อใด เดิมเป็นอะไร",
            "Show what was changed, by whom and when, before and after.",
        ),
        "bin": (
            "ถังขยะ: แสดงเอกสารที่ลบ กู้คืน หรือลบถาวร",
            "List deleted documents, restore them, or delete them for good.",
        ),
        "backup": ("สำรองฐานความรู้ทั้งหมดเป็นไฟล์เดียว", "Copy the whole knowledge base to one file."),
        "restore": ("กู้ฐานความรู้จากไฟล์สำรอง", "Bring a knowledge base back from a backup."),
        "export": (
            "ส่งออกฐานความรู้ทั้งหมดเป็นชุดข้อมูลที่อ้างอิงได้ (CSV และ Parquet) ลงโฟลเดอร์",
            "Export the whole knowledge base as a citable data set (CSV and Parquet) to a folder.",
        ),
        "demo": (
            "ลองใช้: เพิ่มเอกสารตัวอย่าง ตอบสามคำถาม แล้วเปิดโปรแกรมในเบราว์เซอร์",
            "Try it: add the samples, answer three questions, open the application.",
        ),
        "serve": ("เปิดบริการทางเว็บ (API และหน้าค้นหา)", "Serve the web API and the search page."),
        "evaluate": (
            "วัดว่าระบบทำได้ดีเพียงใด เทียบกับเฉลยที่คนทำ (WHAT: extract อ่าน, search ค้น)",
            "Measure how well phaen does, against gold that people made (WHAT: extract or search).",
        ),
        "doctor": (
            "ตรวจว่าเครื่องนี้มีอะไร ขาดอะไร ขาดแล้วทำอะไรไม่ได้ และติดตั้งอย่างไร",
            "Tell what this machine has, what it lacks, what that costs and how to install it.",
        ),
    }
)

OPTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "--json": ("ผลเป็น JSON บรรทัดละหนึ่งรายการ", "Answer in JSON, one object a line."),
        "--kb": (
            "ไฟล์ฐานความรู้ (หรือตั้ง PHAEN_KB; ปกติ phaen.db)",
            "The knowledge base file (or PHAEN_KB; phaen.db by default).",
        ),
        "--lang": (
            "ภาษาของข้อความ th หรือ en (หรือตั้ง PHAEN_LANG)",
            "Language of messages, th or en (or PHAEN_LANG).",
        ),
        "--help": ("แสดงวิธีใช้", "Show how to use this."),
        "--version": ("แสดงรุ่นของโปรแกรม", "Show the version."),
        "--text": ("แสดงข้อความที่อ่านได้ทีละหน้า", "Show the clean text, page by page."),
        "--kind": (
            "เฉพาะชนิดข้อความนี้ (ระบุซ้ำได้): vision mission value goal strategic_issue strategy "
            "indicator project",
            "Only this kind (may be repeated): vision mission value goal strategic_issue strategy "
            "indicator project.",
        ),
        "--organisation": (
            "หน่วยงาน: ชื่อเต็ม ชื่อย่อ (อบจ.แพร่) หรือส่วนหนึ่งของชื่อ",
            "The body: its name, abbreviation (อบจ.แพร่) or a part of the name.",
        ),
        "--organisation-kind": (
            "เฉพาะชนิดหน่วยงานนี้ เช่น province pao municipality sao (ระบุซ้ำได้)",
            "Only this kind of body, such as province, pao, municipality, sao (may be repeated).",
        ),
        "--province": ("เฉพาะจังหวัดนี้", "Only this province."),
        "--district": ("เฉพาะอำเภอนี้", "Only this district."),
        "--plan-kind": (
            "เฉพาะชนิดแผนนี้ เช่น province_plan local_plan (ระบุซ้ำได้)",
            "Only this kind of plan, such as province_plan or local_plan (may be repeated).",
        ),
        "--year": (
            "ปี พ.ศ. หรือช่วงปี เช่น 2566 หรือ 2566-2570",
            "A year or span of years (BE), such as 2566 or 2566-2570.",
        ),
        "--document": ("เฉพาะเอกสารรหัสนี้", "Only this document."),
        "--min-confidence": (
            "ความเชื่อมั่นของการอ่านอย่างน้อยเท่านี้",
            "Only records read with at least this confidence.",
        ),
        "--reviewed": (
            "เฉพาะที่คนตรวจแล้ว หรือยังไม่ตรวจ",
            "Only records a person has, or has not, looked at.",
        ),
        "--mode": (
            "วิธีค้น: smart คำและความหมาย, words คำเหล่านี้, meaning ความหมายใกล้เคียง, exact ข้อความตรงกัน",
            "How to match: smart (words and meaning), words, meaning, or exact (the phrase).",
        ),
        "--limit": ("จำนวนผลมากสุด", "How many results at most."),
        "--like": (
            "หาสิ่งที่คล้ายรายการรหัสนี้แทนการพิมพ์คำค้น",
            "Look for what is like the record of this id, instead of a text.",
        ),
        "--sort": (
            "เรียงตาม: relevance ตรงมากก่อน, newest ปีใหม่ก่อน, oldest ปีเก่าก่อน, organisation หน่วยงาน",
            "Order: relevance, newest, oldest, or organisation.",
        ),
        "--by-document": ("แสดงเอกสารละหนึ่งรายการ", "Show one hit a document."),
        "--literal": (
            "ค้นตามที่พิมพ์ ไม่ตีความชนิด หน่วยงาน สถานที่ หรือปีจากคำถาม",
            "Take the question as typed: read no kind, body, place or year out of it",
        ),
        "--facets": (
            "นับผลตามชนิด หน่วยงาน จังหวัด ปี",
            "Count what was found by kind, body, province, year.",
        ),
        "--skip": ("ข้ามผลจำนวนนี้ก่อน", "Leave out so many results first."),
        "--workers": (
            "จำนวนตัวอ่านที่ทำงานพร้อมกัน (ปกติเท่าจำนวนหน่วยประมวลผล)",
            "How many readers work at once (all processors by default).",
        ),
        "--period": (
            "ปี พ.ศ. ของแผน ใช้กับทุกไฟล์ที่เพิ่ม เช่น 2566-2570",
            "The plan's years (BE) for every file added, such as 2566-2570.",
        ),
        "--organisation-of": (
            "หน่วยงานเจ้าของแผน ใช้กับทุกไฟล์ที่เพิ่ม เช่น อบจ.แพร่",
            "The body whose plan it is, for every file added, such as อบจ.แพร่.",
        ),
        "--map": (
            "บอกว่าคอลัมน์ของตารางเก็บข้อมูลใด เช่น --map วงเงินรวม=budget --map BUREAU=organisation (ใช้ซ้ำได้)",
            "What a column of a table holds, such as --map TOTAL=budget --map BUREAU=organisation "
            "(may be given again).",
        ),
        "--again": ("อ่านใหม่แม้เคยเก็บไฟล์นี้แล้ว", "Read again even what is kept already."),
        "--gold": ("โฟลเดอร์ของเฉลย (มี gold.jsonl)", "Folder of the gold (with gold.jsonl)."),
        "--report-html": (
            "เขียนรายงาน HTML ที่แสดงทุกจุดที่พลาด",
            "Write an HTML report that shows every miss.",
        ),
        "--accept": (
            "ยืนยันรายการนี้ หรือทุกรายการที่ยังไม่ตรวจของเอกสาร",
            "The record is right; of a document, all records still open.",
        ),
        "--reject": ("ไม่ใช่ข้อความแผน ไม่ใช้รายการนี้", "The record is wrong; leave it out."),
        "--correct": ("แก้ไขข้อความหรือชนิดของรายการนี้", "Give the record another text or kind."),
        "--add": (
            "เพิ่มข้อความที่อ่านตกหล่นของเอกสาร",
            "Add a statement that reading missed to the document.",
        ),
        "--kind-is": ("ชนิดที่ถูกต้อง", "The right kind."),
        "--text-is": ("ข้อความที่ถูกต้อง", "The right text."),
        "--page": ("หน้าของข้อความที่เพิ่ม", "The page of an added statement."),
        "--note": ("หมายเหตุของผู้ตรวจ", "A note."),
        "--reviewer": ("ชื่อผู้ตรวจ", "Who says so."),
        "--reviewed-gold": (
            "เขียนเอกสารที่ตรวจครบแล้วเป็นเฉลยลงโฟลเดอร์นี้",
            "Write the documents that are reviewed whole as gold to this folder.",
        ),
        "--role": (
            "บทบาท: reader ผู้อ่าน, planner ผู้วางแผน, reviewer ผู้ตรวจ, admin ผู้ดูแลระบบ",
            "Role: reader, planner, reviewer or admin.",
        ),
        "--display": ("ชื่อที่คนอื่นเห็น", "The name that others see."),
        "--scope": (
            "หน่วยงานที่แก้ไขได้ (ระบุซ้ำได้ ไม่ระบุคือทุกหน่วยงาน)",
            "A body whose documents may be changed (may be given again; all without it).",
        ),
        "--no-password": (
            "ไม่ตั้งรหัสผ่าน (เข้าใช้ด้วยกุญแจหรือผ่านพร็อกซี)",
            "Set no password (for keys or a proxy).",
        ),
        "--off": ("เปิดให้ใช้อีกครั้ง", "Let the user in again."),
        "--days": ("อายุของกุญแจเป็นวัน", "Days that the key lasts."),
        "--name": ("ชื่อของกุญแจ", "Name of the key."),
        "--yes": ("ยืนยันการลบถาวร", "Yes, delete for good."),
        "--of": (
            "เฉพาะเอกสาร รายการ ผู้ใช้ หรือกุญแจรหัสนี้",
            "Only changes of this document, record, user or key.",
        ),
        "--by": ("เฉพาะที่คนนี้ทำ", "Only changes by this person."),
        "--last": ("จำนวนรายการล่าสุด", "How many, the newest first."),
        "--force": ("เขียนทับไฟล์ที่มีอยู่", "Replace a file that is there."),
        "--repair": ("ซ่อมหรือทำใหม่ในส่วนที่ไม่ถูกต้อง", "Mend what is wrong by making it anew."),
        "--host": (
            "ที่อยู่ที่เปิดบริการ (ปกติเฉพาะเครื่องนี้)",
            "Address to serve at (this machine alone by default).",
        ),
        "--port": ("ช่องบริการ", "Port to serve at."),
        "--allow-host": (
            "ชื่อหรือหมายเลขที่ผู้อื่นใช้เรียกเครื่องนี้ เช่น plan.example.go.th (ระบุซ้ำได้)",
            "A name or address others call this server by, for example plan.example.go.th "
            "(may be repeated).",
        ),
        "--read-only": (
            "เปิดให้อ่านและถามอย่างเดียว ไม่รับการเพิ่ม แก้ไข หรือลบ",
            "Answer questions only: nothing can be added, changed or removed.",
        ),
        "--proxy-header": (
            "ส่วนหัวที่พร็อกซีบอกชื่อผู้ใช้ที่เข้าใช้แล้ว (ใช้คู่กับ --proxy)",
            "Header in which a reverse proxy names the user it has logged in (with --proxy).",
        ),
        "--proxy": (
            "หมายเลข IP ของพร็อกซีที่เชื่อถือ (ระบุซ้ำได้)",
            "IP address of a proxy whose header is believed (may be given again).",
        ),
        "--cors-origin": (
            "เว็บไซต์ที่หน้าเว็บเรียกใช้ /v1 ได้ (ระบุซ้ำได้)",
            "A site whose pages may call /v1 (may be given again).",
        ),
        "--no-browser": ("ไม่ต้องเปิดเบราว์เซอร์ให้", "Do not open the browser."),
        "--log": (
            "เขียนบันทึกการเรียกใช้ครั้งละหนึ่งบรรทัด: off ไม่เขียน, text ข้อความ, json",
            "Write a line for every request: off, text or json.",
        ),
        "--token-file": (
            "ไฟล์ที่เก็บรหัสเข้าใช้ (หรือตั้งใน PHAEN_TOKEN)",
            "File that holds the token asked of everyone (or set PHAEN_TOKEN).",
        ),
        "--against": (
            "เทียบกับหน่วยงาน เอกสาร กรอบ (national_strategy master_plans milestones sdgs) "
            "หรือตารางกรอบ .tsv .csv (ระบุซ้ำได้)",
            "Hold against a body, a document, a framework (national_strategy, master_plans, "
            "milestones, sdgs) or a table of one, .tsv or .csv (may be repeated).",
        ),
        "--objective": ("วัตถุประสงค์ของข้อเสนอ", "The proposal's objective."),
        "--declared": ("ยุทธศาสตร์ที่ข้อเสนอระบุไว้", "The strategy the proposal declares."),
        "--audit": (
            "แสดงโครงการของหน่วยงานที่ระบุยุทธศาสตร์หนึ่งแต่ตอบอีกข้อหนึ่ง",
            "List a body's projects that stand under one strategy and serve another, or none.",
        ),
        "--coverage": (
            "แสดงว่ายุทธศาสตร์ใดของหน่วยงานมีโครงการรองรับ และเงินไปที่ใดในแต่ละปี",
            "Show which of a body's strategies projects serve, and the money by year.",
        ),
        "--proposals": (
            "ไฟล์ข้อเสนอโครงการ XLSX XLS ODS CSV หรือ JSON lines",
            "A workbook of proposals: XLSX, XLS, ODS, CSV or JSON lines.",
        ),
        "--within": (
            "หาโครงการซ้ำและต่อเนื่องภายในฐานความรู้",
            "Find duplicates and chains within the knowledge base.",
        ),
        "--near-copies": (
            "หาวิสัยทัศน์และพันธกิจที่คัดลอกกันระหว่างหน่วยงานหรือปี",
            "Find visions and missions copied between bodies or years.",
        ),
        "--place": ("สถานที่ดำเนินการ", "Where the work is done."),
        "--proposed-by": ("หน่วยงานที่เสนอ", "The body that proposes it."),
        "--proposed-year": ("ปีงบประมาณที่เสนอ (พ.ศ.)", "The fiscal year it is proposed for (BE)."),
        "--proposed-budget": ("งบประมาณที่เสนอ (บาท)", "The money it asks for, in baht."),
        "--threshold": (
            "ความมั่นใจขั้นต่ำที่จะเรียกว่าซ้ำ",
            "How sure it must be before a pair is called a duplicate.",
        ),
        "--comparison-html": (
            "เขียนรายงาน HTML ไฟล์เดียว เปิดได้โดยไม่ต้องต่อเน็ต",
            "Write the report as one HTML file that needs no network.",
        ),
        "--format": (
            "รูปแบบของตาราง: csv parquet (ระบุซ้ำได้ ปกติ csv และ parquet ถ้าติดตั้งไว้)",
            "Format of the tables: csv, parquet (may be repeated; csv by default, and parquet "
            "where it is installed).",
        ),
        "--area": (
            "เฉพาะหน่วยงานในภาคหรือกลุ่มจังหวัดนี้ เช่น ภาคเหนือ ภาคเหนือตอนบน 1 (ระบุซ้ำได้)",
            "Only bodies of this region or group of provinces, such as ภาคเหนือ or "
            "ภาคเหนือตอนบน 1 (may be repeated).",
        ),
        "--charts": (
            "เขียนแผนภูมิทุกภาพ (PNG SVG) และข้อมูล (CSV JSON) ลงโฟลเดอร์นี้",
            "Write every chart (PNG, SVG) and its data (CSV, JSON) into this folder.",
        ),
        "--over-time": (
            "เทียบแผนเดิมกับแผนใหม่ของหน่วยงานเดียวกันด้วย",
            "Compare each body's plans with one another as well.",
        ),
        "--words-only": (
            "ใช้คำและสถานที่เท่านั้น ไม่โหลดโมเดล",
            "Words and places only; the model is not loaded.",
        ),
        "--part": (
            "แก้ส่วนของชื่อที่อ่านผิด เช่น village=4 หรือ work=ขุดลอกคลอง (ใช้ซ้ำได้)",
            "Correct a part of the name that was read wrongly (village=4); may be repeated.",
        ),
        "--answers": (
            "เปลี่ยนเกณฑ์ของคำตอบที่บันทึกจาก --json โดยไม่ตรวจใหม่",
            "Name answers kept from --json anew by another --threshold, comparing nothing again.",
        ),
        "--not-duplicate": (
            "จดจำว่าสองรายการนี้ไม่ซ้ำกัน จะไม่ถามอีก",
            "Remember that two records are no duplicates; they are never asked about again.",
        ),
        "--form": (
            "เติมแบบประเมินโครงการ 12 ข้อเท่าที่ข้อความบอก โดยไม่ให้คะแนนแทนคน",
            "Fill the review form's twelve criteria as far as the text allows; points are a person's.",
        ),
        "--report-endings": (
            "เขียนรายงานตามนามสกุล: .xlsx (เก็บทุกช่องของไฟล์เดิม) .html .csv .json",
            "Write a report by its ending: .xlsx (every cell given is kept), .html, .csv, .json.",
        ),
        "--report-xlsx": (
            "เขียนผลลงไฟล์ Excel โดยเก็บทุกช่องของไฟล์เดิม",
            "Write an Excel workbook with the answers beside every cell that was given.",
        ),
        "usage": ("วิธีใช้:", "Usage:"),
        "options": ("ตัวเลือก", "Options"),
        "commands": ("คำสั่ง", "Commands"),
    }
)


def command_help(key: str) -> str:
    """Return the help of a command in the current language."""
    return COMMANDS[key][current() == "en"]


def option_help(key: str) -> str:
    """Return the help of an option in the current language."""
    return OPTIONS[key][current() == "en"]
