"""People, keys and changes in the words of a language: for tables, pages and workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.text.labels import REVIEWS, STATEMENTS, label
from api.text.language import Language, current
from api.text.messages import MESSAGES, message
from api.text.times import shown_date
from kb.people.person import Person
from kb.people.tokens import Token
from kb.store.changes import Change


def role_name(role: str, language: Language | None = None) -> str:
    """Return the name of a role."""
    return message(f"role-{role}", language)


def scope_name(scope: tuple[str, ...] | None, language: Language | None = None) -> str:
    """Return the bodies a person may change, as one line."""
    if scope is None:
        return message("scope-all", language)
    return " · ".join(scope) or message("scope-none", language)


def state_name(person: Person, language: Language | None = None) -> str:
    """Return whether a person can log in."""
    if person.disabled:
        return message("state-disabled", language)
    return message("state-active" if person.has_password else "state-no-password", language)


def token_state(token: Token) -> str:
    """Return the code of a key's state: `state-valid`, `state-revoked` or `state-expired`."""
    if token.revoked_at:
        return "state-revoked"
    return "state-valid" if token.valid else "state-expired"


def actor_name(actor: str, language: Language | None = None) -> str:
    """Return who made a change, in words where it was no person."""
    kind, _, name = actor.partition(":")
    if actor in ("local", "token"):
        return message(f"actor-{actor}", language)
    if kind == "terminal" and name:
        return message("actor-terminal", language, name=name)
    return message("actor-nobody", language) if actor == "-" else actor


def action_name(change: Change, language: Language | None = None) -> str:
    """Return what was done."""
    code = f"action-{change.action.replace('.', '-')}"
    return message(code, language) if code in MESSAGES else change.action


def state_words(state: Mapping[str, Any] | None, language: Language | None = None) -> str:
    """Return what something was before or after a change, as one line."""
    parts = []
    for name, value in (state or {}).items():
        if value in (None, "", []) and name != "scope":
            continue
        code = f"state-field-{name}"
        known = message(code, language) if code in MESSAGES else name
        parts.append(f"{known}: {_value(name, value, language)}")
    return " · ".join(parts)


def subject_name(change: Change) -> str:
    """Return what was changed, by its title where the log knows it."""
    for state in (change.after, change.before):
        if state and change.action.startswith(("document.", "bin.", "token.")):
            known = state.get("title") or state.get("name")
            if known:
                return str(known)
    return change.subject


def coded_word(name: str, value: str, language: Language) -> str | None:
    """Return the word of a form's field that holds a code, such as a verdict; None for text."""
    if name not in ("verdict", "kind", "role"):
        return None
    return _value(name, value, language)


def _value(name: str, value: Any, language: Language | None) -> str:
    if isinstance(value, bool):
        return message("yes" if value else "no", language)
    if name == "role":
        return role_name(str(value), language)
    if name == "scope":
        return scope_name(None if value is None else tuple(value), language)
    if name == "expires_at":
        return shown_date(str(value), language or current())
    if name in ("verdict", "review"):
        return label(REVIEWS, str(value), language)
    if name == "kind":
        return label(STATEMENTS, str(value), language)
    return str(value)
