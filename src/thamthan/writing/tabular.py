"""A book or a list as PDF to print, as a workbook to count in, as CSV for another program."""

import csv
import re
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Literal

from thamthan.thai.text import repair
from thamthan.writing.pdf import table_data
from thamthan.writing.tables import Cell, Table
from thamthan.writing.typesetting import typeset
from thamthan.writing.wording import check_table

if TYPE_CHECKING:
    from openpyxl.styles import Alignment, Border, Font
    from openpyxl.worksheet.worksheet import Worksheet

Form = Literal["pdf", "xlsx", "csv"]

# A page holds some 200 cells; a book of a year stays well below.
_MOST_CELLS_PRINTED = 120_000
_MOST_CELLS = 2_000_000
_LONGEST_CELL = 32_000
_WIDTH_OF_PAPER, _NARROWEST = 130.0, 5.0
_FACE = "TH SarabunPSK"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_table(table: Table, *, form: Form, landscape: bool = True) -> bytes:
    """พิมพ์ตาราง: the table as PDF (A4, headings on every page), as XLSX, or as CSV with a BOM.

    On paper digits are Thai; in XLSX and CSV they stay as given and whole numbers are numbers.
    No text is ever taken for a formula. `landscape` turns the paper of the PDF and of the
    workbook. Refuses uneven rows, and tables longer than the file can hold.
    """
    check_table(table, most_cells=_MOST_CELLS_PRINTED if form == "pdf" else _MOST_CELLS)
    if form == "pdf":
        data = {**table_data(table), "landscape": landscape}
        return typeset("table", data, title=table.title)
    return _workbook(table, landscape=landscape) if form == "xlsx" else _csv(table)


def _csv(table: Table) -> bytes:
    """Headings and rows; what a spreadsheet would take for a formula gets a ' before it."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([_harmless(column.heading) for column in table.columns])
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _harmless(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return str(cell)
    words = _plain(cell)
    return f"'{words}" if words.lstrip().startswith(_FORMULA) or words[:1] in _FORMULA else words


def _plain(words: str) -> str:
    return _CONTROLS.sub("", repair(words))[:_LONGEST_CELL]


def _workbook(table: Table, *, landscape: bool) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = re.sub(r"[\\/*?:\[\]]", " ", _plain(table.title))[:31].strip() or "ตาราง"
    heading = _fill(sheet, table)
    total = sum(column.share for column in table.columns)
    for number, column in enumerate(table.columns):
        width = max(_NARROWEST, _WIDTH_OF_PAPER * column.share / total)
        sheet.column_dimensions[_letter(number)].width = width
    sheet.freeze_panes = f"A{heading + 1}"
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: "Worksheet", table: Table) -> int:
    """Writes title, headings, rows and foot; returns the row of the headings."""
    from openpyxl.styles import Alignment, Border, Font, Side

    thin = Side(style="thin")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    plain, bold = Font(name=_FACE, size=16), Font(name=_FACE, size=16, bold=True)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    last = _letter(len(table.columns) - 1)
    at = 0
    for words, font in ((table.title, bold), (table.subtitle, plain)):
        if words:
            at += 1
            _put(sheet, f"A{at}", words, font, middle)
            if last != "A":
                sheet.merge_cells(f"A{at}:{last}{at}")
    heading = at + 1
    for number, column in enumerate(table.columns):
        _put(sheet, f"{_letter(number)}{heading}", column.heading, bold, middle, frame)
    sides = [
        Alignment(horizontal=column.align, vertical="top", wrap_text=True)
        for column in table.columns
    ]
    at = heading
    for row in table.rows:
        at += 1
        for number, (side, value) in enumerate(zip(sides, row, strict=True)):
            _put(sheet, f"{_letter(number)}{at}", value, plain, side, frame)
    if table.foot:
        _put(sheet, f"A{at + 1}", table.foot, plain, Alignment())
    return heading


def _put(
    sheet: "Worksheet",
    place: str,
    value: Cell,
    font: "Font",
    side: "Alignment",
    frame: "Border | None" = None,
) -> None:
    """Text stays text, whatever it begins with; a number is a number."""
    cell = sheet[place]
    cell.font, cell.alignment = font, side
    if frame:
        cell.border = frame
    if isinstance(value, int):
        cell.value = value
    elif value:
        cell.value = _plain(value)
        # Excel then shows it as typed with a ' before: never a formula, a day or a number.
        cell.data_type = "s"
        cell.quotePrefix = True


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(number + 1)
