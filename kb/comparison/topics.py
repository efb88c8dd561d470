"""Topics: what the phrases themselves cluster into, without any taxonomy.

Phrases are joined by average linkage over what they share: words weighed by their rarity
(TF-IDF) and, where there are vectors, meaning against the mean of all. A topic is named by
the words peculiar to it. What the themes of `kb.reference.themes` do not know still shows here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.reference.themes import themes_of
from kb.store.passages import terms

Matrix = NDArray[np.float64]

JOINED_FROM = 0.3
_NAMED_BY = 3
_LEAST_LETTERS = 2
_EMPTY = frozenset(
    "การ ความ เป็น และ ของ ที่ มี ให้ ใน สู่ แห่ง ด้าน อย่าง เมือง พัฒนา จังหวัด ท้องถิ่น ส่งเสริม ดี คน"
    " ประชาชน นำ เชิง ตาม โดย เพื่อ ได้ จาก กับ ทุก ต่อ มุ่ง สร้าง ระดับ องค์การ ตำบล เทศบาล อำเภอ"
    " หรือ ทั้ง เพิ่ม ยกระดับ สนับสนุน เสริมสร้าง ต่าง ระบบ การพัฒนา ศูนย์กลาง แหล่ง ทาง"
    " ปรับปรุง ซ่อมแซม ฟื้นฟู ก่อสร้าง ก้าวหน้า ก้าวไกล ยั่งยืน สามารถ เพียงพอ ทั่วถึง".split()
)


@dataclass(frozen=True, slots=True)
class Topic:
    """Phrases that say much the same, and who says them (numbers of bodies).

    `themes` are those that more than half of its phrases have; `outside` is a topic more
    than half of whose phrases have none: news to the taxonomy.
    """

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    bodies: tuple[int, ...]
    themes: tuple[str, ...]
    outside: bool

    def to_dict(self, names: Sequence[str]) -> dict[str, Any]:
        """Return the JSON form; `names` are those of all bodies."""
        return {
            "words": list(self.words),
            "phrases": list(self.phrases),
            "organisations": [names[at] for at in self.bodies],
            "themes": list(self.themes),
            "outside": self.outside,
        }


def topics(
    said: Sequence[tuple[str, Sequence[int]]], vectors: NDArray[np.float32] | None = None
) -> tuple[Topic, ...]:
    """Find the topics of phrases, each with the bodies that say it; the widest spread first.

    What only one body says is no topic where several are compared.
    """
    phrases = [phrase for phrase, _ in said]
    words = [[w for w in terms(phrase) if _says(w)] for phrase in phrases]
    rarity = _rarity(words)
    alike = _words_alike(words, rarity)
    if vectors is not None and len(phrases) > 2:
        alike = (alike + _meanings_alike(vectors)) / 2
    several = len({body for _, bodies in said for body in bodies}) > 1
    found = []
    for members in linked(alike, JOINED_FROM):
        bodies = tuple(sorted({body for at in members for body in said[at][1]}))
        if len(bodies) > 1 or (not several and len(members) > 1):
            found.append(_topic(members, phrases, words, rarity, bodies))
    return tuple(sorted(found, key=lambda topic: (-len(topic.bodies), topic.words)))


def _topic(
    members: Sequence[int],
    phrases: Sequence[str],
    words: Sequence[Sequence[str]],
    rarity: dict[str, float],
    bodies: tuple[int, ...],
) -> Topic:
    counted = Counter(word for at in members for word in set(words[at]))
    ranked = sorted(counted, key=lambda word: (-(counted[word] ** 2) * rarity[word], word))
    told = [themes_of(phrases[at]) for at in members]
    held = Counter(theme.theme for found in told for theme in found)
    common = sorted(code for code, times in held.items() if 2 * times > len(members))
    return Topic(
        tuple(ranked[:_NAMED_BY]) or (phrases[members[0]],),
        tuple(phrases[at] for at in members),
        bodies,
        tuple(common),
        2 * sum(not found for found in told) > len(members),
    )


def _says(word: str) -> bool:
    return word not in _EMPTY and len(word) >= _LEAST_LETTERS and not word.isdigit()


def _rarity(words: Sequence[Sequence[str]]) -> dict[str, float]:
    """Weigh words by the inverse of how many phrases hold them (Spärck Jones 1972)."""
    held = Counter(word for listed in words for word in set(listed))
    return {word: math.log((1 + len(words)) / (0.5 + times)) for word, times in held.items()}


def _words_alike(words: Sequence[Sequence[str]], rarity: dict[str, float]) -> Matrix:
    places = {word: at for at, word in enumerate(sorted(rarity))}
    table = np.zeros((len(words), max(len(places), 1)))
    for row, listed in enumerate(words):
        for word in set(listed):
            table[row, places[word]] = rarity[word]
    length = np.linalg.norm(table, axis=1, keepdims=True)
    unit = table / np.where(length == 0, 1, length)
    return np.asarray(unit @ unit.T)


def _meanings_alike(vectors: NDArray[np.float32]) -> Matrix:
    """Return cosines against the mean: what all phrases share says nothing."""
    apart = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    length = np.linalg.norm(apart, axis=1, keepdims=True)
    unit = apart / np.where(length == 0, 1, length)
    return np.asarray(np.maximum(unit @ unit.T, 0))


def linked(alike: Matrix, least: float) -> list[list[int]]:
    """Join rows by average linkage while the joined parts are at least so alike.

    The chain of nearest neighbours (Benzécri 1982) makes it quadratic in time; ties go to
    the earlier rows, so the same likeness gives the same parts.
    """
    count = len(alike)
    between = np.round(alike.astype(float), 9)
    np.fill_diagonal(between, -1.0)
    members: dict[int, list[int]] = {at: [at] for at in range(count)}
    done: list[list[int]] = []
    chain: list[int] = []
    while members:
        if not chain:
            chain.append(min(members))
        last = chain[-1]
        near = int(between[last].argmax())
        if len(chain) > 1 and between[last, near] <= between[last, chain[-2]]:
            near = chain[-2]
        if between[last, near] < least:
            done.append(members.pop(last))
            between[last] = between[:, last] = -1.0
            chain.pop()
        elif len(chain) > 1 and near == chain[-2]:
            chain = chain[:-2]
            _join(between, members, *sorted((last, near)))
        else:
            chain.append(near)
    return sorted((sorted(part) for part in done), key=lambda part: (-len(part), part))


def _join(between: Matrix, members: dict[int, list[int]], keep: int, gone: int) -> None:
    a, b = len(members[keep]), len(members[gone])
    between[keep] = (a * between[keep] + b * between[gone]) / (a + b)
    between[:, keep] = between[keep]
    between[keep, keep] = -1.0
    between[gone] = between[:, gone] = -1.0
    members[keep] += members.pop(gone)
