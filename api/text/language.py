"""The language people are spoken to in: Thai unless they ask for English."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Literal, get_args

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_current: ContextVar[Language] = ContextVar("language", default="th")


def current() -> Language:
    """Return the language of this call."""
    return _current.get()


def use(language: Language) -> None:
    """Speak this language from here on."""
    _current.set(language)


def chosen(arguments: Sequence[str]) -> Language:
    """Find the language a command line asks for, before it is parsed.

    Usage errors and help texts have to be worded before all options are known.
    The last `--lang` wins, then `PHAEN_LANG`, then Thai.
    """
    asked = os.environ.get("PHAEN_LANG", "")
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and index + 1 < len(arguments):
            asked = arguments[index + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return "en" if asked.lower().startswith("en") else "th"


def accepted(header: str | None) -> Language:
    """Choose from an `Accept-Language` header: English only where it is named before Thai."""
    named = [part.strip()[:2].lower() for part in (header or "").split(",")]
    known = [part for part in named if part in LANGUAGES]
    return "en" if known[:1] == ["en"] else "th"
