"""Random secrets that are kept as digests only: whoever reads the store cannot use them."""

from __future__ import annotations

import secrets
from hashlib import sha256

BYTES = 32
"""256 random bits: no digest of such a value can be tried backwards."""


def fresh_secret(prefix: str = "") -> str:
    """Return a new random secret."""
    return prefix + secrets.token_urlsafe(BYTES)


def digest(secret: str) -> bytes:
    """Return what is kept of a secret."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
