"""The help of every command and option, Thai and English; `phaen --help` shows it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from api.language import current

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType({
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
    "search": (
        "ค้นข้อความในแผนทั้งหมด ด้วยคำและความหมาย",
        "Search all plans by words and by meaning.",
    ),
    "serve": (
        "เปิดบริการทางเว็บ (API และหน้าค้นหา)",
        "Serve the web API and the search page.",
    ),
    "doctor": (
        "ตรวจว่าเครื่องนี้มีอะไร ขาดอะไร ขาดแล้วทำอะไรไม่ได้ และติดตั้งอย่างไร",
        "Tell what this machine has, what it lacks, what that costs and how to install it.",
    ),
})  # fmt: skip

OPTIONS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "--json": (
        "ผลเป็น JSON บรรทัดละหนึ่งรายการ", "Answer in JSON, one object a line."),
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
    "usage": ("วิธีใช้:", "Usage:"),
    "options": ("ตัวเลือก", "Options"),
    "commands": ("คำสั่ง", "Commands"),
})  # fmt: skip


def command_help(key: str) -> str:
    """Tell what a command does, in the current language."""
    return COMMANDS[key][current() == "en"]


def option_help(key: str) -> str:
    """Tell what an option does, in the current language."""
    return OPTIONS[key][current() == "en"]
