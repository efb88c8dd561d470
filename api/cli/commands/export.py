"""`phaen export`: the whole knowledge base as a data set that can be cited."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import say, write_json
from api.cli.progress import Stages
from api.text.messages import message


@subcommand("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@option("--format", "formats", multiple=True, metavar="FORMAT")
def command(call: Call, folder: Path, formats: tuple[str, ...]) -> None:
    """Write statements, projects and sources as CSV and Parquet, with dictionary and checksums."""
    from kb.export.dataset import export

    with call.open() as kb:
        made = export(kb, folder, formats, Stages())
    if call.json:
        write_json({"folder": str(folder)} | made.to_dict())
        return
    counts = {name: f"{count:,}" for name, count in made.counts.items()}
    say(message("export-written", folder=folder, **counts))
