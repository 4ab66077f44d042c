"""The secret words of printed letters, which are typed. Of them too only the digests are kept."""

import secrets

from whatmatters.letters import private

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
SHORT, GROUP = 12, 4


def fresh_short_word() -> str:
    """Three groups of four letters, one of 31 to the 12th (59 bits)."""
    word = "".join(secrets.choice(LETTERS) for _ in range(SHORT))
    return "-".join(word[at : at + GROUP] for at in range(0, SHORT, GROUP))


def digest(word: str) -> str:
    """Of a link's word, or of a short one, which may be typed in any fashion."""
    plain = "".join(letter for letter in word.lower() if letter.isalnum())
    known = "-".join(plain[at : at + GROUP] for at in range(0, SHORT, GROUP)) if len(plain) == SHORT else word
    return private.digest(known)
