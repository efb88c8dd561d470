"""Health: version, model, size of the knowledge base, missing components."""

from __future__ import annotations

import sqlite3
import threading
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import click
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from api.components import Component, installed_components
from api.http.schemas import StrictModel
from api.http.state import Kb
from api.text.messages import explain
from ingest.errors import PhaenError
from kb import KnowledgeBase

router = APIRouter(tags=["health"])


class Health(StrictModel):
    """What runs here; `missing` names lacking components, as `phaen doctor` does."""

    status: str
    version: str
    model: dict[str, Any]
    counts: dict[str, int]
    missing: list[str]


@router.get("/health", summary="สถานะของระบบ", response_model=Health)
def health(kb: Kb) -> JSONResponse:
    """Return version, model, counts and missing components; 503 if the store cannot be used."""
    kb.store.look()
    missing = [
        component.name
        for component in _components()
        if not component.installed and not component.optional
    ]
    return JSONResponse(
        {
            "status": "ok",
            "version": version("phaen"),
            "model": kb.model_status(),
            "counts": kb.counts(),
            "missing": missing,
        }
    )


def warm_up(kb: KnowledgeBase) -> None:
    """Load the model and encode texts in a thread, so that no search has to wait for it."""
    threading.Thread(target=_warm_up, args=(kb,), name="phaen-warm-up", daemon=True).start()


def _warm_up(kb: KnowledgeBase) -> None:
    try:
        kb.warm_up()
    except PhaenError as error:
        if error.code != "kb-closed":
            click.echo(explain(error), err=True)
    except sqlite3.ProgrammingError:
        return  # the knowledge base was closed meanwhile: the server stops


@lru_cache(maxsize=1)
def _components() -> tuple[Component, ...]:
    return installed_components()
