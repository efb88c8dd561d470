"""`phaen align`: which strategy a proposal serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.command import DONE, Call, option, subcommand
from api.cli.output import save_report, say, write, write_json
from api.cli.progress import Stages
from api.text.labels import FRAMEWORK_LEVELS, VERDICTS, label
from api.text.language import in_language
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
def command(call: Call, text: tuple[str, ...], **options: Any) -> int:
    """Judge proposals against plans and frameworks, or audit what a body declares."""
    if sum(map(bool, (text, options["file"], options["audit"], options["coverage"]))) != 1:
        raise UsageError("align-what")
    if options["report"] and options["report"].suffix.lower() not in _ENDINGS:
        raise UsageError("report-ending", file=str(options["report"]), endings=", ".join(_ENDINGS))
    if not (options["audit"] or options["coverage"]):
        _align_proposals(call, _proposals(" ".join(text), options), options)
        return DONE
    with call.open() as kb:
        if options["audit"]:
            _audit(call, kb, options["audit"], options["report"])
        else:
            _coverage(call, kb, options["coverage"], options["report"])
    return DONE


def _proposals(text: str, options: Mapping[str, Any]) -> Sequence[Proposal]:
    from kb.loading.proposals import proposal, read_proposals

    if options["file"]:
        return read_proposals(options["file"], most=MOST_PROPOSALS)
    return [proposal(text, objective=options["objective"], declared_strategy=options["declared"])]


def _align_proposals(call: Call, proposals: Sequence[Proposal], options: Mapping[str, Any]) -> None:
    alignments = _judge_proposals(call, proposals, options["against"], options["limit"])
    records = [_record_of(alignment, form=options["form"]) for alignment in alignments]
    if options["report"]:
        from api.reports.alignment import render_answers

        form, out = options["form"], options["report"]
        save_report(
            out, render_answers(out, alignments, records, source=options["file"], form=form)
        )
    for record in records:
        if call.json:
            write_json(record)
        else:
            write(_answer_text(record))


def _record_of(alignment: Alignment, *, form: bool) -> dict[str, Any]:
    from kb.alignment.form import with_form

    return with_form(alignment) if form else alignment.to_dict()


def _judge_proposals(
    call: Call, proposals: Sequence[Proposal], names: Sequence[str], limit: int
) -> list[Alignment]:
    """Judge proposals; the knowledge base is opened only for plans that are in it."""
    from kb.alignment import aligner_of
    from kb.alignment.aligner import Aligner
    from kb.alignment.judging import judge
    from kb.alignment.targets import framework_targets, read_framework
    from kb.model.sentence_encoder import load_encoder
    from kb.reference.frameworks import frameworks

    tables = [name for name in names if Path(name).suffix.lower() in _TABLES]
    framework_names = [framework.name for framework in frameworks() if framework.name in names]
    targets = [target for name in tables for target in read_framework(Path(name))]
    if framework_names or not names:
        targets += framework_targets(framework_names)
    plans = [name for name in names if name not in tables and name not in framework_names]
    if not plans:
        aligner = Aligner(load_encoder(Stages()))
        return aligner.align(proposals, targets, limit=limit, progress=Stages())
    with call.open() as kb:
        return judge(
            kb, aligner_of(kb), proposals, plans, own=targets, limit=limit, progress=Stages()
        )


def _answer_text(record: Mapping[str, Any]) -> str:
    verdict = record["verdict"]
    verdict_label = click.style(label(VERDICTS, verdict), fg=_COLOURS[verdict], bold=True)
    lines = [
        printable(record["proposal"]["title"]),
        f"   {verdict_label}: {printable(in_language(record['reason'], record['reason_en']))}",
    ]
    for place, best in enumerate(record["best"], start=1):
        percent = min(99, round(best["score"] * 100))
        lines.append(f"   {place}. {percent}%  {printable(best['statement']['text'])}")
    for link in record["chain"]:
        level, origin = label(FRAMEWORK_LEVELS, link["level"]), message(f"link-{link['origin']}")
        lines.append(f"   ↑ {level} {printable(link['text'])} ({origin})")
    declared = record["declared"]
    if declared and declared["fits"] is False:
        text = printable(declared["statement"]["text"])
        lines.append(f"   ! {message('declared-differs', text=text)}")
    lines += [_criterion_line(criterion) for criterion in record.get("form", ())]
    return "\n".join(lines) + "\n"


def _criterion_line(criterion: Mapping[str, Any]) -> str:
    quoted = printable("; ".join(criterion["evidence"]))
    evidence = f" ({quoted})" if quoted else ""
    finding = message(f"form-{criterion['finding']}")
    name = in_language(criterion["thai"], criterion["english"])
    note = in_language(criterion["note"], criterion["note_en"])
    return f"   {criterion['number']:>2}. {name}: {finding}: {note}{evidence}"


def _audit(call: Call, kb: KnowledgeBase, organisation: str, out: Path | None) -> None:
    from kb.alignment import aligner_of
    from kb.alignment.audit import audit

    checked, mismatches = audit(kb, aligner_of(kb), organisation, Stages())
    records = [record.to_dict() for record in mismatches]
    if out is not None:
        from api.reports.alignment import render_table
        from api.reports.alignment_tables import mismatch_table

        save_report(out, render_table(out, mismatch_table(mismatches), records))
    for record in records:
        if call.json:
            write_json(record)
        else:
            reason = in_language(record["reason"], record["reason_en"])
            write(f"{printable(record['project']['title'])}\n   {printable(reason)}\n")
    say(message("audit-done", found=len(mismatches), checked=checked))


def _coverage(call: Call, kb: KnowledgeBase, organisation: str, out: Path | None) -> None:
    from kb.alignment import aligner_of
    from kb.alignment.coverage import coverage

    rows = coverage(kb, aligner_of(kb), organisation, Stages())
    records = [record.to_dict() for record in rows]
    if out is not None:
        from api.reports.alignment import render_coverage

        save_report(out, render_coverage(out, rows, records, organisation))
    for record in records:
        if call.json:
            write_json(record)
        else:
            write(_coverage_text(record))


def _coverage_text(record: Mapping[str, Any]) -> str:
    money = ", ".join(f"{year}: {baht}" for year, baht in record["budget"].items())
    facts = message("coverage-row", declared=record["declared"], served=record["served"])
    mark = f" {message('coverage-unserved')}" if record["unserved"] else ""
    name = record["statement"]["text"] if record["statement"] else message("coverage-none")
    return f"{printable(name)}\n   {facts}{mark} {money}".rstrip() + "\n"
