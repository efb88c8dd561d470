"""What is said about comparisons and exports."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

COMPARISON: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "area-unknown": (
            "ไม่รู้จักภาคหรือกลุ่มจังหวัด {name} (มี {choices})",
            "There is no region or group of provinces {name} (there are {choices})",
        ),
        "compare-topics": ("หัวข้อที่พบจากถ้อยคำเอง:", "Topics found in the words themselves:"),
        "compare-topic": ("{words} ({count} หน่วยงาน)", "{words} ({count} bodies)"),
        "compare-topic-outside": (
            "{words} ({count} หน่วยงาน อยู่นอกประเด็นที่กำหนดไว้)",
            "{words} ({count} bodies, outside the given themes)",
        ),
        "compare-others": (
            "แผนช่วงอื่นกล่าวว่า ({years}): {text}",
            "Another plan says ({years}): {text}",
        ),
        "compare-undated": ("ไม่ระบุปี", "no years"),
        "charts": ("กำลังวาดแผนภูมิ", "Drawing charts"),
        "export": ("กำลังส่งออก", "Exporting"),
        "export-written": (
            "ส่งออกข้อความ {statements} รายการ โครงการ {projects} รายการ "
            "จากเอกสาร {documents} ฉบับ ไว้ที่ {folder}",
            "Exported {statements} statements and {projects} projects of {documents} documents "
            "to {folder}",
        ),
        "export-folder-not-empty": (
            "โฟลเดอร์ {folder} มีไฟล์อื่นอยู่แล้ว: ใช้โฟลเดอร์ว่าง หรือโฟลเดอร์ที่เคยส่งออกไว้",
            "{folder} holds other files: choose an empty folder, or one exported to before",
        ),
        "mcp-missing": (
            "ต้องติดตั้งส่วนเชื่อมผู้ช่วยก่อน: pip install 'phaen[mcp]'",
            "Serving assistants needs one more package: pip install 'phaen[mcp]'",
        ),
        "parquet-missing": (
            "ต้องติดตั้งส่วน Parquet ก่อน: pip install 'phaen[parquet]' (หรือส่งออกเฉพาะ CSV ด้วย --format csv)",
            "Parquet needs one more package: pip install 'phaen[parquet]' (or export CSV alone: "
            "--format csv)",
        ),
        "export-format-unknown": (
            "ไม่มีรูปแบบ {value} (มี {choices})",
            "There is no format {value} (there are {choices})",
        ),
    }
)
