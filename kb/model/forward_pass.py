"""The default model for a question or two, without the libraries that take long to import.

sentence-transformers and torch need some seconds before the first vector. A question asked
on the command line is a dozen tokens, which NumPy computes in milliseconds from the very
same folder: unigram tokenizer, BERT encoder, mean pooling. Many texts are for the library.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

_UNKNOWN_PENALTY = 10.0
_HEEDS = ("query", "key", "value")
_TOKENS = 512
_ROWS = 16
_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
"""Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: error below 1.5e-7."""


_LATE = re.compile("([\u32ff\ua7f2-\ua7f4\U00010780-\U000107ba\U0001f16c\U0001fbf0-\U0001fbf9])")
"""Characters with a compatible form that came to Unicode after the tokenizer's tables were made."""


def _composed(text: str) -> str:
    """Return a text in NFKC as the tokenizer's library knows it."""
    if not _LATE.search(text):
        return unicodedata.normalize("NFKC", text)
    return "".join(
        piece if _LATE.match(piece) else unicodedata.normalize("NFKC", piece)
        for piece in _LATE.split(text)
    )


class Forward:
    """The model of a folder that `kb.model.checkpoint` wrote, computed by NumPy alone."""

    def __init__(self, folder: Path) -> None:
        shape = json.loads((folder / "config.json").read_text("utf-8"))
        self.dimensions = int(shape["hidden_size"])
        self._layers = int(shape["num_hidden_layers"])
        self._heads = int(shape["num_attention_heads"])
        self._positions = int(shape["max_position_embeddings"])
        self._epsilon = float(shape["layer_norm_eps"])
        self._weights = _weights(folder / "model.safetensors")
        self._tokenizer = Unigram(folder / "tokenizer.json")

    def encode(self, texts: Sequence[str]) -> Numbers:
        """Return a vector of length one for each text, prompt included in the text."""
        read = [self.tokens(text) for text in texts]
        result = np.empty((len(read), self.dimensions), dtype=np.float32)
        order = sorted(range(len(read)), key=lambda at: len(read[at]))
        for some in _packs(order, [len(ids) for ids in read]):
            result[some] = self._means([read[at] for at in some])
        return np.asarray(result / np.linalg.norm(result, axis=1, keepdims=True), dtype=np.float32)

    def tokens(self, text: str) -> list[int]:
        """Return the ids the model reads for a text, as many as it can read."""
        begin, *inner, end = self._tokenizer.encode(text)
        return [begin, *inner[: self._positions - 2], end]

    def _means(self, texts: list[list[int]]) -> Numbers:
        """Compute texts one behind the other as if they were one; each heeds only itself."""
        get = self._weights
        lengths = [len(ids) for ids in texts]
        x = get["embeddings.word_embeddings.weight"][[item for ids in texts for item in ids]]
        places = np.concatenate([np.arange(length) for length in lengths])
        x = x + get["embeddings.position_embeddings.weight"][places]
        x = x + get["embeddings.token_type_embeddings.weight"][0]
        x = self._norm(x, "embeddings.LayerNorm")
        for layer in range(self._layers):
            at = f"encoder.layer.{layer}."
            heeded = self._linear(self._attention(x, at, lengths), f"{at}attention.output.dense")
            x = self._norm(x + heeded, f"{at}attention.output.LayerNorm")
            wide = _gelu(self._linear(x, f"{at}intermediate.dense"))
            x = self._norm(x + self._linear(wide, f"{at}output.dense"), f"{at}output.LayerNorm")
        starts = np.cumsum([0, *lengths[:-1]])
        return np.asarray(np.add.reduceat(x, starts, axis=0) / np.array(lengths)[:, None])

    def _attention(self, x: Numbers, at: str, lengths: list[int]) -> Numbers:
        """Scaled dot-product attention of all heads (Vaswani et al. 2017, section 3.2).

        Texts of one length, which stand together, are computed together.
        """
        width = self.dimensions // self._heads
        parts = [self._linear(x, f"{at}attention.self.{name}") for name in _HEEDS]
        parts[0] *= np.float32(width**-0.5)
        heeded, start = np.empty_like(x), 0
        for length, same in groupby(lengths):
            texts = len(list(same))
            own = slice(start, start := start + texts * length)
            query, key, value = (
                part[own].reshape(texts, length, self._heads, width).transpose(0, 2, 1, 3)
                for part in parts
            )
            heed = query @ key.transpose(0, 1, 3, 2)
            np.exp(heed - heed.max(axis=-1, keepdims=True), out=heed)
            heed /= heed.sum(axis=-1, keepdims=True)
            heeded[own] = (heed @ value).transpose(0, 2, 1, 3).reshape(-1, self.dimensions)
        return heeded

    def _linear(self, x: Numbers, name: str) -> Numbers:
        result = x @ self._weights[f"{name}.weight"].T
        result += self._weights[f"{name}.bias"]
        return np.asarray(result)

    def _norm(self, x: Numbers, name: str) -> Numbers:
        x = x - x.mean(axis=-1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=-1, keepdims=True) + np.float32(self._epsilon))
        x *= self._weights[f"{name}.weight"]
        x += self._weights[f"{name}.bias"]
        return x


class Unigram:
    """A tokenizer file's unigram model: the most probable pieces that make up a text."""

    def __init__(self, path: Path) -> None:
        stated = json.loads(path.read_text("utf-8"))
        drop, blank, _, squeeze = stated["normalizer"]["normalizers"]
        self._drop, self._blank, self._squeeze = (
            re.compile(step["pattern"]["Regex"]) for step in (drop, blank, squeeze)
        )
        self._specials = {token["content"]: token["id"] for token in stated["added_tokens"]}
        self._split = re.compile("|".join(map(re.escape, self._specials)))
        vocabulary = stated["model"]["vocab"]
        self._pieces = {piece: (id_, score) for id_, (piece, score) in enumerate(vocabulary)}
        self._unknown = int(stated["model"]["unk_id"])
        self._poor = min(score for _, score in vocabulary) - _UNKNOWN_PENALTY
        self._longest = max(len(piece) for piece, _ in vocabulary)

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text's pieces between the marks of begin and end."""
        return [self._specials["<s>"], *self._inner(text), self._specials["</s>"]]

    def _inner(self, text: str) -> Iterator[int]:
        start = 0
        for special in self._split.finditer(text):
            yield from self._words(text[start : special.start()])
            yield self._specials[special.group()]
            start = special.end()
        yield from self._words(text[start:])

    def _words(self, text: str) -> Iterator[int]:
        text = self._blank.sub(" ", self._drop.sub("", text))
        text = self._squeeze.sub(" ", _composed(text))
        for word in text.split():
            yield from self._best(f"▁{word}")

    def _best(self, word: str) -> list[int]:
        """Find the best path through the pieces (Viterbi), unknown stretches as one."""
        best: list[tuple[float, int, int]] = [(0.0, 0, -1)]
        best += [(-np.inf, 0, -1)] * len(word)
        for start in range(len(word)):
            so_far = best[start][0]
            self._reach(word, start, so_far, best)
            if word[start] not in self._pieces and so_far + self._poor > best[start + 1][0]:
                best[start + 1] = (so_far + self._poor, start, self._unknown)
        ids: list[int] = []
        at = len(word)
        while at:
            _, at, piece = best[at]
            if piece != self._unknown or not ids or ids[-1] != self._unknown:
                ids.append(piece)
        return ids[::-1]

    def _reach(
        self, word: str, start: int, so_far: float, best: list[tuple[float, int, int]]
    ) -> None:
        for end in range(start + 1, min(len(word), start + self._longest) + 1):
            if result := self._pieces.get(word[start:end]):
                piece, score = result
                if so_far + score > best[end][0]:
                    best[end] = (so_far + score, start, piece)


def _weights(path: Path) -> dict[str, Numbers]:
    """Map the tensors of a safetensors file of float32 numbers; nothing is read yet."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header: dict[str, Any] = json.loads(file.read(length))
    data = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + length)
    return {
        name: np.asarray(data[slice(*stated["data_offsets"])]).view("<f4").reshape(stated["shape"])
        for name, stated in header.items()
        if name != "__metadata__"
    }


def _gelu(x: Numbers) -> Numbers:
    """Weigh a number by the normal distribution up to it (Hendrycks and Gimpel 2016).

    In place, a few rows at a time, so that what is worked out stays near the processor.
    """
    for start in range(0, len(x), _ROWS):
        some = x[start : start + _ROWS]
        z = np.abs(some)
        z *= np.float32(0.5**0.5)
        t = np.float32(0.3275911) * z
        t += np.float32(1)
        np.reciprocal(t, out=t)
        tail = t * np.float32(_ERF[-1])
        for factor in _ERF[-2::-1]:
            tail += np.float32(factor)
            tail *= t
        z *= z
        np.negative(z, out=z)
        tail *= np.exp(z, out=z)
        # x * (1 + sign(x) * (1 - tail)) / 2
        some *= np.where(some < 0, tail, np.float32(2) - tail)
        some *= np.float32(0.5)
    return x


def _packs(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Split texts into runs of at most some tokens."""
    pack: list[int] = []
    tokens = 0
    for at in order:
        if pack and tokens + lengths[at] > _TOKENS:
            yield pack
            pack, tokens = [], 0
        pack.append(at)
        tokens += lengths[at]
    if pack:
        yield pack
