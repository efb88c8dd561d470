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
        # --- home --------------------------------------------------------------------------
        "web-home-question": (
            "อยากรู้เรื่องใดในแผนพัฒนา",
            "What do you want to know from development plans?",
        ),
        "web-try": ("ลองค้น", "Try"),
        "web-for-example": ("ตัวอย่าง", "Example"),
        "web-no-example": ("ยังไม่มีตัวอย่าง เพิ่มเอกสารก่อน", "No example yet: add documents first"),
        "door-plan": ("วางแผน", "Plan"),
        "door-plan-heading": ("เคยมีใครทำเรื่องนี้ไว้แล้ว", "Has anybody done this before?"),
        "door-plan-text": (
            "ค้นโครงการที่ผ่านมา ดูงบประมาณ พื้นที่ ปี และหน้าในเอกสารต้นฉบับ",
            "Search past projects: their budget, place, year and page in the original",
        ),
        "door-plan-go": ("ค้นโครงการ", "Search projects"),
        "door-check": ("ตรวจ", "Check"),
        "door-check-heading": (
            "โครงการนี้สอดคล้องและไม่ซ้ำหรือไม่",
            "Is this project aligned, and not a duplicate?",
        ),
        "door-check-text": (
            "ระบบเสนอยุทธศาสตร์ที่ตรงและรายการที่ซ้ำ เจ้าหน้าที่เป็นผู้ตัดสิน",
            "The system proposes the strategy and the duplicates; an officer decides",
        ),
        "door-check-go": ("ตรวจโครงการ", "Check a project"),
        "door-compare": ("เปรียบเทียบ", "Compare"),
        "door-compare-heading": ("แต่ละหน่วยงานมุ่งไปทางไหน", "Where does each body want to go?"),
        "door-compare-text": (
            "วางวิสัยทัศน์และประเด็นของหลายหน่วยงานไว้ข้างกัน และดูการเปลี่ยนแปลงตามเวลา",
            "Visions and issues of several bodies side by side, and their change over time",
        ),
        "door-compare-go": ("เลือกหน่วยงาน", "Choose bodies"),
        "web-to-check": ("งานที่ต้องใช้คนตรวจ", "For a person to check"),
        "check-unsure": ("ข้อความที่ระบบไม่แน่ใจ", "Records the system is unsure of"),
        "check-unread": ("หน้าที่อ่านไม่ได้", "Pages that were not read"),
        "check-body": ("เอกสารที่ไม่รู้ว่าเป็นของหน่วยงานใด", "Documents of an unknown body"),
        "check-scan": ("โครงการที่อ่านจากภาพสแกน", "Projects read from scans"),
        "web-latest": ("เอกสารล่าสุด", "Latest documents"),
        "web-of-all": ("จากทั้งหมด {count} ฉบับ", "of {count}"),
        "web-read-how": ("การอ่าน", "Reading"),
        "pages-not-read": ("อ่านไม่ได้ {count} หน้า", "{count} pages not read"),
        "web-map": ("แผนที่มีอยู่ ตามจังหวัด", "Plans held, by province"),
        "web-map-about": (
            "1 ช่องคือ 1 จังหวัด สีเข้มคือมีเอกสารมาก กดเพื่อดูหน่วยงานในจังหวัดนั้น",
            "One tile is one province, darker where more documents are held; press one for its bodies",
        ),
        "web-map-count": ("จำนวนเอกสาร", "Documents"),
        "web-map-none": ("ยังไม่มี", "none"),
        "web-map-held": ("จังหวัดที่มีแล้ว", "provinces held"),
        "web-map-lacking": ("จังหวัดที่ยังไม่มี", "provinces lacking"),
        "map-tile": ("{province} {count} ฉบับ", "{province}: {count} documents"),
        "web-as-table": ("ดูเป็นตาราง", "As a table"),
        # --- search ------------------------------------------------------------------------
        "web-sort": ("เรียงตาม", "Sort by"),
        "sort-relevance": ("เกี่ยวข้องมากก่อน", "most relevant first"),
        "sort-newest": ("แผนใหม่ก่อน", "newest plan first"),
        "sort-oldest": ("แผนเก่าก่อน", "oldest plan first"),
        "sort-organisation": ("ชื่อหน่วยงาน", "name of the body"),
        "web-like-what": ("รายการที่คล้ายกับ", "Records like"),
        "web-not-literal": ("ให้ระบบตีความคำค้น", "Let the question be interpreted"),
        "web-filters": ("ตัวกรอง", "Filters"),
        "web-more-choices": ("อีก {count} ตัวเลือก", "{count} more"),
        "web-found-all": ("พบ {count} รายการ", "{count} found"),
        "web-take-off": ("เอาตัวกรองนี้ออก", "take this filter off"),
        "web-same-elsewhere": (
            "ข้อความเดียวกันอีก {count} แห่ง",
            "The same text in {count} more places",
        ),
        "web-range": ("{first}–{last} จาก {count}", "{first}–{last} of {count}"),
        "web-no-hits": ("ไม่มีรายการที่ตรง", "Nothing fits"),
        "web-no-hits-hint": (
            "ลองใช้คำอื่นที่กว้างกว่า เอาตัวกรองออก หรือเพิ่มเอกสารของหน่วยงานที่สนใจ",
            "Try wider words, take filters off, or add documents of the body you look for",
        ),
        "web-search-start": (
            "พิมพ์สิ่งที่อยากรู้ เช่น ชื่อโครงการ ปัญหา พื้นที่ หรือหน่วยงาน",
            "Type what you want to know: a project, a problem, a place or a body",
        ),
        "search-columns": (
            "ชนิด|ข้อความ|หน่วยงาน|ปี พ.ศ.|งบประมาณ (บาท)|หน้า|ความเกี่ยวข้อง (%)|ที่อยู่ถาวร",
            "kind|text|body|years (BE)|budget (baht)|page|relevance (%)|permanent address",
        ),
        # --- bodies and records ------------------------------------------------------------
        "web-bodies-lead": (
            "{count} หน่วยงานที่มีเอกสารในฐานความรู้นี้",
            "{count} bodies in this knowledge base",
        ),
        "web-bodies-all": ("ดูทุกหน่วยงาน", "All bodies"),
        "web-bodies-none": ("ยังไม่มีหน่วยงานในพื้นที่นี้", "No bodies here yet"),
        "web-body-kind": ("ประเภทหน่วยงาน", "Kind of body"),
        "web-compare-body": ("เปรียบเทียบกับหน่วยงานในจังหวัด", "Compare within the province"),
        "web-align-body": ("ตรวจโครงการกับแผนนี้", "Check a project against this plan"),
        "web-visions": ("วิสัยทัศน์ตามช่วงแผน", "Visions over time"),
        "web-visions-lead": (
            "ถ้อยคำเดียวกันในช่วงเดียวกันแสดงครั้งเดียว",
            "The same words of one period are shown once",
        ),
        "web-visions-none": ("ยังไม่พบวิสัยทัศน์ของหน่วยงานนี้", "No vision of this body was found yet"),
        "web-vision": ("วิสัยทัศน์", "Vision"),
        "years-unknown": ("ไม่ทราบปี", "years not known"),
        "web-budget": ("งบประมาณตามยุทธศาสตร์และปี", "Budget by strategy and year"),
        "web-budget-unit": ("ล้านบาท ตามแผน", "million baht, as planned"),
        "web-budget-note": (
            "รวมทุกเอกสารที่เก็บไว้ โครงการที่อยู่ในหลายเอกสารนับในทุกเอกสาร",
            "All documents held together; a project in several of them counts in each",
        ),
        "web-budget-none": (
            "ไม่พบงบประมาณในเอกสารของหน่วยงานนี้",
            "No budget in the documents of this body",
        ),
        "strategy-unknown": ("ไม่ระบุยุทธศาสตร์", "no strategy named"),
        "web-strategy": ("ยุทธศาสตร์", "Strategy"),
        "web-total": ("รวม", "Total"),
        "web-plans-held": ("เอกสารที่มี", "Documents held"),
        "web-plan-kind": ("ชนิดแผน", "Kind of plan"),
        "web-neighbours": ("หน่วยงานอื่นในจังหวัดเดียวกัน", "Other bodies of the province"),
        "web-place-in-plan": ("ตำแหน่งในแผน", "Place in the plan"),
        "web-history": ("ประวัติการตรวจ", "Reviews"),
        "web-see-all": ("ดูทั้งหมด", "See all"),
        "web-cite": ("อ้างอิง", "Citation"),
        "web-address": ("ที่อยู่ถาวร", "Permanent address"),
        "web-map-off": ("ฉบับที่ไม่อยู่ในแผนที่", "documents not on the map"),
        # --- adding and comparing ----------------------------------------------------------
        "web-drop": ("หรือลากไฟล์มาวางที่นี่", "Or drop files here"),
        "web-whose-example": ("เช่น อบจ.แพร่", "for example อบจ.แพร่"),
        "web-add-what": ("หลังจากเพิ่ม", "What happens then"),
        "web-add-read": (
            "ระบบอ่านทีละไฟล์ ปิดหน้านี้ได้ งานเดินต่อ ไฟล์ที่อ่านไม่ได้บอกเหตุผลและวิธีแก้",
            "Files are read one by one; this page may be closed. A file that cannot be read says why",
        ),
        "web-add-kept": (
            "เก็บต้นฉบับไว้ข้างฐานความรู้ เพื่อเทียบกับหน้าจริงและดาวน์โหลดได้",
            "The original is kept beside the knowledge base, to look at its pages and download it",
        ),
        "web-add-checked": (
            "เปิดเอกสารเพื่อดูว่าอ่านอะไรได้จากหน้าใด และหน้าใดควรตรวจ",
            "Open the document to see what was read from which page, and which pages to check",
        ),
        "web-compare-back": ("กลับไปเลือกหน่วยงาน", "Choose other bodies"),
        "web-compare-counted": (
            "{count} หน่วยงานมีข้อความแผนให้เปรียบเทียบ จากทั้งหมด {total} หน่วยงาน",
            "{count} of {total} bodies have statements to compare",
        ),
        "web-full-size": ("ภาพขนาดเต็ม", "Full size"),
        "web-where": ("ตำแหน่งของหน้านี้", "Where this page is"),
    }
)
