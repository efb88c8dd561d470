"""How well search answers: gold sets beside peers in one run.

    python -m benchmarks.search GOLD [GOLD ...] [--keep]

A GOLD folder's records and queries (`phaen evaluate search` reads the same): nDCG@10,
recall@1 and MRR of phaen's modes and of the peers (`benchmarks.peers`); of phaen also how
many off-topic queries it answers with "none found". `--keep` writes
`benchmarks/results/search.md`. How fast: `benchmarks.scale`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.peers import peers
from benchmarks.texts import RESULTS, machine
from kb import KnowledgeBase, Mode
from kb.evaluation.queries import documents_in, off_topic_in, queries_in
from kb.evaluation.retrieval import SearchScores, ranking_of, score
from kb.model.sentence_encoder import load_encoder

MODES: tuple[Mode, ...] = ("smart", "words", "meaning")


def quality(folder: Path) -> list[str]:
    """Ask a gold set's queries of phaen and the peers; return the table's lines."""
    encoder = load_encoder()
    encoder.warm_up()
    queries, documents = queries_in(folder), documents_in(folder)
    lines = [
        f"## {folder.name}",
        "",
        "| | nDCG@10 | recall@1 | MRR | off-topic: none found |",
        "|---|---|---|---|---|",
    ]
    off_topic = off_topic_in(folder) or off_topic_in(Path("corpora/gold"))
    with (
        tempfile.TemporaryDirectory() as place,
        KnowledgeBase(Path(place) / "gold.db", encoder=encoder) as kb,
    ):
        for document in documents:
            kb.add(document)
        kb.warm_up()
        for mode in MODES:
            ranking = ranking_of(kb, mode)
            none = sum(not ranking(query, 1) for query in off_topic) / len(off_topic)
            lines.append(_line(f"phaen, {mode}", SearchScores(score(queries, ranking)), none))
    texts = [
        (document.file, text)
        for document in documents
        for text in [
            *(each.text for each in document.statements),
            *(each.title for each in document.projects),
        ]
    ]
    for name, rank in peers(texts, encoder):
        lines.append(_line(name, SearchScores(score(queries, rank)), None))
    return [*lines, ""]


def _line(name: str, scores: SearchScores, none: float | None) -> str:
    stated = "never" if none is None else f"{none:.3f}"
    return (
        f"| {name} | {scores.ndcg:.3f} | {scores.recall_at_1:.3f} | {scores.mrr:.3f} | {stated} |"
    )


def main() -> None:
    """Run what is asked for; print or keep the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    stated = " ".join(
        f"../shared/eval/{each.name}" if "eval" in each.parts else str(each) for each in asked.gold
    )
    lines = [
        "# Search",
        "",
        f"`python -m benchmarks.search {stated} --keep`; "
        f"{machine('sentence-transformers', 'faiss-cpu')}",
        "",
    ]
    for folder in asked.gold:
        lines += quality(folder)
    print("\n".join(lines))
    if asked.keep:
        (RESULTS / "search.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
