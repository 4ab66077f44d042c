"""The secret words of private links and of printed letters. Only their digests are kept."""

import hashlib
import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
SHORT, GROUP = 12, 4


def fresh_word() -> str:
    """For a link: 43 letters that nobody can guess."""
    return secrets.token_urlsafe(32)


def fresh_short_word() -> str:
    """For a letter, to be typed: three groups of four letters, one of 31 to the 12th (59 bits)."""
    word = "".join(secrets.choice(LETTERS) for _ in range(SHORT))
    return "-".join(word[at : at + GROUP] for at in range(0, SHORT, GROUP))


def digest(word: str) -> str:
    """What is kept of a word: enough to know it again, not to make it. A short one may be typed in any fashion."""
    plain = "".join(letter for letter in word.lower() if letter.isalnum())
    known = "-".join(plain[at : at + GROUP] for at in range(0, SHORT, GROUP)) if len(plain) == SHORT else word
    return hashlib.sha256(known.encode()).hexdigest()
