"""The secret words of private links. Only their digests are kept."""

import hashlib
import secrets


def fresh_word() -> str:
    """43 letters that nobody can guess."""
    return secrets.token_urlsafe(32)


def digest(word: str) -> str:
    """What is kept of a word: enough to know it again, not to make it."""
    return hashlib.sha256(word.encode()).hexdigest()
