"""Charts: bars, states in one bar, a line over rounds; as a picture for slides or as SVG.

Whatever has no number is drawn as having none – an outlined place with words – and never as
nought. The scale of bars and lines begins at nought.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from html import escape
from math import ceil
from typing import Any

from thamthan.errors import Refused
from thamthan.thai.text import squeeze
from thamthan.writing.typesetting import Picture, drawn

# So many bars can be read on a slide.
MOST_BARS = 80
# The last of the states is what has not come; it is drawn hatched.
MOST_STATES = 4
_ROWS_OF_A_COLUMN = 20
_STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
_MOST_POINTS = 24
_WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """แท่งหนึ่ง: whose it is, its value, and its words; without a value the words say why."""

    label: str
    value: Fraction | None
    words: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """แผนภูมิแท่ง: `title` is a sentence that says what is to be seen, `unit` what is counted."""

    title: str
    subtitle: str
    unit: str
    bars: tuple[Bar, ...]
    foot: str = ""


@dataclass(frozen=True, slots=True)
class StateRow:
    """แถวหนึ่งของสถานะ: how many are in each state, in the order of the chart's states.

    `words` stand behind it instead of how many came of how many, where it is one house.
    """

    label: str
    counts: tuple[int, ...]
    words: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def told(self) -> str:
        return self.words or f"{self.total - self.counts[-1]:,} จาก {self.total:,}"


@dataclass(frozen=True, slots=True)
class StateChart:
    """แผนภูมิสถานะ: of each row one bar, as long as all of it, cut by state."""

    title: str
    subtitle: str
    states: tuple[str, ...]
    rows: tuple[StateRow, ...]
    foot: str = ""


@dataclass(frozen=True, slots=True)
class LineChart:
    """แผนภูมิเส้น: one point for each period, in order; a period without a value breaks the line."""

    title: str
    subtitle: str
    unit: str
    points: tuple[Bar, ...]
    foot: str = ""


Chart = BarChart | StateChart | LineChart


@dataclass(frozen=True, slots=True)
class Stretch:
    """ช่วงของแท่ง in thousandths of the scale: where it begins and how long it is."""

    begin: int
    length: int


def stretches_of(bars: Sequence[Bar]) -> list[Stretch | None]:
    """แท่งแต่ละแท่งบนมาตราเดียวกัน; none of those without a value. Nought is on the scale."""
    values = [bar.value for bar in bars if bar.value is not None]
    low, high = min([Fraction(0), *values]), max([Fraction(0), *values])
    span = high - low
    return [None if bar.value is None else _stretch(bar.value, low=low, span=span) for bar in bars]


def _stretch(value: Fraction, *, low: Fraction, span: Fraction) -> Stretch:
    if not span:
        return Stretch(0, 0)
    begin, end = sorted((round((0 - low) * _WHOLE / span), round((value - low) * _WHOLE / span)))
    return Stretch(begin, end - begin)


def shares_of(row: StateRow) -> list[Stretch]:
    """ส่วนของแต่ละสถานะ, one after another, together the whole bar (or nothing of nothing)."""
    done, found = 0, []
    for count in row.counts:
        begin = round(Fraction(done * _WHOLE, row.total)) if row.total else 0
        done += count
        end = round(Fraction(done * _WHOLE, row.total)) if row.total else 0
        found.append(Stretch(begin, end - begin))
    return found


def scale_of(points: Sequence[Bar]) -> tuple[Fraction, Fraction]:
    """มาตราของเส้น: from nought, or from below it, up to a round number that all lie under."""
    values = [point.value for point in points if point.value is not None]
    high, low = max([Fraction(0), *values]), min([Fraction(0), *values])
    return -_round_up(-low), _round_up(high) if high or low else Fraction(1)


def _round_up(value: Fraction) -> Fraction:
    if value <= 0:
        return Fraction(0)
    power = Fraction(1)
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next(step * power for step in _STEPS if step * power >= value)


def heights_of(points: Sequence[Bar]) -> list[int | None]:
    """จุดแต่ละจุด in thousandths above the foot of the scale; none without a value."""
    low, high = scale_of(points)
    return [
        None if point.value is None else round((point.value - low) * _WHOLE / (high - low))
        for point in points
    ]


def write_chart(chart: Chart, *, form: Picture) -> bytes:
    """แผนภูมิสำหรับสไลด์: 1920 × 1080 as PNG, or as SVG whose letters are outlines.

    The title is told to whoever hears the SVG. Refuses charts of nothing, with more than can be
    read on a slide (`MOST_BARS`, 24 points), and characters that cannot be drawn.
    """
    facts = _facts(chart)
    picture = drawn("chart", facts, kind=form)
    return picture if form == "png" else _told(picture, chart)


def _told(svg: bytes, chart: Chart) -> bytes:
    head, mark, rest = svg.partition(b">")
    title = escape(squeeze(chart.title))
    about = escape(squeeze(f"{chart.subtitle} {chart.foot}"))
    words = f'<title id="t">{title}</title><desc id="d">{about}</desc>'
    return head + b' role="img" aria-labelledby="t d"' + mark + words.encode("utf-8") + rest


def _facts(chart: Chart) -> dict[str, Any]:
    known: dict[str, Any] = {"title": chart.title, "subtitle": chart.subtitle, "foot": chart.foot}
    if isinstance(chart, LineChart):
        return known | _line_facts(chart)
    rows = chart.bars if isinstance(chart, BarChart) else chart.rows
    if not 0 < len(rows) <= MOST_BARS:
        raise _wrong(f"แผนภูมินี้มี {len(rows)} แถว วาดได้ 1 ถึง {MOST_BARS} แถว")
    columns = ceil(len(rows) / _ROWS_OF_A_COLUMN)
    known.update(columns=columns, deep=ceil(len(rows) / columns))
    return known | (_bar_facts(chart) if isinstance(chart, BarChart) else _state_facts(chart))


def _bar_facts(chart: BarChart) -> dict[str, Any]:
    pairs = zip(chart.bars, stretches_of(chart.bars), strict=True)
    return {
        "kind": "bars",
        "unit": chart.unit,
        "rows": [
            {"label": bar.label, "words": bar.words, **_drawn_stretch(stretch)}
            for bar, stretch in pairs
        ],
    }


def _drawn_stretch(stretch: Stretch | None) -> dict[str, Any]:
    if stretch is None:
        return {"is_there": False, "begin": 0, "length": 0}
    return {"is_there": True, "begin": stretch.begin, "length": stretch.length}


def _state_facts(chart: StateChart) -> dict[str, Any]:
    if not 1 < len(chart.states) <= MOST_STATES:
        raise _wrong(f"แผนภูมิสถานะมีได้ 2 ถึง {MOST_STATES} สถานะ")
    if any(len(row.counts) != len(chart.states) for row in chart.rows):
        raise _wrong("แถวของแผนภูมิมีจำนวนสถานะไม่ครบ")
    return {
        "kind": "states",
        "states": [
            {"name": name, "tone": tone_of(at, len(chart.states))}
            for at, name in enumerate(chart.states)
        ],
        "rows": [
            {
                "label": row.label,
                "counts": [f"{count:,}" if count and not row.words else "" for count in row.counts],
                "parts": [_drawn_stretch(one) for one in shares_of(row)],
                "words": row.told,
            }
            for row in chart.rows
        ],
    }


def tone_of(at: int, states: int) -> str:
    """ลวดลายของสถานะ: full, half, faint, and hatched for the last, which has not come."""
    return "missing" if at == states - 1 else ("full", "half", "faint")[at]


# Words below a point need so much room above the foot of the scale.
_LOW_ROOM = 130


def is_low(heights: Sequence[int | None], at: int) -> bool:
    """จุดที่ต่ำกว่าสองข้าง: its words stand below it, where no line goes."""
    here = heights[at]
    if here is None or here < _LOW_ROOM:
        return False
    beside = [heights[one] for one in (at - 1, at + 1) if 0 <= one < len(heights)]
    known = [one for one in beside if one is not None]
    return bool(known) and all(one > here for one in known)


def _line_facts(chart: LineChart) -> dict[str, Any]:
    if not 0 < len(chart.points) <= _MOST_POINTS:
        raise _wrong(f"แผนภูมิเส้นมีได้ 1 ถึง {_MOST_POINTS} จุด")
    low, high = scale_of(chart.points)
    heights = heights_of(chart.points)
    return {
        "kind": "line",
        "unit": chart.unit,
        "rows": [
            {
                "label": point.label,
                "words": point.words,
                "height": heights[at],
                "is_low": is_low(heights, at),
            }
            for at, point in enumerate(chart.points)
        ],
        "ticks": [_number(low + (high - low) * part / 4) for part in range(5)],
    }


def _number(value: Fraction) -> str:
    told = f"{float(value):,.2f}".rstrip("0").rstrip(".")
    return "0" if told in {"", "-0"} else told


def by_value(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    """แท่งเรียงจากมากไปน้อย; those without a number come last, in their own order."""
    known = list(bars)
    given = [bar for bar in known if bar.value is not None]
    return (
        *sorted(given, key=lambda bar: -(bar.value or 0)),
        *(bar for bar in known if bar.value is None),
    )


def shortened(chart: Chart) -> Chart:
    """แผนภูมิที่พอดีสไลด์: the longest bars, or the first rows, as far as they fit; the foot says so."""
    if isinstance(chart, LineChart):
        return chart
    rows = len(chart.bars if isinstance(chart, BarChart) else chart.rows)
    if rows <= MOST_BARS:
        return chart
    if isinstance(chart, BarChart):
        foot = _cut(f"แสดง {MOST_BARS} แถวที่มากที่สุดจาก {rows:,} แถว", chart.foot)
        return replace(chart, bars=by_value(chart.bars)[:MOST_BARS], foot=foot)
    foot = _cut(f"แสดง {MOST_BARS} แถวแรกจาก {rows:,} แถว", chart.foot)
    return replace(chart, rows=chart.rows[:MOST_BARS], foot=foot)


def _cut(words: str, foot: str) -> str:
    return f"{words} · {foot}" if foot else words


def _wrong(words: str) -> Refused:
    return Refused(words, code="wrong_chart", status=422)
