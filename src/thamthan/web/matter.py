"""The picture of a matter: letters by level and by day, and what names what."""

from dataclasses import dataclass

from thamthan.letters.queries import Matter, Node
from thamthan.letters.rules import LinkKind, Standing
from thamthan.thai.dates import format_date

# In the user units of the picture, which are pixels where it is shown in its own size.
WIDE, HIGH = 168, 78
GAP, LANE = 44, 112
LEFT, HEAD = 96, 30
MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Box:
    """หนังสือหนึ่งฉบับในภาพ: where it is drawn and what stands in it."""

    node: Node
    x: int
    y: int
    lines: tuple[str, ...]
    is_here: bool


@dataclass(frozen=True, slots=True)
class Line:
    """เส้นจากฉบับก่อนไปยังฉบับที่เอ่ยถึง."""

    path: str
    kind: LinkKind
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Lane:
    """ระดับหนึ่งในภาพ."""

    label: str
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """ภาพของเรื่องหนึ่ง."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    lanes: tuple[Lane, ...]


def drawn_across(matter: Matter, *, here: int) -> Drawing:
    """ภาพแนวนอน for the desk: a column for each letter, by day, and a lane for each level."""
    levels = sorted({node.standing for node in matter.nodes})
    at = {
        node.key: (LEFT + column * (WIDE + GAP), HEAD + levels.index(node.standing) * LANE)
        for column, node in enumerate(matter.nodes)
    }
    lines = []
    for one, other, kind in matter.edges:
        (x1, y1), (x2, y2) = at[one], at[other]
        start, end = (x1 + WIDE, y1 + HIGH // 2), (x2, y2 + HIGH // 2)
        if x2 < x1:
            start, end = (x1, y1 + HIGH // 2), (x2 + WIDE, y2 + HIGH // 2)
        bend = max(GAP // 2, abs(end[0] - start[0]) // 2) * (1 if x2 >= x1 else -1)
        path = (
            f"M{start[0]} {start[1]}C{start[0] + bend} {start[1]} {end[0] - bend} {end[1]}"
            f" {end[0]} {end[1]}"
        )
        lines.append(Line(path, kind, (start[0] + end[0]) // 2, (start[1] + end[1]) // 2 - 6))
    return Drawing(
        width=LEFT + len(matter.nodes) * (WIDE + GAP),
        height=HEAD + len(levels) * LANE,
        boxes=_boxes(matter, at, here),
        lines=tuple(lines),
        lanes=tuple(_lane(level, levels) for level in levels),
    )


def _lane(level: Standing, levels: list[Standing]) -> Lane:
    return Lane(level.label, HEAD + levels.index(level) * LANE)


def drawn_down(matter: Matter, *, here: int) -> Drawing:
    """ภาพแนวตั้ง for the phone: one letter under the other, the lines beside them."""
    step = HIGH + 22
    at = {node.key: (72, 8 + row * step) for row, node in enumerate(matter.nodes)}
    lines = []
    for one, other, kind in matter.edges:
        (x, y1), (_, y2) = at[one], at[other]
        y1, y2 = y1 + HIGH // 2, y2 + HIGH // 2
        far = max(8, 60 - abs(y2 - y1) // step * 12)
        lines.append(Line(f"M{x} {y1}C{far} {y1} {far} {y2} {x} {y2}", kind, 0, 0))
    return Drawing(
        width=72 + 258,
        height=16 + len(matter.nodes) * step,
        boxes=_boxes(matter, at, here),
        lines=tuple(lines),
        lanes=(),
    )


def _boxes(matter: Matter, at: dict[str, tuple[int, int]], here: int) -> tuple[Box, ...]:
    return tuple(
        Box(
            node=node,
            x=at[node.key][0],
            y=at[node.key][1],
            lines=(
                _short(node.number or "ไม่ทราบเลขที่"),
                format_date(node.dated_on, style="list") if node.dated_on else "ไม่ทราบวันที่",
                _short(node.office or "ไม่ทราบหน่วยงาน"),
            ),
            is_here=node.letter is not None and node.letter.pk == here,
        )
        for node in matter.nodes
    )


def _short(words: str) -> str:
    """No more than a box holds; marks above and below a letter take no room."""
    kept, count = "", 0
    for letter in words:
        count += letter not in "ัิีึืฺุู็่้๊๋์ํ๎"
        if count > MOST_WORDS:
            return f"{kept}…"
        kept += letter
    return kept
