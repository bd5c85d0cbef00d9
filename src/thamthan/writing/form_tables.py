"""Tables of a form as sheets of its workbook: rows as they are, and empty ones to be filled in."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from thamthan.writing.sheet_sizes import height_of, lines_in
from thamthan.writing.workbook import plain_words

# Who reads the form back looks for sheets of these names, and for rows from here on.
TABLE_SHEET = "ตาราง"
FIRST_TABLE_ROW = 6
STANDING_ROW = 3
TABLE_STANDINGS = ("มีรายการ", "ไม่มีข้อมูล", "ไม่เกี่ยวข้อง")
_FACE, _SIZE, _TITLE_SIZE = "TH SarabunPSK", 14, 18
_WIDTH_OF_NUMBER, _WIDTH_OF_WORDS = 18.0, 34.0
_OTHER_FACE = 1.15
_HOW = "กรอกเฉพาะช่องสีอ่อน แถวละรายการ ลบแถวโดยล้างทุกช่องของแถวนั้น"
_SOFT = PatternFill("solid", start_color="FFF8E1")
_LINE = Side(style="thin", color="B0B8BC")
_FRAME = Border(_LINE, _LINE, _LINE, _LINE)
_TOP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """สดมภ์หนึ่ง: its heading with the unit, and whether its cells are numbers."""

    heading: str
    is_number: bool = False

    @property
    def width(self) -> float:
        return _WIDTH_OF_NUMBER if self.is_number else _WIDTH_OF_WORDS


@dataclass(frozen=True, slots=True)
class SheetTable:
    """ตารางหนึ่ง; each row with the key by which it is known again, the empty ones too."""

    text: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    standing: str = TABLE_STANDINGS[0]


def table_sheet_name(number: int) -> str:
    """ชื่อแผ่นงานของตารางที่ 1, 2, …"""
    return f"{TABLE_SHEET} {number}"


def write_form_table(book: Workbook, table: SheetTable, *, number: int) -> None:
    """แผ่นงานของตารางหนึ่ง: only its cells can be written in; the keys of its rows are hidden."""
    sheet = book.create_sheet(table_sheet_name(number))
    last = len(table.columns) + 1
    for row, (words, size) in enumerate(((table.text, _TITLE_SIZE), (_HOW, _SIZE)), start=1):
        head = _put(sheet.cell(row, 2), plain_words(words), size=size, is_bold=row == 1)
        head.alignment = _TOP
        wide = sum(column.width for column in table.columns)
        _set_height(sheet, row, [(words, wide)], size=size, is_bold=row == 1)
        if last > 2:
            sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=last)
    _standing(sheet.cell(STANDING_ROW, 2), table)
    _set_height(sheet, STANDING_ROW, [(table.standing, _WIDTH_OF_WORDS)])
    choice = DataValidation("list", formula1=f'"{",".join(TABLE_STANDINGS)}"', allow_blank=True)
    choice.add(sheet.cell(STANDING_ROW, 2))
    sheet.add_data_validation(choice)
    for at, column in enumerate(table.columns, start=2):
        cell = _put(sheet.cell(FIRST_TABLE_ROW - 1, at), plain_words(column.heading), is_bold=True)
        cell.border, cell.alignment = Border(bottom=_LINE), _TOP
        sheet.column_dimensions[cell.column_letter].width = column.width
    headings = [(column.heading, column.width) for column in table.columns]
    _set_height(sheet, FIRST_TABLE_ROW - 1, headings, is_bold=True)
    for at, (key, cells) in enumerate(table.rows, start=FIRST_TABLE_ROW):
        _put(sheet.cell(at, 1), key)
        for column_at, (column, words) in enumerate(
            zip(table.columns, cells, strict=True), start=2
        ):
            _open_cell(sheet.cell(at, column_at), column, words)
        widths = [column.width for column in table.columns]
        _set_height(sheet, at, list(zip(cells, widths, strict=True)))
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = f"A{FIRST_TABLE_ROW}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _set_height(
    sheet: Worksheet,
    row: int,
    cells: Sequence[tuple[str, float]],
    *,
    size: int = _SIZE,
    is_bold: bool = False,
) -> None:
    """So high that every cell is read whole, also in programs that do not measure by themselves."""
    # Who has not our face sees a wider and a taller one.
    room = size * _OTHER_FACE
    lines = max(lines_in(words, width, size=room, bold=is_bold) for words, width in cells)
    sheet.row_dimensions[row].height = height_of(lines, size=room)


def _standing(cell: Cell, table: SheetTable) -> None:
    _put(cell, table.standing)
    cell.fill, cell.border, cell.protection = _SOFT, _FRAME, Protection(locked=False)


def _open_cell(cell: Cell, column: SheetColumn, words: str) -> None:
    plain = words.replace(",", "")
    number: int | float | None = None
    if column.is_number and plain:
        number = int(plain) if plain.lstrip("-").isdigit() else float(plain)
    if number is not None:
        cell.value = number
        cell.font = Font(name=_FACE, size=_SIZE)
    else:
        _put(cell, plain_words(words))
    cell.number_format = "#,##0.###" if column.is_number else "@"
    cell.fill, cell.border, cell.protection = _SOFT, _FRAME, Protection(locked=False)
    cell.alignment = _TOP


def _put(cell: Cell, words: str, *, size: int = _SIZE, is_bold: bool = False) -> Cell:
    """Words that stay words, whatever they begin with."""
    cell.value = words or None
    cell.number_format = "@"
    if words:
        cell.data_type = "s"
    cell.font = Font(name=_FACE, size=size, bold=is_bold)
    return cell
