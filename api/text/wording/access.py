"""Who may do what, and what a server refuses before it has understood a request."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ACCESS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # --- starting a server -------------------------------------------------------------
        "serve-hosts-missing": (
            "ไม่เปิดบริการให้เครื่องอื่น ({host}) โดยไม่รู้ชื่อที่ใช้เรียก: "
            "ระบุชื่อหรือหมายเลขเครื่องด้วย --allow-host (ระบุซ้ำได้) เช่น --allow-host plan.example.go.th",
            "Not served to other machines ({host}) without the names it answers to: give them with "
            "--allow-host (may be repeated), for example --allow-host plan.example.go.th",
        ),
        "serve-open": (
            "ไม่เปิดบริการให้เครื่องอื่น ({host}) โดยใครก็แก้ไขได้ เพราะยังไม่มีบัญชีผู้ใช้: "
            "เพิ่มผู้ใช้ด้วย phaen user add ให้อ่านอย่างเดียวด้วย --read-only "
            "หรือตั้งรหัสเข้าใช้ใน PHAEN_TOKEN หรือ --token-file",
            "Not served to other machines ({host}) for everyone to change, as there are no "
            "accounts yet: add people with phaen user add, allow reading only with --read-only, or "
            "set a token in PHAEN_TOKEN or --token-file",
        ),
        "token-unreadable": (
            "อ่านรหัสเข้าใช้จากไฟล์ {file} ไม่ได้: {reason}",
            "The token could not be read from {file}: {reason}",
        ),
        "token-too-short": (
            "รหัสเข้าใช้สั้นเกินไป: ต้องมีอย่างน้อย {least} ตัวอักษร (สร้างด้วย openssl rand -hex 32)",
            "The token is too short: at least {least} characters (openssl rand -hex 32 makes one)",
        ),
        "token-not-ascii": (
            "รหัสเข้าใช้ต้องเป็นอักษรโรมันและตัวเลขที่ไม่มีช่องว่าง",
            "The token has to be Latin letters and digits without blanks",
        ),
        "allow-host-invalid": (
            "ชื่อเครื่อง {host} ใช้กับ --allow-host ไม่ได้: ระบุชื่อเต็มหรือหมายเลขเครื่อง ไม่มีพอร์ต ไม่มี *",
            "{host} cannot be used with --allow-host: give a whole name or an address, no port, "
            "no *",
        ),
        # --- a running server --------------------------------------------------------------
        "read-only": (
            "เครื่องนี้เปิดให้อ่านอย่างเดียว จึงเพิ่ม แก้ไข หรือลบไม่ได้",
            "This server is for reading only: nothing can be added, changed or removed",
        ),
        "token-missing": (
            "ต้องเข้าใช้ด้วยรหัสของเครื่องนี้ (Authorization: Bearer …)",
            "This server asks for its token (Authorization: Bearer …)",
        ),
        "token-wrong": ("รหัสเข้าใช้ไม่ถูกต้อง", "The token is wrong"),
        "server-busy": (
            "มีผู้ใช้พร้อมกันมากเกินไป ลองใหม่ในอีกสักครู่",
            "Too many requests are under way; try again in a moment",
        ),
        "body-slow": (
            "ข้อมูลที่ส่งมาช้าเกินไป จึงหยุดรอ",
            "The request's body came too slowly; the server stopped waiting",
        ),
        "request-malformed": ("คำขอไม่เป็นไปตามมาตรฐาน HTTP", "The request is no valid HTTP"),
        "request-slow": ("คำขอมาไม่ครบในเวลาที่กำหนด", "The request was not complete in time"),
        "address-too-long": ("ที่อยู่ยาวเกินไป", "The address is too long"),
        "headers-too-large": ("ส่วนหัวของคำขอใหญ่เกินไป", "The request's headers are too large"),
        "invalid-text": (
            "มีอักขระที่ไม่ใช่ตัวอักษร (ครึ่งหนึ่งของคู่ surrogate)",
            "holds half a character (a lone surrogate)",
        ),
        "invalid-number": (
            "มีตัวเลขที่ใช้ไม่ได้ (NaN, Infinity หรือใหญ่เกินไป)",
            "holds a number that cannot be used (NaN, Infinity or too large)",
        ),
        "invalid-depth": ("ซ้อนกันลึกเกินไป", "is nested too deeply"),
        # --- pages -------------------------------------------------------------------------
        "web-login": ("เข้าใช้งาน", "Log in"),
        "web-login-lead": (
            "ผู้ดูแลเครื่องตั้งรหัสเข้าใช้ไว้ ขอรหัสได้จากผู้ดูแล",
            "Whoever runs this server has set a token; ask them for it.",
        ),
        "web-token": ("รหัสเข้าใช้", "Token"),
        "web-logout": ("ออกจากระบบ", "Log out"),
        "web-home": ("กลับไปหน้าค้นหา", "Back to the search"),
    }
)
