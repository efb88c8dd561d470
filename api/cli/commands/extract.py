"""`phaen extract`: read documents and show what they say, storing nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.command import DONE, FAILURES, Call, option, subcommand
from api.cli.output import say, write, write_json
from api.text.messages import error_json, explain
from api.text.plan import outline, pages, with_text
from ingest.errors import PhaenError
from ingest.formats.limits import display_name
from ingest.records import Document

if TYPE_CHECKING:
    from ingest.sandbox.pool import Workers


@subcommand("extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@option("--text", is_flag=True)
def command(call: Call, files: tuple[Path, ...], text: bool) -> int:
    """Read each file in a process of its own; one that fails does not stop the others."""
    from concurrent.futures import ThreadPoolExecutor

    from ingest.sandbox.pool import Workers

    many = min(len(files), os.cpu_count() or 1)
    with Workers(many) as workers, ThreadPoolExecutor(many) as pool:
        results = pool.map(lambda file: _read_document(workers, file), files)
        done = [
            _write_result(call, file, result, text)
            for file, result in zip(files, results, strict=True)
        ]
    return DONE if all(done) else FAILURES


def _read_document(workers: Workers, file: Path) -> Document | PhaenError:
    try:
        return workers.read(file)
    except PhaenError as error:
        return error


def _write_result(call: Call, file: Path, result: Document | PhaenError, text: bool) -> bool:
    if isinstance(result, PhaenError):
        if call.json:
            write_json({"file": display_name(file), "error": error_json(result)})
        say(explain(result))
        return False
    if call.json:
        record = result.to_dict()
        write_json(with_text(record, result) if text else record)
    else:
        write("\n".join(pages(result) if text else outline(result.to_dict())) + "\n")
    return True
