"""ที่เว้นไว้ให้เติม: an addressee who is nobody yet is told with the dots to be filled in."""

import pytest

from thamthan.reading.ocr.language import has_packages

if not has_packages():
    pytest.skip("OCR is off here: pip install thamthan[ocr]", allow_module_level=True)

from tests.reading.made_pages import PRINT, MadePage
from thamthan.reading import read
from thamthan.reading.ocr.lines import cut_lines
from thamthan.reading.ocr.writing import write_out

if not PRINT.exists():
    pytest.skip("the Debian package fonts-tlwg-laksaman is not installed", allow_module_level=True)

DOTS = "." * 30


def told(*lines: str) -> str:
    """The text of a page on which these lines stand over a body, their dots no letters."""
    page = MadePage()
    for which, line in enumerate(lines):
        page.print(line, at=(180, 500 + 90 * which))
    page.printed = [one for one in page.printed if one[0] != "."]
    page.body()
    strips, worked = page.read()
    written = write_out(strips, cut_lines(worked), worked)
    return "".join(one.text for one in written.characters)


def test_the_dots_behind_an_addressee_are_told_and_doubted() -> None:
    text = told("เรื่อง การจัดทำฐานข้อมูล", f"เรียน ผู้อำนวยการโรงเรียน{DOTS}")
    line = next(line for line in text.splitlines() if line.startswith("เรียน"))
    assert line.count(".") == len(DOTS)
    doubts = {doubt.code for doubt in read(text).doubts}
    assert "addressee_blank" in doubts


def test_an_addressee_with_a_name_and_the_dots_of_other_lines_stay_as_they_are() -> None:
    text = told(f"เรื่อง การจัดทำฐานข้อมูล{DOTS}", "เรียน ผู้อำนวยการโรงเรียนบ้านลาด")
    assert "." not in text
    assert "addressee_blank" not in {doubt.code for doubt in read(text).doubts}
