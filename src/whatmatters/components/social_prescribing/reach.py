"""Which desks see which practices, worked out once for a whole list: who may work referrals today, and where."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from whatmatters.access.models import Grant
from whatmatters.access.roles import roles_with
from whatmatters.organisations.models import Membership
from whatmatters.organisations.tree import in_force
from whatmatters.workforce.models import Post


@dataclass(frozen=True)
class Reach:
    """``desks``: organisations where someone works referrals; ``of_worker``: where each worker does, in a post."""

    above: dict[int, set[int]]
    desks: set[int]
    of_worker: dict[int, set[int]]

    @classmethod
    def on(cls, today: date) -> "Reach":
        """Three queries, whatever the number of referrals."""
        above = defaultdict[int, set[int]](set)
        for child, parent in Membership.objects.filter(in_force(today)).values_list("child", "parent"):
            above[child].add(parent)
        held = Grant.objects.filter(in_force(today), role__in=roles_with("work referrals"), user__active=True)
        in_post = set(Post.objects.filter(in_force(today)).values_list("worker", flat=True))
        desks, of_worker = set[int](), defaultdict[int, set[int]](set)
        for place, worker in held.values_list("organisation", "user__worker"):
            desks.add(place)
            if worker in in_post:
                of_worker[worker].add(place)
        return cls(above, desks, of_worker)

    def over(self, practice: int) -> set[int]:
        """The practice and everything above it."""
        seen = frontier = {practice}
        while frontier:
            frontier = {parent for each in frontier for parent in self.above.get(each, ())} - seen
            seen = seen | frontier
        return seen

    def desk(self, practice: int | None) -> bool:
        """Whether somebody's desk shows what is at the practice."""
        return practice is not None and bool(self.over(practice) & self.desks)

    def works_there(self, worker: int, practice: int) -> bool:
        """Whether the worker is in post, may work referrals, and covers the practice."""
        return bool(self.over(practice) & self.of_worker.get(worker, set()))
