"""Charts on a page: where each bar, part and point stands, in shares that fit any screen.

Lengths across are per cent of whatever the page is wide, heights are dots: so letters keep their
size on a phone. Beside each chart stands its table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from thamthan.writing import (
    BarChart,
    LineChart,
    StateChart,
    heights_of,
    is_low,
    shares_of,
    stretches_of,
    tone_of,
)

ROW = 54
PERIOD = "งวดที่"
_FEW_POINTS = 5
_LINE_HIGH, _LINE_TOP = 240, 34


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """แท่งหนึ่ง: its words stand above it; not there, it is an outline with lines across."""

    top: int
    label: str
    words: str
    is_there: bool
    begin: str = "0"
    length: str = "0"

    @property
    def text_at(self) -> int:
        return self.top + 20

    @property
    def bar_at(self) -> int:
        return self.top + 28


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """ส่วนของแท่ง in one state, with its tone."""

    begin: str
    length: str
    tone: str


@dataclass(frozen=True, slots=True)
class DrawnStates:
    """แถวของสถานะ."""

    top: int
    label: str
    words: str
    parts: list[DrawnPart]

    @property
    def text_at(self) -> int:
        return self.top + 20

    @property
    def bar_at(self) -> int:
        return self.top + 28


@dataclass(frozen=True, slots=True)
class DrawnPoint:
    """จุดหนึ่งของเส้น, with the line that comes to it from the point before."""

    across: str
    high: int
    label: str
    words: str
    is_there: bool
    words_at: int
    from_across: str = ""
    from_high: int = 0


def _per_cent(thousandths: int) -> str:
    return f"{thousandths / 10:g}%"


def drawn_bars(chart: BarChart) -> list[DrawnBar]:
    """แท่งของแผนภูมิ."""
    pairs = zip(chart.bars, stretches_of(chart.bars), strict=True)
    return [
        DrawnBar(
            at * ROW,
            bar.label,
            bar.words,
            stretch is not None,
            _per_cent(stretch.begin) if stretch is not None else "0",
            _per_cent(stretch.length) if stretch is not None else "0",
        )
        for at, (bar, stretch) in enumerate(pairs)
    ]


def drawn_states(chart: StateChart) -> list[DrawnStates]:
    """แถวของแผนภูมิสถานะ; what has not come is hatched."""
    return [
        DrawnStates(
            at * ROW,
            row.label,
            row.told,
            [
                DrawnPart(_per_cent(one.begin), _per_cent(one.length), tone_of(of, len(row.counts)))
                for of, one in enumerate(shares_of(row))
                if one.length
            ],
        )
        for at, row in enumerate(chart.rows)
    ]


def drawn_points(chart: LineChart) -> list[DrawnPoint]:
    """จุดของแผนภูมิเส้น; a period without a number has its place, and no point."""
    heights = heights_of(chart.points)
    told = _told(heights)
    found: list[DrawnPoint] = []
    for at, point in enumerate(chart.points):
        across = _per_cent(_middle(at, chart.points))
        height = heights[at]
        high = _high(height or 0)
        before = heights[at - 1] if at else None
        found.append(
            DrawnPoint(
                across,
                high,
                # The axis says “งวดที่” once: twelve of them do not fit on a phone.
                point.label.removeprefix(PERIOD).strip(),
                point.words if at in told or height is None else "",
                height is not None,
                high + 26 if is_low(heights, at) else high - 14,
                _per_cent(_middle(at - 1, chart.points))
                if before is not None and height is not None
                else "",
                _high(before or 0),
            )
        )
    return found


def _told(heights: Sequence[int | None]) -> set[int]:
    """The points with words: all of a few; of many the two ends and the highest and lowest."""
    known = [at for at, height in enumerate(heights) if height is not None]
    if len(known) <= _FEW_POINTS or not known:
        return set(known)
    by_height = sorted(known, key=lambda at: heights[at] or 0)
    return {known[0], known[-1], by_height[0], by_height[-1]}


def _middle(at: int, points: Sequence[object]) -> int:
    return round((2 * at + 1) * 1000 / (2 * len(points)))


def _high(thousandths: int) -> int:
    return _LINE_TOP + round((1000 - thousandths) * _LINE_HIGH / 1000)
