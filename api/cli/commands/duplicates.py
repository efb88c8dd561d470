"""`phaen duplicates`: whether a project was planned before."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.command import DONE, Call, option, subcommand
from api.cli.filter_options import filter_options, filters_from
from api.cli.output import save_report, say, write, write_json
from api.cli.progress import Stages
from api.text.heading import years
from api.text.hits import mark_spans
from api.text.labels import PARTS, RELATIONS, label
from api.text.messages import message, printable
from ingest.errors import UsageError

if TYPE_CHECKING:
    from ingest.project_names.correction import Correction
    from kb.duplicates.finder import DuplicateFinder
    from kb.duplicates.results import DuplicateResults
    from kb.loading.proposals import Proposal

_COLOURS = {"duplicate": "red", "continuation": "yellow", "same_activity_elsewhere": "blue"}


@subcommand("duplicates")
@click.argument("text", nargs=-1, metavar="[TEXT…]")
@option(
    "--file", "file", type=click.Path(path_type=Path), metavar="PROPOSALS", help_key="--proposals"
)
@option("--within", is_flag=True)
@option("--statements", is_flag=True, help_key="--near-copies")
@option("--place", metavar="PLACE")
@option("--by", metavar="NAME", help_key="--proposed-by")
@option("--in-year", "in_year", metavar="YEAR", help_key="--proposed-year")
@option("--budget", metavar="BAHT", help_key="--proposed-budget")
@option("--threshold", type=click.FloatRange(0, 1), default=0.5, show_default=True)
@option("--words-only", is_flag=True)
@option("--not-duplicate", "refused", nargs=2, metavar="ID ID")
@option("--part", "corrected", multiple=True, metavar="PART=NAME")
@option("--answers", type=click.Path(path_type=Path), metavar="ANSWERS.jsonl")
@option("-k", "--limit", "limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@option("--report", type=click.Path(path_type=Path), metavar="OUT.xlsx", help_key="--report-xlsx")
@filter_options("organisation", "province", "year", "document")
def command(call: Call, text: tuple[str, ...], **options: Any) -> int:
    """Find earlier projects like a proposal or a workbook of them, or duplicates within."""
    from kb.duplicates import duplicates_of

    modes = [
        bool(text),
        bool(options["file"]),
        options["within"],
        options["statements"],
        bool(options["refused"]),
        bool(options["answers"]),
    ]
    if sum(modes) != 1:
        raise UsageError("duplicates-what")
    if options["answers"]:
        return _rethreshold_answers(call, options)
    with call.open() as kb:
        finder = duplicates_of(kb)
        if options["refused"]:
            _dismiss_pair(call, finder, *options["refused"])
        elif options["within"]:
            _write_groups(call, finder, options)
        elif options["statements"]:
            _write_near_copies(call, kb, options)
        else:
            proposals = _proposals(" ".join(text), options)
            results = _find_duplicates(finder, proposals, options)
            _write_results(call, results, options)
    return DONE


def _proposals(text: str, options: Mapping[str, Any]) -> tuple[Proposal, ...]:
    from api.text.requested_options import organisation_named
    from kb.loading.proposals import proposal, read_proposals

    if options["file"]:
        return read_proposals(options["file"])
    body = organisation_named(options["by"]) if options["by"] else None
    return (
        proposal(
            text,
            place=options["place"],
            organisation=body,
            year=_parse_year(options["in_year"]),
            budget=_parse_budget(options["budget"]),
            correction=_correction(options["corrected"]),
        ),
    )


def _correction(corrections: tuple[str, ...]) -> Correction | None:
    """Parse `village=4 work=ขุดลอกคลอง`; a facet without a name is removed."""
    from ingest.project_names.correction import correction

    places: dict[str, list[str]] = {}
    work = None
    for text in corrections:
        part, _, name = text.partition("=")
        if part == "work":
            work = name
        else:
            places.setdefault(part, []).append(name)
    return correction(work, places) if corrections else None


def _rethreshold_answers(call: Call, options: Mapping[str, Any]) -> int:
    """Apply another threshold to answers saved from `--json`; nothing is compared again."""
    from kb.duplicates.match import Thresholds
    from kb.duplicates.rethreshold import read_answers, rethreshold_answer

    for record in read_answers(options["answers"]):
        _write_result(call, rethreshold_answer(record, Thresholds(duplicate=options["threshold"])))
    return DONE


def _write_result(call: Call, record: Mapping[str, Any]) -> None:
    if call.json:
        write_json(record)
    else:
        write(_result_text(record))


def _parse_year(text: str | None) -> int | None:
    from ingest.thai.numbers import arabic

    if text is None:
        return None
    digits = arabic(text).strip()
    if not digits.isdecimal():
        raise UsageError("year-implausible", year=text, first=2500, last=2600)
    return int(digits)


def _parse_budget(text: str | None) -> Decimal | None:
    from ingest.thai.numbers import arabic, money

    if text is None:
        return None
    try:
        return Decimal(arabic(text).replace(",", ""))
    except InvalidOperation:
        amount = money(text)
    if amount is None:
        raise UsageError("budget-implausible", value=text)
    return amount


def _find_duplicates(
    finder: DuplicateFinder, proposals: tuple[Proposal, ...], options: Mapping[str, Any]
) -> DuplicateResults:
    from kb.duplicates.match import Thresholds

    names = ("organisation", "province", "year", "document")
    return finder.find(
        proposals,
        filters=filters_from({name: options[name] for name in names}),
        limit=options["limit"],
        thresholds=Thresholds(duplicate=options["threshold"]),
        meaning=not options["words_only"],
        progress=Stages(),
    )


def _write_results(call: Call, results: DuplicateResults, options: Mapping[str, Any]) -> None:
    if options["report"]:
        from api.reports.duplicates import report

        save_report(options["report"], report(results, options["file"]))
    for result in results:
        _write_result(call, result.to_dict())


def _result_text(record: Mapping[str, Any]) -> str:
    lines = [click.style(printable(record["proposal"]["title"]), bold=True)]
    read = message("parts-read", parts=_parts_text(record["parts"]))
    lines.append(f"   {read} · {record['proposal']['id']}")
    lines += [f"   ! {message(f'note-{code}')}" for code in record["notes"]]
    lines += [_match_text(place, match) for place, match in enumerate(record["matches"], start=1)]
    if not record["matches"]:
        lines.append(f"   {message('duplicates-none')}")
    if record["models"]:
        lines.append(f"   {message('models-to-copy')}")
        lines += [f"   · {_model_text(model)}" for model in record["models"]]
    return "\n".join(lines) + "\n"


def _parts_text(parts: Mapping[str, Any]) -> str:
    """Return the parts of a name as they were read, named as `--part` takes them."""
    texts = [f"work={parts['work']}"]
    texts += [f"{facet}={name}" for facet, names in parts["places"].items() for name in names]
    return printable("; ".join(texts))


def _match_text(place: int, match: Mapping[str, Any]) -> str:
    relation = match["relation"]
    relation_label = click.style(label(RELATIONS, relation), fg=_COLOURS.get(relation, "white"))
    percent = round(match["score"] * 100)
    lines = [f"{place}. {relation_label} {percent}%  {printable(match['project']['title'])}"]
    lines.append(f"   {_source_text(match['project'])}")
    for key in ("agrees", "differs"):
        if match[key]:
            points = [_point_text(point, same=key == "agrees") for point in match[key]]
            lines.append(f"   {message(f'match-{key}')}: {'; '.join(points)}")
    lines += [f"   ! {message(f'note-{code}')}" for code in match["notes"]]
    return "\n".join(lines)


def _source_text(project: Mapping[str, Any]) -> str:
    body = project["organisation"]
    facts = [body["name"] if body else message("organisation-unknown")]
    if "page" in project:
        facts += [
            years(project["period"]),
            message("page", page=project["page"]),
            printable(project["file"]),
            project["id"],
        ]
    else:
        facts.append(message("workbook-row", row=project["row"] or "-"))
    return " · ".join(fact for fact in facts if fact)


def _point_text(point: Mapping[str, Any], *, same: bool) -> str:
    """Return a part and its values; where they agree one spelling of them is enough."""
    ours, theirs = ", ".join(point["proposal"]), ", ".join(point["project"])
    names = ours if same or ours == theirs else f"{ours} ≠ {theirs}"
    return f"{label(PARTS, point['part'])} {printable(names)}"


def _model_text(model: Mapping[str, Any]) -> str:
    project = model["project"]
    cost = ""
    if model["unit_cost"] is not None:
        cost = message("unit-cost", cost=f"{Decimal(model['unit_cost']):,}", unit=model["unit"])
    result = project["expected_result"] or project["indicator"] or ""
    facts = [printable(project["title"]), _source_text(project), cost, printable(result)]
    return " · ".join(fact for fact in facts if fact)


def _dismiss_pair(call: Call, finder: DuplicateFinder, one: str, other: str) -> None:
    review = finder.reviews.record(one, other)
    if call.json:
        write_json(review)
    else:
        say(message("pair-refused", a=one, b=other))


def _write_groups(call: Call, finder: DuplicateFinder, options: Mapping[str, Any]) -> None:
    from kb.duplicates.groups import find_groups

    names = ("organisation", "province", "year", "document")
    groups = find_groups(
        finder,
        filters=filters_from({name: options[name] for name in names}),
        threshold=options["threshold"],
        progress=Stages(),
    )
    if options["report"]:
        from api.reports.duplicates import groups_report

        save_report(options["report"], groups_report(groups))
    for group in groups:
        record = group.to_dict()
        if call.json:
            write_json(record)
        else:
            write(_group_text(record))
    if not groups and not call.json:
        say(message("duplicates-none"))


def _group_text(group: Mapping[str, Any]) -> str:
    head = message(
        "group-head", relation=label(RELATIONS, group["relation"]), projects=len(group["projects"])
    )
    lines = [click.style(head, fg=_COLOURS.get(group["relation"], "white"))]
    for project in group["projects"]:
        lines.append(f"   {printable(project['title'])}\n      {_source_text(project)}")
    return "\n".join(lines) + "\n"


def _write_near_copies(call: Call, kb: Any, options: Mapping[str, Any]) -> None:
    from kb.duplicates.copied_statements import near_copies

    names = ("organisation", "province", "year", "document")
    filters = filters_from({name: options[name] for name in names})
    for near_copy in near_copies(kb.store, filters, limit=options["limit"]):
        record = near_copy.to_dict()
        if call.json:
            write_json(record)
        else:
            write(_near_copy_text(record))


def _near_copy_text(record: Mapping[str, Any]) -> str:
    lines = [f"{round(record['share'] * 100)}%"]
    for side in "ab":
        lines += [f"   {mark_spans(record[side]['text'], record['spans'][side])}"]
        lines += [f"      {_source_text(record[side])}"]
    return "\n".join(lines) + "\n"
