"""Time in a life: it goes on in working days, until the demo's day or the person's last day here."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from whatmatters.demo.lots import working


class Over(Exception):
    """The story stops here: what comes next has not happened yet, or will not."""


@dataclass
class Clock:
    lots: Random
    now: date
    end: date

    def later(self, least: int, most: int) -> date:
        """Some days on. Raises Over, and stays where it is, when that is past the end."""
        day = working(self.now + timedelta(days=self.lots.randint(least, most)))
        if day > self.end:
            raise Over
        self.now = day
        return day
