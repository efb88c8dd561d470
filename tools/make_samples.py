"""Make `corpora/samples` and its gold from the sources in `tools/corpus/sources`.

Usage: python tools/make_samples.py [--pdf]

Text, HTML, DOCX, XLSX and CSV come out byte for byte the same every time. PDFs need
chromium and LibreOffice and are made only with `--pdf`; without it their pages are read
from the committed files.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from corpus import gold, linked
from corpus.projects import load_tables
from corpus.render import pages_of, render
from corpus.source import SOURCES, load_sources

CORPORA = Path(__file__).resolve().parent.parent / "corpora"


def main(arguments: list[str] | None = None) -> None:
    """Make everything; `--into DIR` puts it elsewhere, for comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdf", action="store_true", help="make the PDFs too")
    parser.add_argument("--into", type=Path, default=CORPORA, help="where to put it")
    options = parser.parse_args(arguments)
    make(options.into, pdf=options.pdf)


def make(into: Path, *, pdf: bool = False) -> list[dict[str, Any]]:
    """Write the samples and the gold under `into`; return the documents."""
    tables = load_tables()
    (into / "samples").mkdir(parents=True, exist_ok=True)
    (into / "gold").mkdir(exist_ok=True)
    documents = []
    for source in load_sources():
        path = into / "samples" / source.file
        if source.format != "pdf" or pdf:
            render(source, tables, path)
        made = path if path.exists() else CORPORA / "samples" / source.file
        documents.append(gold.document(source, tables, pages_of(source, tables, made)))
    golds = {
        "documents": documents,
        "relations": linked.relations(documents),
        "alignment": linked.alignment(documents, tables),
        "unserved": linked.unserved(),
        "vision_changes": linked.phrases(),
        "searches": linked.searches(documents),
    }
    for name, gold_lines in golds.items():
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in gold_lines)
        (into / "gold" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    off_topic = (SOURCES / "off_topic.txt").read_bytes()
    (into / "gold" / "off_topic.txt").write_bytes(off_topic)
    return documents


if __name__ == "__main__":
    main(sys.argv[1:])
