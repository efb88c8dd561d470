"""`phaen compare`: how the visions of organisations agree, differ and change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from api.cli.command import Call, option, subcommand
from api.cli.filter_options import filter_options, filters_from
from api.cli.output import save_report, say, write, write_json
from api.cli.progress import Stages
from api.text.heading import years
from api.text.labels import STATEMENTS, label
from api.text.messages import message
from ingest.errors import UsageError

_SIGNS = {"kept": "=", "reworded": "~", "dropped": "-", "new": "+"}
_MAX_PAIRS = 20
_MAX_TOPICS = 10


@subcommand("compare")
@click.argument("organisations", nargs=-1, metavar="[ORGANISATION]…")
@option("--over-time", "over_time", is_flag=True)
@option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.html",
    help_key="--comparison-html",
)
@option("--charts", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@option("--words-only", "words_only", is_flag=True)
@option("--area", "areas", multiple=True, metavar="NAME")
@filter_options("kinds", "organisation_kinds", "province", "plan_kinds", "year", "min_confidence")
def command(
    call: Call,
    organisations: tuple[str, ...],
    over_time: bool,
    areas: tuple[str, ...],
    words_only: bool,
    report: Path | None,
    folder: Path | None,
    **options: Any,
) -> None:
    """Compare organisations by their statements: shared phrases, themes, groups, changes."""
    from kb.comparison import compare

    filters = filters_from(options)
    if "project" in filters.kinds:
        raise UsageError("compare-kind", kind="project")
    filters = filters if filters.kinds else replace(filters, kinds=("vision",))
    stages = Stages()
    with call.open() as kb:
        encoder = None if words_only else kb.ready_encoder()
        comparison = compare(
            kb,
            organisations,
            over_time=over_time,
            filters=filters,
            areas=areas,
            encoder=encoder,
            progress=stages,
        )
    record = comparison.to_dict()
    if report:
        from api.reports.comparison import comparison_page

        save_report(report, comparison_page(record, stages))
    if folder:
        from api.reports.comparison_files import write_folder

        write_folder(folder, record, stages)
    if call.json:
        write_json(record)
        return
    _write_comparison(record)


def _write_comparison(comparison: Mapping[str, Any]) -> None:
    for body in comparison["organisations"]:
        write(_body_text(body) + "\n")
    pairs = sorted(comparison["pairs"], key=lambda pair: (-pair["closeness"], pair["a"], pair["b"]))
    for pair in pairs[:_MAX_PAIRS]:
        write(_pair_text(pair))
    if len(pairs) > _MAX_PAIRS:
        say(message("compare-more-pairs", count=len(pairs) - _MAX_PAIRS))
    for step in comparison["changes"]:
        write(_step_text(step))
    _write_topics(comparison["topics"])
    if comparison["without"]:
        say(message("compare-without", names=", ".join(comparison["without"])))


def _write_topics(topics: Sequence[Mapping[str, Any]]) -> None:
    if topics:
        write("\n" + click.style(message("compare-topics"), bold=True))
    for topic in topics[:_MAX_TOPICS]:
        code = "compare-topic-outside" if topic["outside"] else "compare-topic"
        count = len(topic["organisations"])
        write("  " + message(code, words=" · ".join(topic["words"]), count=count))


def _body_text(body: Mapping[str, Any]) -> str:
    from kb.reference.themes import themes

    names = {theme.code: theme.thai for theme in themes()}
    heading = f"{body['organisation']['name']}  {years(body['period']) or ''}".rstrip()
    lines = [click.style(heading, bold=True)]
    lines += [f"  {label(STATEMENTS, s['kind'])}: {s['text']}" for s in body["statements"]]
    theme_names = " · ".join(names[code] for code in body["themes"])
    if theme_names:
        lines.append(click.style(f"  {message('compare-themes', themes=theme_names)}", dim=True))
    if body["peculiar"]:
        lines.append(f"  {message('compare-peculiar', phrases=' · '.join(body['peculiar']))}")
    lines += [
        _other_statement(other, statement)
        for other in body["others"]
        for statement in other["statements"]
    ]
    return "\n".join(lines)


def _other_statement(other: Mapping[str, Any], statement: Mapping[str, Any]) -> str:
    period = years(other["period"]) or message("compare-undated")
    return click.style(
        f"  {message('compare-others', years=period, text=statement['text'])}", dim=True
    )


def _pair_text(pair: Mapping[str, Any]) -> str:
    lines = [f"{pair['closeness']:.2f}  {pair['a']} – {pair['b']}"]
    lines += [f"      {shared['a']} ≈ {shared['b']}" for shared in pair["shared"]]
    return "\n".join(lines)


def _step_text(step: Mapping[str, Any]) -> str:
    heading = f"\n{step['organisation']}  {years(step['from']) or '?'} → {years(step['to']) or '?'}"
    lines = [click.style(heading, bold=True)]
    lines += [
        f"  {_SIGNS[phrase['change']]} {_phrase_change(phrase)}" for phrase in step["phrases"]
    ]
    return "\n".join(lines)


def _phrase_change(phrase: Mapping[str, Any]) -> str:
    if phrase["change"] == "reworded":
        return f"{phrase['old']} → {phrase['new']}"
    return str(phrase["new"] or phrase["old"])
