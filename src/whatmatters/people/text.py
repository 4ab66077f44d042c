"""What may stand in a name or a sentence, and the key by which names are found.

Any script, emoji and apostrophe may. Characters that cannot be seen but change what is seen may not: with a
direction override a name can be made to read as another's.
"""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

# Unicode TR9, explicit directional formatting and marks.
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LAYOUT = frozenset("\t\n\r")
APOSTROPHES = frozenset("'`\u02bc\u2018\u2019\u00b4")
HIDDEN = "This holds characters that cannot be seen: type it again rather than pasting it"


def hidden(character: str) -> bool:
    """Whether a character cannot be seen and changes, or may change, what is."""
    return character in DIRECTIONS or unicodedata.category(character) in {"Cc", "Cs", "Co", "Zl", "Zp"}


def one_line(text: str) -> None:
    """A validator for names, places and other short words."""
    if any(hidden(character) for character in text):
        raise ValidationError(HIDDEN, code="hidden")


def some_lines(text: str) -> None:
    """A validator for sentences: as ``one_line``, with line breaks and tabs."""
    if any(hidden(character) for character in text if character not in LAYOUT):
        raise ValidationError(HIDDEN, code="hidden")


def tidied(text: str) -> str:
    """As it is kept: one kind of line break, nothing at the ends."""
    return text.replace("\r\n", "\n").strip()


def folded(text: str) -> str:
    """Lower case, without accents or apostrophes, other punctuation as spaces: O'Brien-Núñez -> obrien nunez."""
    kept = []
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    for character in plain:
        kind = unicodedata.category(character)
        if character in APOSTROPHES or kind in {"Mn", "Cf"}:
            continue
        kept.append(" " if kind[0] in "PZ" else character)
    return " ".join("".join(kept).split())


class NameKey(models.TextField):  # type: ignore[type-arg]  # Django's fields take no arguments at run time
    """All of a person's names, folded, each word after a space; kept in step whichever way a row is saved."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        names = (model_instance.family_name, model_instance.given_name, model_instance.preferred_name)
        key = f" {folded(' '.join(names))}"
        setattr(model_instance, self.attname, key)
        return key
