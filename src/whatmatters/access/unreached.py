"""Accounts that our letters do not reach: whoever invites them, and gives them roles, sees which and why."""

from django.db.models import OuterRef, QuerySet, Subquery

from whatmatters.access.models import User
from whatmatters.letters.models import Letter


def unreached(accounts: QuerySet[User]) -> list[tuple[User, Letter]]:
    """Open accounts whose latest letter did not arrive, with that letter. An account leaves the list when a later
    letter goes out, or when it is closed. Two queries."""
    addresses = Letter.objects.filter(failed__isnull=False).values("to")
    done = Letter.objects.filter(to=OuterRef("email"), next_try=None).order_by("-pk")
    rows = accounts.filter(active=True, email__in=addresses).annotate(latest=Subquery(done.values("pk")[:1]))
    known = {row: row.latest for row in rows}
    letters = Letter.objects.in_bulk(known.values())
    return [(row, letters[pk]) for row, pk in known.items() if letters[pk].lost]
