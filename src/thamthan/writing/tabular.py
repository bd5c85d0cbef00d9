"""A book or a list as PDF to print, as a workbook to count in, as CSV for another program."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from io import StringIO
from itertools import islice
from typing import Literal

from thamthan.writing.pdf import table_facts
from thamthan.writing.tables import Cell, Table
from thamthan.writing.typesetting import typeset
from thamthan.writing.wording import check_table
from thamthan.writing.workbook import MOST_WORDS_KEPT, ROWS_AT_ONCE, plain_words, workbook_of

Form = Literal["pdf", "xlsx", "csv"]

# A page holds some 200 cells; a book of a year stays well below.
_MOST_CELLS_PRINTED = 120_000
_MOST_CELLS = 2_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(table: Table, *, form: Form, landscape: bool = True) -> bytes:
    """พิมพ์ตาราง: the table as PDF (A4, headings on every page), as XLSX, or as CSV with a BOM.

    On paper digits are Thai; in XLSX and CSV they stay as given and whole numbers are numbers.
    No text is ever taken for a formula. `landscape` turns the paper of the PDF and of the
    workbook. Refuses uneven rows, and tables longer than the file can hold.
    """
    check_table(table, most_cells=_MOST_CELLS_PRINTED if form == "pdf" else _MOST_CELLS)
    if form == "pdf":
        data = {**table_facts(table), "landscape": landscape}
        return typeset("table", data, title=table.title)
    return b"".join(write_rows(table, table.rows, form=form, landscape=landscape))


def write_rows(
    table: Table,
    rows: Iterable[tuple[Cell, ...]],
    *,
    form: Literal["xlsx", "csv"],
    landscape: bool = True,
) -> Iterator[bytes]:
    """ตารางยาว: as `write_table`, but of these rows, none of which is kept once it is written.

    CSV comes part by part as it is made; a workbook in one, since half of one cannot be opened.
    """
    check_table(replace(table, rows=()), most_cells=_MOST_CELLS)
    if form == "xlsx":
        return iter((workbook_of(table, rows, landscape=landscape),))
    return _csv(table, rows)


def _csv(table: Table, rows: Iterable[tuple[Cell, ...]]) -> Iterator[bytes]:
    """Headings and rows; what a spreadsheet would take for a formula gets a ' before it."""
    words = lru_cache(MOST_WORDS_KEPT)(_harmless)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([words(column.heading) for column in table.columns])
    yield b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")
    left = iter(rows)
    while part := list(islice(left, ROWS_AT_ONCE)):
        text.seek(0)
        text.truncate()
        writer.writerows(
            [words(cell) if isinstance(cell, str) else cell for cell in row] for row in part
        )
        yield text.getvalue().encode("utf-8")


def _harmless(cell: str) -> str:
    words = plain_words(cell)
    return f"'{words}" if words.lstrip().startswith(_FORMULA) or words[:1] in _FORMULA else words
