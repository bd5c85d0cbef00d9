"""A table as a workbook: openpyxl makes the book round it, the rows go in as they are made."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from thamthan.thai.text import repair
from thamthan.writing.tables import Cell, Table

if TYPE_CHECKING:
    from openpyxl.styles import Alignment, Border, Font

# So many distinct words are kept while a file is made: most cells say what others say.
MOST_WORDS_KEPT = 8192
# A file goes out so many rows at a time.
ROWS_AT_ONCE = 500
_LONGEST_CELL = 32_000
_WIDTH_OF_PAPER, _NARROWEST = 130.0, 5.0
# A letter of 16 points as wide as so many of a column's units; points to a line of headings.
_LETTER, _LINE, _MOST_HEADING_LINES = 1.15, 22.0, 8
_FACE = "TH SarabunPSK"
# What no XML may hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET, _END_OF_ROWS = "xl/worksheets/sheet1.xml", b"</sheetData>"


def plain_words(words: str) -> str:
    """Words as a file holds them: repaired, without controls, no longer than a cell may be."""
    return _CONTROLS.sub("", repair(words))[:_LONGEST_CELL]


def workbook_of(table: Table, rows: Iterable[tuple[Cell, ...]], *, landscape: bool) -> bytes:
    """สมุดงาน: title, headings, these rows, foot. Text stays text, whatever it begins with.

    A style is looked up once for each column, and a row is written as soon as it is known:
    openpyxl asks for each cell anew, and a board of the country has a hundred thousand.
    """
    frame, heading, styles, foot_style = _frame(table, landscape=landscape)
    out = BytesIO()
    with ZipFile(BytesIO(frame)) as given, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename != _SHEET:
                made.writestr(entry, content)
                continue
            above, end, below = content.partition(_END_OF_ROWS)
            with made.open(entry.filename, "w") as sheet:
                sheet.write(above)
                for part in _rows(table, rows, heading + 1, styles, foot_style):
                    sheet.write(part.encode("utf-8"))
                sheet.write(end + below)
    return out.getvalue()


def _rows(
    table: Table,
    rows: Iterable[tuple[Cell, ...]],
    at: int,
    styles: list[tuple[int, int, int]],
    foot_style: int,
) -> Iterator[str]:
    """The rows as XML, so many at a time, and behind them the foot."""
    words = lru_cache(MOST_WORDS_KEPT)(_words)
    columns = [(_letter(number), *style) for number, style in enumerate(styles)]
    left = iter(rows)
    while part := list(islice(left, ROWS_AT_ONCE)):
        yield "".join(
            _row(number, zip(columns, row, strict=True), words)
            for number, row in enumerate(part, start=at)
        )
        at += len(part)
    if table.foot:
        yield _row(at, [(("A", foot_style, foot_style, foot_style), table.foot)], words)


def _row(
    at: int,
    cells: Iterable[tuple[tuple[str, int, int, int], Cell]],
    words: Callable[[str], str],
) -> str:
    made = []
    for (letter, style, style_of_words, style_of_money), value in cells:
        if isinstance(value, int):
            made.append(f'<c r="{letter}{at}" s="{style}"><v>{value:d}</v></c>')
        elif isinstance(value, Decimal):
            made.append(f'<c r="{letter}{at}" s="{style_of_money}"><v>{value:f}</v></c>')
        elif value:
            made.append(
                f'<c r="{letter}{at}" s="{style_of_words}" t="inlineStr">{words(value)}</c>'
            )
        else:
            made.append(f'<c r="{letter}{at}" s="{style}"/>')
    return f'<row r="{at}">{"".join(made)}</row>'


def _words(words: str) -> str:
    text = plain_words(words)
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<is><t{space}>{escape(text, {chr(13): '&#13;'})}</t></is>"


def _frame(table: Table, *, landscape: bool) -> tuple[bytes, int, list[tuple[int, int, int]], int]:
    """The book without its rows; the row of the headings; of each column the style of a number,
    of words and of money; the style of the foot."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    book: Any = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.title = re.sub(r"[\\/*?:\[\]]", " ", plain_words(table.title))[:31].strip() or "ตาราง"
    thin = Side(style="thin")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    plain, bold = Font(name=_FACE, size=16), Font(name=_FACE, size=16, bold=True)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    lines = [line for line in ((table.title, bold), (table.subtitle, plain)) if line[0]]
    heading = len(lines) + 1
    _set_page(sheet, table, heading, landscape=landscape)
    last = _letter(len(table.columns) - 1)
    for at, (words, font) in enumerate(lines, start=1):
        sheet.append([_cell(sheet, words, font, middle)])
        if last != "A":
            sheet.merged_cells.add(f"A{at}:{last}{at}")
    sheet.append([_cell(sheet, one.heading, bold, middle, frame) for one in table.columns])
    styles = []
    for column in table.columns:
        side = Alignment(horizontal=column.align, vertical="top", wrap_text=True)
        number, words, money = (
            _cell(sheet, given, plain, side, frame) for given in (None, "ก", None)
        )
        money.number_format = "#,##0.00"
        styles.append((number.style_id, words.style_id, money.style_id))
    foot_style = _cell(sheet, "ก", plain, Alignment()).style_id
    out = BytesIO()
    book.save(out)
    return out.getvalue(), heading, styles, foot_style


def _set_page(sheet: Any, table: Table, heading: int, *, landscape: bool) -> None:
    """Widths and paper; all of it stands before the first row is written."""
    total = sum(column.share for column in table.columns)
    # A sheet of many columns is wider than paper on the screen; printed it is made to fit.
    paper = max(_WIDTH_OF_PAPER, total)
    lines = 1
    for number, column in enumerate(table.columns):
        width = max(_NARROWEST, paper * column.share / total)
        sheet.column_dimensions[_letter(number)].width = width
        lines = max(lines, ceil(len(column.heading) * _LETTER / width))
    # Not every program makes room for our size of letters, or for headings of several lines.
    sheet.sheet_format.defaultRowHeight = _LINE
    sheet.row_dimensions[heading].height = _LINE * min(lines, _MOST_HEADING_LINES) + 4
    sheet.freeze_panes = f"A{heading + 1}"
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _cell(
    sheet: Any, words: str | None, font: "Font", side: "Alignment", frame: "Border | None" = None
) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell: Any = WriteOnlyCell(sheet)
    cell.font, cell.alignment = font, side
    if frame:
        cell.border = frame
    if words:
        cell.value = plain_words(words)
        # Excel then shows it as typed with a ' before: never a formula, a day or a number.
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(number + 1)
