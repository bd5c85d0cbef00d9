"""A form as a workbook to be filled in without a line: cells to write in, and its stamp."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from thamthan.writing.form_tables import SheetTable, table_sheet_name, write_form_table
from thamthan.writing.workbook import plain_words

# How the cells and the sheets are called; who reads the form back looks for these.
SHEET, STAMP_SHEET = "รายงาน", "ทำทัน"
STANDINGS = ("มีตัวเลข", "ไม่มีข้อมูล", "ไม่เกี่ยวข้อง")
SENDS, REPORTER = "ยืนยันส่งรายงานนี้", "ผู้รายงานและตำแหน่ง"
YES = "ใช่"
# What one cell holds at the most is 32,767 characters.
STAMP_PART = 30_000
FIRST_ROW = 7
_FACE = "TH SarabunPSK"
_SOFT = PatternFill("solid", start_color="FFF8E1")
_LINE = Side(style="thin", color="B0B8BC")


@dataclass(frozen=True, slots=True)
class SheetField:
    """ช่องหนึ่งของแบบ: what is asked, and what stands in it when the form goes out."""

    key: str
    heading: str
    text: str
    unit: str = ""
    is_number: bool = True
    is_share: bool = False
    is_required: bool = True
    value: str = ""
    of: str = ""
    standing: str = STANDINGS[0]
    known: str = ""


@dataclass(frozen=True, slots=True)
class SheetForm:
    """แบบหนึ่งฉบับ: its title lines, fields and tables, and the stamp by which it is known again."""

    title: str
    house: str
    due: str
    fields: tuple[SheetField, ...]
    stamp: str
    tables: tuple[SheetTable, ...] = ()


def write_form_sheet(form: SheetForm) -> bytes:
    """แบบรายงานเป็น Excel: only the cells to be filled can be written in; the stamp lies apart.

    The file is not kept from being changed by whoever wants to: the stamp shows it.
    """
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = SHEET
    _head(sheet, form)
    row = FIRST_ROW
    heading = ""
    choice = DataValidation("list", formula1=f'"{",".join(STANDINGS)}"', allow_blank=True)
    sheet.add_data_validation(choice)
    for field in form.fields:
        if field.heading and field.heading != heading:
            heading = field.heading
            cell = sheet.cell(row, 1, plain_words(heading))
            cell.font = Font(name=_FACE, size=16, bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=6)
            sheet.row_dimensions[row].height = 24 * (1 + len(heading) // 90)
            row += 1
        _field(sheet, row, field)
        if field.is_number:
            choice.add(sheet.cell(row, 5))
        row += 1
    row = _tables(book, sheet, row, form.tables)
    _foot(sheet, row + 1)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    stamp = book.create_sheet(STAMP_SHEET)
    for at in range(0, len(form.stamp), STAMP_PART):
        stamp.cell(1 + at // STAMP_PART, 1, form.stamp[at : at + STAMP_PART])
    stamp.sheet_state = "veryHidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _tables(book: Workbook, sheet: Worksheet, row: int, tables: Sequence[SheetTable]) -> int:
    """A sheet for each table, and where it is to be found; the row after."""
    for number, table in enumerate(tables, start=1):
        sheet.cell(row, 1, plain_words(table.text)).alignment = Alignment(wrap_text=True)
        sheet.cell(row, 2, f"กรอกในแผ่นงาน “{table_sheet_name(number)}”")
        for column in (1, 2):
            sheet.cell(row, column).font = Font(name=_FACE, size=14)
        write_form_table(book, table, number=number)
        row += 1
    return row


def _head(sheet: Worksheet, form: SheetForm) -> None:
    lines = (
        (form.title, 20, True),
        (form.house, 16, False),
        (form.due, 16, False),
        (
            "กรอกเฉพาะช่องสีอ่อน แล้วส่งไฟล์นี้กลับทางใดก็ได้ ช่องที่ไม่ได้แก้จะไม่ทับของในระบบ",
            14,
            False,
        ),
    )
    for row, (words, size, is_bold) in enumerate(lines, start=1):
        cell = sheet.cell(row, 1, plain_words(words))
        cell.font = Font(name=_FACE, size=size, bold=is_bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=6)
    sheet.row_dimensions[1].height = 30 * (1 + len(form.title) // 70)
    names = ("คำถาม", "คำตอบ", "จากทั้งหมด", "หน่วย", "สถานะ", "ระบบรู้")
    for column, name in enumerate(names, start=1):
        cell = sheet.cell(FIRST_ROW - 1, column, name)
        cell.font = Font(name=_FACE, size=14, bold=True)
        cell.border = Border(bottom=_LINE)
    for letter, width in zip("ABCDEF", (38, 44, 16, 14, 16, 24), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions["G"].hidden = True
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _field(sheet: Worksheet, row: int, field: SheetField) -> None:
    label = field.text + ("" if field.is_required else " (ถ้ามี)")
    open_columns = {2} | ({5} if field.is_number else set()) | ({3} if field.is_share else set())
    texts: Sequence[str] = (
        label, field.value, field.of, field.unit, field.standing if field.is_number else "",
        field.known, field.key,
    )  # fmt: skip
    for column, words in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        number = _number(words) if field.is_number and column in {2, 3} else None
        cell.value = number if number is not None else plain_words(words) or None
        # What is typed as words stays words, whatever it begins with.
        cell.number_format = "#,##0.###" if field.is_number and column in {2, 3} else "@"
        if isinstance(cell.value, str):
            cell.data_type = "s"
        cell.font = Font(name=_FACE, size=14)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if column in open_columns:
            cell.fill = _SOFT
            cell.border = Border(_LINE, _LINE, _LINE, _LINE)
            cell.protection = Protection(locked=False)
    if not field.is_number:
        sheet.row_dimensions[row].height = min(400, 22 * (2 + len(field.value) // 40))


def _number(words: str) -> int | float | None:
    plain = words.replace(",", "")
    if not plain:
        return None
    try:
        return int(plain)
    except ValueError:
        # At most three decimals and fifteen digits: a cell keeps them as they are.
        return float(plain)


def _foot(sheet: Worksheet, row: int) -> None:
    choice = DataValidation("list", formula1=f'"{YES},ไม่"', allow_blank=True)
    sheet.add_data_validation(choice)
    for at, label in enumerate((SENDS, REPORTER)):
        name = sheet.cell(row + at, 1, label)
        name.font = Font(name=_FACE, size=14, bold=True)
        cell = sheet.cell(row + at, 2)
        cell.fill = _SOFT
        cell.border = Border(_LINE, _LINE, _LINE, _LINE)
        cell.font = Font(name=_FACE, size=14)
        cell.number_format = "@"
        cell.protection = Protection(locked=False)
    choice.add(sheet.cell(row, 2))
