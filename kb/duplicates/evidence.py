"""Evidence of a pair: agreement, conflict and silence of every part, as numbers.

A part that one side leaves out says nothing: its agreement and its conflict are both 0 and
its silence is 1. Every value is the same in either order of the two projects.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache

from rapidfuzz import fuzz

from kb.duplicates.features import FeatureValues, PairFeatures
from kb.duplicates.folding import bare_name, fold_name
from kb.duplicates.profile import ProjectProfile
from kb.reference.tables import table_text

_FACETS = (
    *("village", "hamlet", "community", "line", "soi", "road", "route", "water"),
    *("school", "temple", "centre", "health", "site", "spot"),
)
_PERSON = re.compile("^(?:นาย|นาง|น\\.ส\\.|ลุง|ป้า|ผู้ใหญ่|กำนัน|พ่อ|แม่เฒ่า|ยาย|ตา(?=[ก-ฮ])|ครู|หมอ|สารวัตร)")
_NUMBER = re.compile(r"\d+(?:[/.+]\d+)*")
_LEAST_NAME = 3
_DIVISION = re.compile(
    "กองคลัง|กองช่าง|กองการศึกษา|กองสาธารณสุข|กองสวัสดิการ|สำนักปลัด|หน่วยตรวจสอบภายใน|งานจัดเก็บรายได้|งานป้องกัน"
    "|สภา(?=$|\\s)|กองยุทธศาสตร์|ห้องประชุม|ศูนย์พัฒนาเด็กเล็ก|โรงเรียน|สำนักงาน(?:ปลัด)?|กองวิชาการ|กองการเจ้าหน้าที่"
)
_SIDE = re.compile(
    "ฝั่งซ้าย|ฝั่งขวา|ฝั่งเหนือ|ฝั่งใต้|ฝั่งตะวันออก|ฝั่งตะวันตก|ด้านซ้าย|ด้านขวา|ทิศเหนือ|ทิศใต้|ทิศตะวันออก|ทิศตะวันตก|ชาย(?=\\s|$)|หญิง(?=\\s|$)"
    "|ตอนบน|ตอนล่าง|หลังใหญ่|หลังเล็ก|ด้านหน้า|ด้านหลัง"
)
_RECURRING = re.compile(
    "ประจำปี|วัน|ประเพณี|เบี้ย|แข่งขัน|อุดหนุน|อาหารกลางวัน|นม|จ้างเหมา|ค่าเช่า|ค่าจ้าง|เทศกาล|ครั้งที่"
)
_MORE = re.compile("ต่อจาก|ต่อเนื่อง|ส่วนที่เหลือ|เพิ่มเติม|ขยายผล|ระยะที่|เฟส|ขั้นที่|งวดที่|รุ่นที่|ครั้งที่|ช่วงที่|ตอนที่|ปีที่")


def evidence(
    a: ProjectProfile, b: ProjectProfile, features: PairFeatures, cosine: float | None
) -> FeatureValues:
    """Return all values of a pair; `cosine` is that of the works' texts."""
    values: FeatureValues = {}
    for part in ("work", "place", "time"):
        values |= {f"{part}_{name}": value for name, value in getattr(features, part).items()}
    values = {name: value for name, value in values.items() if "meaning" not in name}
    values |= _texts(a, b) | _things(a, b) | _facets(a, b) | _names(a, b)
    values |= _numbers(a, b) | _differences(a, b) | _time(a, b) | _money(a, b) | _askers(a, b)
    if cosine is not None:
        values["cosine"] = cosine
    return values


def _texts(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    one, other = _tight(a.traits.plain), _tight(b.traits.plain)
    lengths = sorted((len(one), len(other)))
    return {
        "title_ratio": fuzz.ratio(one, other) / 100,
        "title_partial": fuzz.partial_ratio(one, other) / 100 if one and other else 0.0,
        "title_lengths": lengths[0] / max(1, lengths[1]),
        "grams_shared": _shared_grams(one, other),
        "work_grams_shared": _shared_grams(_tight(a.traits.work), _tight(b.traits.work)),
    }


@lru_cache(maxsize=200_000)
def _tight(text: str) -> str:
    return "".join(text.split())


def _shared_grams(one: str, other: str) -> float:
    """Return how much of the shorter text's trigrams the other has."""
    grams_a, grams_b = _grams(one), _grams(other)
    return len(grams_a & grams_b) / max(1, min(len(grams_a), len(grams_b)))


@lru_cache(maxsize=200_000)
def _grams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 3] for at in range(len(text) - 2))


@cache
def _table(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the classes of a table with the pattern of their words."""
    rows = (line.split("\t") for line in table_text(f"names/{name}.tsv").splitlines()[1:])
    return tuple(
        (kind, re.compile("|".join(map(re.escape, words.split(";"))))) for kind, words in rows
    )


@lru_cache(maxsize=200_000)
def things_of(plain: str) -> frozenset[str]:
    """Return the kinds of thing that a plain name mentions (`corpora/names/things.tsv`)."""
    return frozenset(kind for kind, pattern in _table("things") if pattern.search(plain))


@lru_cache(maxsize=200_000)
def actions_of(plain: str) -> frozenset[str]:
    """Return the kinds of action that a plain name mentions (`corpora/names/actions.tsv`)."""
    return frozenset(kind for kind, pattern in _table("actions") if pattern.search(plain))


def _things(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    one, other = a.traits.plain, b.traits.plain
    values = _compared("things", things_of(one), things_of(other))
    values |= _compared("actions", actions_of(one), actions_of(other))
    values |= _compared("division", _all(_DIVISION, one), _all(_DIVISION, other))
    values |= _compared("side", _all(_SIDE, one), _all(_SIDE, other))
    return values


@lru_cache(maxsize=100_000)
def _all(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    return frozenset(pattern.findall(text))


def _compared(name: str, one: frozenset[str], other: frozenset[str]) -> FeatureValues:
    """Return agreement, conflict and silence of two sets."""
    if not one or not other:
        return {f"{name}_same": 0.0, f"{name}_other": 0.0, f"{name}_silent": float(one != other)}
    shared = len(one & other)
    return {
        f"{name}_same": shared / len(one | other),
        f"{name}_other": float(not shared)
        + 0.5 * float(bool(one - other and other - one and shared)),
        f"{name}_silent": 0.0,
    }


def _facets(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    values: FeatureValues = {}
    for facet in (*_FACETS, "house"):
        one, other = _facet(a, facet), _facet(b, facet)
        values |= _compared(f"at_{facet}", one, other)
    conflicts = [values[f"at_{facet}_other"] for facet in (*_FACETS, "house")]
    values["at_conflicts"] = float(sum(value >= 1 for value in conflicts))
    values["at_agreements"] = float(
        sum(values[f"at_{facet}_same"] > 0 for facet in (*_FACETS, "house"))
    )
    return values


def _facet(project: ProjectProfile, facet: str) -> frozenset[str]:
    places = project.traits.places
    names = places.get("hamlet" if facet == "house" else facet, frozenset())
    if facet in {"house", "hamlet"}:
        wanted = facet == "house"
        names = frozenset(name for name in names if bool(_PERSON.match(name)) == wanted)
    if facet == "line":
        return frozenset(bare_name(end) for name in names for end in name.split("-") if end)
    return names


def _names(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    """Return how far the names of either are found anywhere in what the other says.

    What one calls a road's end another calls a village, a house or a temple.
    """
    missing_a, known_a = _not_found(a, b)
    missing_b, known_b = _not_found(b, a)
    least = [
        missing / known for missing, known in ((missing_a, known_a), (missing_b, known_b)) if known
    ]
    return {
        "names_known": float(bool(known_a)) + float(bool(known_b)),
        "names_missing_most": max(least, default=-0.1),
        "names_missing_least": min(least, default=-0.1),
        "names_missing_both": float(bool(missing_a and missing_b)),
        "names_shared_any": float(known_a > missing_a or known_b > missing_b),
    }


def _not_found(a: ProjectProfile, b: ProjectProfile) -> tuple[int, int]:
    said = _said(b)
    names = [name for name in a.traits.names if len(name) >= _LEAST_NAME]
    return sum(not _is_in(name, said) for name in names), len(names)


def _is_in(name: str, said: str) -> bool:
    if name in said:
        return True
    if len(name) < 2 * _LEAST_NAME:
        return False
    return fuzz.partial_ratio(name, said) >= 88


def _said(project: ProjectProfile) -> str:
    traits = project.traits
    names = "|".join(sorted(name for found in traits.places.values() for name in found))
    return f"{fold_name(traits.plain)}|{names}"


def _numbers(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    """Compare the numbers of two names, years and places with them."""
    one, other = _all(_NUMBER, a.traits.plain), _all(_NUMBER, b.traits.plain)
    values = _compared("numbers", one, other)
    values["numbers_both_left"] = float(bool(one - other and other - one))
    ours, theirs = _all(_NUMBER, a.traits.work), _all(_NUMBER, b.traits.work)
    return values | _compared("work_numbers", ours, theirs)


def _differences(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    """Return the letters that differ between two names, where little does."""
    one, other = _tight(a.traits.plain), _tight(b.traits.plain)
    replaced, added, digits = _replaced(*sorted((one, other)))
    return {
        "replaced": min(60, replaced) / 60,
        "added": min(60, added) / 60,
        "digits": float(digits),
    }


@lru_cache(maxsize=100_000)
def _replaced(one: str, other: str) -> tuple[int, int, bool]:
    matcher = SequenceMatcher(None, one[:200], other[:200], autojunk=False)
    replaced = added = 0
    digits = False
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "replace":
            replaced += max(j - i, m - k)
            digits = digits or any(char.isdigit() for char in one[i:j] + other[k:m])
        elif tag != "equal":
            added += j - i + m - k
    return replaced, added, digits


def _time(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    one, other = a.years, b.years
    known = bool(one and other)
    shared = len(one & other)
    gap = 0 if shared or not known else min(abs(x - y) for x in one for y in other)
    more = [bool(_MORE.search(project.traits.plain)) for project in (a, b)]
    recurring = [bool(_RECURRING.search(project.traits.plain)) for project in (a, b)]
    return {
        "years_known": float(known),
        "years_same": float(known and one == other),
        "years_inside": float(bool(shared) and one != other),
        "years_gap": float(min(gap, 4)),
        "more_any": float(any(more)),
        "more_all": float(all(more)),
        "recurring_all": float(all(recurring)),
        "recurring_any": float(any(recurring)),
    }


def _money(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    if not a.money or not b.money:
        return {"money_known": 0.0, "money_ratio": 0.0, "money_far": 0.0}
    ratio = abs(math.log(float(a.money) / float(b.money)))
    return {
        "money_known": 1.0,
        "money_ratio": min(max(ratio - 0.1, 0.0), 4.0),
        "money_far": float(ratio > 1.5),
    }


def _askers(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    """Compare who asks. Kinds of document are left out: they tell how pairs were written."""
    body_a, body_b = a.body, b.body
    known = bool(body_a and body_b)
    same = known and body_a is not None and body_b is not None and body_a.name == body_b.name
    kinds = {body.kind for body in (body_a, body_b) if body}
    return {
        "bodies_known": float(known),
        "bodies_same": float(same),
        "bodies_other": float(known and not same),
        "bodies_one_above": float(known and len(kinds) == 2 and "pao" in kinds),
        "bodies_rival": float(known and not same and len(kinds) == 1),
        **_compared("named_area", a.traits.areas, b.traits.areas),
        "area_named_by_other": float(_area_named(a, b) or _area_named(b, a)),
    }


def _area_named(a: ProjectProfile, b: ProjectProfile) -> bool:
    """Return whether what one says names the area of the other's own body."""
    areas = a.places["area"] if a.body and not a.traits.areas else frozenset()
    return any(len(area) >= _LEAST_NAME and area in _said(b) for area in areas)


def finest_conflicts(a: ProjectProfile, b: ProjectProfile) -> Iterator[str]:
    """Yield the facets finer than an area in which two projects name different places."""
    for facet in (*_FACETS, "house"):
        one, other = _facet(a, facet), _facet(b, facet)
        if one and other and not one & other:
            yield facet
