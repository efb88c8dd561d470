"""`phaen evaluate`: quality measured against gold that people made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.cli.command import Call, option, subcommand
from api.cli.output import save_report, write, write_json
from api.cli.progress import Stages
from api.text.columns import table
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
    """Measure extraction, search, alignment or duplicates against a folder of gold."""
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
        save_report(report, render_page(measured))
    record = measured.to_dict()
    if call.json:
        write_json(record)
    else:
        write(_extraction_table(record))


def _align(call: Call, gold: Path, report: Path | None) -> None:
    from kb.evaluation.alignment import evaluate
    from kb.model.sentence_encoder import load_encoder

    if report is not None:
        raise UsageError("report-unavailable", what="align")
    sets = evaluate(gold, load_encoder(Stages()))
    if call.json:
        write_json(sets)
        return
    for name, set_parts in sets.items():
        for part, scores in set_parts.items():
            for method in ("phaen", "cosine", "bm25"):
                write(f"{name} {part} {method}: {_alignment_scores(scores, method)}")


def _alignment_scores(scores: Mapping[str, Any], method: str) -> str:
    """Return the scores of one method on an alignment set, as one line."""
    if "levels" not in scores:
        rates = scores[method]
        return f"first {_percent(rates['first'])}, AUROC {_percent(rates['auroc'])}"
    levels = [
        f"{level} {_percent(rates[method]['first'])}/{_percent(rates[method]['within_three'])}"
        for level, rates in scores["levels"].items()
    ]
    if method == "phaen":
        levels += [
            f"{key} {_percent(scores[key])}" for key in ("not_served_aligned", "ece", "cannot_tell")
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
    measured = evaluate(gold, encoder).to_dict()
    if call.json:
        write_json(measured)
        return
    if measured["relations"]:
        write(_relation_table(measured["relations"]))
        write(_peer_table(measured["peers"]))
    for kind, scores in (measured["never_duplicates"] or {}).items():
        rate = _percent(scores["called_duplicate"])
        write(message(f"measure-{kind}", pairs=scores["pairs"], rate=rate))
    if measured["parts"]:
        parts = measured["parts"]
        write(
            message(
                "measure-parts",
                names=parts["names"],
                place=_percent(parts["place"]),
                work=_percent(parts["work"]),
            )
        )
    if measured["parts_unseen"]:
        parts = measured["parts_unseen"]
        write(
            message(
                "measure-unseen",
                names=parts["names"],
                place=_percent(parts["place"]),
                work=_percent(parts["work"]),
            )
        )


def _relation_table(measured: Mapping[str, Any]) -> str:
    headings = [
        message(f"measure-{name}") for name in ("relation", "gold", "precision", "recall", "f1")
    ]
    rows = [
        [
            label(RELATIONS, name),
            str(scores["gold"]),
            *(_percent(scores[rate]) for rate in ("precision", "recall", "f1")),
        ]
        for name, scores in measured["relations"].items()
    ]
    scores = message(
        "measure-relations",
        pairs=measured["pairs"],
        f1=_percent(measured["macro_f1"]),
        elsewhere=_percent(measured["elsewhere_called_duplicate"]),
        error=_percent(measured["calibration_error"]),
    )
    return f"{table(headings, rows, [30, 0, 0, 0, 0])}\n\n{scores}"


def _peer_table(scores_by_tool: Mapping[str, Mapping[str, float]]) -> str:
    """Return the scores of general tools and phaen on the same pairs."""
    rates = ("auroc", "duplicate_f1", "macro_f1", "elsewhere_called_duplicate")
    headings = [
        message(f"measure-{name}")
        for name in ("tool", "auroc", "duplicate-f1", "macro-f1", "elsewhere")
    ]
    rows = [
        [name, *(_percent(scores[rate]) for rate in rates)]
        for name, scores in scores_by_tool.items()
    ]
    return f"\n{table(headings, rows, [34, 0, 0, 0, 0])}"


def _search(call: Call, gold: Path, mode: Mode, report: Path | None) -> None:
    from kb.evaluation.retrieval import evaluate_search
    from kb.evaluation.retrieval_page import render_page

    stages = Stages()
    measured = evaluate_search(gold, mode=mode, progress=stages)
    stages.close()
    if report is not None:
        save_report(report, render_page(measured))
    record = measured.to_dict()
    if call.json:
        write_json(record)
        return
    write(
        message(
            "measure-search",
            queries=record["queries"],
            ndcg=_percent(record["ndcg_at_10"]),
            first=_percent(record["recall_at_1"]),
            mrr=_percent(record["mrr"]),
            answered=_percent(record["answered"]),
            none=_percent(record["none_found"]),
        )
    )


def _extraction_table(measured: Mapping[str, Any]) -> str:
    headings = [
        message(f"measure-{name}")
        for name in ("kind", "gold", "precision", "recall", "f1", "lenient")
    ]
    kinds = [kind for kind, score in measured["strict"]["kinds"].items() if score["gold"]]
    rows = [
        _row(
            label(STATEMENTS, kind),
            measured["strict"]["kinds"][kind],
            measured["lenient"]["kinds"][kind],
        )
        for kind in kinds
    ]
    rows.append(_row(message("measure-all"), measured["strict"]["all"], measured["lenient"]["all"]))
    negatives = measured["hard_negatives"]
    remarks = message(
        "measure-rest",
        kind=_percent(measured["body"]["kind"]),
        name=_percent(measured["body"]["name"]),
        period=_percent(measured["period"]),
        page=_percent(measured["page"]),
        alarms=negatives["with_statements"],
        negatives=negatives["files"],
    )
    return f"{table(headings, rows, [30, 0, 0, 0, 0, 0])}\n\n{remarks}"


def _row(name: str, strict: Mapping[str, Any], lenient: Mapping[str, Any]) -> list[str]:
    rates = [strict["precision"], strict["recall"], strict["f1"], lenient["f1"]]
    return [name, str(strict["gold"]), *map(_percent, rates)]


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{rate * 100:.1f}"
