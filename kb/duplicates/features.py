"""Features of a pair of projects: what they share and where they differ, for the model.

Three questions are asked of a pair: is it the same work, is it done elsewhere, is it the
next stage or year. Each has its own features, all between 0 and 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz

from ingest.project_names.vocabulary import VERBS
from ingest.thai.words import words
from kb.duplicates.places import GROUPS, LEVELS
from kb.duplicates.profile import ProjectProfile
from kb.duplicates.traits import Traits, distinctive_words
from kb.reference.concepts import lexicon

_GENERAL = frozenset(
    word for group in VERBS for verb in group for word in (verb, *words(verb))
) | frozenset("ระบบ อาคาร ชุมชน ประชาชน สาธารณะ ขยายเขต เขต เด็ก ศูนย์ คุณภาพ".split())
"""Words too general to be what a work is about: verbs of work, and these."""

_KINDS = re.compile(
    "ลำห้วย|ห้วย|ลำคลอง|คลอง|แม่น้ำ|หนอง|บึง|อ่างเก็บน้ำ|ลำเหมือง|ตลาดสด|ตลาดน้ำ|ตลาด|จุดชมวิว|น้ำตก|ถ้ำ|หาด|เกาะ|ดอย|เขา"
    "|สวนสาธารณะ|วัด|โรงเรียน|ศูนย์พัฒนาเด็กเล็ก|โรงพยาบาล|ฝั่งซ้าย|ฝั่งขวา|ฝั่งเหนือ|ฝั่งใต้|ฝั่งตะวันออก|ฝั่งตะวันตก|ด้านซ้าย|ด้านขวา"
)
_SITES = re.compile("ตลาดสด|ตลาดน้ำ|ตลาด|จุดชมวิว|น้ำตก|ถ้ำ|หาด|เกาะ|สวนสาธารณะ|วัด|โรงเรียน")
"""Kinds of place that stay in the work: a market's toilet is not a viewpoint's."""

_RECURRING = re.compile("ประจำปี|วัน|ประเพณี|เบี้ย|แข่งขัน|เงินอุดหนุน|อาหารกลางวัน|นม")
_COST_WORDS = frozenset(
    "ค่า ค่าใช้จ่าย ค่าตอบแทน วัสดุ ครุภัณฑ์ เงินอุดหนุน อุดหนุน สนับสนุน สำหรับ จัดซื้อ จัดหา ซื้อ รายจ่าย ใช้สอย".split()
)
"""Words for kinds of cost: works that share nothing else pay for different things."""

_BRACKETS = re.compile(r"\(([^()\d]{3,60})\)")
_DIGITS = re.compile(r"\d+")
_TIME_FACETS = frozenset({"term", "phase", "section", "batch", "round", "year"})
_CLOSE, _FAR = Decimal("1.15"), Decimal(3)
"""Ratios of two sums of money that are close, and far apart."""

FeatureValues = dict[str, float]


@dataclass(frozen=True, slots=True)
class PairFeatures:
    """The features of one pair, by the question they answer."""

    work: FeatureValues
    place: FeatureValues
    time: FeatureValues


def pair_features(a: ProjectProfile, b: ProjectProfile) -> PairFeatures:
    """Return the features of two projects."""
    place = _place(a, b)
    time = _time(a, b)
    return PairFeatures(_work(a.traits, b.traits, place), place, time)


def _work(a: Traits, b: Traits, place: FeatureValues) -> FeatureValues:
    ratio, partial = _wordings(a.wording, b.wording)
    shared, either = len(a.words & b.words), len(a.words | b.words)
    least = min(len(a.words), len(b.words))
    contained = shared / least if least else 0.0
    concepts, themes = _concepts(a, b)
    both_verbs = bool(a.verb and b.verb)
    both_standards = bool(a.standard and b.standard)
    more = any(kind == "more" for kind, _ in (*a.stages, *b.stages))
    unshared = sorted((len(a.words - b.words), len(b.words - a.words)))
    objects_a, objects_b = a.words - _GENERAL, b.words - _GENERAL
    objects = len(objects_a & objects_b)
    return {
        "objects": objects / max(1, len(objects_a | objects_b)),
        "objects_contained": objects / max(1, min(len(objects_a), len(objects_b))),
        "objects_other": float(bool(objects_a and objects_b) and not objects),
        "verb_other_objects": (both_verbs and a.verb != b.verb)
        * objects
        / max(1, len(objects_a | objects_b)),
        "equal": float(a.wording == b.wording),
        "words": shared / either if either else 0.0,
        "contained": contained,
        "ratio": ratio,
        "partial": partial,
        "ratio_high": max(0.0, ratio - 0.6) / 0.4,
        "few": 1.0 / (1 + least),
        "verb_same": float(both_verbs and a.verb == b.verb),
        "verb_other": float(both_verbs and a.verb != b.verb),
        "standard_same": float(both_standards and a.standard == b.standard),
        "standard_other": float(both_standards and a.standard != b.standard),
        "concepts": concepts,
        "themes": themes,
        "no_concepts": float(not a.concepts or not b.concepts),
        "left_least": min(unshared[0], 4) / 4,
        "left_most": min(unshared[1], 6) / 6,
        "left_both": float(unshared[0] > 0),
        "more": float(more),
        "more_contained": more * contained,
        "bracket_other": _brackets_differ(a, b),
        "heads_only": float(unshared[0] > 0 and shared > 0 and a.words & b.words <= _COST_WORDS),
        "names": place["names"],
        "one_theme": float(themes > 0),
        "one_concept": float(concepts > 0),
    }


def _brackets_differ(a: Traits, b: Traits) -> float:
    """Return 1 where the brackets of two works have nothing in common: (เงินเดือน), (ค่าเช่าบ้าน)."""
    words_a, words_b = _bracketed(a.plain, a.work), _bracketed(b.plain, b.work)
    return float(bool(words_a and words_b) and not words_a & words_b)


@lru_cache(maxsize=100_000)
def _bracketed(plain: str, work: str) -> frozenset[str]:
    """Return the distinctive words in a work's brackets, without general ones."""
    work_without_blanks = "".join(work.split())
    brackets = [
        text for text in _BRACKETS.findall(plain) if "".join(text.split()) in work_without_blanks
    ]
    return frozenset(word for text in brackets for word in distinctive_words(text)) - _GENERAL


@lru_cache(maxsize=200_000)
def _wordings(a: str, b: str) -> tuple[float, float]:
    joined_a, joined_b = a.replace(" ", ""), b.replace(" ", "")
    ratio = fuzz.ratio(joined_a, joined_b) / 100
    partial = fuzz.partial_ratio(joined_a, joined_b) / 100 if joined_a and joined_b else 0.0
    return ratio, partial


def _concepts(a: Traits, b: Traits) -> tuple[float, float]:
    if not a.concepts or not b.concepts:
        return 0.0, 0.0
    themes_a, themes_b = _themes(a.concepts, a.words), _themes(b.concepts, b.words)
    themes = len(themes_a & themes_b) / max(1, len(themes_a | themes_b))
    return len(a.concepts & b.concepts) / len(a.concepts | b.concepts), themes


@lru_cache(maxsize=100_000)
def _themes(concepts: frozenset[str], words: frozenset[str]) -> frozenset[str]:
    """Return the themes of a work's ideas; of its single words where those have none.

    A long term hides the ideas within it: ผู้ดูแลผู้สูงอายุ is a profession of no theme.
    """
    within = (concept for word in words for concept in lexicon().find(word))
    return lexicon().themes_of(concepts) or lexicon().themes_of(within)


def _place(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    values: FeatureValues = {}
    for group in (*GROUPS, *LEVELS):
        values[f"{group}_same"], values[f"{group}_other"] = _sets(a.places[group], b.places[group])
    values["area_same"], values["area_other"] = _areas(a, b)
    names_a, names_b = a.traits.names, b.traits.names
    values["names"] = (
        len(names_a & names_b) / min(len(names_a), len(names_b)) if names_a and names_b else 0.0
    )
    values["names_other"] = float(bool(names_a and names_b) and not names_a & names_b)
    values["names_partly"] = float(
        bool(names_a - names_b) and bool(names_b - names_a) and bool(names_a & names_b)
    )
    fine_a, fine_b = _fine(a), _fine(b)
    values["fine_same"] = max(values[f"{group}_same"] for group in GROUPS)
    values["fine_other"] = max(values[f"{group}_other"] for group in GROUPS)
    values["fine_one_side"] = float(fine_a != fine_b)
    values["fine_none"] = float(not fine_a and not fine_b)
    values["kind_other"] = _kinds_differ(_KINDS, a.traits.work, b.traits.work)
    if _kinds_differ(_SITES, a.traits.work, b.traits.work):
        values["spot_same"] = values["building_same"] = 0.0
        values["fine_other"] = 1.0
    values["digits_other"] = _digits(a.traits, b.traits)
    values["rival"] = float(_same_kind_of_body(a, b))
    values["strangers"] = float(
        bool(a.body and b.body and a.body.name != b.body.name)
        and not any(value for name, value in values.items() if name.endswith("_same"))
        and not values["names"]
    )
    values["untold"] = float(places_incomparable(a, b))
    values["body_same"] = float(bool(a.body and b.body and a.body.name == b.body.name))
    values["one_text"] = float(a.traits.plain == b.traits.plain)
    left = a.traits.words ^ b.traits.words
    values["left_both"] = float(bool(left & a.traits.words) and bool(left & b.traits.words))
    return values


def places_incomparable(a: ProjectProfile, b: ProjectProfile) -> bool:
    """Return whether nothing that the two say of their places can be compared."""
    if a.body and b.body and a.body.name == b.body.name:
        return False
    comparable = any(names and b.places[group] for group, names in a.places.items())
    return not comparable and not (a.traits.names and b.traits.names)


def _fine(project: ProjectProfile) -> bool:
    return any(project.places[group] for group in GROUPS)


@lru_cache(maxsize=100_000)
def _sets(a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
    """Return how far two sets of names agree and how far they differ; 0, 0 where one is empty."""
    if not a or not b:
        return 0.0, 0.0
    shared = len(a & b)
    if not shared:
        close = max(fuzz.ratio(x, y) for x in a for y in b)
        inside = any(x in y or y in x for x in a for y in b if min(len(x), len(y)) > 5)
        return 0.0, 0.7 if inside and close > 60 else 1.0
    if a <= b or b <= a:
        return 1.0, 0.2 * (a != b)
    return shared / len(a | b), 0.6


def _areas(a: ProjectProfile, b: ProjectProfile) -> tuple[float, float]:
    """Compare areas; a town's own area holds the subdistricts that a title may name instead."""
    same, other = _sets(a.places["area"], b.places["area"])
    named = [bool(project.traits.areas) for project in (a, b)]
    is_town = any(project.body and project.body.kind == "municipality" for project in (a, b))
    one_body = bool(a.body and b.body and a.body.name == b.body.name)
    return same, 0.0 if named[0] != named[1] and (is_town or one_body) else other


def _kinds_differ(kinds: re.Pattern[str], a: str, b: str) -> float:
    kinds_a, kinds_b = set(kinds.findall(a)), set(kinds.findall(b))
    return float(bool(kinds_a and kinds_b) and not kinds_a & kinds_b)


def _digits(a: Traits, b: Traits) -> float:
    """Return 1 where numbers left in the works differ: building 2 is not building 4."""
    digits_a, digits_b = set(_DIGITS.findall(a.work)), set(_DIGITS.findall(b.work))
    return float(bool(digits_a and digits_b) and digits_a != digits_b)


def _same_kind_of_body(a: ProjectProfile, b: ProjectProfile) -> bool:
    """Return whether two bodies of one kind ask, each for its own territory."""
    body_a, body_b = a.body, b.body
    return bool(body_a and body_b and body_a.kind == body_b.kind and body_a.name != body_b.name)


def _time(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    stages_a, stages_b = dict(a.traits.stages), dict(b.traits.stages)
    common = [kind for kind in stages_a if kind in stages_b]
    is_next = any(stages_a[kind] != stages_b[kind] for kind in common if kind in _TIME_FACETS)
    steps_a, steps_b = set(stages_a) - {"more"}, set(stages_b) - {"more"}
    years = _years(a.years, b.years)
    return (
        years
        | _amounts(a, b)
        | {
            "stage_next": float(is_next),
            "stage_same": float(bool(common) and not is_next),
            "stage_one_side": float(bool(steps_a) != bool(steps_b)),
            "more_one_side": float(("more" in stages_a) != ("more" in stages_b)),
            "more_both": float("more" in stages_a and "more" in stages_b),
            "title_years_other": float(
                bool(a.traits.years and b.traits.years) and not a.traits.years & b.traits.years
            ),
            "recurring": float(all(_RECURRING.search(project.traits.plain) for project in (a, b))),
            "one_text": float(a.traits.plain == b.traits.plain),
        }
    )


def _years(a: frozenset[int], b: frozenset[int]) -> FeatureValues:
    if not a or not b:
        return {"years_shared": 0.0, "years_next": 0.0, "years_apart": 0.0, "years_unknown": 1.0}
    gap = 0 if a & b else min(abs(x - y) for x in a for y in b)
    return {
        "years_shared": float(gap == 0),
        "years_next": float(gap == 1),
        "years_apart": float(gap > 1),
        "years_unknown": 0.0,
    }


def _amounts(a: ProjectProfile, b: ProjectProfile) -> FeatureValues:
    quantities_a, quantities_b = a.traits.quantities, b.traits.quantities
    common = [key for key in quantities_a if key in quantities_b]
    same = sum(bool(quantities_a[key] & quantities_b[key]) for key in common)
    ratio = a.money / b.money if a.money and b.money else None
    if ratio and ratio < 1:
        ratio = 1 / ratio
    return {
        "quantity_same": same / len(common) if common else 0.0,
        "quantity_other": 1 - same / len(common) if common else 0.0,
        "money_close": float(ratio is not None and ratio <= _CLOSE),
        "money_far": float(ratio is not None and ratio > _FAR),
    }
