"""A searching process: reads questions line by line, answers them line by line.

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
from api.http.searchers import told
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
        """Tell whether it needs the model."""
        return self.asked.mode in ("smart", "meaning")


def serve(path: str, query_characters: int) -> None:
    """Answer questions about a knowledge base until there are no more."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no answer
    limits = ServerLimits(query_characters=query_characters)
    encoder = _encoder()
    with KnowledgeBase(Path(path), create=False, encoder=encoder) as kb:
        _wake(kb)
        _tell(out, b"0", "ready", "")
        waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=_read, args=(sys.stdin.buffer, waiting), daemon=True).start()
        for lines in _batches(waiting):
            _answer(kb, encoder, [_question(line) for line in lines], limits, out)


def _encoder() -> Foreseen | None:
    """Load the model; without one only words can be searched, and the rest is an error."""
    from kb.model.sentence_encoder import load_encoder

    try:
        return Foreseen(load_encoder())
    except PhaenError:
        return None


def _wake(kb: KnowledgeBase) -> None:
    """Load what the first search would have to wait for."""
    for mode in ("words", "smart"):
        with contextlib.suppress(PhaenError):
            kb.search("ถนนและสะพานข้ามคลอง", mode=mode)


def _read(source: IO[bytes], waiting: queue.SimpleQueue[bytes]) -> None:
    for line in source:
        waiting.put(line)
    waiting.put(b"")


def _batches(waiting: queue.SimpleQueue[bytes]) -> Iterator[list[bytes]]:
    """Give what waits, at most some at once, until there is nothing more to come."""
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


def _answer(
    kb: KnowledgeBase,
    encoder: Foreseen | None,
    questions: Sequence[Question],
    limits: ServerLimits,
    out: IO[bytes],
) -> None:
    """Answer some questions, first those that need no model."""
    meant = [each for each in questions if each.meant]
    for each in questions:
        if not each.meant:
            _one(kb, each, limits, out)
    if encoder and len(meant) > 1:
        asked = [each.asked.query[:LONGEST_QUERY] for each in meant if not each.asked.like]
        encoder.foresee([readable(query) for query in asked])
    for each in meant:
        _one(kb, each, limits, out)


def _one(kb: KnowledgeBase, question: Question, limits: ServerLimits, out: IO[bytes]) -> None:
    try:
        body = json.dumps(
            answer(kb, question.asked, limits),
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
        )
    except Exception as error:  # whatever it is, others still want their answers
        _tell(out, question.number, "error", told(error))
    else:
        _tell(out, question.number, "ok", body)


def _tell(out: IO[bytes], number: bytes, kind: str, body: str) -> None:
    out.write(number + f" {kind} {body}\n".encode())
    out.flush()
