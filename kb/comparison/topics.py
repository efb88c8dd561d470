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

from kb.arrays import Matrix, Vectors
from kb.comparison.grouping import linked
from kb.reference.themes import themes_of
from kb.store.passages import terms

JOINED_FROM = 0.3
"""The least mean likeness at which phrases are joined."""

_NAMED_BY = 3
_LEAST_LETTERS = 2
_EMPTY_WORDS = frozenset(
    "การ ความ เป็น และ ของ ที่ มี ให้ ใน สู่ แห่ง ด้าน อย่าง เมือง พัฒนา จังหวัด ท้องถิ่น ส่งเสริม ดี คน"
    " ประชาชน นำ เชิง ตาม โดย เพื่อ ได้ จาก กับ ทุก ต่อ มุ่ง สร้าง ระดับ องค์การ ตำบล เทศบาล อำเภอ"
    " หรือ ทั้ง เพิ่ม ยกระดับ สนับสนุน เสริมสร้าง ต่าง ระบบ การพัฒนา ศูนย์กลาง แหล่ง ทาง"
    " ปรับปรุง ซ่อมแซม ฟื้นฟู ก่อสร้าง ก้าวหน้า ก้าวไกล ยั่งยืน สามารถ เพียงพอ ทั่วถึง".split()
)


@dataclass(frozen=True, slots=True)
class Topic:
    """Phrases that say much the same, and the numbers of the bodies that say them.

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
            "organisations": [names[number] for number in self.bodies],
            "themes": list(self.themes),
            "outside": self.outside,
        }


def topics(
    bodies_by_phrase: Sequence[tuple[str, Sequence[int]]], vectors: Vectors | None = None
) -> tuple[Topic, ...]:
    """Return the topics of phrases, given with the bodies that say each; the widest spread first.

    What only one body says is no topic where several are compared.
    """
    phrases = [phrase for phrase, _ in bodies_by_phrase]
    words = [[w for w in terms(phrase) if _is_content(w)] for phrase in phrases]
    rarity = _rarity(words)
    likeness = _word_likeness(words, rarity)
    if vectors is not None and len(phrases) > 2:
        likeness = (likeness + _meaning_likeness(vectors)) / 2
    several = len({body for _, bodies in bodies_by_phrase for body in bodies}) > 1
    listed = []
    for members in linked(likeness, JOINED_FROM):
        bodies = tuple(sorted({body for number in members for body in bodies_by_phrase[number][1]}))
        if len(bodies) > 1 or (not several and len(members) > 1):
            listed.append(_topic(members, phrases, words, rarity, bodies))
    return tuple(sorted(listed, key=lambda topic: (-len(topic.bodies), topic.words)))


def _topic(
    members: Sequence[int],
    phrases: Sequence[str],
    words: Sequence[Sequence[str]],
    rarity: dict[str, float],
    bodies: tuple[int, ...],
) -> Topic:
    word_counts = Counter(word for number in members for word in set(words[number]))
    ranked = sorted(word_counts, key=lambda word: (-(word_counts[word] ** 2) * rarity[word], word))
    theme_matches = [themes_of(phrases[number]) for number in members]
    counts = Counter(theme.theme for matches in theme_matches for theme in matches)
    common_themes = sorted(code for code, count in counts.items() if 2 * count > len(members))
    return Topic(
        tuple(ranked[:_NAMED_BY]) or (phrases[members[0]],),
        tuple(phrases[number] for number in members),
        bodies,
        tuple(common_themes),
        2 * sum(not matches for matches in theme_matches) > len(members),
    )


def _is_content(word: str) -> bool:
    return word not in _EMPTY_WORDS and len(word) >= _LEAST_LETTERS and not word.isdigit()


def _rarity(words: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return the inverse document frequency of each word (Spärck Jones 1972)."""
    counts = Counter(word for own in words for word in set(own))
    return {word: math.log((1 + len(words)) / (0.5 + count)) for word, count in counts.items()}


def _word_likeness(words: Sequence[Sequence[str]], rarity: dict[str, float]) -> Matrix:
    columns = {word: column for column, word in enumerate(sorted(rarity))}
    table = np.zeros((len(words), max(len(columns), 1)))
    for row, own in enumerate(words):
        for word in set(own):
            table[row, columns[word]] = rarity[word]
    length = np.linalg.norm(table, axis=1, keepdims=True)
    unit = table / np.where(length == 0, 1, length)
    return np.asarray(unit @ unit.T)


def _meaning_likeness(vectors: Vectors) -> Matrix:
    """Return cosines of the vectors less their mean: what all phrases share says nothing."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    unit = centred / np.where(length == 0, 1, length)
    return np.asarray(np.maximum(unit @ unit.T, 0))
