"""What is done: the verb, the object and the words of a project's name without its places."""

import re
from dataclasses import dataclass
from typing import Any

from ingest.project_names.vocabulary import EMPTY, STANDARDS, VERBS
from ingest.thai.words import words

_VERB_OF = {verb: group[0] for group in VERBS for verb in group}
_STANDARDS = re.compile(STANDARDS)
_OPENING = re.compile(r"^(?:\(?ร่าง\)?\s*)?(?:โครงการ|กิจกรรม|งาน(?=ก่อสร้าง|ปรับปรุง|ซ่อม))\s*")
_BARS = re.compile(r"(?:[|()\s,\"'–/]|(?<![a-z])-|-(?![a-z]))+")
_DANGLING = re.compile(
    r"\s*(?:ภายในเขต|ภายใน|บริเวณ|ในพื้นที่|ในเขต|พื้นที่|ระหว่าง|ช่วงดำเนินการ|เชื่อม|ขนาด|และ|จาก|ถึง|ณ|ที่|ช่วง|ตอน|ใน|เขต)+\s*(?=\||$)"
)


@dataclass(frozen=True, slots=True)
class Work:
    """The work a name tells of.

    `verb` is the group its verb belongs to (ซ่อมแซม comes to ปรับปรุง), `standard` the
    material or method, `words` what tells this work from others, in order.
    """

    text: str
    verb: str | None
    standard: str | None
    words: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "text": self.text,
            "verb": self.verb,
            "standard": self.standard,
            "words": list(self.words),
        }


def work(rest: str) -> Work:
    """Read the work from a plain name whose places and numbers were taken out."""
    remaining = _DANGLING.sub(" ", _OPENING.sub("", rest.strip(" |")))
    text = _BARS.sub(" ", remaining).strip()
    standard = _STANDARDS.search(text)
    return Work(
        text=text,
        verb=_verb(text),
        standard=standard[0] if standard else None,
        words=tuple(word for word in words(text) if word not in EMPTY and len(word) > 1),
    )


def _verb(text: str) -> str | None:
    """Return the verb group of the longest verb the name begins with."""
    beginnings = [verb for verb in _VERB_OF if text.startswith(verb)]
    return _VERB_OF[max(beginnings, key=len)] if beginnings else None
