"""The trained model as data: three lists of named features with weights, and what they add up to.

`statements.json` beside this module is written by `tools/train_statements.py`; it is read once,
on first use. A score is the sum of the weights of the features that are there, and a
probability is its logistic.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression over named features."""

    bias: float
    weights: Mapping[str, float]

    def logit(self, names: Iterable[str]) -> float:
        """Return the logarithm of the odds; a feature named twice counts once."""
        weights = self.weights
        return self.bias + sum([weights[name] for name in set(names) if name in weights])

    def probability(self, names: Iterable[str]) -> float:
        """Return the probability."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.logit(names)))))


@dataclass(frozen=True, slots=True)
class Model:
    """What begins a statement, what ends it, and how far the whole is to be believed."""

    opens: Linear
    closes: Linear
    holds: Linear


@cache
def model() -> Model:
    """Return the model that comes with the package."""
    text = (files("ingest.extract.statements.learned") / "statements.json").read_text("utf-8")
    parts = json.loads(text)["parts"]
    return Model(*(Linear(parts[n]["bias"], parts[n]["weights"]) for n in Model.__slots__))
