"""Who is above whom in a period, as ``parents`` has it."""

from collections import Counter
from collections.abc import Collection, Mapping

Parents = Mapping[str, Collection[str]]


class Places:
    """``parents`` names, for an organisation, those it adds up to."""

    def __init__(self, parents: Parents) -> None:
        self.parents = parents
        self.known: dict[str, dict[str, bool]] = {}
        self.size = Counter(above for organisation in parents for above in self.above(organisation))

    def above(self, organisation: str) -> dict[str, bool]:
        """Every organisation above one, and whether directly. A circle ends where it began."""
        if organisation not in self.known:
            near = dict.fromkeys(sorted(self.parents.get(organisation, ())), True)
            self.known[organisation] = near
            further = [one for code in near for one in self.above(code)]
            far = [one for one in further if one not in near and one != organisation]
            self.known[organisation] = {**near, **dict.fromkeys(far, False)}
        return self.known[organisation]

    def around(self, organisation: str, most: int) -> str:
        """The largest it is in that holds at most so many, or itself: a practice and its network go together."""
        while above := [code for code in self.parents.get(organisation, ()) if self.size[code] <= most]:
            organisation = max(above, key=lambda code: (-self.size[code], code))
        return organisation
