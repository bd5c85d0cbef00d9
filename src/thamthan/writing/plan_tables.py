"""แถวของแผนพัฒนาท้องถิ่น as a workbook in the plan's own layout, to print and to count in."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from thamthan.errors import Refused
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
from thamthan.writing.sheet_sizes import column_width_of, height_of, lines_in
from thamthan.writing.typesetting import check_letters
from thamthan.writing.workbook import plain_words, with_own_heights

_FACE = "TH SarabunPSK"
_SIZE, _TITLE_SIZE, _HEADING_SIZE = 14, 16, 14
# So wide is A4 on its side within the margins, at full size; a wider sheet is printed smaller.
_WIDTH_OF_PAPER = 148.0
_NARROWEST = 5.0
# Words stay readable beside ten columns of money: so wide is a column for each part of its share.
_LEAST_SHARE = 3.4
MOST_ROWS = 20_000
_LEFT, _MIDDLE, _RIGHT = "left", "center", "right"
_FORMAT_OF_SATANG = "#,##0.00"


def write_plan_xlsx(tables: Sequence[PlanTable]) -> bytes:
    """เขียนแผนเป็น XLSX: a sheet for each table, headings merged, amounts as numbers of baht.

    A dash is nothing (0) and an empty cell is what the plan does not state, so that reading the
    file back gives the same rows. No text is ever taken for a formula. Refuses more rows than
    anyone could look through.
    """
    from openpyxl import Workbook

    _check_size(tables)
    book: Any = Workbook()
    book.remove(book.active)
    for table in tables:
        _Sheet(book, table).fill()
    if not book.worksheets:
        book.create_sheet("แผน")
    out = BytesIO()
    book.save(out)
    return with_own_heights(out.getvalue())


def write_plan_docx(tables: Sequence[PlanTable]) -> bytes:
    """เขียนแผนเป็น DOCX: landscape, digits Thai, headings on every page. As `write_plan_xlsx`."""
    from thamthan.writing.plan_word import plan_in_word

    _check_size(tables)
    for table in tables:
        for words in _all_words(table):
            check_letters(words)
    return plan_in_word(tables)


def _all_words(table: PlanTable) -> list[str]:
    words = [column.words for column in columns_of(table) if column.words]
    rows = [tell(row) for row in table.rows for tell in words]
    return [*title_lines(table), *(line for row in table.rows for line in row.headings), *rows]


def _check_size(tables: Sequence[PlanTable]) -> None:
    if sum(len(table.rows) for table in tables) > MOST_ROWS:
        raise Refused(
            f"แผนนี้ยาวเกิน {MOST_ROWS:,} แถว ให้เลือกเฉพาะแบบหรือแผนงานที่ต้องการ",
            code="too_long",
            status=422,
        )


class _Sheet:
    """One sheet while it is filled, row by row from the top."""

    def __init__(self, book: Any, table: PlanTable) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self._table = table
        self._columns = columns_of(table)
        self._lines = tuple(lines_of(table))
        self._widths = _widths(self._columns, self._lines)
        self._sheet = book.create_sheet(_sheet_name(table, book.sheetnames))
        thin = Side(style="thin")
        self._frame = Border(left=thin, right=thin, top=thin, bottom=thin)
        self._plain = Font(name=_FACE, size=_SIZE)
        self._bold = Font(name=_FACE, size=_HEADING_SIZE, bold=True)
        self._title = Font(name=_FACE, size=_TITLE_SIZE, bold=True)
        self._sides = {
            side: Alignment(horizontal=side, vertical="top", wrap_text=True)
            for side in (_LEFT, _MIDDLE, _RIGHT)
        }
        self._centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
        # An amount is one line: shown smaller where somebody makes the column narrow, never ###.
        self._figure = Alignment(horizontal=_RIGHT, vertical="top", shrink_to_fit=True)
        self._grey = PatternFill("solid", fgColor="EFEFEF")
        self._at = 0

    def fill(self) -> None:
        self._titles()
        self._headings()
        for line in self._lines:
            self._line(line)
        self._page()

    def _titles(self) -> None:
        """The mark of the form in the corner, the titles below it over the whole width."""
        self._at += 1
        last = len(self._columns)
        self._put(last - 1, self._table.form.mark, self._bold, self._sides[_RIGHT])
        self._merge(self._at, last - 1, self._at, last)
        self._high(1)
        for words in title_lines(self._table):
            self._at += 1
            self._put(1, words, self._title, self._centre)
            self._merge(self._at, 1, self._at, last)
            self._high(lines_in(words, sum(self._widths), size=_TITLE_SIZE, bold=True), _TITLE_SIZE)

    def _headings(self) -> None:
        """Two rows: the years stand under งบประมาณ, what has no group is merged downward."""
        top = self._at + 1
        for at, column in enumerate(self._columns, 1):
            self._at = top
            words = column.group or column.heading
            is_first = at == 1 or self._columns[at - 2].group != column.group or not column.group
            self._put(at, words if is_first else "", self._bold, self._centre, framed=True)
            self._at = top + 1
            below = column.heading if column.group else ""
            self._put(at, below, self._bold, self._centre, framed=True)
            if not column.group:
                self._merge(top, at, top + 1, at)
            elif is_first:
                self._merge(top, at, top, at + _run(self._columns, at - 1) - 1)
        self._headings_high(top)
        self._sheet.print_title_rows = f"{top}:{top + 1}"
        self._sheet.freeze_panes = f"A{top + 2}"

    def _headings_high(self, top: int) -> None:
        """What has no group lies over both rows, and needs no more than both together."""
        alone, below = 2, 1
        for column, width in zip(self._columns, self._widths, strict=True):
            lines = lines_in(column.heading, width, size=_HEADING_SIZE, bold=True)
            if column.group:
                below = max(below, lines)
            else:
                alone = max(alone, lines)
        self._at = top
        self._high(1)
        self._at = top + 1
        self._high(max(below, alone - 1))

    def _line(self, line: PlanLine) -> None:
        self._at += 1
        last = len(self._columns)
        if isinstance(line, HeadingLine):
            for at in range(1, last + 1):
                words = line.words if at == 1 else ""
                self._put(at, words, self._bold, self._sides[_LEFT], framed=True).fill = self._grey
            self._merge(self._at, 1, self._at, last)
            self._high(lines_in(line.words, sum(self._widths), size=_HEADING_SIZE, bold=True))
        elif isinstance(line, ProjectLine):
            lines = 1
            for at, column in enumerate(self._columns, 1):
                if column.satang is not None:
                    self._amount(at, column.satang(line.row), self._plain)
                elif column.words is not None:
                    words = column.words(line.row)
                    self._put(at, words, self._plain, self._sides[column.align], framed=True)
                    lines = max(lines, lines_in(words, self._widths[at - 1], size=_SIZE))
            self._high(lines)
        else:
            self._high(1)
            self._total(line.words, [sum_of(column, line.rows) for column in self._columns])

    def _total(self, words: str, sums: Sequence[int | None]) -> None:
        """The words over all columns before the money, the sums under their years."""
        first = next((at for at, column in enumerate(self._columns) if column.satang), 1)
        for at, (column, satang) in enumerate(zip(self._columns, sums, strict=True), 1):
            if column.satang is not None:
                self._amount(at, satang, self._bold)
            else:
                told = words if at == 1 else ""
                self._put(at, told, self._bold, self._centre, framed=True)
        if first > 1:
            self._merge(self._at, 1, self._at, first)

    def _amount(self, at: int, satang: int | None, font: Any) -> None:
        cell = self._put(at, "-" if satang == 0 else "", font, self._figure, framed=True)
        if satang:
            cell.value = Decimal(satang) / 100 if satang % 100 else satang // 100
            cell.number_format = _FORMAT_OF_SATANG if satang % 100 else "#,##0"

    def _high(self, lines: int, size: int = _SIZE) -> None:
        self._sheet.row_dimensions[self._at].height = height_of(lines, size=size)

    def _put(self, at: int, words: str, font: Any, side: Any, *, framed: bool = False) -> Any:
        cell = self._sheet.cell(self._at, at)
        cell.font, cell.alignment = font, side
        if framed:
            cell.border = self._frame
        if words:
            cell.value = plain_words(words)
            # Never a formula, a day or a number, whatever it begins with.
            cell.data_type = "s"
            cell.quotePrefix = True
        return cell

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self._sheet.merge_cells(
                start_row=top, start_column=left, end_row=bottom, end_column=right
            )

    def _page(self) -> None:
        from openpyxl.utils import get_column_letter

        sheet = self._sheet
        for at, width in enumerate(self._widths, 1):
            sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top = sheet.page_margins.bottom = 0.6
        sheet.page_margins.footer = 0.3
        sheet.oddFooter.right.text = "หน้า &P จาก &N"


def _widths(columns: Sequence[PlanColumn], lines: Sequence[PlanLine]) -> list[float]:
    """Money as wide as its longest amount; what is left of the paper is shared by the words."""
    money = {
        at: column_width_of(_figures(column, lines), size=_HEADING_SIZE, bold=True)
        for at, column in enumerate(columns)
        if column.satang is not None
    }
    shares = sum(column.share for at, column in enumerate(columns) if at not in money)
    share = max((_WIDTH_OF_PAPER - sum(money.values())) / shares, _LEAST_SHARE)
    return [
        round(money.get(at, max(_NARROWEST, column.share * share)), 2)
        for at, column in enumerate(columns)
    ]


def _figures(column: PlanColumn, lines: Sequence[PlanLine]) -> Iterator[str]:
    """What stands in a column of money: its year, every amount and every sum, as it is shown."""
    yield column.heading
    for line in lines:
        if isinstance(line, ProjectLine):
            satang = column.satang(line.row) if column.satang else None
        else:
            satang = None if isinstance(line, HeadingLine) else sum_of(column, line.rows)
        if satang:
            baht, rest = divmod(satang, 100)
            yield f"{baht:,}.{rest:02}" if rest else f"{baht:,}"


def _run(columns: Sequence[PlanColumn], first: int) -> int:
    """How many columns from this one on stand under the same heading."""
    group = columns[first].group
    rest = columns[first:]
    return next((at for at, column in enumerate(rest) if column.group != group), len(rest))


def _sheet_name(table: PlanTable, taken: Sequence[str]) -> str:
    name = re.sub(r"[\\/*?:\[\]]", "-", table.form.mark.removeprefix("แบบ "))
    number = 2
    found = name
    while found in taken:
        found = f"{name} ({number})"
        number += 1
    return found
