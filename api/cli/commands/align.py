"""`phaen align`: tell whether a proposal serves a strategy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.command import DONE, Call, option, subcommand
from api.cli.output import say, write, write_json
from api.cli.progress import Stages
from api.text.labels import FRAMEWORK_LEVELS, VERDICTS, label
from api.text.messages import message, printable
from ingest.errors import UsageError

if TYPE_CHECKING:
    from kb.alignment.verdicts import Alignment
    from kb.knowledge_base import KnowledgeBase
    from kb.loading.proposals import Proposal

MOST_PROPOSALS = 10_000
"""More in one workbook would take hours: the reviewer is asked to divide it."""

_COLOURS = {"aligned": "green", "weak": "yellow", "not_aligned": "red", "cannot_tell": "white"}
_TABLES = {".tsv", ".csv"}
_ENDINGS = (".xlsx", ".html", ".csv", ".json")


@subcommand("align")
@click.argument("text", nargs=-1, metavar="[TEXT…]")
@option(
    "--file", "file", type=click.Path(path_type=Path), metavar="PROPOSALS", help_key="--proposals"
)
@option("--against", multiple=True, metavar="NAME")
@option("--objective", metavar="TEXT")
@option("--declared", metavar="STRATEGY")
@option("--audit", metavar="ORGANISATION")
@option("--coverage", metavar="ORGANISATION")
@option("-k", "--limit", "limit", type=click.IntRange(1, 100), default=3, show_default=True)
@option("--form", is_flag=True)
@option("--report", type=click.Path(path_type=Path), metavar="OUT", help_key="--report-endings")
def command(call: Call, text: tuple[str, ...], **asked: Any) -> int:
    """Judge proposals against plans and frameworks, or audit what a body declares."""
    if sum(map(bool, (text, asked["file"], asked["audit"], asked["coverage"]))) != 1:
        raise UsageError("align-what")
    if asked["report"] and asked["report"].suffix.lower() not in _ENDINGS:
        raise UsageError("report-ending", file=str(asked["report"]), endings=", ".join(_ENDINGS))
    if not (asked["audit"] or asked["coverage"]):
        _align(call, _proposals(" ".join(text), asked), asked)
        return DONE
    with call.open() as kb:
        if asked["audit"]:
            _audit(call, kb, asked["audit"], asked["report"])
        else:
            _coverage(call, kb, asked["coverage"], asked["report"])
    return DONE


def _proposals(text: str, asked: Mapping[str, Any]) -> Sequence[Proposal]:
    from kb.loading.proposals import proposal, read_proposals

    if asked["file"]:
        return read_proposals(asked["file"], most=MOST_PROPOSALS)
    return [proposal(text, objective=asked["objective"], declared_strategy=asked["declared"])]


def _align(call: Call, proposals: Sequence[Proposal], asked: Mapping[str, Any]) -> None:
    found = _judged(call, proposals, asked["against"], asked["limit"])
    told = [_told(each, form=asked["form"]) for each in found]
    if asked["report"]:
        from api.reports.alignment import written
        from api.reports.writing import write_report

        form, out = asked["form"], asked["report"]
        write_report(out, written(out, found, told, source=asked["file"], form=form))
    for each in told:
        if call.json:
            write_json(each)
        else:
            write(_shown(each))


def _told(found: Alignment, *, form: bool) -> dict[str, Any]:
    from kb.alignment.form import with_form

    return with_form(found) if form else found.to_dict()


def _judged(
    call: Call, proposals: Sequence[Proposal], names: Sequence[str], limit: int
) -> list[Alignment]:
    """Judge proposals; a knowledge base is opened only where a plan in it is asked for."""
    from kb.alignment import aligner_of
    from kb.alignment.aligner import Aligner
    from kb.alignment.judging import judge
    from kb.alignment.targets import framework_targets, read_framework
    from kb.model.sentence_encoder import load_encoder
    from kb.reference.frameworks import frameworks

    tables = [name for name in names if Path(name).suffix.lower() in _TABLES]
    known = [each.name for each in frameworks() if each.name in names]
    own = [target for name in tables for target in read_framework(Path(name))]
    if known or not names:
        own += framework_targets(known)
    plans = [name for name in names if name not in tables and name not in known]
    if not plans:
        aligner = Aligner(load_encoder(Stages()))
        return aligner.align(proposals, own, limit=limit, progress=Stages())
    with call.open() as kb:
        return judge(kb, aligner_of(kb), proposals, plans, own=own, limit=limit, progress=Stages())


def _shown(told: Mapping[str, Any]) -> str:
    verdict = told["verdict"]
    named = click.style(label(VERDICTS, verdict), fg=_COLOURS[verdict], bold=True)
    lines = [printable(told["proposal"]["title"]), f"   {named}: {printable(told['reason'])}"]
    for place, match in enumerate(told["best"], start=1):
        percent = min(99, round(match["score"] * 100))
        lines.append(f"   {place}. {percent}%  {printable(match['statement']['text'])}")
    for link in told["chain"]:
        level, origin = label(FRAMEWORK_LEVELS, link["level"]), message(f"link-{link['origin']}")
        lines.append(f"   ↑ {level} {printable(link['text'])} ({origin})")
    declared = told["declared"]
    if declared and declared["fits"] is False:
        text = printable(declared["statement"]["text"])
        lines.append(f"   ! {message('declared-differs', text=text)}")
    lines += [_criterion(each) for each in told.get("form", ())]
    return "\n".join(lines) + "\n"


def _criterion(each: Mapping[str, Any]) -> str:
    evidence = f" ({printable('; '.join(each['evidence']))})" if each["evidence"] else ""
    finding = message(f"form-{each['finding']}")
    return f"   {each['number']:>2}. {each['thai']}: {finding}: {each['note']}{evidence}"


def _audit(call: Call, kb: KnowledgeBase, organisation: str, out: Path | None) -> None:
    from kb.alignment import aligner_of
    from kb.alignment.audit import audit

    checked, found = audit(kb, aligner_of(kb), organisation, Stages())
    told = [each.to_dict() for each in found]
    if out is not None:
        from api.reports.alignment import table_written
        from api.reports.alignment_tables import mismatches
        from api.reports.writing import write_report

        write_report(out, table_written(out, mismatches(found), told))
    for each in told:
        if call.json:
            write_json(each)
        else:
            write(f"{printable(each['project']['title'])}\n   {printable(each['reason'])}\n")
    say(message("audit-done", found=len(found), checked=checked))


def _coverage(call: Call, kb: KnowledgeBase, organisation: str, out: Path | None) -> None:
    from kb.alignment import aligner_of
    from kb.alignment.coverage import coverage

    found = coverage(kb, aligner_of(kb), organisation, Stages())
    told = [each.to_dict() for each in found]
    if out is not None:
        from api.reports.alignment import coverage_written
        from api.reports.writing import write_report

        write_report(out, coverage_written(out, found, told, organisation))
    for each in told:
        if call.json:
            write_json(each)
        else:
            write(_covered(each))


def _covered(told: Mapping[str, Any]) -> str:
    money = ", ".join(f"{year}: {baht}" for year, baht in told["budget"].items())
    facts = message("coverage-row", declared=told["declared"], served=told["served"])
    mark = f" {message('coverage-unserved')}" if told["unserved"] else ""
    name = told["statement"]["text"] if told["statement"] else message("coverage-none")
    return f"{printable(name)}\n   {facts}{mark} {money}".rstrip() + "\n"
