"""Sheets that were copied, and lines that say what another line says already."""

import re
from collections.abc import Sequence
from dataclasses import replace

from thamthan.reading.plans.model import PlanDoubt, PlanLine, SheetReading
from thamthan.thai.text import fold

_COPY = re.compile(
    r"\s*(?:\(\s*[0-9๐-๙]+\s*\)|-?\s*(?:สำเนา|copy|คัดลอก)(?:\s*\(?[0-9๐-๙]*\)?)?)\s*$", re.I
)
# Two sheets that share so much of the smaller one are one sheet twice.
_MOSTLY = 0.8
_FEWEST = 3

_Key = tuple[str, ...]


def mark_doubles(sheets: Sequence[SheetReading]) -> tuple[SheetReading, ...]:
    """หาแผ่นและแถวที่ซ้ำ: the copy is marked, never the first one; nothing is left out here.

    A sheet whose name ends in (2) or สำเนา counts as later than any other, and so does a hidden
    one.
    """
    order = sorted(
        range(len(sheets)),
        key=lambda at: (sheets[at].hidden, bool(_COPY.search(sheets[at].name)), at),
    )
    whole: dict[_Key, tuple[str, int]] = {}
    named: dict[str, tuple[str, int, _Key]] = {}
    marked: dict[int, SheetReading] = {}
    for at in order:
        sheet = sheets[at]
        lines = [_marked(line, whole, named) for line in sheet.lines]
        marked[at] = _with_double(replace(sheet, lines=tuple(lines)))
    return tuple(marked[at] for at in range(len(sheets)))


def _marked(
    line: PlanLine, whole: dict[_Key, tuple[str, int]], named: dict[str, tuple[str, int, _Key]]
) -> PlanLine:
    """The line, with the one that says the same; else it is remembered itself."""
    key = _key(line)
    here = line.sheet, line.rows[0]
    same = whole.setdefault(key, here)
    if same != here:
        said = f"เหมือนกับแถว {same[1]} ของแผ่น “{same[0]}” ทุกช่อง"
        return replace(line, same_as=same, doubts=(*line.doubts, PlanDoubt("double", said)))
    name = fold(line.text("name"))
    like = named.setdefault(name, (*here, key))
    if name and like[:2] != here:
        said = f"ชื่อเดียวกับแถว {like[1]} ของแผ่น “{like[0]}” แต่ข้อความหรืองบประมาณต่างกัน"
        return replace(line, doubts=(*line.doubts, PlanDoubt("same_name", said, "name")))
    return line


def _key(line: PlanLine) -> _Key:
    """What makes two lines the same: all but number, headings and where they stand."""
    money = [
        f"{one.be_year}:{amount.satang}:{amount.written == 'unread' and amount.words}"
        for one in line.budgets
        for amount in (one.planned, one.ordinance)
        if amount is not None
    ]
    fields = (fold(line.text(name)) for name in ("name", "target", "objective", "kind", "place"))
    return (*fields, *money)


def _with_double(sheet: SheetReading) -> SheetReading:
    """A sheet of which nearly all lines stand on one other sheet is that one's double."""
    counted: dict[str, int] = {}
    for line in sheet.lines:
        if line.same_as is not None and line.same_as[0] != sheet.name:
            counted[line.same_as[0]] = counted.get(line.same_as[0], 0) + 1
    other, count = max(counted.items(), key=lambda one: one[1], default=("", 0))
    is_copy = bool(_COPY.search(sheet.name))
    if count and (count >= _MOSTLY * len(sheet.lines)) and (count >= _FEWEST or is_copy):
        said = f"แผ่น “{sheet.name}” ซ้ำกับแผ่น “{other}” ({count} จาก {len(sheet.lines)} แถวเหมือนกัน)"
        doubt = PlanDoubt("double_sheet", said)
        return replace(sheet, double_of=other, doubts=(*sheet.doubts, doubt))
    return sheet
