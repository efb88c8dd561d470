"""`phaen evaluate`: how well phaen does against gold that people made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import table, write, write_json
from api.cli.progress import Stages
from api.reports.writing import write_report
from api.text.labels import MODES, RELATIONS, STATEMENTS, label
from api.text.messages import message
from ingest.errors import UsageError

if TYPE_CHECKING:
    from kb.search.hit import Mode

WHAT = ("extract", "search", "align", "duplicates")


@subcommand("evaluate")
@click.argument("what", type=click.Choice(WHAT), metavar="WHAT")
@option("--gold", required=True, type=click.Path(path_type=Path), metavar="DIR")
@option("--mode", type=click.Choice(list(MODES)), default="smart", show_default=True)
@option("--report", type=click.Path(path_type=Path), metavar="OUT.html", help_key="--report-html")
def command(call: Call, what: str, gold: Path, mode: Mode, report: Path | None) -> None:
    """Measure one part against a folder of gold."""
    if not gold.is_dir():
        raise UsageError("gold-not-found", folder=str(gold))
    if what == "search":
        _search(call, gold, mode, report)
    elif what == "align":
        _align(call, gold, report)
    elif what == "duplicates":
        _duplicates(call, gold, mode, report)
    else:
        _extract(call, gold, report)


def _extract(call: Call, gold: Path, report: Path | None) -> None:
    from kb.evaluation.extraction import evaluate
    from kb.evaluation.extraction_page import render_page

    measured = evaluate(gold)
    if report is not None:
        write_report(report, render_page(measured))
    found = measured.to_dict()
    if call.json:
        write_json(found)
    else:
        write(_table(found))


def _align(call: Call, gold: Path, report: Path | None) -> None:
    from kb.evaluation.alignment import evaluate
    from kb.model.sentence_encoder import load_encoder

    if report is not None:
        raise UsageError("report-unavailable", what="align")
    found = evaluate(gold, load_encoder(Stages()))
    if call.json:
        write_json(found)
        return
    for name, parts in found.items():
        for part, told in parts.items():
            for method in ("phaen", "cosine", "bm25"):
                write(f"{name} {part} {method}: {_told(told, method)}")


def _told(found: Mapping[str, Any], method: str) -> str:
    """Write one method's figures of an alignment set on a line."""
    if "levels" not in found:
        told = found[method]
        return f"first {_percent(told['first'])}, AUROC {_percent(told['auroc'])}"
    levels = [
        f"{level} {_percent(each[method]['first'])}/{_percent(each[method]['within_three'])}"
        for level, each in found["levels"].items()
    ]
    if method == "phaen":
        levels += [
            f"{key} {_percent(found[key])}" for key in ("not_served_aligned", "ece", "cannot_tell")
        ]
    return ", ".join(levels)


def _duplicates(call: Call, gold: Path, mode: Mode, report: Path | None) -> None:
    from kb.evaluation.duplicates import evaluate

    if report is not None:
        raise UsageError("report-unavailable", what="duplicates")
    encoder = None
    if mode != "words":
        from kb.model.sentence_encoder import load_encoder

        encoder = load_encoder(Stages())
    found = evaluate(gold, encoder).to_dict()
    if call.json:
        write_json(found)
        return
    if found["relations"]:
        write(_relations(found["relations"]))
        write(_peers(found["peers"]))
    for kind, told in (found["never_duplicates"] or {}).items():
        rate = _percent(told["called_duplicate"])
        write(message(f"measure-{kind}", pairs=told["pairs"], rate=rate))
    if found["parts"]:
        parts = found["parts"]
        write(
            message(
                "measure-parts",
                names=parts["names"],
                place=_percent(parts["place"]),
                work=_percent(parts["work"]),
            )
        )
    if found["parts_unseen"]:
        parts = found["parts_unseen"]
        write(
            message(
                "measure-unseen",
                names=parts["names"],
                place=_percent(parts["place"]),
                work=_percent(parts["work"]),
            )
        )


def _relations(found: Mapping[str, Any]) -> str:
    headings = [
        message(f"measure-{name}") for name in ("relation", "gold", "precision", "recall", "f1")
    ]
    rows = [
        [
            label(RELATIONS, name),
            str(told["gold"]),
            *(_percent(told[rate]) for rate in ("precision", "recall", "f1")),
        ]
        for name, told in found["relations"].items()
    ]
    told = message(
        "measure-relations",
        pairs=found["pairs"],
        f1=_percent(found["macro_f1"]),
        elsewhere=_percent(found["elsewhere_called_duplicate"]),
        error=_percent(found["calibration_error"]),
    )
    return f"{table(headings, rows, [30, 0, 0, 0, 0])}\n\n{told}"


def _peers(found: Mapping[str, Mapping[str, float]]) -> str:
    """Set general tools beside phaen on the same pairs."""
    rates = ("auroc", "duplicate_f1", "macro_f1", "elsewhere_called_duplicate")
    headings = [
        message(f"measure-{name}")
        for name in ("tool", "auroc", "duplicate-f1", "macro-f1", "elsewhere")
    ]
    rows = [[name, *(_percent(told[rate]) for rate in rates)] for name, told in found.items()]
    return f"\n{table(headings, rows, [34, 0, 0, 0, 0])}"


def _search(call: Call, gold: Path, mode: Mode, report: Path | None) -> None:
    from kb.evaluation.retrieval import evaluate_search
    from kb.evaluation.retrieval_page import render_page

    stages = Stages()
    measured = evaluate_search(gold, mode=mode, progress=stages)
    stages.close()
    if report is not None:
        write_report(report, render_page(measured))
    found = measured.to_dict()
    if call.json:
        write_json(found)
        return
    write(
        message(
            "measure-search",
            queries=found["queries"],
            ndcg=_percent(found["ndcg_at_10"]),
            first=_percent(found["recall_at_1"]),
            mrr=_percent(found["mrr"]),
            answered=_percent(found["answered"]),
            none=_percent(found["none_found"]),
        )
    )


def _table(found: Mapping[str, Any]) -> str:
    headings = [
        message(f"measure-{name}")
        for name in ("kind", "gold", "precision", "recall", "f1", "lenient")
    ]
    kinds = [kind for kind, score in found["strict"]["kinds"].items() if score["gold"]]
    rows = [
        _row(
            label(STATEMENTS, kind), found["strict"]["kinds"][kind], found["lenient"]["kinds"][kind]
        )
        for kind in kinds
    ]
    rows.append(_row(message("measure-all"), found["strict"]["all"], found["lenient"]["all"]))
    negatives = found["hard_negatives"]
    told = message(
        "measure-rest",
        kind=_percent(found["body"]["kind"]),
        name=_percent(found["body"]["name"]),
        period=_percent(found["period"]),
        page=_percent(found["page"]),
        alarms=negatives["with_statements"],
        negatives=negatives["files"],
    )
    return f"{table(headings, rows, [30, 0, 0, 0, 0, 0])}\n\n{told}"


def _row(name: str, strict: Mapping[str, Any], lenient: Mapping[str, Any]) -> list[str]:
    rates = [strict["precision"], strict["recall"], strict["f1"], lenient["f1"]]
    return [name, str(strict["gold"]), *map(_percent, rates)]


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{rate * 100:.1f}"
