"""One file a command. Their top level stays light: what is heavy is imported inside ``run``."""

from datetime import date


class Refused(Exception):
    """What the user asked cannot be done; the message says why and what to do instead."""


def day(option: str, text: str | None) -> date | None:
    """The day that stands after an option; None where nothing does."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(f"{option} {text!r} is not a day: write it as 2023-06-30") from None
