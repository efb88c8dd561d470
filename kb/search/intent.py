"""What a question asks for besides its subject: kinds, bodies, places, years, what it refuses.

`วิสัยทัศน์จังหวัดแพร่` asks for visions and for Phrae, `ผู้สูงอายุ 2569` for what counts in that
year, `ถนนที่ไม่ใช่คอนกรีต` refuses concrete. All of this is read here and weighs on the order of
hits; nothing is filtered out that the user did not ask to filter. What is left is the subject,
and only that is compared in meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ingest.thai.places import NamedPlace, find_places
from kb.reference.abbreviations import written_out_words
from kb.search.bodies import Bodies, without_names
from kb.store.filters import BE_MINUS_CE
from kb.store.passages import squeeze, terms

_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"วิสัยทัศน์|ภาพอนาคต|ภาพฝัน|\bvisions?\b", ("vision",)),
    (r"ทิศทาง(?:การ)?พัฒนา", ("vision", "strategic_issue")),
    (r"พันธกิจ|ภารกิจหลัก|\bmissions?\b", ("mission",)),
    (r"ค่านิยม|วัฒนธรรมองค์กร|\bcore values?\b", ("value",)),
    (r"เป้าประสงค์|จุดมุ่งหมาย|(?<!กลุ่ม)เป้าหมาย(?:การพัฒนา)?|\bgoals?\b", ("goal",)),
    (r"ประเด็นยุทธศาสตร์|ประเด็นการพัฒนา|ยุทธศาสตร์(?!ชาติ)(?:การพัฒนา)?", ("strategic_issue",)),
    (r"กลยุทธ์|แนวทาง(?:การพัฒนา)?|มาตรการ|\bstrateg(?:y|ies)\b", ("strategy",)),
    (r"เครื่องชี้วัด|ตัวชี้วัด|\bkpis?\b|\bindicators?\b", ("indicator",)),
    (r"โครงการ|\bprojects?\b", ("project",)),
)
_CUES = tuple((re.compile(pattern, re.IGNORECASE), kinds) for pattern, kinds in _KINDS)
_LONG = 70
"""A question of more letters is a proposal or a story: a kind named in it is no request."""

_WORK = 0.6

_ASKING = frozenset(
    """
    ว่า อย่างไร อะไร บ้าง คือ มี ไหม มั้ย ของ ที่ ไหน กี่ ข้อ ใน ไว้ เป็น ยังไง ทั้งหมด ทุก และ หรือ
    หน่วยงาน ใด ได้ แก่ ขอ ดู หา อยาก รู้ ทราบ ปี พ.ศ. ศ พ what is are the of in which all for a
    """.split()
)
"""Words that only ask; a question with no others has no subject."""

_YEAR = r"(?:25[4-9]\d|20[0-4]\d)"
_YEARS = re.compile(
    rf"(?P<lead>(?:ปี\s*งบประมาณ|ประจำปี|ปี|year|in)?\s*(?:พ\.?\s*ศ\.?|ค\.?\s*ศ\.?)?\s*)"
    rf"(?<!\d)(?P<first>{_YEAR})(?:\s*(?:-|–|ถึง)\s*(?P<last>{_YEAR}|\d\d(?!\d)))?(?!\d)"
    r"(?!\s*(?:บาท|เมตร|ม\.|ไร่|คน|ครัวเรือน|ต้น|ตัว|แห่ง|ตร))"
)
_SHORT_YEAR = re.compile(r"(?:ปี\s*งบประมาณ|ประจำปี|ปี)\s*(?P<first>[6-9]\d)(?!\d)")
_REFUSED = re.compile(
    r"(?:ที่|ซึ่ง)?\s*(?:ไม่ใช่|ไม่เอา|ไม่รวม|ยกเว้น|\bnot\b|\bwithout\b|\bexcept\b)\s*"
    r"(?P<what>[^,;.]{2,60})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question asks for.

    `subject` is what is left to be compared, "" where nothing is. `named` are the keys of bodies
    whose whole name stands in the question, `placed` those of a place that it names. `places`
    are names of places without their level, `years` first and last (BE), `refused` the words
    that an answer must not have, without blanks.
    """

    subject: str
    kinds: frozenset[str] = frozenset()
    named: frozenset[int] = frozenset()
    placed: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    refused: tuple[str, ...] = ()
    corrected: str | None = None

    @property
    def bodies(self) -> frozenset[int]:
        """The bodies asked for: those named, else those of a place."""
        return self.named or self.placed

    @property
    def plain(self) -> bool:
        """Whether the question asks for nothing but its subject."""
        asked = (self.kinds, self.named, self.placed, self.places, self.years, self.refused)
        return not any(asked)

    def kind_fits(self, kind: str) -> float:
        """Return 1 for a kind asked for, -1 for another, 0 where none is asked for.

        A project fits somewhat where the question names a place or years: works are done there.
        """
        if self.kinds:
            return 1.0 if kind in self.kinds else -1.0
        where_or_when = self.places or self.years or self.refused
        return _WORK if where_or_when and kind == "project" else 0.0

    def body_fits(self, organisation: int | None) -> float:
        """Return 1 for a body asked for, less for one of its place, -1 for others.

        0 where the question names neither a body nor a place.
        """
        if not self.named and not self.placed:
            return 0.0
        if organisation in self.named:
            return 1.0
        if organisation in self.placed:
            return 0.0 if self.named else 0.8
        return -1.0 if self.named else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form, for people to see how they were understood."""
        return {
            "subject": self.subject,
            "kinds": sorted(self.kinds),
            "organisations": list(self.names),
            "places": list(self.places),
            "years": list(self.years) if self.years else None,
            "without": list(self.refused),
            "corrected": self.corrected,
        }


def literal_intent(query: str) -> Intent:
    """Return a question taken as it was typed: all of it is the subject."""
    return Intent(query)


def read_intent(query: str, bodies: Bodies) -> Intent:
    """Return what a question asks for."""
    names = bodies.names_in(query)
    rest, refused = _without_refused(without_names(query, names))
    rest, years = _without_years(rest)
    places = find_places(rest)
    rest = _without_places(rest, places)
    kinds: set[str] = set()
    if len(query) <= _LONG:
        for pattern, asked in _CUES:
            if pattern.search(rest):
                kinds.update(asked)
                rest = pattern.sub(" ", rest)
    subject = (
        " ".join(written_out_words(rest).split()).removeprefix("ของ").removeprefix("ใน").strip()
    )
    asked_for = Intent(
        subject if _says_more(subject) else "",
        frozenset(kinds),
        bodies.called(names),
        frozenset() if names else bodies.placed(query),
        names,
        tuple(dict.fromkeys(place.name for place in places)),
        years,
        refused,
    )
    return asked_for if asked_for.subject or not asked_for.plain else literal_intent(query)


def corrected(intent: Intent, text: str) -> Intent:
    """Return what a question asks for with the remark that it was read as another text."""
    return replace(intent, corrected=text)


def _without_refused(query: str) -> tuple[str, tuple[str, ...]]:
    match = _REFUSED.search(query)
    if match is None:
        return query, ()
    pieces = re.split(r"\s+|และ|หรือ|\bor\b|\band\b", match["what"])
    refused = tuple(squeeze(piece) for piece in pieces if len(piece.strip()) > 1)
    return f"{query[: match.start()]} {query[match.end() :]}".strip() or query, refused


def _without_years(query: str) -> tuple[str, tuple[int, int] | None]:
    for match in _YEARS.finditer(query):
        first = int(match["first"])
        if first < 2400 and not match["lead"].strip():
            continue  # a bare 2024 may count anything
        first = _buddhist(first)
        last = _last(first, match["last"])
        return f"{query[: match.start()]} {query[match.end() :]}", (first, max(first, last))
    short = _SHORT_YEAR.search(query)
    if short is None:
        return query, None
    year = 2500 + int(short["first"])
    return f"{query[: short.start()]} {query[short.end() :]}", (year, year)


def _buddhist(year: int) -> int:
    return year + BE_MINUS_CE if year < 2400 else year


def _last(first: int, written: str | None) -> int:
    if not written:
        return first
    return first // 100 * 100 + int(written) if len(written) == 2 else _buddhist(int(written))


def _without_places(query: str, places: Iterable[NamedPlace]) -> str:
    for place in sorted(places, key=lambda place: -place.start):
        query = f"{query[: place.start]} {query[place.end :]}"
    return query


def _says_more(subject: str) -> bool:
    """Return whether a subject has a word that does not only ask."""
    return any(term not in _ASKING for term in terms(subject))
