"""A CSV file as the one grid that it is."""

import csv
import io

from thamthan.reading.parsed import Unparsed
from thamthan.reading.plans.grid import Cell, Grid

MOST_BYTES = 30 * 1024 * 1024
MOST_ROWS = 60_000
MOST_COLUMNS = 300
_SEPARATORS = ",\t;|"
_SAMPLE = 20_000


def parse_commas(content: bytes, *, name: str) -> Grid:
    """แยก CSV: UTF-8, UTF-16 or TIS-620, with whatever sign stands between the cells."""
    if len(content) > MOST_BYTES:
        raise Unparsed("ใหญ่เกินกว่าจะเป็นตารางแผนพัฒนา กรุณาแบ่งไฟล์")
    text = _text(content)
    separator = max(_SEPARATORS, key=text[:_SAMPLE].count)
    cells: dict[tuple[int, int], Cell] = {}
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for row, values in enumerate(reader, start=1):
            if row > MOST_ROWS or len(values) > MOST_COLUMNS:
                raise Unparsed("มีแถวหรือคอลัมน์มากเกินกว่าจะเป็นตารางแผนพัฒนา กรุณาแบ่งไฟล์")
            for column, words in enumerate(values, start=1):
                if words.strip():
                    cells[row, column] = Cell(words)
    except csv.Error as fault:
        raise Unparsed("อ่านเป็นตาราง CSV ไม่ได้ ไฟล์อาจชำรุด") from fault
    if max((column for _, column in cells), default=0) < 3:
        raise Unparsed("ไม่ใช่ตาราง เพราะมีไม่ถึงสามคอลัมน์")
    return Grid(name, cells)


def _text(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp874")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unparsed("ไม่ใช่ตาราง XLSX หรือ CSV ที่อ่านได้")
