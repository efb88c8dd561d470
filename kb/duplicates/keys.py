"""Keys by which like projects find each other: words, places, and words at places.

A key is a hash of 32 bits. Two projects that share no key share neither a distinctive word
nor a place. A word at a place (ถนน at ตำบลริมธาร) is rare where each alone is common, and so
leads straight to the few projects that can be the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from ingest.errors import PhaenError
from kb.arrays import HashKeys, RowNumbers
from kb.duplicates.profile import ProjectProfile

_MOST_WORDS, _MOST_PLACES, _WORDS_AT_PLACES = 14, 8, 8
_STORED = np.dtype("<u4")
"""How keys are stored on every machine: four bytes each, the lowest first."""


def keys_of(profile: ProjectProfile) -> HashKeys:
    """Return the distinct keys of a project, ascending."""
    traits = profile.traits
    words = sorted(traits.words, key=lambda word: (-len(word), word))[:_MOST_WORDS]
    places = [*sorted(traits.names), *sorted(profile.places["area"])][:_MOST_PLACES]
    if profile.body is not None:
        places.append("".join(profile.body.name.split()))
    names = [f"w{word}" for word in words]
    names += [f"c{concept}" for concept in traits.concepts]
    names += [f"p{place}" for place in places]
    names += [f"{word}@{place}" for word in words[:_WORDS_AT_PLACES] for place in places]
    names.append(f"x{traits.wording}")
    return np.unique(np.fromiter((crc32(name.encode()) for name in names), np.uint32, len(names)))


def keys_to_bytes(keys: HashKeys) -> bytes:
    """Return the bytes that are stored for one project's keys."""
    return keys.astype(_STORED).tobytes()


def keys_from_bytes(stored: Sequence[bytes], file: str) -> tuple[RowNumbers, HashKeys]:
    """Return where each project's keys begin, with the end of all as last, and all keys.

    Raises PhaenError `kb-damaged` of `file` where bytes are no whole keys.
    """
    lengths = np.fromiter(map(len, stored), np.int64, len(stored))
    if (lengths % _STORED.itemsize).any():
        raise PhaenError("kb-damaged", file=file)
    starts = np.concatenate([[0], np.cumsum(lengths // _STORED.itemsize)]).astype(np.int64)
    return starts, np.frombuffer(b"".join(stored), dtype=_STORED).astype(np.uint32, copy=False)
