"""ชั้นความเร็ว: large print is read though a hand's stroke has caught some of its letters."""

import pytest

from thamthan.reading.ocr.language import has_packages

if not has_packages():
    pytest.skip("OCR is off here: pip install thamthan[ocr]", allow_module_level=True)

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.reading.made_pages import PRINT
from thamthan.reading.ocr.page import recognise

if not PRINT.exists():
    pytest.skip("the Debian package fonts-tlwg-laksaman is not installed", allow_module_level=True)


def head(urgency: str, *, stroke: bool) -> Image.Image:
    """The upper part of a letter, with a stroke that rises from its number into the urgency."""
    paper = Image.new("L", (1654, 1100), 250)
    pen = ImageDraw.Draw(paper)

    def face(high: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(PRINT, high, layout_engine=ImageFont.Layout.BASIC)

    pen.text((200, 300), urgency, fill=20, font=face(96), anchor="ls")
    pen.text((200, 420), "ที่ พบ ๐๖๑๘/", fill=20, font=face(46), anchor="ls")
    for row in range(6):
        words = "ด้วยอำเภอจะจัดทำฐานข้อมูลผู้สูงอายุที่อาศัยอยู่ลำพังในพื้นที่"
        pen.text((200, 600 + 80 * row), words, fill=20, font=face(46), anchor="ls")
    if stroke:
        end = 200 + face(96).getlength(urgency)
        points = [(end - 18, 262), (end - 30, 330), (end + 20, 400), (end + 90, 420)]
        pen.line(points, fill=20, width=5, joint="curve")
    return paper


@pytest.mark.parametrize("stroke", [False, True])
def test_an_urgency_is_read_with_the_stroke_that_has_caught_its_last_letter(stroke: bool) -> None:
    found = recognise(np.asarray(head("ด่วนที่สุด", stroke=stroke)), dpi=200)
    assert "ด่วนที่สุด" in [line.strip() for line in found.text.splitlines()]


@pytest.mark.parametrize(("left", "doubted"), [(180, ("urgency",)), (1050, ())])
def test_a_stamp_where_the_urgency_stands_leaves_it_in_doubt(
    left: int, doubted: tuple[str, ...]
) -> None:
    paper = head("", stroke=False)
    pen = ImageDraw.Draw(paper)
    pen.rectangle((left, 110, left + 380, 330), outline=60, width=4)
    font = ImageFont.truetype(PRINT, 44, layout_engine=ImageFont.Layout.BASIC)
    for row, words in enumerate(("อบต.ท่าเสน", "เลขรับ 2876", "เวลา 11.15 น.")):
        pen.text((left + 20, 175 + 62 * row), words, fill=60, font=font, anchor="ls")
    assert recognise(np.asarray(paper), dpi=200).doubted == doubted
