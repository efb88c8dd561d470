"""`phaen add`: files and whole folders into the knowledge base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.command import DONE, FAILURES, Call, option, subcommand
from api.cli.output import say, write, write_json
from api.cli.progress import Files, Stages
from api.text.heading import note_text, unread_reason
from api.text.labels import STATUSES, label
from api.text.messages import error_json, explain, message, printable
from api.text.requested_options import requested_options

if TYPE_CHECKING:
    from kb import KnowledgeBase
    from kb.loading.loading import Loaded


@subcommand("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@option("--organisation", metavar="NAME", help_key="--organisation-of")
@option("--period", metavar="YEAR[-YEAR]")
@option("--workers", type=click.IntRange(1, 256), metavar="N")
@option("--again", "reread", is_flag=True)
@option("--map", "columns", metavar="COLUMN=FIELD", multiple=True, help_key="--map")
def command(
    call: Call,
    paths: tuple[Path, ...],
    organisation: str | None,
    period: str | None,
    workers: int | None,
    reread: bool,
    columns: tuple[str, ...],
) -> int:
    """Read and store every file; documents already stored are skipped."""
    from ingest.extract.projects.open_data import mapped
    from kb.loading.loading import load

    options = requested_options(organisation, period)
    mapped(columns)
    status_counts: Counter[str] = Counter()
    unread_reasons: Counter[str] = Counter()
    with call.open(create=True) as kb:
        with Files() as bar:
            for result in load(
                paths,
                kb.store,
                workers=workers,
                organisation=options.organisation,
                period=options.period,
                again=reread,
                columns=columns,
                progress=bar,
            ):
                status_counts[result.status] += 1
                unread_reasons.update(_unread_reasons(kb, result))
                with bar.aside():
                    _report_result(call, result)
        say(message("add-summary", **{status: status_counts[status] for status in STATUSES}))
        for reason, pages in unread_reasons.most_common():
            say(f"{message('unread', pages=pages)}: {unread_reason(reason)}")
        stages = Stages()
        kb.complete(stages)
        stages.close()
    return FAILURES if status_counts["failed"] else DONE


def _unread_reasons(kb: KnowledgeBase, result: Loaded) -> Iterator[str]:
    """Yield the reason of every page of a document that could not be read."""
    if result.unread_pages and result.document_id:
        yield from (page.unread for page in kb.pages(result.document_id) if page.unread)


def _report_result(call: Call, result: Loaded) -> None:
    if call.json:
        write_json(_record_of(result))
    if result.error:
        say(explain(result.error))
    elif not call.json:
        write(_summary_line(result))


def _record_of(result: Loaded) -> dict[str, Any]:
    return {
        "file": result.file,
        "document_id": result.document_id,
        "status": result.status,
        "statements": result.statements,
        "projects": result.projects,
        "pages": result.pages,
        "unread_pages": result.unread_pages,
        "notes": list(result.notes),
        "error": error_json(result.error) if result.error else None,
    }


def _summary_line(result: Loaded) -> str:
    counts = message("found", statements=result.statements, projects=result.projects)
    parts = [label(STATUSES, result.status), printable(result.file), counts]
    if result.unread_pages:
        parts.append(message("unread", pages=result.unread_pages))
    parts += map(note_text, result.notes)
    return "  ".join(parts)
