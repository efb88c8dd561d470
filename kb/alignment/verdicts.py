"""Records of an alignment: the verdict on a proposal, its matches, and the chain above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from kb.alignment.subject_terms import SubjectTerms
from kb.loading.proposals import Proposal
from kb.reference.frameworks import Node
from kb.store.records import StoredStatement

AlignmentVerdict = Literal["aligned", "weak", "not_aligned", "cannot_tell"]
VERDICTS: tuple[AlignmentVerdict, ...] = get_args(AlignmentVerdict)
ALIGNED, WEAK = 0.55, 0.25
"""The least scores of a single target that are called `aligned` and `weak`."""

NODE_ALIGNED = 0.75
"""The least score of a framework's node that is called `aligned`: frameworks are wide."""

TOUCHED = 0.55
"""A proposal that serves nothing surely is `weak` where it touches something this surely."""

MISDECLARED = 0.22
"""A declared strategy is said not to fit where that is this sure: of writers held out, one sound
declaration of a hundred was said so, and nine of ten that were planted under another issue."""


def verdict_of(score: float, aligned: float = ALIGNED) -> AlignmentVerdict:
    """Return the verdict for a calibrated score."""
    if score >= aligned:
        return "aligned"
    return "weak" if score >= WEAK else "not_aligned"


@dataclass(frozen=True, slots=True)
class Target:
    """What may be served: a statement of a plan, a node of a framework, or a bare text."""

    id: str
    text: str
    terms: SubjectTerms
    source: StoredStatement | Node | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form: the statement's, or the node's under the same names."""
        if isinstance(self.source, StoredStatement):
            return self.source.to_dict()
        kind = self.source.framework if isinstance(self.source, Node) else "declared"
        return {"id": self.id, "kind": kind, "text": self.text}


class Sentence(NamedTuple):
    """The same words in Thai and in English; texts that are quoted stay as they are."""

    thai: str
    english: str


@dataclass(frozen=True, slots=True)
class TargetMatch:
    """A target, how surely a proposal serves it, and the phrases that both share.

    `theme` names the proposal's main theme, `target_theme` that of the target.
    """

    target: Target
    score: float
    theme: Sentence
    target_theme: Sentence
    proposal_phrases: tuple[str, ...]
    target_phrases: tuple[str, ...]

    @property
    def verdict(self) -> AlignmentVerdict:
        """The verdict on this target alone."""
        is_node = isinstance(self.target.source, Node)
        return verdict_of(self.score, NODE_ALIGNED if is_node else ALIGNED)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        theme_differs = self.theme != self.target_theme and self.verdict == "not_aligned"
        return {
            "statement": self.target.to_dict(),
            "score": round(self.score, 3),
            "verdict": self.verdict,
            "why": {
                "proposal": list(self.proposal_phrases),
                "statement": list(self.target_phrases),
                "theme": self.theme.thai,
                "statement_theme": self.target_theme.thai,
                "theme_en": self.theme.english,
                "statement_theme_en": self.target_theme.english,
                "against": ["theme-differs"] if theme_differs else [],
            },
        }


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One step of the chain: what is served on a level, and how that is known.

    `origin` is `declared` (the proposal says so), `published` (a framework's own link)
    or `inferred` (by the model); `score` is 1 unless it is inferred. `source` is the
    document and page, `proposal`, `model`, or who published a link.
    """

    level: str
    id: str
    text: str
    score: float
    origin: Literal["declared", "published", "inferred"]
    source: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "level": self.level,
            "id": self.id,
            "text": self.text,
            "score": round(self.score, 3),
            "origin": self.origin,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Alignment:
    """The answer on one proposal.

    `score` is how surely it serves anything it was compared with. `best` are the matches, as a
    reviewer would name them; `declared` is the strategy the proposal names, scored like any
    other, and `doubt` how surely it does not fit, None where it is no link to a plan. `notes`
    are codes of what keeps the verdict from being given, or of what should be known with it;
    `change` says what would change the verdict, where that is known, and ends the reason too.
    """

    proposal: Proposal
    verdict: AlignmentVerdict
    score: float
    reason: Sentence
    best: tuple[TargetMatch, ...] = ()
    chain: tuple[ChainLink, ...] = ()
    declared: TargetMatch | None = None
    notes: tuple[str, ...] = ()
    doubt: float | None = None
    change: Sentence | None = None

    @property
    def declared_fits(self) -> bool | None:
        """Whether the declared strategy fits; None where that is not known."""
        if self.declared is None or self.doubt is None or self.verdict == "cannot_tell":
            return None
        return self.doubt < MISDECLARED

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        declared = None
        if self.declared is not None:
            declared = self.declared.to_dict() | {"fits": self.declared_fits}
        return {
            "proposal": self.proposal.to_dict(),
            "verdict": self.verdict,
            "score": round(self.score, 3),
            "reason": self.reason.thai,
            "reason_en": self.reason.english,
            "best": [match.to_dict() for match in self.best],
            "chain": [link.to_dict() for link in self.chain],
            "declared": declared,
            "notes": list(self.notes),
            "change": self.change.thai if self.change else None,
            "change_en": self.change.english if self.change else None,
        }
