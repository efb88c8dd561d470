"""`phaen duplicates`: whether a project was planned before."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.command import DONE, Call, option, subcommand
from api.cli.filter_options import filter_options, filters_from
from api.cli.output import highlight, say, write, write_json
from api.cli.progress import Stages
from api.text.heading import years
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
def command(call: Call, text: tuple[str, ...], **asked: Any) -> int:
    """Tell what was planned before that is like a proposal, a workbook of them, or within."""
    from kb.duplicates import duplicates_of

    wanted = [
        bool(text),
        bool(asked["file"]),
        asked["within"],
        asked["statements"],
        bool(asked["refused"]),
        bool(asked["answers"]),
    ]
    if sum(wanted) != 1:
        raise UsageError("duplicates-what")
    if asked["answers"]:
        return _again(call, asked)
    with call.open() as kb:
        finder = duplicates_of(kb)
        if asked["refused"]:
            _refuse(call, finder, *asked["refused"])
        elif asked["within"]:
            _within(call, finder, asked)
        elif asked["statements"]:
            _statements(call, kb, asked)
        else:
            proposals = _proposals(" ".join(text), asked)
            found = _found(finder, proposals, asked)
            _answer(call, found, asked)
    return DONE


def _proposals(text: str, asked: Mapping[str, Any]) -> tuple[Proposal, ...]:
    from api.text.requested_options import organisation_named
    from kb.loading.proposals import proposal, read_proposals

    if asked["file"]:
        return read_proposals(asked["file"])
    body = organisation_named(asked["by"]) if asked["by"] else None
    return (
        proposal(
            text,
            place=asked["place"],
            organisation=body,
            year=_year(asked["in_year"]),
            budget=_budget(asked["budget"]),
            correction=_correction(asked["corrected"]),
        ),
    )


def _correction(told: tuple[str, ...]) -> Correction | None:
    """Read `village=4 work=ขุดลอกคลอง`; a facet told without a name is taken out."""
    from ingest.project_names.correction import correction

    places: dict[str, list[str]] = {}
    work = None
    for each in told:
        part, _, name = each.partition("=")
        if part == "work":
            work = name
        else:
            places.setdefault(part, []).append(name)
    return correction(work, places) if told else None


def _again(call: Call, asked: Mapping[str, Any]) -> int:
    """Name answers that were kept with `--json` anew by another threshold."""
    from kb.duplicates.match import Thresholds
    from kb.duplicates.rethreshold import read_answers, rethreshold_answer

    for told in read_answers(asked["answers"]):
        _tell(call, rethreshold_answer(told, Thresholds(duplicate=asked["threshold"])))
    return DONE


def _tell(call: Call, told: Mapping[str, Any]) -> None:
    if call.json:
        write_json(told)
    else:
        write(_shown(told))


def _year(written: str | None) -> int | None:
    from ingest.thai.numbers import arabic

    if written is None:
        return None
    digits = arabic(written).strip()
    if not digits.isdecimal():
        raise UsageError("year-implausible", year=written, first=2500, last=2600)
    return int(digits)


def _budget(written: str | None) -> Decimal | None:
    from ingest.thai.numbers import arabic, money

    if written is None:
        return None
    try:
        return Decimal(arabic(written).replace(",", ""))
    except InvalidOperation:
        told = money(written)
    if told is None:
        raise UsageError("budget-implausible", value=written)
    return told


def _found(
    finder: DuplicateFinder, proposals: tuple[Proposal, ...], asked: Mapping[str, Any]
) -> DuplicateResults:
    from kb.duplicates.match import Thresholds

    names = ("organisation", "province", "year", "document")
    return finder.find(
        proposals,
        filters=filters_from({name: asked[name] for name in names}),
        limit=asked["limit"],
        thresholds=Thresholds(duplicate=asked["threshold"]),
        meaning=not asked["words_only"],
        progress=Stages(),
    )


def _answer(call: Call, found: DuplicateResults, asked: Mapping[str, Any]) -> None:
    if asked["report"]:
        from api.reports.duplicates import report
        from api.reports.writing import write_report

        write_report(asked["report"], report(found, asked["file"]))
    for finding in found:
        _tell(call, finding.to_dict())


def _shown(told: Mapping[str, Any]) -> str:
    lines = [click.style(printable(told["proposal"]["title"]), bold=True)]
    read = message("parts-read", parts=_parts(told["parts"]))
    lines.append(f"   {read} · {told['proposal']['id']}")
    lines += [f"   ! {message(f'note-{code}')}" for code in told["notes"]]
    lines += [_match(place, match) for place, match in enumerate(told["matches"], start=1)]
    if not told["matches"]:
        lines.append(f"   {message('duplicates-none')}")
    if told["models"]:
        lines.append(f"   {message('models-to-copy')}")
        lines += [f"   · {_model(model)}" for model in told["models"]]
    return "\n".join(lines) + "\n"


def _parts(told: Mapping[str, Any]) -> str:
    """Write the parts as they were read, by the names that `--part` takes."""
    named = [f"work={told['work']}"]
    named += [f"{facet}={name}" for facet, names in told["places"].items() for name in names]
    return printable("; ".join(named))


def _match(place: int, match: Mapping[str, Any]) -> str:
    relation = match["relation"]
    named = click.style(label(RELATIONS, relation), fg=_COLOURS.get(relation, "white"))
    percent = round(match["score"] * 100)
    lines = [f"{place}. {named} {percent}%  {printable(match['project']['title'])}"]
    lines.append(f"   {_source(match['project'])}")
    for key in ("agrees", "differs"):
        if match[key]:
            lines.append(f"   {message(f'match-{key}')}: {'; '.join(map(_point, match[key]))}")
    lines += [f"   ! {message(f'note-{code}')}" for code in match["notes"]]
    return "\n".join(lines)


def _source(project: Mapping[str, Any]) -> str:
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


def _point(point: Mapping[str, Any]) -> str:
    ours, theirs = ", ".join(point["proposal"]), ", ".join(point["project"])
    told = ours if ours == theirs else f"{ours} ≠ {theirs}"
    return f"{label(PARTS, point['part'])} {printable(told)}"


def _model(model: Mapping[str, Any]) -> str:
    project = model["project"]
    cost = ""
    if model["unit_cost"] is not None:
        cost = message("unit-cost", cost=f"{Decimal(model['unit_cost']):,}", unit=model["unit"])
    result = project["expected_result"] or project["indicator"] or ""
    facts = [printable(project["title"]), _source(project), cost, printable(result)]
    return " · ".join(fact for fact in facts if fact)


def _refuse(call: Call, finder: DuplicateFinder, one: str, other: str) -> None:
    said = finder.reviews.record(one, other)
    if call.json:
        write_json(said)
    else:
        say(message("pair-refused", a=one, b=other))


def _within(call: Call, finder: DuplicateFinder, asked: Mapping[str, Any]) -> None:
    from kb.duplicates.groups import find_groups

    names = ("organisation", "province", "year", "document")
    found = find_groups(
        finder,
        filters=filters_from({name: asked[name] for name in names}),
        threshold=asked["threshold"],
        progress=Stages(),
    )
    if asked["report"]:
        from api.reports.duplicates import groups_report
        from api.reports.writing import write_report

        write_report(asked["report"], groups_report(found))
    for group in found:
        told = group.to_dict()
        if call.json:
            write_json(told)
        else:
            write(_group(told))
    if not found and not call.json:
        say(message("duplicates-none"))


def _group(told: Mapping[str, Any]) -> str:
    head = message(
        "group-head", relation=label(RELATIONS, told["relation"]), projects=len(told["projects"])
    )
    lines = [click.style(head, fg=_COLOURS.get(told["relation"], "white"))]
    for project in told["projects"]:
        lines.append(f"   {printable(project['title'])}\n      {_source(project)}")
    return "\n".join(lines) + "\n"


def _statements(call: Call, kb: Any, asked: Mapping[str, Any]) -> None:
    from kb.duplicates.copied_statements import near_copies

    names = ("organisation", "province", "year", "document")
    filters = filters_from({name: asked[name] for name in names})
    for copy in near_copies(kb.store, filters, limit=asked["limit"]):
        told = copy.to_dict()
        if call.json:
            write_json(told)
        else:
            write(_copied(told))


def _copied(told: Mapping[str, Any]) -> str:
    lines = [f"{round(told['share'] * 100)}%"]
    for side in "ab":
        lines += [f"   {highlight(told[side]['text'], told['spans'][side])}"]
        lines += [f"      {_source(told[side])}"]
    return "\n".join(lines) + "\n"
