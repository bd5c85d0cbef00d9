"""The map of a project: outlines of its tambon in SVG, with its places; a tap on it is a position.

No map of somebody else's is asked for: only outlines that are loaded, a grid, and the places.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thamthan.projects.queries import boundaries_round
from thamthan.projects.rules import PlaceKind
from thamthan.web.map_shapes import rings_of

if TYPE_CHECKING:
    from thamthan.organisations.models import Post
    from thamthan.projects.models import ProjectPlace
    from thamthan.projects.queries import ProjectSheet

# The longer side in the map's own units, as maps of areas have it.
LONGEST = 1000
# Room round what is drawn, and the least that a map shows: about 400 metres.
_ROUND = 0.04
_LEAST_DEGREES = 0.004
_METRES_A_DEGREE = 111_320
# Steps of the scale bar in metres.
_BARS = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)

Corner = Sequence[float]


@dataclass(frozen=True, slots=True)
class Mark:
    """สถานที่บนแผนที่: a point, or an area by its corners, in the map's units."""

    place: "ProjectPlace"
    x: int
    y: int
    path: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """แผนที่ของโครงการ: how degrees lie on it, the outlines, the places, and a bar of metres."""

    width: int
    height: int
    west: float
    north: float
    across: float
    down: float
    outlines: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    bar: int
    bar_words: str

    @property
    def bar_y(self) -> int:
        """Where the bar of metres lies: at the foot, left."""
        return self.height - 36


def map_of(post: "Post", sheet: "ProjectSheet") -> PlaceMap | None:
    """แผนที่; none where nothing is known of where it is, and no outline is loaded."""
    rings = [
        (row.name, list(rings_of(row.geometry))) for row in boundaries_round(post, sheet.project)
    ]
    points = [corner for _, of_area in rings for ring in of_area for corner in ring]
    for place in sheet.places:
        points += corners_of(place)
    if not points:
        return None
    frame = _Frame(points)
    marks = []
    for number, place in enumerate(sheet.places, start=1):
        corners = [frame.place(corner) for corner in corners_of(place)]
        if not corners:
            continue
        path = ""
        if place.kind == PlaceKind.AREA:
            path = "M" + "L".join(f"{x} {y}" for x, y in corners) + "z"
        x = sum(x for x, _ in corners) // len(corners)
        y = sum(y for _, y in corners) // len(corners)
        marks.append(Mark(place, x, y, path, number))
    return frame.drawn(rings, tuple(marks))


def corners_of(place: "ProjectPlace") -> list[Corner]:
    """มุมของสถานที่ as (longitude, latitude); of a village or a point its one position."""
    if place.kind == PlaceKind.AREA and place.outline:
        return [(corner[0], corner[1]) for corner in place.outline]
    if place.latitude_e6 is None or place.longitude_e6 is None:
        return []
    return [(place.longitude_e6 / 1e6, place.latitude_e6 / 1e6)]


class _Frame:
    """Degrees laid on the map's units; a degree of longitude is as much shorter as it is there."""

    def __init__(self, points: Sequence[Corner]) -> None:
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, north = min(p[1] for p in points), max(p[1] for p in points)
        wide, high = max(east - west, _LEAST_DEGREES), max(north - south, _LEAST_DEGREES)
        middle = ((west + east) / 2, (south + north) / 2)
        wide, high = wide * (1 + 2 * _ROUND), high * (1 + 2 * _ROUND)
        self.west, self.north = middle[0] - wide / 2, middle[1] + high / 2
        shrink = math.cos(math.radians(middle[1]))
        scale = LONGEST / max(wide * shrink, high)
        self.across, self.down = scale * shrink, scale
        self.width, self.height = math.ceil(wide * self.across), math.ceil(high * self.down)

    def place(self, corner: Corner) -> tuple[int, int]:
        return (
            round((corner[0] - self.west) * self.across),
            round((self.north - corner[1]) * self.down),
        )

    def drawn(
        self, rings: Sequence[tuple[str, list[Sequence[Corner]]]], marks: tuple[Mark, ...]
    ) -> PlaceMap:
        outlines = tuple(
            (name, "".join(self._path(ring) for ring in of_area)) for name, of_area in rings
        )
        metre = self.down / _METRES_A_DEGREE
        metres = max((one for one in _BARS if one * metre <= self.width / 4), default=_BARS[0])
        words = f"{metres // 1000} กม." if metres >= 1000 else f"{metres} ม."
        return PlaceMap(
            self.width,
            self.height,
            self.west,
            self.north,
            self.across,
            self.down,
            outlines,
            marks,
            round(metres * metre),
            words,
        )

    def _path(self, ring: Sequence[Corner]) -> str:
        places = list(dict.fromkeys(self.place(corner) for corner in ring))
        return "M" + "L".join(f"{x} {y}" for x, y in places) + "z" if len(places) > 2 else ""
