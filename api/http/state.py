"""The state of a server: knowledge base, search processes, limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.http.search_processes import SearchProcesses
from kb import KnowledgeBase

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """What one request may cost, and how many there may be at once.

    `wait_seconds`: how long an upload is waited for at most. A body has `body_seconds` to
    arrive and one second more for every `body_bytes_a_second`. Beyond `requests` under way,
    or `uploads` of files, the server answers 503.

    `readers` processes read files, two at least: one of them is for files that are read
    within `quick_seconds`, so that slow files hold up no quick one.
    """

    body_bytes: int = 4 * MIB
    upload_bytes: int = 600 * MIB
    files: int = 50
    query_characters: int = 2000
    results: int = 200
    readers: int = 2
    quick_seconds: float = 8.0
    jobs_waiting: int = 100
    jobs_kept: int = 1000
    wait_seconds: float = 20.0
    body_seconds: float = 20.0
    body_bytes_a_second: int = 1024
    requests: int = 200
    uploads: int = 50


async def get_kb(request: Request) -> KnowledgeBase:
    """Return the server's knowledge base (a FastAPI dependency)."""
    kb: KnowledgeBase = request.app.state.kb
    return kb


async def get_limits(request: Request) -> ServerLimits:
    """Return the server's limits (a FastAPI dependency)."""
    limits: ServerLimits = request.app.state.limits
    return limits


async def get_search_processes(request: Request) -> SearchProcesses | None:
    """Return the server's search processes, None where it has none (a FastAPI dependency)."""
    search_processes: SearchProcesses | None = request.app.state.search_processes
    return search_processes


Kb = Annotated[KnowledgeBase, Depends(get_kb)]
Limits = Annotated[ServerLimits, Depends(get_limits)]
SearchProcessesDependency = Annotated[SearchProcesses | None, Depends(get_search_processes)]
