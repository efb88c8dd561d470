"""Why a record was found, in one line for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.text.language import Language, current
from api.text.messages import message


def reasons(hit: Mapping[str, Any], language: Language | None = None) -> str:
    """Say how relevant a hit is and by what: the words it shares, or its meaning."""
    language = language or current()
    why = hit["why"]
    words = ", ".join(str(word) for word in why.get("words") or [])
    told = [message("relevance", language, percent=int(hit["relevance"] * 100))]
    if words:
        told.append(message("why-words", language, words=words))
    elif why.get("meaning") is not None:
        told.append(message("why-meaning", language))
    return " · ".join(told)
