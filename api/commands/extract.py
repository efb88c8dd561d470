"""`phaen extract`: read documents and show what they say, keeping nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from api.command import DONE, FAILURES, Call, option, subcommand
from api.heading import heading
from api.messages import explain, message, printable
from api.output import say, write, write_json
from api.tree import draw, tree
from ingest.errors import PhaenError
from ingest.records import Document


@subcommand("extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@option("--text", is_flag=True)
def command(call: Call, files: tuple[Path, ...], text: bool) -> int:
    """Read each file by itself; one that cannot be read does not stop the others."""
    results = [_one(call, file, text) for file in files]
    return DONE if all(results) else FAILURES


def _one(call: Call, file: Path, text: bool) -> bool:
    from ingest.sandbox import read_safely

    try:
        document = read_safely(file)
    except PhaenError as error:
        if call.json:
            write_json({"file": str(file), "error": problem(error)})
        say(explain(error))
        return False
    if call.json:
        write_json(_json(document, text))
    else:
        write("\n".join(_pages(document) if text else _plan(document)) + "\n")
    return True


def problem(error: PhaenError) -> dict[str, Any]:
    """Return the JSON form of an error: its stable code and its wording."""
    return {"code": error.code, "message": explain(error)}


def _json(document: Document, text: bool) -> dict[str, Any]:
    found = document.to_dict()
    if text:
        found["text"] = [{**page.to_dict(), "text": page.text} for page in document.pages]
    return found


def _pages(document: Document) -> Iterator[str]:
    yield from heading(document.to_dict())
    for page in document.pages:
        yield f"\n═══ {message('page-heading', page=page.number)} ═══"
        yield message("page-unread", reason=printable(page.unread)) if page.unread else page.text


def _plan(document: Document) -> Iterator[str]:
    found = document.to_dict()
    yield from heading(found)
    roots = tree(found["statements"], found["projects"])
    yield from draw(roots) if roots else [message("nothing-stated")]
