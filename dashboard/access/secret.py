"""Secrets that somebody brings again: the browser of a session, the link of an invitation."""

import hashlib
import secrets


def new_secret() -> str:
    """256 random bits, as letters, digits, `-` and `_`."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """What is kept of it: enough to know it again, and of no use to who reads the tables. It needs
    no salt and no slowness, since nobody can guess the secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
