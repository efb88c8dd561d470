"""Rules propose, the model decides: which of all candidates are statements, and where they end.

What rules find under headings and in lists of plans stands as it is. What they find in running
prose, and whatever else may begin a statement there, is weighed by the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.extract.statements.candidates import Find, left_of, squeeze, trimmed
from ingest.extract.statements.learned.candidates import Candidate, candidates_of, describe
from ingest.extract.statements.learned.cues import cues_in
from ingest.extract.statements.learned.features import PageView
from ingest.extract.statements.learned.model import Model, model
from ingest.extract.statements.learned.openings import Opening, openings_of
from ingest.extract.statements.learned.page_kind import page_kind_of
from ingest.extract.statements.learned.text import PageText
from ingest.layout.lines import Line
from ingest.records import Page

SURE = 0.5
"""A statement is believed from this confidence on."""

# A line that is broken between Thai letters goes on without a blank.
_BROKEN = re.compile(r"(?<=[ก-๛])[ \t]*\n[ \t]*(?=[ก-๛])")
_IN_PROSE = frozenset(("quoted", "said", "unquoted", "enumerated", "listed"))
_IN_LINES = frozenset(("label", "title", "below", "list-marked", "list-plain"))
_LONG_LINE = 160
# A shorter line is a heading, an item or a cell: what it states the rules find.
_RUNNING = 45


@dataclass(frozen=True, slots=True)
class Proposal:
    """A page with what is open on it: its view, and the openings that the model is to weigh.

    `firm` are the stretches on which something stands already.
    """

    page: Page
    view: PageView
    openings: tuple[Opening, ...]
    firm: tuple[tuple[int, int], ...]


def decided(finds: Sequence[Find], pages: Sequence[Page]) -> list[Find]:
    """Return the statements of a document: those that stand, and those the model believes.

    `within` of each follows; it is None below one that is left out.
    """
    uncertain = uncertain_of(finds, pages)
    numbers = {id(result): index for index, result in uncertain.items()}
    chosen: dict[int, Find] = {}
    further: list[Find] = []
    for proposal in proposals(finds, pages, uncertain):
        for one in apart(judged(proposal, model())):
            result = _find(proposal.page, one)
            if one.opening.rule is None:
                further.append(result)
            else:
                chosen[numbers[id(one.opening.rule)]] = result
    weighed = [chosen.get(index, result) for index, result in enumerate(finds)]
    stand = [index for index in range(len(finds)) if index not in uncertain or index in chosen]
    return [*left_of(weighed, stand), *further]


def uncertain_of(finds: Sequence[Find], pages: Sequence[Page]) -> dict[int, Find]:
    """Return the founds, by index, that only the model can vouch for: those of running prose."""
    texts = {page.number: page.text for page in pages}
    kinds = {page.number: page_kind_of(page.text) for page in pages}
    return {
        index: result
        for index, result in enumerate(finds)
        if result.rule in _IN_PROSE
        or (
            result.rule in _IN_LINES
            and (
                kinds[result.page] == "news"
                or (
                    result.rule != "label"
                    and _line_length(texts[result.page], result.start) >= _LONG_LINE
                )
            )
        )
    }


def _line_length(text: str, position: int) -> int:
    end = text.find("\n", position)
    return (len(text) if end < 0 else end) - text.rfind("\n", 0, position) - 1


def proposals(
    finds: Sequence[Find], pages: Sequence[Page], uncertain: Mapping[int, Find]
) -> Iterator[Proposal]:
    """Yield each page on which something is open, with what may begin a statement there."""
    for page in pages:
        proposed = [result for result in uncertain.values() if result.page == page.number]
        firm = [
            (result.start, result.end)
            for index, result in enumerate(finds)
            if index not in uncertain and result.page == page.number
        ]
        if not proposed and not _worth(page.text, firm):
            continue
        view = PageView(PageText(page.text), page_kind_of(page.text))
        openings = tuple(
            opening
            for opening in openings_of(view.page, proposed)
            if opening.rule is not None
            or (
                _line_length(page.text, opening.start) >= _RUNNING
                and not any(start <= opening.start < end for start, end in firm)
            )
        )
        yield Proposal(page, view, openings, tuple(firm))


def _worth(text: str, firm: Sequence[tuple[int, int]]) -> bool:
    """Return whether an announcing word stands in a running line that no rule has read."""
    return any(
        _line_length(text, cue.start) >= _RUNNING
        and not any(start <= cue.start < end for start, end in firm)
        for cue in cues_in(text)
    )


def judged(proposal: Proposal, learned: Model) -> list[Candidate]:
    """Return the candidates of a page, each with the confidence that it is a statement."""
    view = proposal.view
    candidates = [
        one
        for one in candidates_of(view, proposal.openings, learned)
        if not any(start < one.end and one.start < end for start, end in proposal.firm)
        and (one.opening.rule or _is_whole(proposal.page.text[one.start : one.end]))
    ]
    describe(view, candidates)
    for one in candidates:
        one.confidence = learned.holds.probability(one.names)
    return candidates


def _is_whole(text: str) -> bool:
    """Return whether each quotation that begins in a text also ends in it."""
    return text.count("“") == text.count("”")


def _find(page: Page, one: Candidate) -> Find:
    """Return a candidate as a statement: a rule's with its end and confidence, or a new one."""
    words = page.text[one.start : one.end].replace("\n", " ")
    line = trimmed(Line(page.number, one.start, one.end, words, 1))
    text = squeeze(_BROKEN.sub("", page.text[line.start : line.end]))
    rule = one.opening.rule
    if rule is not None:
        return replace(rule, start=line.start, end=line.end, text=text, confidence=one.confidence)
    return Find(
        one.kind, page.number, line.start, line.end, text, "learned", confidence=one.confidence
    )


def apart(candidates: Sequence[Candidate], least: float = SURE) -> list[Candidate]:
    """Return the surest candidates of which none overlaps another, in reading order."""
    taken: list[Candidate] = []
    for one in sorted(candidates, key=lambda one: (-one.confidence, one.start)):
        if one.confidence < least:
            break
        if not any(one.start < other.end and other.start < one.end for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)
