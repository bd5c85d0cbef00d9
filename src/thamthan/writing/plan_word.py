"""แถวของแผนพัฒนาท้องถิ่น as a Word file on landscape paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.shared import Cm, Length

from thamthan.thai.digits import baht_figures
from thamthan.writing.figures import thai_figures
from thamthan.writing.plan_layout import (
    HeadingLine,
    PlanColumn,
    PlanLine,
    PlanTable,
    ProjectLine,
    columns_of,
    lines_of,
    sum_of,
    title_lines,
)
from thamthan.writing.word import (
    add_page_number,
    add_words,
    keep_row_whole,
    narrow_cells,
    new_document,
    repeat_heading,
    set_columns,
    set_out,
    set_widths,
    share_out,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell

_WIDE, _HIGH, _SIDE, _TOP = 29.7, 21.0, 1.0, 1.2
_SIZE, _DENSE_SIZE, _TITLE_SIZE = 12.0, 10.0, 16.0
_MANY_COLUMNS = 14
# What a digit of an amount takes of the paper for each point of its size, so that none breaks.
_DIGIT, _MARGINS = 0.0138, 0.2
_NARROWEST_MONEY, _SMALLEST = 1.5, 7.0
# The columns of words keep so much of the paper; before that the amounts are set smaller.
_ROOM_FOR_WORDS = 12.0


def plan_in_word(tables: Sequence[PlanTable]) -> bytes:
    """The tables, each on pages of its own; what they may not hold was refused before."""
    document = new_document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(_WIDE), Cm(_HIGH)
    section.left_margin = section.right_margin = Cm(_SIDE)
    section.top_margin, section.bottom_margin = Cm(_TOP + 0.6), Cm(_TOP)
    header = section.header
    add_page_number(set_out(header.paragraphs[0], side="center"))
    for at, table in enumerate(tables):
        if at:
            document.add_section(WD_SECTION.NEW_PAGE)
        _table(document, table)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: "WordDocument", table: PlanTable) -> None:
    mark = set_out(document.add_paragraph(), side="right", keep=True)
    add_words(mark, thai_figures(table.form.mark), bold=True)
    for words in title_lines(table):
        found = set_out(document.add_paragraph(), side="center", keep=True)
        add_words(found, thai_figures(words), size=_TITLE_SIZE, bold=True)
    columns = columns_of(table)
    size = _DENSE_SIZE if len(columns) > _MANY_COLUMNS else _SIZE
    sizes = _Sizes(size, *_money_size(columns, table, size))
    widths = _widths(columns, sizes.money_width)
    document.add_paragraph().paragraph_format.line_spacing = 0.4
    grid = document.add_table(rows=2, cols=len(columns), style="Table Grid")
    narrow_cells(grid, twips=40)
    set_columns(grid, widths)
    _headings(grid, columns, size)
    for line in lines_of(table):
        row = grid.add_row()
        set_widths(list(row.cells), widths)
        keep_row_whole(row)
        _line(list(row.cells), columns, line, sizes)


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Points of words and of amounts, and how wide a column of amounts is."""

    words: float
    money: float
    money_width: float


def _money_size(
    columns: Sequence[PlanColumn], table: PlanTable, size: float
) -> tuple[float, float]:
    """The size and the width in which the longest amount stands on one line."""
    money = [column for column in columns if column.satang is not None]
    amounts = [column.satang(row) for column in money for row in table.rows if column.satang]
    amounts += [sum_of(column, table.rows) for column in money]
    longest = max(len(amount_words(satang)) for satang in amounts)
    room = (_WIDE - 2 * _SIDE - _ROOM_FOR_WORDS) / len(money)
    fitting = (room - _MARGINS) / (_DIGIT * max(longest, 1))
    size = max(_SMALLEST, min(size, fitting))
    return size, max(_NARROWEST_MONEY, _MARGINS + _DIGIT * longest * size)


def _widths(columns: Sequence[PlanColumn], money: float) -> list[Length]:
    """Money first, the rest of the paper among the columns of words."""
    paper = _WIDE - 2 * _SIDE - money * sum(column.satang is not None for column in columns)
    shares = [column.share for column in columns if column.satang is None]
    words = iter(share_out(shares, paper))
    return [Cm(money) if column.satang is not None else next(words) for column in columns]


def _headings(grid: Any, columns: Sequence[PlanColumn], size: float) -> None:
    top, below = list(grid.rows[0].cells), list(grid.rows[1].cells)
    at = 0
    while at < len(columns):
        group = columns[at].group
        end = at + 1
        while group and end < len(columns) and columns[end].group == group:
            end += 1
        if group:
            for number in range(at, end):
                _put(below[number], columns[number].heading, size, side="center", bold=True)
            _put(top[at].merge(top[end - 1]), group, size, side="center", bold=True)
        else:
            merged = top[at].merge(below[at])
            _put(merged, columns[at].heading, size, side="center", bold=True)
        at = end
    for row in grid.rows:
        repeat_heading(row)


def _line(
    cells: "list[_Cell]", columns: Sequence[PlanColumn], line: PlanLine, sizes: _Sizes
) -> None:
    if isinstance(line, HeadingLine):
        merged = cells[0].merge(cells[-1])
        _put(merged, line.words, sizes.words, bold=True, keep=True)
    elif isinstance(line, ProjectLine):
        for cell, column in zip(cells, columns, strict=True):
            if column.satang is not None:
                _put(cell, amount_words(column.satang(line.row)), sizes.money, side="right")
            elif column.words is not None:
                _put(cell, column.words(line.row), sizes.words, side=column.align)
    else:
        first = next(at for at, column in enumerate(columns) if column.satang is not None)
        _put(cells[0].merge(cells[first - 1]), line.words, sizes.words, side="center", bold=True)
        for cell, column in zip(cells, columns, strict=True):
            if column.satang is not None:
                words = amount_words(sum_of(column, line.rows))
                _put(cell, words, sizes.money, side="right", bold=True)


def amount_words(satang: int | None) -> str:
    """จำนวนเงินในแผน: empty where not stated, a dash for nothing."""
    if satang is None:
        return ""
    return baht_figures(satang) if satang else "-"


def _put(
    cell: "_Cell",
    words: str,
    size: float,
    *,
    side: Any = "left",
    bold: bool = False,
    keep: bool = False,
) -> None:
    if bold:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    # Cells that were merged leave empty paragraphs behind.
    for empty in cell.paragraphs[1:]:
        empty._p.getparent().remove(empty._p)
    lines = thai_figures(words).splitlines() or [""]
    for at, text in enumerate(lines):
        found = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        add_words(set_out(found, side=side, keep=keep), text, size=size, bold=bold)
