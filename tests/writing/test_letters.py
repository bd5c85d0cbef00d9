"""Letters as files: what they carry, that they are alike, and what is refused."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn

from tests.writing.gallery import LETTERS, MEMO, PLAIN, PROVINCE, emblem
from tests.writing.test_text_layer import close, layer_of
from tests.writing.words import table
from thamthan.errors import Refused
from thamthan.thai.correspondence import LetterKind
from thamthan.writing import (
    Column,
    OutgoingLetter,
    Paragraph,
    Table,
    write_letter,
    write_letter_docx,
)
from thamthan.writing.figures import thai_figures

RAM = "{urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1}"


def test_the_file_is_pdf_a3_and_carries_the_facts_under_the_names_of_th_egif() -> None:
    letter = replace(PLAIN, references=(PROVINCE,))
    with pikepdf.open(BytesIO(write_letter(letter))) as document:
        about = document.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "B")
        assert about["dc:title"] == letter.subject
        facts = ET.fromstring(document.attachments["letter.xml"].get_file().read_bytes())
    assert facts.findtext(f".//{RAM}ID") == "พบ 72401/123"
    assert facts.findtext(f".//{RAM}CorrespondenceDate") == "2026-03-16"
    assert facts.findtext(f".//{RAM}Subject") == letter.subject
    assert facts.findtext(f".//{RAM}ReferenceCorrespondence/{RAM}ID") == "พบ 0017.2/ว 16407"


def test_the_same_letter_gives_the_same_bytes_in_any_thread() -> None:
    shape = emblem()
    with ThreadPoolExecutor(8) as pool:
        letters = [LETTERS["memo"], LETTERS["two_pages"], PLAIN] * 5
        made = list(pool.map(lambda letter: write_letter(letter, emblem=shape), letters))
    for at in range(3):
        assert len({made[place] for place in range(at, 15, 3)}) == 1
        assert made[at] == write_letter(letters[at], emblem=shape)


def test_text_is_never_taken_for_markup() -> None:
    words = '#panic("x") = หัวข้อ *หนา* _เอน_ $x^2$ <ป้าย> @อ้าง \\ `โค้ด` // - +'
    pdf = write_letter(replace(PLAIN, body=(Paragraph(words), Paragraph("= ก", "- ", 1))))
    assert close(thai_figures(words)) in close(layer_of(pdf))


def test_a_watermark_stands_on_every_page() -> None:
    text = layer_of(write_letter(LETTERS["two_pages"], watermark="สำเนาของ นายวิชัย"))
    assert text.count("สำเนาของ") == 2
    assert "สำเนาของ" not in layer_of(write_letter(LETTERS["two_pages"]))


@pytest.mark.parametrize(
    ("letter", "code"),
    [
        (replace(PLAIN, kind=LetterKind.ORDER), "no_form"),
        (replace(PLAIN, agency=" "), "incomplete"),
        (replace(PLAIN, addressee=""), "incomplete"),
        (replace(PLAIN, subject=""), "incomplete"),
        (replace(PLAIN, body=()), "incomplete"),
        (replace(PLAIN, body=(Paragraph(" "),)), "empty_paragraph"),
        (replace(PLAIN, body=(Paragraph("ก", depth=9),)), "too_deep"),
        (replace(PLAIN, opening="กราบเรียน"), "closing_unfit"),
        (replace(PLAIN, dated_on=date(2569, 3, 16)), "bad_day"),
        (replace(PLAIN, subject="ทดสอบ \U0001f600"), "unknown_letter"),
        (replace(PLAIN, body=(Paragraph("เสียง\x07ดัง"),)), "unknown_letter"),
        (replace(PLAIN, body=(Table("", "", (), ()),)), "no_columns"),
        (replace(PLAIN, body=(Table("", "", (Column("ก", 1),), ((1, 2),)),)), "uneven_row"),
    ],
)
def test_what_cannot_be_written_is_refused_in_thai(letter: OutgoingLetter, code: str) -> None:
    for write in (write_letter, write_letter_docx):
        with pytest.raises(Refused) as refusal:
            write(letter)
        assert refusal.value.code == code
        assert re.search("[ก-๙]{6}", refusal.value.message)


@pytest.mark.parametrize(
    "picture", [b"GIF89a", b"\x89PNG\r\n\x1a\nbroken", b"<svg><broken", b"x" * 9_000_000]
)
def test_a_picture_that_cannot_be_drawn_is_refused_in_thai(picture: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        write_letter(PLAIN, emblem=picture)
    assert refusal.value.code == "bad_picture"
    with pytest.raises(Refused):
        write_letter_docx(PLAIN, emblem=picture)
    assert write_letter(PLAIN)


def test_a_word_file_keeps_face_and_size_in_both_scripts() -> None:
    content = write_letter_docx(replace(PLAIN, body=(*PLAIN.body, table(3))), emblem=emblem())
    document = WordDocument(BytesIO(content))
    runs = [run for run in document.element.body.iter(qn("w:r")) if run.findall(qn("w:t"))]
    assert runs
    for run in runs:
        faces = run.rPr.find(qn("w:rFonts"))
        assert {faces.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "cs")} == {
            "TH SarabunPSK"
        }
        sizes = [run.rPr.find(qn(name)).get(qn("w:val")) for name in ("w:sz", "w:szCs")]
        assert sizes == ["32", "32"]
    aligned = [found.get(qn("w:val")) for found in document.element.body.iter(qn("w:jc"))]
    assert aligned.count("thaiDistribute") == len(PLAIN.body)
    assert len(document.tables) == 2
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE \\* ThaiArabic" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert document.element.body.find(f".//{qn('wp:anchor')}") is not None


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_of_the_gallery_is_written_both_ways(name: str) -> None:
    assert write_letter(LETTERS[name], emblem=emblem()).startswith(b"%PDF-1.7")
    assert write_letter_docx(LETTERS[name], emblem=emblem()).startswith(b"PK")


def test_a_memo_has_no_closing() -> None:
    assert MEMO.closing not in layer_of(write_letter(MEMO))


def test_importing_the_doors_loads_neither_dictionary_nor_compiler() -> None:
    script = (
        "import sys, thamthan.writing;"
        "print([m for m in ('typst', 'pythainlp', 'docx', 'openpyxl', 'fontTools', 'django')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_columns_of_a_word_table_are_told_to_the_grid_and_to_the_cells() -> None:
    # Word goes by the cells, LibreOffice by the grid.
    document = WordDocument(BytesIO(write_letter_docx(LETTERS["table"])))
    for drawn in document.tables:
        grid = [column.width for column in drawn.columns]
        assert len(set(grid)) > 1
        for row in drawn.rows:
            assert [cell.width for cell in row.cells] == grid
