"""The search report as an HTML page: figures, broken expectations, every query's hits."""

from __future__ import annotations

from html import escape

from kb.evaluation.expectations import Expectation
from kb.evaluation.retrieval import QueryScore, SearchScores

_STYLE = """
body { font-family: "Noto Sans Thai", Sarabun, sans-serif; margin: 2rem auto; max-width: 65rem;
  line-height: 1.6; color: #1c2330 }
table { border-collapse: collapse; margin: 1rem 0 }
td, th { border: 1px solid #cbd3dd; padding: .25rem .6rem; text-align: left }
section { border-top: 2px solid #cbd3dd; padding: .5rem 0 }
.right { color: #17693a } .wrong { color: #a3182b } .file { color: #5b6675 }
"""


def render_page(scores: SearchScores) -> str:
    """Return the whole report as one HTML page, the worst queries first."""
    worst = sorted(scores.queries, key=lambda query: query.ndcg)
    broken = [expectation for expectation in scores.expectations if expectation.broken]
    return "".join(
        [
            '<!doctype html><html lang="th"><meta charset="utf-8">',
            "<title>ผลการวัดการค้นหา · Search measured</title>",
            f"<style>{_STYLE}</style><h1>ผลการวัดการค้นหา · Search measured</h1>",
            _figures(scores),
            f"<h2>ข้อคาดหวังที่ไม่เป็นจริง · Broken expectations: {len(broken)} / "
            f"{len(scores.expectations)}</h2>",
            *(_expectation(expectation) for expectation in broken),
            f"<h2>คำค้นนอกเรื่องที่ไม่ควรพบ · Off-topic queries answered: "
            f"{len(scores.wrongly_answered)}</h2><ul>",
            *(f'<li class="wrong">{escape(query)}</li>' for query in scores.wrongly_answered),
            "</ul><h2>รายคำค้น แย่ที่สุดก่อน · Every query, the worst first</h2>",
            *(_query(query) for query in worst),
            "</html>",
        ]
    )


def _figures(scores: SearchScores) -> str:
    rows = {
        "คำค้น · queries": f"{len(scores.queries)}",
        "nDCG@10": f"{scores.ndcg:.3f}",
        "คำตอบแรกถูก · recall@1": f"{scores.recall_at_1:.3f}",
        "MRR": f"{scores.mrr:.3f}",
        "มีคำตอบ · answered": f"{scores.answered:.3f}",
        "นอกเรื่องและตอบว่าไม่พบ · off-topic, none found": (
            "–" if scores.none_found is None else f"{scores.none_found:.3f}"
        ),
    }
    body = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows.items())
    return f"<table>{body}</table>"


def _expectation(expectation: Expectation) -> str:
    rules = "".join(f'<li class="wrong">{escape(rule)}</li>' for rule in expectation.broken)
    hits = "".join(
        f'<li>{escape(text)} <span class="file">{escape(file)} · {relevance:.0%}</span></li>'
        for file, text, relevance in expectation.hits
    )
    return (
        f"<section><h3>{escape(expectation.query)}</h3><p>{escape(expectation.because)}</p>"
        f"<ul>{rules}</ul><ol>{hits}</ol></section>"
    )


def _query(score: QueryScore) -> str:
    hits = "".join(
        f'<li class="{"right" if gain else "wrong"}">{"✓" * gain or "✗"} {escape(text)} '
        f'<span class="file">{escape(file)}</span></li>'
        for (file, text), gain in zip(score.top, score.gains, strict=True)
    )
    missed = "".join(
        f'<li class="wrong">{escape(text)} <span class="file">{escape(file)}</span></li>'
        for file, text in score.missed
    )
    return (
        f"<section><h3>{escape(score.query)} · nDCG {score.ndcg:.2f}</h3><ol>{hits}</ol>"
        f"<p>ไม่อยู่ในสิบรายการแรก · not among the first ten</p><ul>{missed}</ul></section>"
    )
