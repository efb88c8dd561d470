"""How well search finds on a public check: XQuAD's Thai questions and their paragraphs.

    python -m benchmarks.xquad ../shared/eval/retrieval/xquad.th.json [--keep]

240 paragraphs, 1,190 questions, each answered by one paragraph (XQuAD, CC BY-SA 4.0). The
peers are run on the same texts and, where they take one, with the same model's vectors:
bm25s and txtai where they are installed, SQLite's FTS5 as it comes, cosine alone.
`--keep` writes the table to `benchmarks/results/xquad.md`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.peers import peers
from benchmarks.texts import RESULTS, machine
from kb import KnowledgeBase
from kb.evaluation.queries import Query
from kb.evaluation.retrieval import SearchScores, ranking_of, score, xquad
from kb.model.sentence_encoder import load_encoder

DEPTH = 10


def main() -> None:
    """Run phaen and the peers; print or keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    document, queries = xquad(asked.file)
    encoder = load_encoder()
    encoder.warm_up()
    rows: list[tuple[str, SearchScores]] = []
    with (
        tempfile.TemporaryDirectory() as place,
        KnowledgeBase(Path(place) / "xquad.db", encoder=encoder) as kb,
    ):
        kb.add(document)
        kb.warm_up()
        for mode in ("smart", "words", "meaning"):
            ranking = ranking_of(kb, mode)
            rows.append((f"phaen, {mode}", SearchScores(score(queries, ranking, DEPTH))))
    texts = [(document.file, statement.text) for statement in document.statements]
    for name, rank in peers(texts, encoder):
        rows.append((name, SearchScores(score(queries, rank, DEPTH))))
    table = _table(rows, queries)
    print(table)
    if asked.keep:
        (RESULTS / "xquad.md").write_text(table, encoding="utf-8")


def _table(rows: list[tuple[str, SearchScores]], queries: list[Query]) -> str:
    lines = [
        "# XQuAD Thai: the paragraph that answers",
        "",
        f"{len(queries)} questions, 240 paragraphs. {machine('sentence-transformers')}",
        "",
        "`python -m benchmarks.xquad ../shared/eval/retrieval/xquad.th.json --keep`",
        "",
        "| | recall@1 | MRR@10 |",
        "|---|---|---|",
    ]
    lines += [f"| {name} | {each.recall_at_1:.4f} | {each.mrr:.4f} |" for name, each in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
