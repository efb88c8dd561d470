"""Words that say how good a thing is, not what it is: ปลอดภัย, ยั่งยืน, คุณภาพ.

They make no likeness: เกษตรปลอดภัย does not want what เมืองปลอดภัย wants.
"""

from __future__ import annotations

from functools import cache, lru_cache

from kb.reference.tables import table_text
from kb.store.passages import terms

EMPTY_WORDS = frozenset(
    "การ ความ เป็น และ ของ ที่ มี ให้ ใน สู่ แห่ง ด้าน อย่าง เมือง ประชาชน พัฒนา จังหวัด ท้องถิ่น"
    " ส่งเสริม ดี คน".split()
)
"""Words that most phrases have."""


@cache
def qualifiers() -> frozenset[str]:
    """Return the words of `corpora/themes/qualifiers.txt`."""
    lines = table_text("themes/qualifiers.txt").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())


@lru_cache(maxsize=8192)
def content(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase, once each, that say what it is about; () if it has none."""
    left_out = qualifiers() | EMPTY_WORDS
    return tuple(dict.fromkeys(word for word in terms(phrase) if word not in left_out))
