"""What of a plan a kind of reader is not shown. Asked whenever it is read; the most restrictive rule wins.

Three rules: what the person keeps from that kind of reader, what is for professionals alone, and, where access was
given to named parts, every other part. They hold for plans made elsewhere too, entry by entry, and for what the person
said was on their mind before the conversation, which is of the part ``OF_CONCERNS``: there the heaviest of it goes.

An entry with no part may be about anything: why a review was asked for, what was said at one, what a plan made
elsewhere says under no heading of ours. It counts as part of whatever is kept back, so that only a reader from whom
nothing is kept is shown it (``lets_through``).
"""

from collections.abc import Collection

from whatmatters.access.roles import PERSON, REPRESENTATIVE
from whatmatters.components.care_planning.models import Hiding, Plan, Share
from whatmatters.components.care_planning.parts import PARTS, PROFESSIONALS

Kind = Share.Kind
OF_CONCERNS, OF_NONE = "needs", ""
UNRESTRICTED = frozenset({"", Kind.PERSON, Kind.PRACTICE})  # the person themself, and the team that writes it with them
PROFESSIONAL_ONLY = frozenset(name for name, part in PARTS.items() if part.professional)


def audience_of_role(role: str) -> str:
    """As whom someone reads at the person's own pages or at their team's: carers are those who act for the person."""
    return {REPRESENTATIVE: Kind.CARER, PERSON: Kind.PERSON}.get(role, "")


def kept(plan: Plan | None) -> dict[str, frozenset[str]]:
    """The parts that the person keeps from each kind of reader now. One query; append-only, the latest speaks."""
    rows = Hiding.objects.filter(plan=plan).order_by("pk").values_list("audience", "part", "hidden")
    latest = {(audience, part): hidden for audience, part, hidden in rows}
    found: dict[str, set[str]] = {}
    for (audience, part), hidden in latest.items():
        if hidden:
            found.setdefault(audience, set()).add(part)
    return {audience: frozenset(parts) for audience, parts in found.items()}


def hidden_from(plan: Plan | None, *audiences: str, only: Collection[str] = ()) -> frozenset[str]:
    """The parts (names in ``parts.PARTS``) that none of the audiences' rules let through. Of several audiences what
    is kept from any is kept. ``only``: the parts to which access was given, all where empty.

    >>> hidden_from(plan, "care home", only=["goals"])     # all but goals; and goals too, if kept from care homes
    """
    hidden = frozenset(PARTS.keys() - set(only) if only else ())
    if UNRESTRICTED.issuperset(audiences):
        return hidden
    wishes = kept(plan)
    if not PROFESSIONALS.issuperset(audiences):
        hidden |= PROFESSIONAL_ONLY
    return hidden.union(*(wishes.get(audience, frozenset()) for audience in audiences))


def lets_through(hidden: Collection[str], part: str) -> bool:
    """Whether an entry of the part is shown to whom these parts are hidden from (``hidden_from``). What is for
    professionals alone is marked as such wherever it stands, and says nothing of an entry with no part.

    >>> lets_through({"goals"}, "legal"), lets_through({"goals"}, ""), lets_through({"formulation"}, "")
    (True, False, True)
    """
    return part not in hidden if part in PARTS else PROFESSIONAL_ONLY.issuperset(hidden)
