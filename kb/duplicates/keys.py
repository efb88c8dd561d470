"""Keys by which like projects find each other: words, places, and words at places.

A key is a hash of 32 bits. Two projects that share no key share neither a distinctive word nor
a place. A word at a place (ถนน at ตำบลริมธาร) is rare where each alone is common, and so
leads straight to the few projects that can be the same.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kb.duplicates.profile import ProjectProfile

Keys = NDArray[np.uint32]

_MOST_WORDS, _MOST_PLACES = 14, 8


def keys_of(project: ProjectProfile) -> NDArray[np.uint32]:
    """Return the distinct keys of a project, in order."""
    traits = project.traits
    words = sorted(traits.words, key=lambda word: (-len(word), word))[:_MOST_WORDS]
    places = [*sorted(traits.names), *sorted(project.places["area"])][:_MOST_PLACES]
    if project.body is not None:
        places.append("".join(project.body.name.split()))
    found = [f"w{word}" for word in words]
    found += [f"c{concept}" for concept in traits.concepts]
    found += [f"p{place}" for place in places]
    found += [f"{word}@{place}" for word in words[:8] for place in places]
    found.append(f"x{traits.wording}")
    return np.unique(np.fromiter((crc32(key.encode()) for key in found), np.uint32, len(found)))
