"""The tools: search, sources, alignment, duplicates, comparison; answers as over HTTP.

Tools only read. An answer is the JSON of the same question over HTTP, so that an assistant can
quote a statement with its document and page. Errors are the messages people get.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from api.http.comparisons import ComparisonRequest
from api.http.search import SearchRequest, answer
from api.http.state import ServerLimits
from api.text.messages import explain
from ingest.errors import PhaenError, UsageError
from kb import KnowledgeBase

_INSTRUCTIONS = (
    "phaen holds Thai development plans of provinces, provincial administrative organisations "
    "and local bodies: visions, missions, goals, strategies, indicators and projects, each with "
    "the page it stands on. Years are Buddhist Era (2568 = 2025), money is baht. Ask in Thai "
    "where you can. Quote document and page of what you use; `source` gives a page's own words."
)
_MOST = 50
"""The largest number of hits, matches or bodies that one call gives."""
_LETTERS = 20_000
"""Letters of one page that `source` gives."""
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)

Answer = dict[str, Any]
_Tool = TypeVar("_Tool", bound=Callable[..., Any])


def assistant_server(kb: KnowledgeBase, limits: ServerLimits = ServerLimits()) -> MCPServer:  # noqa: B008 (frozen)
    """Return a server whose tools answer from a knowledge base."""
    server = MCPServer(
        "phaen", instructions=_INSTRUCTIONS, version=version("phaen"), log_level="ERROR"
    )

    def tool(function: _Tool) -> _Tool:
        server.tool(annotations=_READS)(function)
        return function

    @tool
    def search(
        query: str,
        kinds: list[str] | None = None,
        organisation: str | None = None,
        province: str | None = None,
        years: tuple[int, int] | None = None,
        limit: int = 10,
    ) -> Answer:
        """Find what plans say about something, best first, with document and page.

        `kinds` are among vision, mission, value, goal, strategic_issue, strategy, indicator,
        project. `years` are from and to, Buddhist Era. No hits means that nothing is relevant.
        """
        with _explained():
            asked = SearchRequest.model_validate(
                {
                    "query": query,
                    "kinds": kinds or [],
                    "organisation": organisation,
                    "province": province,
                    "period": years,
                    "limit": _bounded(limit),
                }
            )
            return answer(kb, asked, limits)

    @tool
    def source(document: str, page: int = 1) -> Answer:
        """Give the text of one page of a document, and what the document is."""
        with _explained():
            return page_of(kb, document, page)

    @tool
    def align(
        title: str,
        objective: str | None = None,
        declared_strategy: str | None = None,
        against: list[str] | None = None,
        limit: int = 3,
    ) -> Answer:
        """Judge which strategy a proposed project serves, or that it serves none, with reasons.

        `against` names bodies, documents or national frameworks; all frameworks where empty.
        """
        with _explained():
            return judged(kb, title, objective, declared_strategy, against or [], _bounded(limit))

    @tool
    def duplicates(
        title: str,
        place: str | None = None,
        year: int | None = None,
        budget: int | None = None,
        organisation: str | None = None,
        limit: int = 10,
    ) -> Answer:
        """Find projects like a proposed one: duplicates, continuations, the same work elsewhere.

        `year` is the fiscal year (Buddhist Era), `budget` baht, `organisation` who proposes it.
        """
        with _explained():
            return like(kb, title, place, year, budget, organisation, _bounded(limit))

    @tool
    def compare(
        organisations: list[str] | None = None,
        province: str | None = None,
        areas: list[str] | None = None,
        over_time: bool = False,
    ) -> Answer:
        """Compare the visions of bodies: phrases shared, themes, groups, changes over time."""
        with _explained():
            return compared(kb, organisations or [], province, areas or [], over_time=over_time)

    @tool
    def organisations(name: str = "", limit: int = 20) -> Answer:
        """List the bodies whose name holds some letters, with the numbers of their records."""
        with _explained():
            return bodies(kb, name, _bounded(limit))

    return server


def page_of(kb: KnowledgeBase, document: str, page: int) -> Answer:
    """Return a page's text with the facts of its document; raises UsageError `page-unknown`."""
    stored = kb.document(document)
    for one in kb.pages(stored.id):
        if one.number == page:
            text = one.text[:_LETTERS]
            return {
                "document": stored.to_dict(),
                "page": page,
                "text": text,
                "whole": len(text) == len(one.text),
            }
    raise UsageError("page-unknown", document=stored.id, page=page)


def judged(
    kb: KnowledgeBase,
    title: str,
    objective: str | None,
    declared_strategy: str | None,
    against: list[str],
    limit: int,
) -> Answer:
    """Return the alignment of one proposal."""
    from kb.alignment import aligner_of
    from kb.alignment.judging import judge
    from kb.loading.proposals import proposal
    from kb.reference.frameworks import frameworks

    asked = proposal(title, objective=objective, declared_strategy=declared_strategy)
    names = against or [framework.name for framework in frameworks()]
    (found,) = judge(kb, aligner_of(kb), [asked], names, limit=limit)
    return found.to_dict()


def like(
    kb: KnowledgeBase,
    title: str,
    place: str | None,
    year: int | None,
    budget: int | None,
    organisation: str | None,
    limit: int,
) -> Answer:
    """Return the projects like a proposed one."""
    from api.http.duplicates import DuplicatesRequest
    from kb.duplicates import duplicates_of

    fields = {
        "title": title,
        "place": place,
        "year": year,
        "budget": budget,
        "organisation": organisation,
    }
    asked = DuplicatesRequest.model_validate({"proposals": [fields], "limit": limit})
    (result,) = duplicates_of(kb).find([asked.proposals[0].proposal()], limit=limit)
    return result.to_dict()


def compared(
    kb: KnowledgeBase,
    organisations: list[str],
    province: str | None,
    areas: list[str],
    *,
    over_time: bool,
) -> Answer:
    """Return the comparison of bodies."""
    from kb.comparison import compare

    asked = ComparisonRequest.model_validate(
        {
            "organisations": organisations,
            "province": province,
            "areas": areas,
            "over_time": over_time,
        }
    )
    return compare(
        kb,
        asked.organisations,
        over_time=asked.over_time,
        filters=asked.filters(),
        areas=asked.areas,
        encoder=kb.ready_encoder(),
    ).to_dict()


def bodies(kb: KnowledgeBase, name: str, limit: int) -> Answer:
    """Return bodies whose name holds some letters, and how many there are."""
    fitting = [
        organisation.to_dict() | dict(counts)
        for organisation, counts in kb.organisations()
        if name in organisation.name
    ]
    return {"organisations": fitting[:limit], "found": len(fitting)}


def _bounded(limit: int) -> int:
    return max(1, min(limit, _MOST))


@contextmanager
def _explained() -> Iterator[None]:
    """Turn an error into the message that people get."""
    try:
        yield
    except PhaenError as error:
        raise ToolError(explain(error)) from error
