"""Who acts: what every action takes as ``by``."""

from dataclasses import dataclass

from whatmatters.access.roles import PUBLIC, SYSTEM


@dataclass(frozen=True)
class Actor:
    """``role`` is the one that allowed the act; ``worker`` is set when a member of staff acts in a post."""

    name: str
    role: str
    user: int | None = None
    organisation: int | None = None
    organisation_code: str = ""
    worker: int | None = None


ANYONE = Actor("someone without an account", PUBLIC)
THE_SYSTEM = Actor("What Matters", SYSTEM)
