"""Small invented plans as text files, no two alike."""

from __future__ import annotations

from pathlib import Path

PROVINCES = ("ริมธาร", "เนินสวย", "ทุ่งกว้าง", "ป่าสัก", "ลำน้ำใส")
WORKS = (
    "ขุดลอกคลองส่งน้ำเพื่อการเกษตร",
    "ก่อสร้างถนนคอนกรีตเสริมเหล็ก",
    "ส่งเสริมอาชีพผู้สูงอายุ",
    "ปรับปรุงระบบประปาหมู่บ้าน",
    "ฟื้นฟูป่าต้นน้ำและฝายชะลอน้ำ",
    "พัฒนาแหล่งท่องเที่ยวชุมชน",
)


def plan(number: int, length: int = 8) -> str:
    """Write the plan of a number; other numbers say other things."""
    province = PROVINCES[number % len(PROVINCES)]
    begin = 2560 + number % 8
    lines = [
        f"แผนพัฒนาจังหวัด{province} พ.ศ. {begin} - {begin + 4}",
        "วิสัยทัศน์",
        f"เมืองน่าอยู่ลำดับที่ {number} เกษตรปลอดภัย ท่องเที่ยวยั่งยืน",
        "พันธกิจ",
    ]
    for nth in range(length):
        work = WORKS[(number + nth) % len(WORKS)]
        lines.append(f"{nth + 1}. {work} ระยะที่ {number} ตอนที่ {nth + 1}")
    return "\n".join(lines) + "\n"


def written(folder: Path, numbers: range, length: int = 8) -> list[Path]:
    """Write plans into a folder; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in numbers:
        path = folder / f"แผน {number:04}.txt"
        path.write_text(plan(number, length), "utf-8")
        paths.append(path)
    return paths
