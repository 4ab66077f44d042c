"""Where points go on a map that is drawn here: no tiles, so nobody else learns what is looked at. SVG, no script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

WIDTH, MARGIN = 640, 48
LOWEST, HIGHEST = 320, 640  # of the drawing
NEAR = 30  # closer than this, two points are drawn as one
LETTER, LINE, ABOVE = 14, 28, 26  # of a name, at its largest: wide, high, above its points
MILE = 1 / 69.09  # in degrees of latitude
LENGTHS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200)  # of the scale, in miles
SMALLEST = 0.01  # degrees: one point alone is shown with about a mile around it

Coordinates = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True)
class Map:
    """From coordinates to places on the drawing. ``by``: its units in a degree of latitude."""

    north: float
    west: float
    height: int
    by: float
    narrowing: float

    def x(self, longitude: float) -> float:
        return round(MARGIN + (longitude - self.west) * self.narrowing * self.by, 1)

    def y(self, latitude: float) -> float:
        return round(MARGIN + (self.north - latitude) * self.by, 1)

    @property
    def scale(self) -> tuple[float, float]:
        """A round number of miles, about a fifth of the width, and how long it is drawn."""
        miles = max((one for one in LENGTHS if one * MILE * self.by <= WIDTH / 4), default=LENGTHS[0])
        return miles, round(miles * MILE * self.by, 1)


def around(points: Sequence[Coordinates]) -> Map:
    """A map that holds all of these."""
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    middle_lat, middle_lon = (max(lats) + min(lats)) / 2, (max(lons) + min(lons)) / 2
    narrowing = cos(radians(middle_lat))
    high = max(max(lats) - min(lats), SMALLEST)
    wide = max((max(lons) - min(lons)) * narrowing, SMALLEST)
    by = min((WIDTH - 2 * MARGIN) / wide, (HIGHEST - 2 * MARGIN) / high)
    height = round(max(LOWEST, high * by + 2 * MARGIN))
    across, up = (WIDTH - 2 * MARGIN) / by, (height - 2 * MARGIN) / by
    return Map(middle_lat + up / 2, middle_lon - across / narrowing / 2, height, by, narrowing)


@dataclass(frozen=True)
class Mark:
    """One drawn point: the numbers in the table of all that lie there."""

    x: float
    y: float
    numbers: tuple[int, ...]

    @property
    def words(self) -> str:
        """7, or 7 +2 where three lie together."""
        return f"{self.numbers[0]} +{len(self.numbers) - 1}" if len(self.numbers) > 1 else str(self.numbers[0])


def marks(drawn: Map, points: Iterable[tuple[int, Coordinates]]) -> list[Mark]:
    """Numbered points, those that would lie on one another drawn as one."""
    found: list[tuple[float, float, list[int]]] = []
    for number, (lat, lon) in points:
        x, y = drawn.x(lon), drawn.y(lat)
        close = next((one for one in found if abs(one[0] - x) < NEAR and abs(one[1] - y) < NEAR), None)
        if close is None:
            found.append((x, y, [number]))
        elif number not in close[2]:
            close[2].append(number)
    return [Mark(x, y, tuple(numbers)) for x, y, numbers in found]


@dataclass(frozen=True)
class Name:
    x: float
    y: float
    words: str


def names(drawn: Map, told: Iterable[tuple[str, float, float]], points: Iterable[Mark] = ()) -> list[Name]:
    """Words above a latitude and longitude; those that would cover an earlier one or a point are left out."""
    found, dots = list[Name](), list(points)
    for words, latitude, longitude in told:
        half = len(words) * LETTER / 2
        x = min(max(drawn.x(longitude), half), WIDTH - half)
        made = Name(round(x, 1), drawn.y(latitude) - ABOVE, words)
        wide = [(one, half + len(one.words) * LETTER / 2) for one in found]
        on_name = any(abs(made.y - one.y) < LINE and abs(made.x - one.x) < room for one, room in wide)
        on_dot = any(-LINE < dot.y - made.y < ABOVE - 4 and abs(dot.x - made.x) < half + NEAR / 2 for dot in dots)
        if not (on_name or on_dot):
            found.append(made)
    return found
