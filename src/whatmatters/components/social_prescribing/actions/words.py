"""The secret word of a private link, made from the form that asked for it."""

import base64
import json

from django.utils.crypto import salted_hmac

from whatmatters.letters.private import fresh_word


def word_for(once: str, *said: object) -> str:
    """43 letters that nobody can guess. The same form sent twice with the same words in it has the same one, so that
    it is one and the same request; ``once`` is the form's own hidden number, and without it every word is new."""
    if not once:
        return fresh_word()
    text = json.dumps([once, *said], default=str)
    sealed = salted_hmac("whatmatters.private-link", text, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")
