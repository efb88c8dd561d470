"""A body's own name in what it says: พัทลุงเมืองเกษตรอินทรีย์ says เมืองเกษตรอินทรีย์ of Phatthalung.

Thai writes a name and what follows it without a blank. The name is cut only where it ends a
word: of ตากอากาศ nothing is cut for จังหวัดตาก. A name that is an ordinary word as well
(แพร่, ท่าเรือ) counts as a name only before words that follow names
(`corpora/names/after_own_name.txt`).
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from ingest.thai.fold import fold, fold_with_offsets
from ingest.thai.words import dictionary, segment
from kb.reference.tables import table_rows, table_text
from kb.store.organisations import ABBREVIATIONS

_KINDS = tuple(
    sorted({long for _, long in ABBREVIATIONS if long != "กรุงเทพมหานคร"} | {"เทศบาล"}, key=len)
)[::-1]
_SHORT = tuple(short.rstrip(".") for short, _ in ABBREVIATIONS if short != "กทม.")
_BEFORE = "|".join([*_KINDS, *(rf"{short}(?:\.|(?= ))" for short in _SHORT)])
_PEOPLE = r"ชาวจังหวัด|ชาวตำบล|ชาวเมือง|ชาว|คน|เมือง"
_FOLLOWING = re.compile(r"[ะ-ฺๅ-๎]")
_WRITTEN_ON = re.compile(r"\.|-\S")
"""An abbreviation's dot or a hyphen goes on with the word."""
_LETTER = re.compile(r"[ก-๎a-z]")
_CONSONANTS = re.compile(r"[ก-ฮ]")
_LEAST_CONSONANTS = 3
"""What is left has at least so many consonants: fewer say nothing alone."""
_LEAST_LETTERS = 5
"""Names of fewer letters are taken for ordinary words where the dictionary has them."""
_PART_OF_PLACE = frozenset("น้อย ใหญ่ เหนือ ใต้ กลาง ใน นอก บน ล่าง ใหม่ เก่า ตะวันออก ตะวันตก".split())
"""Behind a name these make the name of another place."""
_IS = re.compile(r"^(?:เป็น|คือ)(?=เมือง|จังหวัด|ตำบล|นคร|ศูนย์|แหล่ง|องค์กร|ท้องถิ่น|ดินแดน|ประตู)")


@dataclass(frozen=True, slots=True)
class OwnName:
    """The forms of a body's name, folded, without the kind of body: โคกตูม and บ้านโคกตูม."""

    forms: tuple[str, ...]

    def cut(self, text: str) -> str:
        """Return a text without the name at its beginning, "" where it is the name alone.

        What is left is a part of the text that begins with a word; nothing is cut where
        nothing would be said without the name.
        """
        folded, offsets = fold_with_offsets(text)
        for form in self.forms:
            end = _end_of_name(folded, form)
            if end is not None:
                return text[offsets[end] :].lstrip(' \t\n:-–—"“”')
        return text

    @property
    def is_ordinary(self) -> bool:
        """Return whether the name may be met as an ordinary word."""
        return any(_is_ordinary(form) for form in self.forms)

    def blanked(self, text: str) -> str:
        """Return a text, folded, with a blank for each place where it names the body."""
        folded, _ = fold_with_offsets(text)
        for form in self.forms:
            pattern = rf"(?P<before>{_BEFORE})? ?(?P<people>{_PEOPLE})?{re.escape(form)}"
            for found in reversed(list(re.finditer(pattern, folded))):
                start = found.end() - len(form)
                named = found["before"] is not None
                if named or _is_name(folded, start, found.end(), found["people"] is not None):
                    begin = found.start() if named and found["people"] is None else start
                    folded = f"{folded[:begin]} {folded[found.end() :]}"
        return re.sub(r"\s+", " ", folded).strip()


@lru_cache(maxsize=1024)
def own_name(body: str) -> OwnName:
    """Return the forms of the name of a body that is written out (จังหวัดพัทลุง)."""
    folded, _ = fold_with_offsets(body)
    short = next((folded.removeprefix(kind) for kind in _KINDS if folded.startswith(kind)), folded)
    short = short.strip()
    forms = [short, *_aliases().get(short, ())]
    without = short.removeprefix("บ้าน")
    if without != short and len(_CONSONANTS.findall(without)) >= _LEAST_CONSONANTS:
        forms.append(without)
    return OwnName(tuple(form for form in forms if len(_CONSONANTS.findall(form)) > 0))


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    """Return other names of provinces by their name, longest first."""
    return {
        row["thai"]: tuple(sorted((a for a in row["aliases"].split(";") if a), key=len))[::-1]
        for row in table_rows("names/provinces.tsv")
    }


@cache
def _openers() -> frozenset[str]:
    lines = table_text("names/after_own_name.txt").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())


def _end_of_name(text: str, form: str) -> int | None:
    """Return where what follows the name begins, None where the text begins otherwise."""
    found = re.match(rf"(?P<kind>{_BEFORE})? ?{re.escape(form)}", text)
    if found is None or not _ends_word(text, found.end()):
        return None
    end = found.end()
    rest = text[end:]
    if _WRITTEN_ON.match(rest):
        return None
    if not _LETTER.search(rest):
        return len(text)
    if _LETTER.match(rest) and not _may_follow(text, end, form, is_named=found["kind"] is not None):
        return None
    linking = _IS.match(rest)
    if linking and _LETTER.match(rest):
        end += linking.end()
    return end if len(_CONSONANTS.findall(text[end:])) >= _LEAST_CONSONANTS else None


def _ends_word(text: str, end: int) -> bool:
    """Return whether a letter belongs to the syllable before it: names end before no vowel."""
    return not _FOLLOWING.match(text, end)


def _may_follow(text: str, end: int, form: str, *, is_named: bool) -> bool:
    """Return whether what is written on after a name is not the end of a longer word."""
    rest = segment(text[end:].split(" ")[0])
    if rest[0] in _PART_OF_PLACE or _is_longer_word(text, end):
        return False
    if rest[0] in _openers() or "".join(rest[:2]) in _openers():
        return True
    if _crossing(text, end):
        return False
    if is_named:
        return True
    return not _is_ordinary(form) and rest[0] in dictionary() and len(rest[0]) > 1


def _is_longer_word(text: str, end: int) -> bool:
    """Return whether one word of the dictionary begins with the name and goes on."""
    return any(text[:stop] in dictionary() for stop in range(end + 1, min(len(text), end + 16) + 1))


def _crossing(text: str, end: int) -> bool:
    """Return whether a word of the dictionary lies across a place in the text."""
    start = 0
    for word in segment(text):
        if start < end < start + len(word):
            return word in dictionary()
        start += len(word)
    return False


@cache
def _provinces() -> frozenset[str]:
    return frozenset(row["thai"] for row in table_rows("names/provinces.tsv"))


def _is_ordinary(form: str) -> bool:
    """Return whether a name may be met as an ordinary word."""
    if len(form) >= _LEAST_LETTERS and form in _provinces():
        return False
    return form in _ordinary_words()


@cache
def _ordinary_words() -> frozenset[str]:
    """Return the words of the Royal Institute's dictionary, as PyThaiNLP brings them: no places."""
    spec = importlib.util.find_spec("pythainlp")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pythainlp", name="pythainlp")
    listed = Path(spec.origin).parent / "corpus" / "orst_words_th.txt"
    return frozenset(fold(word) for word in listed.read_text(encoding="utf-8").split())


def _is_name(text: str, start: int, end: int, is_of_people: bool) -> bool:
    """Return whether a name inside a text stands for the body."""
    if not _ends_word(text, end) or _crossing(text, end) or (start and _crossing(text, start)):
        return False
    return is_of_people or not _is_ordinary(text[start:end])
