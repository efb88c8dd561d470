"""Declared strategies as links: which of a plan's own statements a proposal declares.

Offices declare by number (ประเด็นที่ ๔, กลยุทธ์ 1.3), by name, by a shortened name (…ฯ), or by
several at once. A number counts only where no name is given: the name may be another plan's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from kb.alignment.statement_parts import bare_text
from kb.alignment.verdicts import Target
from kb.reference.concepts import squeeze_term
from kb.store.records import StoredStatement

_DIGITS = "0-9๐-๙"
_BETWEEN = re.compile(r"\n|\s+/\s*|\s*/\s+|;|\s+(?=(?:แนวทาง|กลยุทธ์|มาตรการ))|(?<=ฯ)\s+")
_NUMBER = re.compile(rf"[{_DIGITS}]+(?:\s*[./]\s*[{_DIGITS}]+)*")
_HEAD = re.compile(
    rf"^\s*(?:[กข]\s*\.\s*)?(?:ยุทธศาสตร์|ประเด็น|กลยุทธ์|แนวทาง|แผนงาน|เป้าประสงค์|พันธกิจ|มาตรการ|ด้าน)?[^{_DIGITS}]{{0,60}}?"
    rf"(?:ที่)?\s*(?P<number>[{_DIGITS}]+(?:\s*[./]\s*[{_DIGITS}]+)*)\s*[.):：–-]*\s*(?P<name>.*)$"
)
_LABEL_WORDS = re.compile(
    r"^\s*(?:(?:ประเด็น|ยุทธศาสตร์|กลยุทธ์|แนวทาง|แผนงาน|เป้าประสงค์|พันธกิจ|มาตรการ)(?:การพัฒนา|ยุทธศาสตร์)*"
    r"(?:ของ\S+)?\s*(?:ที่)?\s*)?[:：–-]?\s*"
)
_PROVINCE = re.compile(r"^\s*(?:ก\s*\.|ยุทธศาสตร์(?:การพัฒนา)?(?:กลุ่ม)?จังหวัด)")
_APPROACH = re.compile(r"^\s*(?:แนวทาง|กลยุทธ์|มาตรการ)")
_SIGNS = re.compile(r"[ฯ“”\"'():：–\-,.…]")
_LEAST_NAME = 4
_LEAST_ALIKE = 88.0
"""Letters of the shortest name that is looked up, and how alike two names must be, of 100."""


def declared_target(text: str, targets: Sequence[Target]) -> Target | None:
    """Return the statement of a plan that a proposal declares, the most specific one.

    None where it declares none of them: another plan's, or a name nobody of this plan uses.
    """
    pieces = [piece for piece in _BETWEEN.split(text) if piece and piece.strip()]
    own = [piece for piece in pieces if not _PROVINCE.match(piece) or len(pieces) == 1]
    linked = [(piece, _piece_target(piece, targets)) for piece in own]
    named = [(piece, target) for piece, target in linked if target is not None]
    strategies = [target for piece, target in named if _is_below(piece, target)]
    links = strategies or [target for _, target in named]
    return links[0] if links else None


def _piece_target(piece: str, targets: Sequence[Target]) -> Target | None:
    head = _HEAD.match(piece)
    number = _plain_number(head["number"]) if head else ""
    bare = head["name"] if head else _LABEL_WORDS.sub("", piece, count=1)
    if len(_tight(bare)) >= _LEAST_NAME:
        return _named(bare, targets) or _named(piece, targets)
    return _numbered(number, piece, targets) if number else None


def _named(name: str, targets: Sequence[Target]) -> Target | None:
    wanted = _tight(bare_text(name))
    if len(wanted) < _LEAST_NAME:
        return None
    scored = [(_likeness(wanted, target), target) for target in targets]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= _LEAST_ALIKE else None


def _likeness(wanted: str, target: Target) -> float:
    """Return how alike a declared name and a statement are: 0 to 101, equal ones most."""
    texts = {_tight(target.text), _tight(bare_text(target.text))}
    if wanted in texts:
        return 101.0
    if any(text.startswith(wanted) for text in texts):
        return 100.0
    shorter = min(len(wanted), *map(len, texts))
    if shorter < 2 * _LEAST_NAME:
        return 0.0
    return max(
        fuzz.partial_ratio(wanted, text) - (2.0 if len(wanted) > len(text) else 0.0)
        for text in texts
    )


def _numbered(number: str, piece: str, targets: Sequence[Target]) -> Target | None:
    """Return the statement of that number: issues count for whole numbers, strategies for 1.2."""
    kinds = ("strategy",) if "." in number or _APPROACH.match(piece) else ("strategic_issue",)
    group = [target for target in targets if _kind(target) in kinds]
    labelled = {_own_number(target): target for target in reversed(group)}
    if number in labelled:
        return labelled[number]
    unlabelled = not any(name for name in labelled)
    if unlabelled and number.isdecimal() and 0 < int(number) <= len(group):
        return group[int(number) - 1] if kinds == ("strategic_issue",) else None
    return None


def _own_number(target: Target) -> str:
    source = target.source
    if isinstance(source, StoredStatement) and source.record.number:
        return _plain_number(source.record.number)
    head = target.text[: len(target.text) - len(bare_text(target.text))]
    match = _NUMBER.search(head)
    return _plain_number(match[0]) if match else ""


def _plain_number(text: str) -> str:
    digits = text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    return ".".join(re.findall("[0-9]+", digits))


def _is_below(piece: str, target: Target) -> bool:
    return _kind(target) == "strategy" or _APPROACH.match(piece) is not None


def _kind(target: Target) -> str:
    source = target.source
    return source.kind if isinstance(source, StoredStatement) else "strategic_issue"


def _tight(text: str) -> str:
    return squeeze_term(_SIGNS.sub("", text))
