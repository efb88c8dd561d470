"""Keys as rows of a page's table."""

from __future__ import annotations

from collections.abc import Iterable

from api.text.language import Language
from api.text.messages import message
from api.text.people import role_name, token_state
from api.text.times import shown_date, shown_time
from kb.people.tokens import Token

_LOOKS = {"state-valid": "good", "state-expired": "bad", "state-revoked": "none"}


def key_rows(tokens: Iterable[Token], language: Language) -> list[dict[str, object]]:
    """Return the cells of each key's row, in words; no secret is among them."""
    return [
        {
            "id": token.id,
            "name": token.name,
            "user": token.user,
            "role": role_name(token.role, language),
            "used": shown_time(token.used_at, language)
            if token.used_at
            else message("never", language),
            "until": shown_date(token.expires_at, language),
            "state": message(token_state(token), language),
            "look": _LOOKS[token_state(token)],
            "valid": token.valid,
        }
        for token in tokens
    ]
