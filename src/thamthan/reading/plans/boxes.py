"""Text boxes and comments tied to the projects that they lie over."""

from collections.abc import Sequence
from dataclasses import replace

from thamthan.reading.plans.amendments import find_amendments
from thamthan.reading.plans.assembling import GONE_SAID
from thamthan.reading.plans.grid import Box, Grid, letters_of
from thamthan.reading.plans.model import GONE, FloatingBox, PlanDoubt, PlanLine
from thamthan.thai.text import repair, squeeze

_SHOWN = 80


def tie_boxes(
    grid: Grid, lines: Sequence[PlanLine]
) -> tuple[tuple[FloatingBox, ...], list[PlanLine], list[PlanDoubt]]:
    """ผูกกล่องข้อความกับแถว: the boxes, the lines with what lies over them, and what lies over none."""
    tied = list(lines)
    boxes: list[FloatingBox] = []
    doubts: list[PlanDoubt] = []
    for box in grid.boxes:
        words = "\n".join(filter(None, (squeeze(repair(one)) for one in box.text.splitlines())))
        if not words:
            continue
        place = f"{letters_of(box.area.left)}{box.area.top}"
        under = [at for at, line in enumerate(tied) if _lies_over(box, line)]
        marks, _ = find_amendments(words, cell=place, in_note=True)
        boxes.append(
            FloatingBox(
                words,
                box.kind,
                box.area.top,
                box.area.bottom,
                tuple(tied[at].rows[0] for at in under),
                marks,
            )
        )
        for at in under:
            tied[at] = _with_box(tied[at], boxes[-1], place, shared=len(under) > 1)
        if not under:
            kind = "ความเห็น" if box.kind == "comment" else "กล่องข้อความ"
            said = f"{kind}ที่ {place} ไม่ได้อยู่บนแถวของโครงการใด: “{squeeze(words)[:_SHOWN]}”"
            doubts.append(PlanDoubt("box_unplaced", said, "", place))
    return tuple(boxes), tied, doubts


def _lies_over(box: Box, line: PlanLine) -> bool:
    return any(box.area.top <= row <= box.area.bottom for row in line.rows)


def _with_box(line: PlanLine, box: FloatingBox, place: str, *, shared: bool) -> PlanLine:
    shown = squeeze(box.words)[:_SHOWN]
    kind = "ความเห็น" if box.kind == "comment" else "กล่องข้อความ"
    also = " และทับแถวอื่นด้วย" if shared else ""
    doubts = [PlanDoubt("box_over", f"มี{kind}ทับแถวนี้{also}: “{shown}”", "", place)]
    gone = next((mark for mark in box.amendments if mark.kind in GONE), None)
    if gone is not None:
        doubts.append(PlanDoubt("gone", GONE_SAID.format(words=gone.words[:60]), "", place))
    return replace(
        line,
        notes=(*line.notes, box.words),
        amendments=(
            *line.amendments,
            *(mark for mark in box.amendments if mark not in line.amendments),
        ),
        doubts=(*line.doubts, *doubts),
    )
