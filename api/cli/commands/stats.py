"""`phaen stats`: the size of the knowledge base by kind of record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.cli.command import Call, subcommand
from api.cli.output import write, write_json
from api.text.columns import pad, width
from api.text.labels import STATEMENTS, label
from api.text.messages import message

_TOTALS = ("documents", "organisations", "pages", "statements", "projects")


@subcommand("stats")
def command(call: Call) -> None:
    """Count documents, organisations, pages, statements by kind, and projects."""
    with call.open() as kb:
        counts = kb.stats()
    if call.json:
        write_json(counts)
        return
    rows = [(message(f"count-{name}"), f"{counts[name]:,}") for name in _TOTALS]
    rows += [(f"  {label(STATEMENTS, kind)}", f"{count:,}") for kind, count in _kinds(counts)]
    names = max(width(name) for name, _ in rows)
    numbers = max(len(number) for _, number in rows)
    write("\n".join(f"{pad(name, names)}  {number:>{numbers}}" for name, number in rows))


def _kinds(counts: Mapping[str, Any]) -> list[tuple[str, int]]:
    kinds: Mapping[str, int] = counts["by_kind"]
    return [(kind, kinds[kind]) for kind in STATEMENTS if kind != "project" and kinds.get(kind)]
