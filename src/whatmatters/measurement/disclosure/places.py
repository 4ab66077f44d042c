"""Who is above whom in a period, as ``parents`` has it."""

from collections import Counter
from collections.abc import Collection, Mapping

Parents = Mapping[str, Collection[str]]


class Places:
    """``parents`` names, for an organisation, those it adds up to."""

    def __init__(self, parents: Parents) -> None:
        self.parents = parents
        self.size = Counter(above for all_of in parents.values() for above in all_of)
        self.known: dict[str, dict[str, bool]] = {}

    def above(self, organisation: str) -> dict[str, bool]:
        """Every organisation above one, and whether directly. A circle ends where it began."""
        if organisation not in self.known:
            near = dict.fromkeys(sorted(self.parents.get(organisation, ())), True)
            self.known[organisation] = near
            further = [one for code in near for one in self.above(code)]
            far = [one for one in further if one not in near and one != organisation]
            self.known[organisation] = {**near, **dict.fromkeys(far, False)}
        return self.known[organisation]

    def around(self, organisation: str, height: int) -> str:
        """The smallest organisation it is in, so many steps up: a practice's network, then that one's sub-ICB."""
        for _ in range(height):
            above = self.parents.get(organisation)
            if not above:
                break
            organisation = min(above, key=lambda code: (self.size[code], code))
        return organisation
