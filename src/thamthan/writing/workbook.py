"""A table as a workbook: openpyxl makes the book round it, the rows go in as they are made."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from thamthan.thai.text import repair
from thamthan.writing.sheet_sizes import column_width_of, height_of, lines_in
from thamthan.writing.tables import Cell, Table

if TYPE_CHECKING:
    from openpyxl.styles import Alignment, Border, Font

# So many distinct words are kept while a file is made: most cells say what others say.
MOST_WORDS_KEPT = 8192
# A file goes out so many rows at a time.
ROWS_AT_ONCE = 500
_LONGEST_CELL = 32_000
# Eight columns fill A4 on its side at full size; each further one makes the sheet wider, and
# the print smaller.
_WIDTH_OF_PAPER, _COLUMNS_OF_PAPER, _FURTHER, _NARROWEST = 140.0, 8, 8.0, 5.0
_FACE, _SIZE = "TH SarabunPSK", 16
_WIDEST_FOR_HEADING = 13.0
_MOST_MONEY = "999,999,999.99"
# What no XML may hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENDLESS = float("inf")
_SHEETS = "xl/worksheets/"
_SHEET, _END_OF_ROWS = f"{_SHEETS}sheet1.xml", b"</sheetData>"


def plain_words(words: str) -> str:
    """Words as a file holds them: repaired, without controls, no longer than a cell may be."""
    return _CONTROLS.sub("", repair(words))[:_LONGEST_CELL]


def with_own_heights(book: bytes) -> bytes:
    """The book with its rows as high as they were made, and still free to grow.

    openpyxl marks each height as one that a person chose: a row would no longer follow its words
    when somebody writes more into it.
    """
    out = BytesIO()
    with ZipFile(BytesIO(book)) as given, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for entry in given.infolist():
            content = given.read(entry)
            if entry.filename.startswith(_SHEETS):
                # Words stand in a part of their own, so that this is never one of them.
                content = content.replace(b' customHeight="1"', b"")
            made.writestr(entry, content)
    return out.getvalue()


def workbook_of(table: Table, rows: Iterable[tuple[Cell, ...]], *, landscape: bool) -> bytes:
    """สมุดงาน: title, headings, these rows, foot. Text stays text, whatever it begins with.

    A style is looked up once for each column, and a row is written as soon as it is known:
    openpyxl asks for each cell anew, and a board of the country has a hundred thousand.
    """
    frame, heading, styles, foot_style = _frame(table, landscape=landscape)
    widths = column_widths(table)
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
                for part in _rows(table, rows, heading + 1, widths, styles, foot_style):
                    sheet.write(part.encode("utf-8"))
                sheet.write(end + below)
    return out.getvalue()


def _rows(
    table: Table,
    rows: Iterable[tuple[Cell, ...]],
    at: int,
    widths: list[float],
    styles: list[tuple[int, int, int]],
    foot_style: int,
) -> Iterator[str]:
    """The rows as XML, so many at a time, and behind them the foot."""
    words = lru_cache(MOST_WORDS_KEPT)(_words)
    columns = [
        (_letter(number), width, *style)
        for number, (width, style) in enumerate(zip(widths, styles, strict=True))
    ]
    left = iter(rows)
    while part := list(islice(left, ROWS_AT_ONCE)):
        yield "".join(
            _row(number, zip(columns, row, strict=True), words)
            for number, row in enumerate(part, start=at)
        )
        at += len(part)
    if table.foot:
        # It lies over the empty cells beside it, and is one line.
        yield _row(at, [(("A", _ENDLESS, foot_style, foot_style, foot_style), table.foot)], words)


def _row(
    at: int,
    cells: Iterable[tuple[tuple[str, float, int, int, int], Cell]],
    words: Callable[[str], tuple[str, float]],
) -> str:
    made, lines = [], 1
    for (letter, width, style, style_of_words, style_of_money), value in cells:
        if isinstance(value, int):
            made.append(f'<c r="{letter}{at}" s="{style}"><v>{value:d}</v></c>')
        elif isinstance(value, Decimal):
            made.append(f'<c r="{letter}{at}" s="{style_of_money}"><v>{value:f}</v></c>')
        elif value:
            told, wide = words(value)
            made.append(f'<c r="{letter}{at}" s="{style_of_words}" t="inlineStr">{told}</c>')
            if wide > width:
                lines = max(lines, lines_in(value, width, size=_SIZE))
        else:
            made.append(f'<c r="{letter}{at}" s="{style}"/>')
    # Without a height some programs show one line alone; without a mark that a person chose it,
    # the row still grows when more is written into it.
    high = height_of(lines, size=_SIZE)
    return f'<row r="{at}" ht="{high:g}">{"".join(made)}</row>'


def _words(words: str) -> tuple[str, float]:
    """The words as XML, and the width of a column that would hold them on one line."""
    text = plain_words(words)
    space = ' xml:space="preserve"' if text != text.strip() else ""
    told = f"<is><t{space}>{escape(text, {chr(13): '&#13;'})}</t></is>"
    wide = _ENDLESS if "\n" in text else column_width_of([text], size=_SIZE)
    return told, wide


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
    plain, bold = Font(name=_FACE, size=_SIZE), Font(name=_FACE, size=_SIZE, bold=True)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    lines = [line for line in ((table.title, bold), (table.subtitle, plain)) if line[0]]
    heading = len(lines) + 1
    widths = column_widths(table)
    _set_page(sheet, widths, heading, landscape=landscape)
    last = _letter(len(table.columns) - 1)
    for at, (words, font) in enumerate(lines, start=1):
        # The heights of rows are written with the rows, and cannot be told afterwards.
        high = lines_in(plain_words(words), sum(widths), size=_SIZE, bold=True)
        sheet.row_dimensions[at].height = height_of(high, size=_SIZE)
        sheet.append([_cell(sheet, words, font, middle)])
        if last != "A":
            sheet.merged_cells.add(f"A{at}:{last}{at}")
    high = max(
        lines_in(plain_words(one.heading), width, size=_SIZE, bold=True)
        for one, width in zip(table.columns, widths, strict=True)
    )
    sheet.row_dimensions[heading].height = height_of(high, size=_SIZE)
    sheet.append([_cell(sheet, one.heading, bold, middle, frame) for one in table.columns])
    styles = []
    for column in table.columns:
        side = Alignment(horizontal=column.align, vertical="top", wrap_text=True)
        # A number is one line: smaller where its column is too narrow, never ###.
        line = Alignment(horizontal=column.align, vertical="top", shrink_to_fit=True)
        number, words, money = (
            _cell(sheet, given, plain, placed, frame)
            for given, placed in ((None, line), ("ก", side), (None, line))
        )
        money.number_format = "#,##0.00"
        styles.append((number.style_id, words.style_id, money.style_id))
    foot_style = _cell(sheet, "ก", plain, Alignment()).style_id
    out = BytesIO()
    book.save(out)
    return with_own_heights(out.getvalue()), heading, styles, foot_style


def column_widths(table: Table) -> list[float]:
    """ความกว้างของคอลัมน์, each by its share; one of money no narrower than the most it may hold."""
    total = sum(column.share for column in table.columns)
    paper = _WIDTH_OF_PAPER + _FURTHER * max(len(table.columns) - _COLUMNS_OF_PAPER, 0)
    money = column_width_of([_MOST_MONEY], size=_SIZE)
    return [
        round(
            max(
                paper * column.share / total,
                money if column.is_money else _NARROWEST,
                min(_least(column.heading), _WIDEST_FOR_HEADING),
            ),
            2,
        )
        for column in table.columns
    ]


def _least(heading: str) -> float:
    """So wide that no word of the heading is broken."""
    return column_width_of(plain_words(heading).split(), size=_SIZE, bold=True)


def _set_page(sheet: Any, widths: list[float], heading: int, *, landscape: bool) -> None:
    """Widths and paper; all of it stands before the first row is written."""
    for number, width in enumerate(widths):
        sheet.column_dimensions[_letter(number)].width = width
    sheet.freeze_panes = f"A{heading + 1}"
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.footer = 0.3
    sheet.oddFooter.right.text = "หน้า &P จาก &N"


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
