"""Books and lists: on paper, as workbooks, as CSV."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Literal

import pypdfium2
import pytest
from openpyxl import load_workbook

from tests.writing.words import table
from thamthan.errors import Refused
from thamthan.writing import Cell, Column, Table, write_rows, write_table

DANGEROUS = ("=1+1", "+66", "-5", "@cmd", "\t=1", " =1", "=HYPERLINK(0)")
TRAPS = Table(
    "สมุด [ก]/ข",
    "",
    (Column("=ลำดับ", 1), Column("ข้อความ", 3)),
    tuple((number, words) for number, words in enumerate(DANGEROUS)),
)


def test_headings_and_thai_page_numbers_stand_on_every_page() -> None:
    document = pypdfium2.PdfDocument(write_table(table(80), form="pdf"))
    layers = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    texts = ["".join(layer.split()) for layer in layers]
    width, height = document[0].get_size()
    document.close()
    assert len(texts) > 2
    assert width > height
    for text, number in zip(texts, "๑๒๓๔๕", strict=False):
        assert "งบประมาณ(บาท)" in text
        assert f"หน้า{number}จาก{'๐๑๒๓๔๕'[len(texts)]}" in text
    assert "ผลการเบิกจ่าย" in texts[0]
    assert "ที่มา:กองคลัง" in texts[-1]


def test_paper_stands_upright_where_asked() -> None:
    document = pypdfium2.PdfDocument(write_table(table(3), form="pdf", landscape=False))
    width, height = document[0].get_size()
    document.close()
    assert width < height


def test_a_workbook_holds_numbers_as_numbers_and_text_as_text() -> None:
    sheet = load_workbook(BytesIO(write_table(TRAPS, form="xlsx"))).worksheets[0]
    assert sheet["A1"].value == TRAPS.title
    assert sheet.freeze_panes == "A3"
    assert [cell.data_type for cell in sheet["B"][2:]] == ["s"] * len(DANGEROUS)
    assert [cell.value for cell in sheet["A"][2:]] == list(range(len(DANGEROUS)))
    assert sheet["B3"].value == "=1+1"
    assert sheet["A2"].data_type == "s"
    assert sheet.column_dimensions["B"].width == pytest.approx(
        3 * sheet.column_dimensions["A"].width
    )
    assert sheet["B3"].alignment.wrap_text
    assert sheet.print_title_rows == "$2:$2"


def test_money_is_a_number_with_its_satang_in_a_workbook_and_in_csv() -> None:
    money = Table("งบ", "", (Column("บาท", 1, "right"),), ((Decimal("1200000.50"),),))
    cell = load_workbook(BytesIO(write_table(money, form="xlsx"))).worksheets[0]["A3"]
    assert (cell.value, cell.data_type, cell.number_format) == (1_200_000.5, "n", "#,##0.00")
    assert "1200000.50" in write_table(money, form="csv").decode("utf-8-sig").split()
    document = pypdfium2.PdfDocument(write_table(money, form="pdf"))
    assert "๑,๒๐๐,๐๐๐.๕๐" in document[0].get_textpage().get_text_range()
    document.close()


def test_csv_opens_in_excel_and_runs_nothing() -> None:
    content = write_table(TRAPS, form="csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == len(DANGEROUS) + 1
    assert all(row[1].startswith("'") for row in rows[1:])
    assert rows[0] == ["'=ลำดับ", "ข้อความ"]


def test_a_workbook_says_every_sign_as_it_was_given() -> None:
    given = ("<ก & ข>", " นำและตาม ", "สอง\nบรรทัด", "ก\rข", "]]>", "\x00\ud800\uffffก", None)
    table = Table("สมุด", "ย่อย", (Column("คำ", 1), Column("จำนวน", 1)), (), "ท้าย & สมุด")
    rows = ((words, -number) for number, words in enumerate(given))
    content = b"".join(write_rows(table, rows, form="xlsx"))
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=4)] == [
        *given[:5], "ก", None, "ท้าย & สมุด",
    ]  # fmt: skip
    assert [row[1].value for row in sheet.iter_rows(min_row=4)][:-1] == [0, -1, -2, -3, -4, -5, -6]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:B1", "A2:B2"}
    for cell in (sheet["A4"], sheet["A10"], sheet["B4"]):
        assert cell.font.name == "TH SarabunPSK"
        assert cell.border.left.style == "thin"
    assert sheet["A4"].quotePrefix
    assert not sheet["B4"].quotePrefix


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_long_rows_give_the_same_file_as_those_at_hand(form: Literal["xlsx", "csv"]) -> None:
    whole = table(1203)
    parts = list(write_rows(replace(whole, rows=()), iter(whole.rows), form=form))
    read = [cells_of(content, form) for content in (b"".join(parts), write_table(whole, form=form))]
    assert read[0] == read[1]
    assert len(read[0]) == len(whole.rows) + (1 if form == "csv" else 4)
    assert sum(whole.rows[1202][1] in row for row in read[0]) == 1


def test_csv_goes_out_before_the_last_row_is_known() -> None:
    def rows() -> Iterator[tuple[Cell, ...]]:
        yield from table(2000).rows
        raise AssertionError("asked for all rows before any went out")

    parts = write_rows(replace(table(0), rows=()), rows(), form="csv")
    assert "งบประมาณ (บาท)" in next(parts).decode("utf-8-sig")
    assert "สายที่ 1 " in next(parts).decode()


def cells_of(content: bytes, form: str) -> list[tuple[object, ...]]:
    if form == "csv":
        return [tuple(row) for row in csv.reader(StringIO(content.decode("utf-8-sig")))]
    return list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv"])
def test_uneven_rows_and_too_many_cells_are_refused(form: str) -> None:
    for wrong in (
        Table("", "", (Column("ก", 1),), ((1, 2),)),
        Table("", "", (), ()),
        Table("", "", (Column("ก", 0),), ()),
        Table("", "", (Column("ก", 1),), ((1,),) * 2_000_001),
    ):
        with pytest.raises(Refused, match=r"[ก-๙]{6}"):
            write_table(wrong, form=form)  # type: ignore[arg-type]
