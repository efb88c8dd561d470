"""What a page of a review set shows of a row: the proposal, its evidence, differences marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from api.text.heading import years
from api.text.labels import FRAMEWORK_LEVELS, PARTS, RELATIONS, STATEMENTS, VERDICTS, label
from api.text.language import Language
from api.text.messages import message
from kb.review_sets.records import ReviewRow

TONES: Mapping[str, str] = {
    "aligned": "good",
    "weak": "warn",
    "not_aligned": "bad",
    "cannot_tell": "none",
    "duplicate": "bad",
    "continuation": "warn",
    "same_activity_elsewhere": "good",
}
SHAPES: Mapping[str, str] = {
    "aligned": "check",
    "weak": "look",
    "not_aligned": "cross",
    "cannot_tell": "unknown",
    "duplicate": "sheets",
    "continuation": "arrow",
    "same_activity_elsewhere": "pin",
}
_RELATION_WORDS = {
    "duplicate": "web-review-likely",
    "continuation": "web-review-continues",
    "same_activity_elsewhere": "web-review-elsewhere",
}
_FIELDS = ("objective", "target", "place", "indicator", "expected_result", "declared_strategy")
_WRITTEN_SHORT = (
    ("หมู่ที่", "ม."),
    ("หมู่", "ม."),
    ("ตำบล", "ต."),
    ("อำเภอ", "อ."),
    ("จังหวัด", "จ."),
    ("คอนกรีตเสริมเหล็ก", "คสล."),
)
_TOP = 100
_MOST_OTHERS = 4


def amount(money: Any, language: Language) -> str:
    """Return baht with separators, empty where nothing is said."""
    if money is None:
        return ""
    number = f"{Decimal(str(money)):,.2f}".removesuffix(".00")
    return message("web-review-money", language, amount=number)


def badge(key: str | None, language: Language) -> dict[str, str] | None:
    """Return the badge of a verdict or relation: its word, shape and tone."""
    if key is None or key not in TONES:
        return None
    if key in _RELATION_WORDS:
        word = message(_RELATION_WORDS[key], language)
    else:
        word = label(VERDICTS, key, language)
    return {"word": word, "tone": TONES[key], "shape": SHAPES[key]}


def line_of(row: ReviewRow, language: Language) -> dict[str, Any]:
    """Return a row as the queue shows it."""
    return {
        "number": row.number,
        "row": row.row or row.number,
        "version": row.version,
        "title": row.title,
        "money": amount(row.proposal["money"], language),
        "verdict": badge(row.verdict, language),
        "relation": badge(row.relation, language),
        "assigned": row.assigned,
        "done": row.state == "done",
    }


def proposal_fields(row: ReviewRow, language: Language) -> list[tuple[str, str]]:
    """Return what a proposal says, as name and text; what it leaves out is left out."""
    record = row.proposal
    body = record["organisation"]
    said = {name: record[name] for name in _FIELDS}
    fields = [
        ("objective", said["objective"]),
        ("target", said["target"]),
        ("place", said["place"]),
        ("budget", _budget(record, language)),
        ("indicator", said["indicator"]),
        ("expected_result", said["expected_result"]),
        ("organisation", body["name"] if body else None),
        ("declared_strategy", said["declared_strategy"]),
    ]
    return [(message(f"web-review-field-{name}", language), text) for name, text in fields if text]


def alignment_of(row: ReviewRow, language: Language) -> dict[str, Any] | None:
    """Return the evidence of alignment: verdict, reason, best strategies, declared, chain."""
    answer = row.alignment
    if answer is None:
        return None
    best = [_target(match, language) for match in answer["best"]]
    declared = answer["declared"]
    shown = badge(answer["verdict"], language)
    serves_other = declared is not None and declared["fits"] is False
    if shown is not None and serves_other and answer["verdict"] in ("aligned", "weak"):
        shown = {
            "word": message("web-review-misdeclared", language),
            "tone": "warn",
            "shape": "look",
        }
    served = answer["verdict"] in ("aligned", "weak")
    return {
        "verdict": shown,
        "reason": answer["reason"],
        "notes": [message(f"note-{note}", language) for note in answer["notes"]],
        "best": best[0] if best and served else None,
        "others": best[1:] if served else best,
        "declared": _target(declared, language) if declared else None,
        "chain": [
            {
                "level": label(FRAMEWORK_LEVELS, link["level"], language),
                "text": link["text"],
                "origin": message(f"link-{link['origin']}", language),
            }
            for link in answer["chain"]
        ],
    }


def duplicates_of(row: ReviewRow, language: Language) -> dict[str, Any] | None:
    """Return the evidence of duplicates: the most likely compared part by part, and others."""
    answer = row.duplicates
    if answer is None:
        return None
    shown = [match for match in answer["matches"] if match["relation"] in _RELATION_WORDS]
    others = [_other(match, language) for match in shown[1 : 1 + _MOST_OTHERS]]
    return {
        "verdict": badge(row.relation, language),
        "notes": [message(f"note-{note}", language) for note in answer["notes"]],
        "first": compared(row, shown[0], language) if shown else None,
        "others": others,
    }


def compared(row: ReviewRow, match: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Return a row and what is like it side by side; differing words and values are marked."""
    project = match["project"]
    ours, theirs = marked_titles(row.title, project["title"])
    lines: list[tuple[str, str, str, bool]] = [
        (message("web-review-field-title", language), ours, theirs, row.title == project["title"])
    ]
    for points, same in ((match["agrees"], True), (match["differs"], False)):
        for point in points:
            if point["part"] in ("work", "verb"):
                continue
            own, other = _values(point, "proposal", language), _values(point, "project", language)
            if not same:
                own, other = _marked(own), _marked(other)
            lines.append((label(PARTS, point["part"], language), own, other, same))
    return {
        "percent": min(99, round(match["score"] * _TOP)),
        "relation": badge(match["relation"], language),
        "label": label(RELATIONS, match["relation"], language),
        "body": project["organisation"]["name"] if project["organisation"] else "",
        "lines": lines,
        "source": _source(match, language),
        "document": None if match["in_workbook"] else project.get("document"),
        "own": message("review-file-row", language, row=row.row or row.number),
    }


def marked_titles(ours: str, theirs: str) -> tuple[Markup, Markup]:
    """Return two names with the words marked in which they differ."""
    from ingest.thai.words import segment

    one, other = segment(ours), segment(theirs)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    left, right = Markup(""), Markup("")
    for kind, a, b, c, d in matcher.get_opcodes():
        own, their = "".join(one[a:b]), "".join(other[c:d])
        mark = _equal if fold(own) == fold(their) else _marked
        left += escape(own) if kind == "equal" else mark(own)
        right += escape(their) if kind == "equal" else mark(their)
    return left, right


def fold(text: str) -> str:
    """Return a piece of a name without what is only another way of writing it."""
    from ingest.thai.digits import arabic

    bare = "".join(arabic(text).split())
    for short, whole in _WRITTEN_SHORT:
        bare = bare.replace(short, whole)
    return bare.removeprefix("โครงการ")


def _equal(text: str) -> Markup:
    return Markup('<mark class="e">{}</mark>').format(text) if text.strip() else escape(text)


def _marked(text: str) -> Markup:
    return Markup('<mark class="d">{}</mark>').format(text) if text.strip() else escape(text)


def _values(point: Mapping[str, Any], side: str, language: Language) -> str:
    values: Iterable[str] = point[side]
    if point["part"] == "money":
        return ", ".join(amount(value, language) for value in values)
    return ", ".join(values)


def _budget(record: Mapping[str, Any], language: Language) -> str | None:
    if record["money"] is None:
        return None
    budget = record["budget"]
    whole = amount(record["money"], language)
    if len(budget) <= 1:
        year = next(iter(budget), None)
        return f"{whole} · {message('web-review-field-years', language)} {year}" if year else whole
    return f"{whole} · " + " · ".join(
        f"{year}: {Decimal(str(money)):,}" for year, money in budget.items()
    )


def _target(match: Mapping[str, Any], language: Language) -> dict[str, Any]:
    statement, why = match["statement"], match["why"]
    kinds = STATEMENTS if statement["kind"] in STATEMENTS else FRAMEWORK_LEVELS
    is_bare = statement["kind"] == "declared"
    name = "" if is_bare else label(kinds, statement["kind"], language)
    number = statement.get("number") or ""
    return {
        "kind": " ".join((name, str(number))).strip(),
        "text": statement["text"],
        "document": statement.get("document"),
        "page": statement.get("page"),
        "percent": min(99, round(match["score"] * _TOP)),
        "words": [*dict.fromkeys((*why["proposal"], *why["statement"]))],
    }


def _other(match: Mapping[str, Any], language: Language) -> dict[str, Any]:
    project = match["project"]
    return {
        "badge": badge(match["relation"], language),
        "title": project["title"],
        "money": amount(project.get("money"), language),
        "source": _source(match, language),
        "percent": min(99, round(match["score"] * _TOP)),
        "document": None if match["in_workbook"] else project.get("document"),
    }


def _source(match: Mapping[str, Any], language: Language) -> str:
    project = match["project"]
    body = project["organisation"]
    if match["in_workbook"]:
        where: Sequence[str | None] = (
            message("review-file-row", language, row=project["row"] or "–"),
        )
    else:
        where = (
            years(project["period"]),
            message("page", language, page=project["page"]),
            Path(project["file"]).name,
        )
    name = body["name"] if body else message("organisation-unknown", language)
    return " · ".join(part for part in (name, *where) if part)
