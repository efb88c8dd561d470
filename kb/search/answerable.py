"""Whether a question is one that plans answer, or one about something else altogether.

How near the best record comes does not say it: a long tale of a bad road comes near nothing,
and the price of fertiliser comes near every plan of a farming district. So the question itself
is judged, by its vector, together with the best evidence found for it; both are logistic
functions learnt from written questions (`tools/train_answerable.py`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from kb.arrays import Vectors
from kb.search.candidate import Judged

EVEN = 0.5
"""From here on a question is one that plans answer."""
LOOKED_AT = 10
"""So many of the likeliest records tell what words of the question were found."""
_FILE = Path(__file__).with_name("answerable.json")
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Answerable:
    """The learnt decision. `fingerprint` is that of the encoder whose vectors it reads.

    `vector` and `bias` judge the question alone; `weights` join that judgement, as
    `question`, with the parts of `evidence_of`.
    """

    fingerprint: str
    vector: Vectors
    bias: float
    weights: Mapping[str, float]

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Answerable:
        """Return the decision that a JSON record holds."""
        vector = np.asarray(record["vector"], dtype=np.float32)
        return cls(record["encoder"], vector, record["bias"], record["weights"])

    def probability(self, question: Vectors, judged: Sequence[Judged]) -> float:
        """Return how likely plans answer a question, in [0, 1].

        `question` is its vector, `judged` what was found for it, the likeliest first.
        """
        parts = evidence_of(judged)
        parts["question"] = float(question @ self.vector) + self.bias
        value = self.weights["bias"] + sum(self.weights[name] * parts[name] for name in parts)
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, value))))


def evidence_of(judged: Sequence[Judged]) -> dict[str, float]:
    """Return what the likeliest records say of a question as a whole.

    `relevance` is the logit of the best one, `grams` the greatest share of the question's runs
    of letters that one of the first records has.
    """
    best = judged[0].relevance if judged else 0.0
    best = min(max(best, _LEAST), 1 - _LEAST)
    grams = max((one.evidence.grams for one in judged[:LOOKED_AT]), default=0.0)
    return {"relevance": math.log(best / (1 - best)), "grams": grams}


@cache
def learnt() -> Answerable:
    """Return the decision that comes with the program."""
    return Answerable.from_dict(json.loads(_FILE.read_text("utf-8")))
