"""The secret words of private links. Only their digests are kept."""

import base64
import hashlib
import json
import secrets

from django.utils.crypto import salted_hmac


def digest(word: str) -> str:
    """What is kept of a link: enough to know it again, not to make it."""
    return hashlib.sha256(word.encode()).hexdigest()


def word_for(once: str, *said: object) -> str:
    """43 letters that nobody can guess. The same form sent twice with the same words in it has the same one, so that
    it is one and the same request; ``once`` is the form's own hidden number, and without it every word is new."""
    if not once:
        return secrets.token_urlsafe(32)
    text = json.dumps([once, *said], default=str)
    sealed = salted_hmac("whatmatters.private-link", text, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")
