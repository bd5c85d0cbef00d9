"""Reports on paper: every clause in order, figures in Thai, photographs small and side by side."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from tests.pictures import scene
from tests.reading.test_photographs import BAN_LAT, exif
from tests.writing.report_papers import (
    CLAUSES,
    HOUSES,
    ORDER,
    house_paper,
    nil_paper,
    photo_of,
    together_paper,
)
from thamthan.errors import Refused
from thamthan.thai.digits import to_thai
from thamthan.writing.pages import page_texts
from thamthan.writing.photographs import MOST_DOTS, photograph_for_paper
from thamthan.writing.report_facts import ReportPaper, ReportSection, ReportText
from thamthan.writing.reports import write_report, write_report_docx
from thamthan.writing.typesetting import _workshops


def close(text: str) -> str:
    """Without white space, of which a reader of pages finds more or less than was written."""
    return "".join(text.split())


def pdf_pages(paper: ReportPaper) -> list[str]:
    return [close(page) for page in page_texts(write_report(paper))]


def word(paper: ReportPaper) -> Any:
    return Document(BytesIO(write_report_docx(paper)))


def word_text(paper: ReportPaper) -> str:
    return close("".join(node.text or "" for node in word(paper).element.body.iter() if node.text))


def photos_by_page(pdf: bytes) -> list[int]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            sum(found.type == 3 for found in document[at].get_objects())
            for at in range(len(document))
        ]
    finally:
        document.close()


@pytest.mark.parametrize("paper", [house_paper(), together_paper()], ids=["house", "together"])
def test_what_is_asked_stands_in_order_with_its_answers(paper: ReportPaper) -> None:
    for text in ("".join(pdf_pages(paper)), word_text(paper)):
        at = text.index(close(paper.title))
        for number, section in enumerate(paper.sections, 1):
            at = text.index(to_thai(f"{number}.") + close(section.heading), at)
            for clause in section.clauses:
                at = text.index(close(to_thai(f"{clause.number}{clause.words}")), at)
        assert text.index("ภาคผนวกก", at) > at
        assert "๑,๘๕๐,๐๐๐.๕๐" in text
        assert not set("0123456789") & set(
            text.replace("Action5Plus", "").replace("9f86d081884c7d65", "")
        )


def test_a_provisional_sum_says_so_and_a_draft_is_marked_on_every_page() -> None:
    assert "ข้อมูลยังไม่ปิดยอดณวันที่๒๐มีนาคม๒๕๖๙" in pdf_pages(together_paper())[0]
    assert "ข้อมูลยังไม่ปิดยอดณวันที่๒๐มีนาคม๒๕๖๙" in word_text(together_paper())
    draft = house_paper(mark="ร่าง")
    assert all("ร่าง" in page for page in pdf_pages(draft))
    assert not any("ร่าง" in page for page in pdf_pages(house_paper()))
    assert word(draft).sections[0].header.paragraphs[0].text == "ร่าง"


def test_word_knows_the_headings_and_repeats_the_heads_of_tables() -> None:
    document = word(together_paper())
    styles = [one.style.name for one in document.paragraphs if one.text]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 2 + 2
    assert styles.count("Heading 2") == len(CLAUSES) + 2
    for table in document.tables:
        if table.style.name == "Table Grid":
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    sides = {round(one.page_width.cm) for one in document.sections}
    assert sides == {21, 30}


@pytest.mark.parametrize("photos", [0, 1, 3, 12])
def test_photographs_stand_two_to_four_on_a_page(photos: int) -> None:
    pdf = write_report(house_paper(photos=photos))
    pages = [count for count in photos_by_page(pdf) if count]
    assert sum(pages) == photos
    assert all(count <= 4 for count in pages)
    assert all(count == 4 for count in pages[:-1])
    assert ("ภาคผนวก" in "".join(page_texts(pdf))) == bool(photos)


def test_twelve_photographs_make_no_heavy_file() -> None:
    assert len(write_report(house_paper(photos=12))) < 2_000_000
    assert len(write_report_docx(house_paper(photos=12))) < 2_000_000


def test_a_photograph_for_paper_is_small_and_tells_nothing_of_the_camera() -> None:
    out = BytesIO()
    told = exif(taken="2026:03:10 09:15:00", offset="+07:00", place=BAN_LAT)
    scene(1, size=(4000, 3000)).save(out, "JPEG", exif=told)
    small = photograph_for_paper(out.getvalue())
    with Image.open(BytesIO(small)) as picture:
        assert max(picture.size) == MOST_DOTS
        assert not picture.getexif()
    with pytest.raises(Refused):
        photograph_for_paper(b"no picture")


def test_nobody_signs_an_empty_page() -> None:
    line = ReportText(("จัดกิจกรรมส่งเสริมอาชีพและรายได้ให้แก่ประชาชนในพื้นที่อย่างต่อเนื่อง",) * 3)
    for lines in range(8, 22):
        paper = replace(nil_paper(), sections=(ReportSection("ผล", (line,) * lines),))
        *_, last = [page for page in pdf_pages(paper) if "ลงชื่อ" in page]
        assert last.index("จัดกิจกรรม") < last.index("ลงชื่อ"), lines


def test_a_report_of_nothing_gives_its_reason() -> None:
    for text in ("".join(pdf_pages(nil_paper())), word_text(nil_paper())):
        assert "ไม่มีผลการดำเนินงาน" in text
        assert "อยู่ระหว่างเสนอขอรับการสนับสนุนงบประมาณ" in text
        assert "ภาคผนวก" not in text


def test_a_sign_that_cannot_be_printed_is_left_out_and_a_foreign_word_is_seen_to_be_missing() -> (
    None
):
    told = ReportText(("ทำแล้ว 👍🏽 เห็นผล", "คำว่า 文字"))
    paper = replace(nil_paper(), sections=(ReportSection("ผล", (told,)),))
    text = "".join(pdf_pages(paper))
    assert "ทำแล้วเห็นผล" in text
    assert "คำว่า??" in text
    assert "คำว่า??" in word_text(paper)


def test_the_same_facts_give_the_same_bytes_and_leave_no_photograph_behind() -> None:
    assert write_report(house_paper(photos=3)) == write_report(house_paper(photos=3))
    for workshop in _workshops.values():
        assert not list(workshop.root.glob("passing/*"))


def test_a_report_that_no_file_holds_is_refused() -> None:
    rows = tuple(
        (photo,) for group in house_paper().annexes[0].photos for row in group.rows for photo in row
    )
    group = replace(house_paper().annexes[0].photos[0], rows=rows * 4)
    paper = replace(house_paper(), annexes=(replace(house_paper().annexes[0], photos=(group,)),))
    with pytest.raises(Refused) as refused:
        write_report(paper)
    assert refused.value.code == "too_long"
    with pytest.raises(Refused):
        write_report_docx(paper)


def test_the_file_is_an_archive_file_with_its_name_and_bookmarks() -> None:
    pdf = write_report(house_paper())
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert document.get_metadata_value("Title").startswith(f"รายงานผลการดำเนินงาน {ORDER[:40]}")
        marks = [mark.get_title() for mark in document.get_toc()]
    finally:
        document.close()
    assert any(
        "ผลการดำเนินงานตามข้อสั่งการ" in close(mark.replace("\u200b", "").replace("\u2060", ""))
        for mark in marks
    )
    assert b"pdfaid:part" in pdf
    assert HOUSES[0] in house_paper().house
    assert photo_of(1)[:2] == b"\xff\xd8"
