"""What the rows of a table stand under: the strategy and plan line just above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.thai.numbers import arabic

_MARK = r"\s*(?:[กข]\s?[.)]\s*)?(?:[0-9]+(?:\.[0-9]+)*[.)]?\s*)?"
_STRATEGY = re.compile(rf"{_MARK}(?:ประเด็น(?:การพัฒนา|ยุทธศาสตร์)|ยุทธศาสตร์|กลยุทธ์|แนวทาง(?:การพัฒนา)?)")
_PLAN = re.compile(r"(?:(?<=\s)|^)(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*)?แผนงาน(?!\s*/)")
_PLAN_MARK = re.compile(r"^(?:[0-9๐-๙]+(?:\.[0-9๐-๙]+)*[.)]?\s*)")
_NUMBERED = re.compile(r"(.*?)(?:ที่)?\s*([0-9]+)")
_REFERENCE = re.compile(
    r"(?:หน้า|น\.|ข้อ|ลำดับ|ที่|pages?|p\.?)?\s*[0-9]+(?:\s*[-–,/]\s*[0-9]+)*|[A-Za-z]{0,4}[-./_]?[0-9][-./_0-9A-Za-z]*",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"\s*\(ต่อ\)\s*$")
_FIGURES = re.compile(
    r"(?:\s+(?:[0-9๐-๙]{1,3}(?:,[0-9๐-๙]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]{4}|-))+(?:\s*บาท)?$"
)
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Under:
    """The lines of strategy and the plan under which rows of a table stand."""

    strategy: tuple[str, ...] = ()
    plan: str | None = None

    def below(self, text: str) -> Under:
        """Return what stands under one more line, which may name a strategy, a plan or both."""
        text = _CONTINUED.sub("", " ".join(text.split()))
        result = _PLAN.search(text)
        strategy = text[: result.start()].strip() if result else text
        plan = _PLAN_MARK.sub("", text[result.start() :].strip()) if result else None
        plan = _FIGURES.sub("", plan) if plan else None
        named = self
        if is_strategy(strategy):
            named = replace(named, strategy=_with(named.strategy, strategy))
        return replace(named, plan=plan) if plan else named

    @property
    def declared(self) -> str | None:
        """The lines of strategy, one below the other."""
        return "\n".join(self.strategy) or None


def under(lines: Sequence[str]) -> Under:
    """Return what stands under the lines above a table.

    Several strategies of one kind below each other are a list of all of them: rows stand
    under none of it, unless the last line names one of them once more.
    """
    result = Under()
    for line in without_lists(lines):
        result = result.below(line)
    return result


def is_strategy(line: str) -> bool:
    """Whether a line names a strategy, an issue or a guideline."""
    flat = arabic(line)
    match = _STRATEGY.match(flat)
    return match is not None and bool(flat[match.end() :].strip(" :.")) and len(line) <= _LONGEST


def named_strategy(text: str | None) -> str | None:
    """Return what a column of strategies says where it is words: no number, page or code."""
    if not text or _REFERENCE.fullmatch(arabic(text).strip(" .()")):
        return None
    return text


def without_lists(lines: Sequence[str]) -> list[str]:
    """Leave out the strategies that stand in a list of like ones, with what it has below them."""
    kept: list[str] = []
    run: list[str] = []
    for line in [*lines, ""]:
        if is_strategy(line):
            run.append(line)
            continue
        kept += _of_run(run)
        run = []
        kept += [line] if line else []
    return kept


def _of_run(run: Sequence[str]) -> list[str]:
    """Keep what stands above a list of like strategies, and a last one that repeats another."""
    tight = ["".join(arabic(line).split()) for line in run]
    heads = [_head(line) for line in run]
    listed = {head for head in heads if head and len(_distinct(tight, heads, head)) > 1}
    if not listed:
        return list(run)
    first = next(i for i, head in enumerate(heads) if head in listed)
    return [*run[:first], *([run[-1]] if tight[-1] in tight[:-1] else [])]


def _distinct(tight: Sequence[str], heads: Sequence[str | None], wanted: str) -> set[str]:
    return {text for text, head in zip(tight, heads, strict=True) if head == wanted}


def _head(line: str) -> str | None:
    """Return how a line begins up to its number: ยุทธศาสตร์ที่ 2 …, without list marks."""
    bare = re.sub(rf"^{_MARK}(?=ประเด็น|ยุทธ|กลยุทธ์|แนวทาง)", "", arabic(line))
    result = _NUMBERED.match(bare)
    return "".join(result[1].split()) if result and len(result[1]) < 40 else None


def _with(lines: tuple[str, ...], line: str) -> tuple[str, ...]:
    """Add a line of strategy, in place of the one of its own rank."""
    rank = _rank(line)
    return (*(other for other in lines if _rank(other) < rank), line)


def _rank(line: str) -> int:
    """Return how deep a line stands: the nation's, the province's, the body's own, tactics."""
    bare = line.lstrip()
    if bare[:1] in "กข" and bare[1:3].strip()[:1] in (".", ")"):
        return 0 if bare[0] == "ก" else 1
    for rank, words in ((-2, "ยุทธศาสตร์ชาติ"), (-1, "ยุทธศาสตร์กลุ่มจังหวัด"), (0, "ยุทธศาสตร์จังหวัด")):
        if words in "".join(bare.split())[:40]:
            return rank
    return 3 if "กลยุทธ์" in bare[:14] or "แนวทาง" in bare[:14] else 2
