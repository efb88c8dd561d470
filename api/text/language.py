"""The language of messages: Thai unless English is asked for."""

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
    """Set the language of this context."""
    _current.set(language)


def chosen(arguments: Sequence[str]) -> Language:
    """Return the language of a command line before it is parsed.

    Usage errors and help texts have to be worded before all options are known.
    The last `--lang` wins, then `PHAEN_LANG`, then Thai.
    """
    choice = os.environ.get("PHAEN_LANG", "")
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and index + 1 < len(arguments):
            choice = arguments[index + 1]
        elif argument.startswith("--lang="):
            choice = argument.removeprefix("--lang=")
    return "en" if choice.lower().startswith("en") else "th"


def accepted(header: str | None) -> Language:
    """Return the language of an `Accept-Language` header: English only if named before Thai."""
    named = [part.strip()[:2].lower() for part in (header or "").split(",")]
    known = [part for part in named if part in LANGUAGES]
    return "en" if known[:1] == ["en"] else "th"


def in_language(thai: str, english: str, language: Language | None = None) -> str:
    """Return the Thai or the English of two texts that say the same."""
    return english if (language or current()) == "en" else thai
