"""People, their keys, the log and the bin: on the command line, over HTTP and on pages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PEOPLE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # --- errors ------------------------------------------------------------------------
        "body-not-yours": (
            "ท่านเปลี่ยนข้อมูลของหน่วยงานนี้ไม่ได้ ({organisation}): ขอบเขตของท่านไม่มีหน่วยงานนี้ "
            "ขอให้ผู้ดูแลระบบเพิ่มให้",
            "You may not change what belongs to this body ({organisation}): it is not in your "
            "scope; ask an administrator to add it",
        ),
        "role-refused": (
            "บทบาทของท่าน ({role}) ทำสิ่งนี้ไม่ได้ ต้องเป็น{least}ขึ้นไป: ขอให้ผู้ดูแลระบบเปลี่ยนบทบาท "
            "หรือเข้าใช้ด้วยบัญชีอื่น",
            "Your role ({role}) may not do this; it takes at least: {least}. Ask an administrator "
            "for that role, or log in as somebody else",
        ),
        "route-refused": (
            "ส่วนนี้ยังไม่เปิดให้ใช้เมื่อมีการเข้าใช้: แจ้งผู้ดูแลระบบ",
            "This address is in no one's rights yet: tell your administrator",
        ),
        "login-missing": (
            "ต้องเข้าใช้ก่อน (โปรแกรม: Authorization: Bearer กุญแจ)",
            "Log in first (a program: Authorization: Bearer key)",
        ),
        "login-wrong": (
            "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ลองอีกครั้ง ถ้าลืมรหัสผ่าน ขอให้ผู้ดูแลระบบตั้งใหม่",
            "The name or the password is wrong. Try again; if it is forgotten, ask an "
            "administrator to set a new one",
        ),
        "login-too-often": (
            "ลองเข้าใช้หลายครั้งเกินไป รออีก {minutes} นาทีแล้วลองใหม่",
            "Too many attempts to log in; wait {minutes} minutes and try again",
        ),
        "user-unknown": ("ไม่มีผู้ใช้ชื่อ {name}", "There is no user {name}"),
        "user-known": ("มีผู้ใช้ชื่อ {name} อยู่แล้ว", "There is a user {name} already"),
        "user-name-invalid": (
            "ชื่อเข้าใช้ {name} ใช้ไม่ได้: ใช้อักษรโรมันตัวเล็ก ตัวเลข . _ - @ ไม่เกิน 64 ตัว",
            "{name} cannot be a name to log in with: small Latin letters, digits, . _ - @, 64 at "
            "most",
        ),
        "user-first-admin": (
            "ผู้ใช้คนแรกต้องเป็นผู้ดูแลระบบ (บทบาท admin) เพราะคนอื่นเพิ่มผู้ใช้ไม่ได้",
            "The first user has to be an administrator (role admin): nobody else could add more",
        ),
        "user-last-admin": (
            "ต้องมีผู้ดูแลระบบที่ใช้งานได้อย่างน้อยหนึ่งคน: ตั้งผู้ดูแลคนอื่นก่อน",
            "One active administrator has to stay: make somebody else one first",
        ),
        "role-unknown": (
            "ไม่มีบทบาท {value}: ใช้ {choices}",
            "There is no role {value}: use {choices}",
        ),
        "password-missing": (
            "ไม่ได้ใส่รหัสผ่าน: พิมพ์เมื่อถาม หรือส่งทางช่องรับเข้า (บรรทัดแรก)",
            "No password came: type it when asked, or send it on standard input (first line)",
        ),
        "password-short": (
            "รหัสผ่านสั้นเกินไป: ต้องมีอย่างน้อย {least} ตัวอักษร",
            "The password is too short: at least {least} characters",
        ),
        "password-long": (
            "รหัสผ่านยาวเกินไป: ไม่เกิน {most} ตัวอักษร",
            "The password is too long: {most} characters at most",
        ),
        "password-simple": (
            "รหัสผ่านเดาง่ายเกินไป: อย่าใช้ตัวเดิมซ้ำ ๆ หรือมีชื่อผู้ใช้อยู่ข้างใน",
            "The password is too easy to guess: not the same characters over and over, nor the "
            "user's name in it",
        ),
        "password-old-wrong": ("รหัสผ่านเดิมไม่ถูกต้อง", "The present password is wrong"),
        "password-twice-differs": ("รหัสผ่านใหม่สองช่องไม่ตรงกัน", "The two new passwords differ"),
        "token-unknown": ("ไม่มีกุญแจรหัส {id}", "There is no key {id}"),
        "token-name-missing": (
            "ตั้งชื่อกุญแจด้วย เช่น ชื่อโปรแกรมที่ใช้",
            "Name the key, such as by the program that uses it",
        ),
        "token-days-invalid": ("อายุของกุญแจต้องเป็น 1 ถึง {most} วัน", "A key lasts 1 to {most} days"),
        "bin-unknown": ("ไม่มีเอกสารรหัส {id} ในถังขยะ", "There is no document {id} in the bin"),
        "bin-ambiguous": (
            "รหัส {id} ตรงกับหลายเอกสารในถังขยะ: {found}",
            "{id} stands for several documents of the bin: {found}",
        ),
        "bin-kept": (
            "เอกสาร {id} ถูกเพิ่มใหม่แล้ว จึงไม่ต้องกู้จากถังขยะ",
            "Document {id} was added anew; it need not be restored",
        ),
        "proxy-half": (
            "ระบุ --proxy-header และ --proxy ด้วยกัน: ชื่อผู้ใช้ในส่วนหัวเชื่อได้จากพร็อกซีที่ระบุเท่านั้น",
            "Give --proxy-header and --proxy together: a header is believed from named proxies only",
        ),
        "proxy-header-invalid": ("ชื่อส่วนหัว {name} ใช้ไม่ได้", "{name} cannot be the name of a header"),
        "proxy-address-invalid": (
            "ที่อยู่พร็อกซี {address} ใช้ไม่ได้: ระบุหมายเลข IP",
            "{address} cannot be a proxy's address: give an IP address",
        ),
        "cors-origin-invalid": (
            "เว็บไซต์ {origin} ใช้กับ --cors-origin ไม่ได้: ระบุเช่น https://pao.example.go.th",
            "{origin} cannot be used with --cors-origin: give one such as https://pao.example.go.th",
        ),
        # --- the command line --------------------------------------------------------------
        "user-added": (
            "เพิ่มผู้ใช้ {name} แล้ว · {role} · {scope}",
            "Added user {name} · {role} · {scope}",
        ),
        "user-changed": (
            "เปลี่ยนผู้ใช้ {name} แล้ว · {role} · {scope} · {state}",
            "Changed user {name} · {role} · {scope} · {state}",
        ),
        "user-password-set": (
            "ตั้งรหัสผ่านของ {name} แล้ว และออกจากระบบทุกที่ที่เข้าใช้ค้างไว้",
            "The password of {name} is set; all of this user's sessions have ended",
        ),
        "user-none": (
            "ยังไม่มีผู้ใช้: ทุกคนที่ใช้เครื่องนี้ทำได้ทุกอย่าง",
            "There are no users yet: whoever uses this machine may do everything",
        ),
        "password-ask": ("รหัสผ่านของ {name}", "Password of {name}"),
        "password-ask-again": ("พิมพ์รหัสผ่านอีกครั้ง", "The password once more"),
        "token-made": (
            "กุญแจ {name} ({id}) แสดงครั้งเดียว เก็บไว้ตอนนี้ ใช้ได้ถึง {until}",
            "Key {name} ({id}), shown this once: keep it now; it lasts until {until}",
        ),
        "token-ended": ("ยกเลิกกุญแจ {name} ({id}) แล้ว", "Revoked key {name} ({id})"),
        "token-none": ("ยังไม่มีกุญแจ", "There are no keys"),
        "bin-none": ("ถังขยะว่าง", "The bin is empty"),
        "bin-restored": ("กู้คืนแล้ว {id} {title}", "Restored {id} {title}"),
        "bin-emptied": ("ลบถาวร {count} เอกสาร", "Deleted {count} documents for good"),
        "bin-sure": (
            "ลบ {count} เอกสารในถังขยะถาวร กู้คืนไม่ได้อีก: สั่งซ้ำด้วย --yes",
            "This deletes the {count} documents of the bin for good: say so with --yes",
        ),
        "log-none": ("ยังไม่มีการเปลี่ยนแปลง", "Nothing has been changed yet"),
        "argument-missing": ("ต้องระบุ {name}", "{name} is missing"),
        "column-name": ("ชื่อ", "Name"),
        "column-display": ("ชื่อที่แสดง", "Shown as"),
        "column-role": ("บทบาท", "Role"),
        "column-scope": ("แก้ไขหน่วยงาน", "May change"),
        "column-seen": ("เข้าใช้ล่าสุด", "Last seen"),
        "column-state": ("สถานะ", "State"),
        "column-user": ("ผู้ใช้", "User"),
        "column-expires": ("หมดอายุ", "Expires"),
        "column-used": ("ใช้ล่าสุด", "Last used"),
        "column-at": ("เวลา", "Time"),
        "column-actor": ("ใคร", "Who"),
        "column-action": ("ทำอะไร", "What"),
        "column-subject": ("กับสิ่งใด", "To what"),
        "column-before": ("เดิม", "Before"),
        "column-after": ("ใหม่", "After"),
        "column-deleted": ("ลบเมื่อ", "Deleted"),
        "column-deleted-by": ("ลบโดย", "Deleted by"),
        "column-records": ("รายการ", "Records"),
        # --- words for roles, states, changes ----------------------------------------------
        "role-reader": ("ผู้อ่าน", "reader"),
        "role-planner": ("ผู้วางแผน", "planner"),
        "role-reviewer": ("ผู้ตรวจ", "reviewer"),
        "role-admin": ("ผู้ดูแลระบบ", "administrator"),
        "scope-all": ("ทุกหน่วยงาน", "all bodies"),
        "scope-none": ("ไม่มีหน่วยงาน", "no body"),
        "state-active": ("ใช้งาน", "active"),
        "state-disabled": ("ปิดไว้", "disabled"),
        "state-no-password": ("ยังไม่ตั้งรหัสผ่าน", "no password yet"),
        "state-valid": ("ใช้ได้", "valid"),
        "state-revoked": ("ยกเลิกแล้ว", "revoked"),
        "state-expired": ("หมดอายุ", "expired"),
        "never": ("ยังไม่เคย", "never"),
        "actor-local": ("ไม่ได้เข้าใช้ (เครื่องนี้)", "no log-in (this machine)"),
        "actor-token": ("รหัสเข้าใช้ของเครื่อง", "the server's token"),
        "actor-terminal": ("คำสั่งที่เครื่องแม่ข่าย: {name}", "command line: {name}"),
        "actor-nobody": ("ระบบ", "the system"),
        "action-document-added": ("เพิ่มเอกสาร", "added a document"),
        "action-document-replaced": ("เปลี่ยนเอกสาร", "replaced a document"),
        "action-document-deleted": ("ลบเอกสาร", "deleted a document"),
        "action-document-restored": ("กู้คืนเอกสาร", "restored a document"),
        "action-bin-emptied": ("ลบถาวร", "deleted for good"),
        "action-record-reviewed": ("ตรวจรายการ", "reviewed a record"),
        "action-pair-reviewed": ("ตัดสินโครงการซ้ำ", "judged a pair"),
        "action-user-added": ("เพิ่มผู้ใช้", "added a user"),
        "action-user-changed": ("เปลี่ยนผู้ใช้", "changed a user"),
        "action-user-password": ("ตั้งรหัสผ่าน", "set a password"),
        "action-session-begun": ("เข้าใช้", "logged in"),
        "action-session-ended": ("ออกจากระบบ", "logged out"),
        "action-session-refused": ("เข้าใช้ไม่สำเร็จ", "failed to log in"),
        "action-token-created": ("ออกกุญแจ", "made a key"),
        "action-token-revoked": ("ยกเลิกกุญแจ", "revoked a key"),
        "state-field-title": ("ชื่อ", "title"),
        "state-field-organisation": ("หน่วยงาน", "body"),
        "state-field-records": ("รายการ", "records"),
        "state-field-display": ("ชื่อที่แสดง", "shown as"),
        "state-field-role": ("บทบาท", "role"),
        "state-field-scope": ("ขอบเขต", "scope"),
        "state-field-disabled": ("ปิดไว้", "disabled"),
        "state-field-name": ("ชื่อ", "name"),
        "state-field-user": ("ผู้ใช้", "user"),
        "state-field-expires_at": ("หมดอายุ", "expires"),
        "state-field-kind": ("ชนิด", "kind"),
        "state-field-text": ("ข้อความ", "text"),
        "state-field-review": ("ผลตรวจเดิม", "reviewed"),
        "state-field-verdict": ("ผลตรวจ", "verdict"),
        "state-field-note": ("หมายเหตุ", "note"),
        "state-field-page": ("หน้า", "page"),
        "state-field-document": ("เอกสาร", "document"),
        # --- pages -------------------------------------------------------------------------
        "login-ended": (
            "หมดเวลาเข้าใช้แล้ว เข้าใช้อีกครั้งเพื่อทำต่อ",
            "Your session has ended; log in again to go on",
        ),
        "login-lead": (
            "ใช้ชื่อและรหัสผ่านที่ผู้ดูแลระบบให้ไว้",
            "With the name and password from your administrator.",
        ),
        "login-typed": (
            "สิ่งที่พิมพ์ไว้ไม่หาย: จะแสดงอีกครั้งหลังเข้าใช้",
            "What you typed is not lost: it is shown again once you have logged in",
        ),
        "login-name": ("ชื่อเข้าใช้", "Name to log in with"),
        "login-password": ("รหัสผ่าน", "Password"),
        "login-forgotten": (
            "ลืมรหัสผ่าน: ขอให้ผู้ดูแลระบบตั้งให้ใหม่",
            "Forgotten? Ask your administrator to set a new one.",
        ),
        "typed-title": ("ทำต่อจากที่พิมพ์ไว้", "Go on with what you typed"),
        "typed-lead": (
            "เข้าใช้แล้ว นี่คือสิ่งที่พิมพ์ไว้ก่อนหมดเวลา ยังไม่ได้บันทึก ตรวจแล้วกดบันทึก",
            "You are logged in. This is what you typed before the session ended; it is not saved "
            "yet: look it over and save it",
        ),
        "typed-send": ("บันทึก", "Save"),
        "typed-leave": ("ไม่บันทึก กลับไปหน้าแรก", "Don't save, go to the first page"),
        "typed-field": ("ช่องที่ {number}", "Field {number}"),
        "account-title": ("บัญชีของฉัน", "My account"),
        "account-nobody": (
            "เครื่องนี้ยังไม่มีผู้ใช้ จึงไม่ต้องเข้าใช้ เพิ่มผู้ใช้คนแรกได้ที่",
            "There are no users here yet, so nobody logs in. Add the first one under",
        ),
        "password-change": ("เปลี่ยนรหัสผ่าน", "Change the password"),
        "password-changed": (
            "เปลี่ยนรหัสผ่านแล้ว และออกจากระบบที่เครื่องอื่นทั้งหมด",
            "The password is changed; your sessions elsewhere have ended",
        ),
        "password-now": ("รหัสผ่านเดิม", "Present password"),
        "password-new": ("รหัสผ่านใหม่", "New password"),
        "password-again": ("รหัสผ่านใหม่อีกครั้ง", "New password once more"),
        "password-how": (
            "อย่างน้อย 12 ตัวอักษร ใช้ภาษาไทยได้ ประโยคยาว ๆ จำง่ายและเดายาก",
            "At least 12 characters; a long phrase is easy to remember and hard to guess.",
        ),
        "keys-title": ("กุญแจ", "Keys"),
        "keys-own": ("กุญแจสำหรับโปรแกรมของฉัน", "My keys for programs"),
        "keys-all": ("กุญแจสำหรับโปรแกรมของทุกคน", "Everybody's keys for programs"),
        "keys-none": (
            "ยังไม่มีกุญแจ แต่ละคนออกกุญแจของตนได้ที่หน้าบัญชีของฉัน",
            "There are no keys yet; everybody makes their own on the page My account.",
        ),
        "keys-how": (
            "โปรแกรมใช้กุญแจแทนรหัสผ่าน ทำได้ไม่เกินบทบาทของเจ้าของ และแสดงเพียงครั้งเดียว",
            "A program uses a key in place of a password; it may do no more than its owner and is "
            "shown once only.",
        ),
        "key-once": (
            "กุญแจใหม่ “{name}” แสดงครั้งเดียว คัดลอกเก็บไว้ตอนนี้",
            "The new key “{name}” is shown this once: copy it now",
        ),
        "key-secret": ("กุญแจ", "Key"),
        "key-name": ("ชื่อกุญแจ", "Name of the key"),
        "key-days": ("ใช้ได้กี่วัน", "Days it lasts"),
        "key-make": ("ออกกุญแจ", "Make a key"),
        "key-revoke": ("ยกเลิก", "Revoke"),
        "admin-crumb": ("ผู้ดูแลระบบ", "Administration"),
        "admin-parts": ("ส่วนของหน้า", "Parts of this page"),
        "people-title": ("ผู้ใช้", "People"),
        "people-count": ("{count} คน", "{count} people"),
        "people-change": ("เปลี่ยน", "Change"),
        "people-add": ("เพิ่มผู้ใช้", "Add a person"),
        "people-first": (
            "ยังไม่มีผู้ใช้: ใครใช้เครื่องนี้ก็ทำได้ทุกอย่าง เมื่อเพิ่มผู้ใช้คนแรกแล้วทุกคนต้องเข้าใช้ คนแรกต้องเป็นผู้ดูแลระบบ",
            "There is nobody yet: whoever uses this machine may do everything. Once the first "
            "person is added everybody has to log in; the first one is an administrator.",
        ),
        "people-name-how": ("อักษรโรมันตัวเล็กและตัวเลข", "small Latin letters and digits"),
        "people-scope-how": (
            "บรรทัดละหนึ่งหน่วยงาน เว้นว่างคือทุกหน่วยงาน",
            "one body a line; empty means all bodies",
        ),
        "people-bodies": (
            "ชื่อหน่วยงานในฐานความรู้ ({count})",
            "Names of bodies in the knowledge base ({count})",
        ),
        "people-password-how": (
            "อย่างน้อย 12 ตัวอักษร เว้นว่างถ้าเข้าใช้ทางอื่น",
            "at least 12 characters; empty for a log-in by other means",
        ),
        "people-roles": ("บทบาททำอะไรได้", "What each role may do"),
        "people-task": ("งาน", "Task"),
        "people-roles-scope": (
            "ทุกคนอ่านได้ทุกหน่วยงาน ผู้ที่มีขอบเขตแก้ไขได้เฉพาะหน่วยงานในขอบเขต",
            "Everybody reads about all bodies; with a scope, only its bodies can be changed.",
        ),
        "people-disable": ("ปิดการใช้งานบัญชีนี้", "Disable this account"),
        "people-save": ("บันทึก", "Save"),
        "people-new-password": ("ตั้งรหัสผ่านใหม่", "Set a new password"),
        "people-password-ends": ("การเข้าใช้ที่ค้างไว้ทั้งหมดจะจบ", "All of this person's sessions end."),
        "people-log": ("การเปลี่ยนแปลงของผู้ใช้นี้", "Changes of this account"),
        "task-read": ("ค้น อ่าน เปรียบเทียบ ดาวน์โหลด", "Search, read, compare, download"),
        "task-submit": ("ส่งบัญชีโครงการเข้าตรวจ", "Send lists of projects for review"),
        "task-review": ("ตัดสิน แก้ไขข้อความที่อ่านได้", "Decide, correct what was read"),
        "task-documents": ("เพิ่มและลบเอกสาร", "Add and delete documents"),
        "task-manage": ("จัดการผู้ใช้ กุญแจ และถังขยะ", "Manage people, keys and the bin"),
        "log-title": ("บันทึกการเปลี่ยนแปลง", "Log of changes"),
        "log-lead": ("เพิ่มได้อย่างเดียว ลบไม่ได้", "Rows are added, never changed or deleted"),
        "log-everybody": ("ทุกคน", "Everybody"),
        "log-everything": ("ทุกการกระทำ", "Everything"),
        "log-subject": ("รหัสหรือชื่อ", "Id or name"),
        "log-show": ("แสดง", "Show"),
        "log-older": ("รายการก่อนหน้านี้", "Earlier changes"),
        "log-kind-document": ("เอกสาร", "Documents"),
        "log-kind-record": ("รายการที่ตรวจ", "Reviewed records"),
        "log-kind-pair": ("โครงการซ้ำ", "Pairs of projects"),
        "log-kind-user": ("ผู้ใช้", "People"),
        "log-kind-session": ("การเข้าใช้", "Log-ins"),
        "log-kind-token": ("กุญแจ", "Keys"),
        "log-kind-bin": ("ลบถาวร", "Deleted for good"),
        "bin-title": ("ถังขยะ", "Bin"),
        "bin-lead": ("กู้คืนได้ครบจนกว่าจะลบถาวร", "All of it can be restored until the bin is emptied"),
        "bin-restore": ("กู้คืน", "Restore"),
        "bin-sure-tick": ("เข้าใจว่ากู้คืนไม่ได้อีก", "I know that it can't be restored"),
        "bin-empty": ("ลบถาวรทั้งหมด", "Delete all for good"),
        "yes": ("ใช่", "yes"),
        "no": ("ไม่", "no"),
    }
)
