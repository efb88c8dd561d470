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
from api.text.heading import note_text, why_unread
from api.text.labels import STATUSES, label
from api.text.messages import explain, message, printable, told
from api.text.requested_options import wishes_of

if TYPE_CHECKING:
    from kb.loading.loading import Loaded
    from kb.store.store import Store


@subcommand("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@option("--organisation", metavar="NAME", help_key="--organisation-of")
@option("--period", metavar="YEAR[-YEAR]")
@option("--workers", type=click.IntRange(1, 256), metavar="N")
@option("--again", is_flag=True)
@option("--map", "columns", metavar="COLUMN=FIELD", multiple=True, help_key="--map")
def command(
    call: Call,
    paths: tuple[Path, ...],
    organisation: str | None,
    period: str | None,
    workers: int | None,
    again: bool,
    columns: tuple[str, ...],
) -> int:
    """Read and keep every file; what is kept already stays as it is."""
    from ingest.extract.projects.open_data import mapped
    from kb.loading.loading import load

    wishes = wishes_of(organisation, period)
    mapped(columns)
    tally: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    with call.open(create=True) as kb:
        with Files() as bar:
            for loaded in load(
                paths,
                kb.store,
                workers=workers,
                organisation=wishes.organisation,
                period=wishes.period,
                again=again,
                columns=columns,
                progress=bar,
            ):
                tally[loaded.status] += 1
                unread.update(_unread(kb.store, loaded))
                with bar.aside():
                    _tell(call, loaded)
        say(message("add-summary", **{status: tally[status] for status in STATUSES}))
        for reason, pages in unread.most_common():
            say(f"{message('unread', pages=pages)}: {why_unread(reason)}")
        stages = Stages()
        kb.complete(stages)
        stages.close()
    return FAILURES if tally["failed"] else DONE


def _unread(store: Store, loaded: Loaded) -> Iterator[str]:
    """Yield why each page of a document that could not be read was not."""
    if loaded.unread_pages and loaded.document_id:
        yield from (page.unread for page in store.pages(loaded.document_id) if page.unread)


def _tell(call: Call, loaded: Loaded) -> None:
    if call.json:
        write_json(_json(loaded))
    if loaded.error:
        say(explain(loaded.error))
    elif not call.json:
        write(_line(loaded))


def _json(loaded: Loaded) -> dict[str, Any]:
    return {
        "file": loaded.file,
        "document_id": loaded.document_id,
        "status": loaded.status,
        "statements": loaded.statements,
        "projects": loaded.projects,
        "pages": loaded.pages,
        "unread_pages": loaded.unread_pages,
        "notes": list(loaded.notes),
        "error": told(loaded.error) if loaded.error else None,
    }


def _line(loaded: Loaded) -> str:
    found = message("found", statements=loaded.statements, projects=loaded.projects)
    parts = [label(STATUSES, loaded.status), printable(loaded.file), found]
    if loaded.unread_pages:
        parts.append(message("unread", pages=loaded.unread_pages))
    parts += map(note_text, loaded.notes)
    return "  ".join(parts)
