"""The whole address of a page, for letters that no request leads to."""

from django.conf import settings
from django.urls import reverse


def of(route: str, *parts: object) -> str:
    """By the route's name and what stands in its path: ``of("own-entry", word)``."""
    return f"{settings.ADDRESS}{reverse(route, args=parts)}"
