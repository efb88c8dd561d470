"""The three questions: alignment, duplicates, comparison."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

QUESTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # --- alignment ---------------------------------------------------------------------
        "note-subject-unknown": (
            "ข้อความไม่บอกว่าโครงการทำเรื่องใด",
            "The text does not tell what the project is about",
        ),
        "note-not-thai": ("ข้อความไม่ใช่ภาษาไทย", "The text is not in Thai"),
        "align-what": (
            "ระบุข้อเสนอหนึ่งอย่าง: ข้อความ, --file, --audit หรือ --coverage",
            "Name one thing: a text, --file, --audit or --coverage",
        ),
        "against-unknown": (
            "ไม่พบแผน เอกสาร หรือกรอบ {value} ในฐานความรู้ (กรอบที่มี: {choices})",
            "There is no plan, document or framework {value} (frameworks: {choices})",
        ),
        "against-empty": ("ไม่มีข้อความของแผนให้เทียบ", "There is nothing to hold the proposal against"),
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
            "ระบุว่าอยู่ใต้ “{text}” แต่เนื้องานไม่ตรง",
            "Declared under “{text}”, which it does not serve",
        ),
        "coverage-row": (
            "ระบุ {declared} โครงการ ตอบจริง {served} โครงการ",
            "{declared} projects declared, {served} serve it",
        ),
        "answer-verdict": ("ผลการพิจารณา", "Verdict"),
        "answer-best": ("ยุทธศาสตร์ที่ตอบดีที่สุด", "Serves best"),
        "answer-reason": ("เหตุผล", "Reason"),
        "answer-chain": ("ห่วงโซ่แผน", "Chain"),
        "answer-flags": ("ข้อสังเกต", "Flags"),
        "coverage-none": ("ไม่ระบุยุทธศาสตร์ของแผนนี้", "no strategy of this plan declared"),
        "coverage-unserved": ("ไม่มีโครงการรองรับ", "no project serves it"),
        "report-ending": (
            "ไม่รู้จักรูปแบบรายงาน {file}: ลงท้ายด้วย {endings}",
            "The report {file} has no known ending: use one of {endings}",
        ),
        "too-many-proposals": (
            "{file} มี {count} แถว ตรวจได้ครั้งละไม่เกิน {limit} ข้อเสนอ: แบ่งไฟล์",
            "{file} has {count} rows; at most {limit} proposals at a time: divide the file",
        ),
        "table-answers": ("ผลตรวจความสอดคล้องของข้อเสนอ", "What the proposals serve"),
        "table-audit": ("โครงการที่ควรทบทวนยุทธศาสตร์", "Projects whose strategy needs a look"),
        "table-coverage": ("ยุทธศาสตร์กับโครงการและงบประมาณ", "Strategies, projects and money"),
        "sheet-form": ("แบบประเมิน 12 ข้อ", "Review form"),
        "answers-more": (
            "และอีก {count} ข้อเสนอ ดูในตาราง",
            "And {count} more proposals: see the table",
        ),
        "answer-row": ("แถว", "Row"),
        "answer-where": ("ที่มา", "Found in"),
        "answer-declared": ("ยุทธศาสตร์ที่ระบุ", "Declared"),
        "answer-doubt": ("น่าสงสัย", "Doubt"),
        "answer-serves": ("ยุทธศาสตร์ที่เนื้องานตอบ", "Serves"),
        "answer-kind": ("ชนิด", "Kind"),
        "answer-statement": ("ข้อความ", "Statement"),
        "answer-declared-count": ("โครงการที่ระบุ", "Projects declared"),
        "answer-served-count": ("โครงการที่ตอบ", "Projects that serve it"),
        "answer-baht": ("งบประมาณ {year} (บาท)", "Budget {year} (baht)"),
        "answer-level": ("ระดับ", "Level"),
        "answer-origin": ("รู้จาก", "Known by"),
        "answer-source": ("ที่มา", "Source"),
        "against-theme-differs": ("ประเด็นหลักต่างกัน", "main themes differ"),
        "form-criterion": ("เกณฑ์", "Criterion"),
        "form-finding": ("พบในข้อความ", "In the text"),
        "form-note": ("เหตุผล", "Why"),
        "form-evidence": ("หลักฐาน", "Evidence"),
        "form-points": ("คะแนน (ผู้พิจารณาให้)", "Points (a person's)"),
        "form-shown": ("มีหลักฐาน", "evidence found"),
        "form-missing": ("ไม่พบ", "not stated"),
        "form-person": ("ต้องให้คนตัดสิน", "a person must judge"),
        "gold-empty": ("ไม่มีชุดทดสอบที่ใช้ได้ใน {folder}", "There is no gold to use in {folder}"),
        "link-declared": ("ระบุไว้", "declared"),
        "link-published": ("ตามกรอบที่ประกาศ", "published"),
        "link-inferred": ("อนุมาน", "inferred"),
        # --- duplicates --------------------------------------------------------------------
        "duplicates-what": (
            "ระบุอย่างใดอย่างหนึ่ง: ชื่อโครงการ, --file ไฟล์ข้อเสนอ, --within, --statements หรือ --not-duplicate",
            "Give one of: a project's name, --file, --within, --statements, --not-duplicate",
        ),
        "duplicates-none": (
            "ไม่พบโครงการที่คล้ายกันในฐานความรู้",
            "No project like it is in the knowledge base",
        ),
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
            "งบประมาณ {value} เป็นไปไม่ได้",
            "A budget of {value} is not plausible",
        ),
        "no-proposals": (
            "{file} ไม่มีตารางข้อเสนอโครงการ (ต้องมีคอลัมน์ชื่อโครงการ และอีกอย่างน้อยหนึ่งคอลัมน์)",
            "{file} holds no table of proposals (it needs a column of names and one more)",
        ),
        "threshold-invalid": (
            "ค่าเกณฑ์ {name} ต้องอยู่ระหว่าง 0 ถึง 1 (ได้ {value})",
            "The threshold {name} must lie between 0 and 1 (was {value})",
        ),
        "pair-invalid": (
            "ต้องเป็นสองรายการที่ต่างกัน ({a}, {b})",
            "A pair needs two different records ({a}, {b})",
        ),
        "pair-refused": ("จดจำแล้ว: {a} กับ {b} ไม่ซ้ำกัน", "Remembered: {a} and {b} are no duplicates"),
        "note-title-vague": ("ชื่อโครงการสั้นเกินไปที่จะบอกได้แน่", "The name is too short to be sure"),
        "note-place-unknown": (
            "ไม่ได้บอกสถานที่ จึงเทียบสถานที่ไม่ได้",
            "No place is named, so places cannot be compared",
        ),
        "note-place-contradicts": (
            "สถานที่ในชื่อขัดกับช่องสถานที่ ใช้สถานที่ในชื่อ",
            "The place in the name contradicts the place column; the name counts",
        ),
        "note-year-implausible": (
            "ปีงบประมาณเป็นไปไม่ได้ จึงไม่ใช้",
            "A fiscal year is not plausible and was left out",
        ),
        "note-budget-implausible": (
            "งบประมาณเป็นไปไม่ได้ จึงไม่ใช้",
            "An amount of money is not plausible and was left out",
        ),
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
        "column-verdict": ("ผลตรวจ", "Verdict"),
        "column-kind": ("ชนิด", "Kind"),
        "column-text": ("ข้อความ", "Text"),
        "column-note": ("หมายเหตุ", "Note"),
        "column-reviewer": ("ผู้ตรวจ", "Reviewer"),
        # --- reviews -----------------------------------------------------------------------
        "verdict-missing": (
            "จะให้ทำอะไรกับ {id}: ระบุ --accept --reject --correct หรือ --add",
            "What about {id}? Say --accept, --reject, --correct or --add",
        ),
        "verdict-unknown": (
            "ไม่มีผลตรวจ {value} (มี {choices})",
            "There is no verdict {value} (there are {choices})",
        ),
        "correction-empty": (
            "การแก้ไขต้องระบุข้อความใหม่หรือชนิดใหม่",
            "A correction gives a new text or a new kind",
        ),
        "addition-incomplete": (
            "การเพิ่มข้อความต้องระบุเอกสาร ชนิด และข้อความ",
            "An addition names the document, the kind and the text",
        ),
        "record-missing": ("ต้องระบุรหัสรายการที่ตรวจ", "The record under review has to be named"),
        "page-unknown": ("เอกสารนี้ไม่มีหน้า {page}", "The document has no page {page}"),
        "text-empty": ("ข้อความว่างเปล่า", "The text is empty"),
        "reviews-accepted": ("ยืนยัน {count} รายการที่ยังไม่มีใครตรวจ", "{count} open records accepted"),
        "reviews-none": ("ยังไม่มีใครตรวจรายการใด", "Nobody has reviewed a record yet"),
        "gold-written": (
            "เขียนเฉลยจากเอกสารที่ตรวจครบ {count} ฉบับ ไว้ที่ {folder}",
            "Wrote {count} documents that are reviewed whole as gold to {folder}",
        ),
        "internal": ("เกิดข้อผิดพลาดภายในระบบ", "Something went wrong inside the server"),
        # --- comparison --------------------------------------------------------------------
        "organisation-not-found": (
            "ไม่พบหน่วยงาน {name} ในฐานความรู้",
            "No body called {name} in the knowledge base",
        ),
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
        "folder-not-written": (
            "เขียนลงโฟลเดอร์ {file} ไม่ได้: {reason}",
            "Could not write to {file}: {reason}",
        ),
        "compare-themes": ("ประเด็น: {themes}", "Themes: {themes}"),
        "compare-peculiar": ("มีเฉพาะที่นี่: {phrases}", "Only here: {phrases}"),
        "compare-more-pairs": (
            "และอีก {count} คู่ (ดูทั้งหมดด้วย --json)",
            "and {count} more pairs (--json shows all)",
        ),
        "compare-without": ("ไม่มีข้อความชนิดนี้: {names}", "These say nothing of the kind: {names}"),
        "search-none": ("ไม่พบสิ่งที่ตรงกับคำค้นนี้ในแผนใด", "No plan says anything that answers this"),
        "demo-question": ("\nคำถาม: {text}", "\nQuestion: {text}"),
        "search-weak": (
            "ไม่มีรายการใดตรงอย่างแน่ชัด รายการที่แสดงคือรายการที่ใกล้เคียงที่สุด",
            "Nothing answers this for certain; these come nearest",
        ),
        "search-like-or-text": (
            "พิมพ์คำค้น หรือระบุ --like อย่างใดอย่างหนึ่ง",
            "Give either a text or --like",
        ),
        "more-in-document": ("และอีก {count} รายการในเอกสารนี้", "and {count} more in this document"),
        "more-same": ("และอีก {count} รายการใช้ข้อความเดียวกัน", "and {count} more in the same words"),
        "asked": ("เข้าใจคำถามว่า: {parts}", "Understood as: {parts}"),
        "asked-subject": ("เรื่อง “{value}”", "about “{value}”"),
        "asked-correction": ("“{value}”", "“{value}”"),
        "asked-kinds": ("ชนิด {value}", "kind {value}"),
        "asked-bodies": ("ของ {value}", "of {value}"),
        "asked-places": ("ที่ {value}", "in {value}"),
        "asked-years": ("ปี {value}", "in {value} BE"),
        "asked-without": ("ไม่เอา {value}", "without {value}"),
        "search-suggestion": ("หมายถึง “{text}” หรือไม่", "Did you mean “{text}”?"),
        "mode-unknown": (
            "ไม่มีวิธีค้น {value} (มี {choices})",
            "There is no mode {value} (there are {choices})",
        ),
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
            "{file} บรรทัดที่ {line} ไม่ใช่ JSON ที่ใช้ได้",
            "{file}: line {line} is not valid JSON",
        ),
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
    }
)
