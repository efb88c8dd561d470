"""The trained model as data: lists of named features with weights, and what they add up to.

`statements.json` beside this module is written by `tools/train_statements.py`; it is read once,
on first use. A score is the sum of the weights of the features that are there, and a
probability is its logistic. A feature counts once for all kinds of statement and once for the
kind at hand, so that rare kinds learn from frequent ones.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

_NONE: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression over named features; `of_kind` are further weights for each kind."""

    bias: float
    weights: Mapping[str, float]
    of_kind: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def logit(self, names: Iterable[str], kind: str = "") -> float:
        """Return the logarithm of the odds; a feature named twice counts once."""
        common, own = self.weights, self.of_kind.get(kind, _NONE)
        named = set(names)
        odds = self.bias + sum([common[name] for name in named if name in common])
        return odds + sum([own[name] for name in named if name in own]) if own else odds

    def probability(self, names: Iterable[str], kind: str = "") -> float:
        """Return the probability."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.logit(names, kind)))))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form, names in order."""
        return {
            "bias": self.bias,
            "weights": dict(sorted(self.weights.items())),
            "of_kind": {k: dict(sorted(w.items())) for k, w in sorted(self.of_kind.items())},
        }


@dataclass(frozen=True, slots=True)
class Model:
    """What may begin a statement at all, what does, what ends it, and whether the whole holds."""

    screens: Linear
    opens: Linear
    closes: Linear
    holds: Linear


@cache
def model() -> Model:
    """Return the model that comes with the package."""
    text = (files(__package__) / "statements.json").read_text("utf-8")
    parts = json.loads(text)["parts"]
    return Model(**{name: Linear(**parts[name]) for name in Model.__slots__})
