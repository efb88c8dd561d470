"""Passwords: what is asked of them, and their hashes (Argon2id by `pwdlib`).

Length is what counts (OWASP ASVS 2.1, NIST SP 800-63B): any characters, Thai ones too, no
rules of composition, no change after so many days.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.errors import UsageError

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST, LONGEST = 12, 200
_FEWEST = 5
"""So many different characters at least: 111111111111 is no password."""
_NOBODY = "a password that nobody has"


def hashed(password: str, name: str = "") -> str:
    """Return the hash of a new password.

    Raises UsageError: `password-short`, `password-long`, `password-simple`.
    """
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise UsageError("password-short", least=SHORTEST)
    if len(plain) > LONGEST:
        raise UsageError("password-long", most=LONGEST)
    if len(set(plain)) < _FEWEST or (name and name.lower() in plain.lower()):
        raise UsageError("password-simple")
    return _hasher().hash(plain)


def fits(password: str, kept: str | None) -> bool:
    """Return whether a password is the one that was hashed; None takes as long and fits never."""
    known = _hasher().verify(_plain(password)[: LONGEST + 1], kept or _nobodys())
    return known and kept is not None


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash((Argon2Hasher(time_cost=3, memory_cost=65536, parallelism=1),))


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher().hash(_NOBODY)


def _plain(password: str) -> str:
    """Return one spelling of what different keyboards write differently."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())
