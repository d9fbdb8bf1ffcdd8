"""Secrets that are given out once and kept only as a hash: sessions, one-time links, API tokens."""

import hashlib
import secrets


def new_secret() -> str:
    """32 random bytes, fit for an address, a cookie or a header."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What the database keeps: with 256 random bits inside, a plain SHA-256 cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()
