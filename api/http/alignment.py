"""Alignment over HTTP."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import Field

from api.http.knowledge import Kb
from api.http.records import Shape
from kb.alignment import aligner_of
from kb.alignment.targets import framework_targets, targets_of
from kb.proposals import Proposal, proposal

router = APIRouter(tags=["alignment"])


class ProposalShape(Shape):
    """A project somebody proposes."""

    title: str = Field(max_length=5000, description="ชื่อโครงการ · the project's name")
    objective: str | None = Field(None, max_length=5000)
    declared_strategy: str | None = Field(None, max_length=1000)

    def proposal(self) -> Proposal:
        """Make it a proposal, checked."""
        return proposal(
            self.title, objective=self.objective, declared_strategy=self.declared_strategy
        )


class AlignmentRequest(Shape):
    """Proposals, and what to hold them against: all frameworks where nothing is named."""

    proposals: list[ProposalShape] = Field(min_length=1, max_length=1000)
    against: list[str] = Field([], max_length=20, description="organisation, document, framework")
    limit: int = Field(3, ge=1, le=100)


class AlignmentAnswer(Shape):
    """One result a proposal: verdict, score, reason, best, chain, declared."""

    results: list[dict[str, Any]]


@router.post("/alignment", summary="ตรวจความสอดคล้อง", response_model=AlignmentAnswer)
def alignment(kb: Kb, asked: AlignmentRequest) -> JSONResponse:
    """Judge which strategy each proposal serves, or that it serves none, with reasons."""
    proposals = [each.proposal() for each in asked.proposals]
    targets = targets_of(kb, asked.against) if asked.against else framework_targets()
    found = aligner_of(kb).align(proposals, targets, limit=asked.limit)
    return JSONResponse({"results": [each.to_dict() for each in found]})
