"""Outlines of areas as paths of SVG: laid on a grid as fine as a screen shows, and no finer."""

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

# The longer side of a map in its own units; a screen shows about half as many dots.
LONGEST = 1600

Point = tuple[float, float]
Ring = Sequence[Sequence[float]]


def outlines_file(areas: Iterable[tuple[str, str, Any]]) -> bytes:
    """แนวเขตของแผนที่หนึ่ง: code, name and path of each area, with the size of the whole; packed.

    Neighbours keep a border in common, because equal points come to lie on equal places.
    """
    rings = [(code, name, list(rings_of(geometry))) for code, name, geometry in areas]
    points = [point for _, _, of_area in rings for ring in of_area for point in ring]
    drawn: dict[str, Any] = {"width": 0, "height": 0, "areas": []}
    if points:
        grid = _Grid(points)
        drawn = {
            "width": grid.width,
            "height": grid.height,
            "areas": [
                [code, name, "".join(map(grid.path, of_area))] for code, name, of_area in rings
            ],
        }
    words = json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode()
    # Without the time of making, so that the same outlines are the same bytes.
    return gzip.compress(words, mtime=0)


def rings_of(geometry: Any) -> Iterator[Ring]:
    """The rings of a GeoJSON polygon or of several; anything else has none."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates") or ()
    if kind == "Polygon":
        yield from coordinates
    elif kind == "MultiPolygon":
        for polygon in coordinates:
            yield from polygon


class _Grid:
    """Degrees laid on whole numbers; a degree of longitude is as much shorter as it is there."""

    def __init__(self, points: Sequence[Sequence[float]]) -> None:
        longitudes = [point[0] for point in points]
        latitudes = [point[1] for point in points]
        self._west, self._north = min(longitudes), max(latitudes)
        wide, high = max(longitudes) - self._west, self._north - min(latitudes)
        shrink = math.cos(math.radians(self._north - high / 2))
        scale = LONGEST / (max(wide * shrink, high) or 1)
        self._across, self._down = scale * shrink, scale
        self.width = math.ceil(wide * self._across) or 1
        self.height = math.ceil(high * self._down) or 1

    def path(self, ring: Ring) -> str:
        """A closed path in steps from point to point; one too small to be seen is none."""
        places = [
            (
                round((point[0] - self._west) * self._across),
                round((self._north - point[1]) * self._down),
            )
            for point in ring
        ]
        steps = []
        x, y = places[0]
        for after in places[1:-1]:
            if after != (x, y):
                steps.append(f"{after[0] - x} {after[1] - y}")
                x, y = after
        if len(steps) < 2:
            return ""
        return f"M{places[0][0]} {places[0][1]}l{' '.join(steps).replace(' -', '-')}z"
