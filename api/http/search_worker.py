"""A search process: reads requests from standard input, one a line, and answers each.

What waits is taken together, so that a model reads several questions at once; answers go
out one by one as they are found. It ends when its standard input does.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from api.http.search import SearchRequest, answer
from api.http.search_processes import error_to_json
from api.http.state import ServerLimits
from ingest.errors import PhaenError
from kb import KnowledgeBase
from kb.model.batching import Foreseen
from kb.search.searcher import LONGEST_QUERY, readable

_TOGETHER = 8
"""So many questions are encoded together: more gain nothing and let the first one wait."""


class Question(NamedTuple):
    """A request and its number."""

    number: bytes
    asked: SearchRequest

    @property
    def meant(self) -> bool:
        """Whether it needs the model."""
        return self.asked.mode in ("smart", "meaning")


def serve(path: str, query_characters: int) -> None:
    """Answer search requests on a knowledge base until standard input ends."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no answer
    limits = ServerLimits(query_characters=query_characters)
    encoder = _encoder()
    with KnowledgeBase(Path(path), create=False, encoder=encoder) as kb:
        _warm_up(kb)
        _send(out, b"0", "ready", "")
        waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=_read_lines, args=(sys.stdin.buffer, waiting), daemon=True).start()
        for lines in _batches(waiting):
            _answer_batch(kb, encoder, [_question(line) for line in lines], limits, out)


def _encoder() -> Foreseen | None:
    """Load the model; None without one, when only words can be searched."""
    from kb.model.sentence_encoder import load_encoder

    try:
        return Foreseen(load_encoder())
    except PhaenError:
        return None


def _warm_up(kb: KnowledgeBase) -> None:
    """Run a search of words and of meaning, so that the first request need not load anything."""
    for mode in ("words", "smart"):
        with contextlib.suppress(PhaenError):
            kb.search("ถนนและสะพานข้ามคลอง", mode=mode)


def _read_lines(source: IO[bytes], waiting: queue.SimpleQueue[bytes]) -> None:
    for line in source:
        waiting.put(line)
    waiting.put(b"")


def _batches(waiting: queue.SimpleQueue[bytes]) -> Iterator[list[bytes]]:
    """Yield the waiting lines in batches of at most `_TOGETHER`, until the input ends."""
    while True:
        lines = [waiting.get()]
        with contextlib.suppress(queue.Empty):
            while lines[-1] and len(lines) < _TOGETHER:
                lines.append(waiting.get_nowait())
        if lines[-1]:
            yield lines
            continue
        if lines[:-1]:
            yield lines[:-1]
        return


def _question(line: bytes) -> Question:
    number, _, asked = line.partition(b" ")
    return Question(number, SearchRequest.model_validate_json(asked))


def _answer_batch(
    kb: KnowledgeBase,
    encoder: Foreseen | None,
    questions: Sequence[Question],
    limits: ServerLimits,
    out: IO[bytes],
) -> None:
    """Answer a batch of requests, first those that need no model."""
    semantic = [question for question in questions if question.meant]
    for question in questions:
        if not question.meant:
            _answer_one(kb, question, limits, out)
    if encoder and len(semantic) > 1:
        queries = [
            question.asked.query[:LONGEST_QUERY] for question in semantic if not question.asked.like
        ]
        encoder.foresee([readable(query) for query in queries])
    for question in semantic:
        _answer_one(kb, question, limits, out)


def _answer_one(
    kb: KnowledgeBase, question: Question, limits: ServerLimits, out: IO[bytes]
) -> None:
    try:
        body = json.dumps(
            answer(kb, question.asked, limits),
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
        )
    except Exception as error:  # whatever it is, others still want their answers
        _send(out, question.number, "error", error_to_json(error))
    else:
        _send(out, question.number, "ok", body)


def _send(out: IO[bytes], number: bytes, kind: str, body: str) -> None:
    out.write(number + f" {kind} {body}\n".encode())
    out.flush()
