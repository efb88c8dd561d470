"""`phaen extract`: read documents and show what they say, keeping nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.command import DONE, FAILURES, Call, option, subcommand
from api.heading import heading
from api.messages import explain, message, printable, told
from api.output import say, write, write_json
from api.tree import draw, tree
from ingest.errors import PhaenError
from ingest.limits import display_name
from ingest.records import Document

if TYPE_CHECKING:
    from ingest.sandbox import Workers


@subcommand("extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@option("--text", is_flag=True)
def command(call: Call, files: tuple[Path, ...], text: bool) -> int:
    """Read each file in a process of its own; one that fails does not stop the others."""
    from concurrent.futures import ThreadPoolExecutor

    from ingest.sandbox import Workers

    many = min(len(files), os.cpu_count() or 1)
    with Workers(many) as workers, ThreadPoolExecutor(many) as pool:
        results = pool.map(lambda file: _read(workers, file), files)
        done = [
            _tell(call, file, result, text) for file, result in zip(files, results, strict=True)
        ]
    return DONE if all(done) else FAILURES


def _read(workers: Workers, file: Path) -> Document | PhaenError:
    try:
        return workers.read(file)
    except PhaenError as error:
        return error


def _tell(call: Call, file: Path, result: Document | PhaenError, text: bool) -> bool:
    if isinstance(result, PhaenError):
        if call.json:
            write_json({"file": display_name(file), "error": told(result)})
        say(explain(result))
        return False
    if call.json:
        write_json(_json(result, text))
    else:
        write("\n".join(_pages(result) if text else _plan(result)) + "\n")
    return True


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
