"""Every message to people, Thai and English, by its code.

The code of a `PhaenError` names its message; `{names}` are filled from its details. The
words stand in `api.text.wording`. A code without a message is a mistake that a test finds.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from api.text.language import Language, current
from api.text.wording.access import ACCESS
from api.text.wording.comparison import COMPARISON
from api.text.wording.duplicates import DUPLICATES
from api.text.wording.files import FILES
from api.text.wording.knowledge import KNOWLEDGE
from api.text.wording.people import PEOPLE
from api.text.wording.proposals import PROPOSALS
from api.text.wording.questions import QUESTIONS
from api.text.wording.shown import SHOWN
from api.text.wording.site import SITE
from api.text.wording.web import WEB
from ingest.errors import PhaenError

MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **ACCESS,
        **PEOPLE,
        **SITE,
        **FILES,
        **KNOWLEDGE,
        **SHOWN,
        **WEB,
        **QUESTIONS,
        **DUPLICATES,
        **COMPARISON,
        **PROPOSALS,
    }
)


class _Details(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def message(code: str, language: Language | None = None, /, **details: object) -> str:
    """Return a message in the given or current language; an unknown code is returned as it is."""
    if code not in MESSAGES:
        listed = ", ".join(f"{name}: {printable(value)}" for name, value in details.items())
        return f"{code} ({listed})" if listed else code
    wording = MESSAGES[code][(language or current()) == "en"]
    shown = _Details({name: printable(value) for name, value in details.items()})
    return string.Formatter().vformat(wording, (), shown)


def explain(error: PhaenError, language: Language | None = None) -> str:
    """Return the message of an error."""
    return message(error.code, language, **error.details)


def error_json(error: PhaenError, language: Language | None = None) -> dict[str, str]:
    """Return the JSON form of an error: its stable code and its message."""
    return {"code": error.code, "message": explain(error, language)}


def printable(value: object) -> str:
    """Return a value on one line, control characters (a newline in a file name) escaped."""
    return "".join(
        char if char.isprintable() or char == " " else char.encode("unicode_escape").decode()
        for char in str(value)
    )
