"""ตราที่ทับตัวพิมพ์: a line that runs on behind a stamp is read, where the stamp's ink is paler."""

import pytest

from thamthan.reading.ocr.language import has_packages

if not has_packages():
    pytest.skip("OCR is off here: pip install thamthan[ocr]", allow_module_level=True)

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.reading.made_pages import PRINT
from thamthan.reading.model import SURE
from thamthan.reading.ocr.overprint import lines_through, print_under
from thamthan.reading.ocr.page import RecognisedPage, recognise

if not PRINT.exists():
    pytest.skip("the Debian package fonts-tlwg-laksaman is not installed", allow_module_level=True)

LINE = "ที่ทำการองค์การบริหารส่วนตำบลบ้านลาด"
BLACK, PALE = 10, 105


def stamped(*, ink: int) -> RecognisedPage:
    """A letter's head, over whose sender a receipt stamp of that ink has been put."""
    paper = Image.new("L", (1654, 1300), 252)
    pen = ImageDraw.Draw(paper)

    def face(high: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(PRINT, high, layout_engine=ImageFont.Layout.BASIC)

    pen.text((800, 420), LINE, fill=BLACK, font=face(46), anchor="ls")
    for row in range(7):
        words = "ด้วยอำเภอจะจัดทำฐานข้อมูลผู้สูงอายุที่อาศัยอยู่ลำพังในพื้นที่"
        pen.text((200, 620 + 80 * row), words, fill=BLACK, font=face(46), anchor="ls")
    over = Image.new("L", paper.size, 252)
    stamp = ImageDraw.Draw(over)
    stamp.rectangle((980, 180, 1330, 460), outline=ink, width=4)
    for row, words in enumerate(("อบต.ท่าเสน", "เลขรับ 2876", "วันที่ 15 ก.ย. 68", "เวลา 11.15 น.")):
        stamp.text((1000, 245 + 56 * row), words, fill=ink, font=face(44), anchor="ls")
    both = Image.fromarray(np.minimum(np.asarray(paper), np.asarray(over)))
    return recognise(np.asarray(both), dpi=200)


def is_letter(sign: str) -> bool:
    """Whether it is no space and no tone mark: those are not drawn where a font would put them."""
    return bool(sign.strip()) and sign not in "่้๊๋์"


def test_a_line_behind_a_paler_stamp_is_read_and_not_promised() -> None:
    found = stamped(ink=PALE)
    read = [
        (sign, one)
        for sign, one in zip(found.text, found.certainty, strict=True)
        if is_letter(sign)
    ]
    text, line = "".join(sign for sign, _ in read), "".join(filter(is_letter, LINE[3:27]))
    assert line in text and "เลขรับ" in text
    at = text.index(line)
    assert min(one for _, one in read[at : at + len(line)]) < SURE


def test_where_stamp_and_print_are_of_one_ink_nothing_is_told_apart() -> None:
    ink = np.zeros((60, 400), bool)
    ink[:, 10:390:12] = ink[:, 11:390:12] = ink[:, 12:390:12] = True
    grey = np.where(ink, 20, 255).astype(np.uint8)
    assert print_under(grey, ink, dark=20.0, size=18.0) is None
    half = np.zeros_like(ink)
    half[:, 200:] = ink[:, 200:]
    two = np.where(half, 20, np.where(ink, 110, 255)).astype(np.uint8)
    apart = print_under(two, ink, dark=20.0, size=18.0)
    assert apart is not None and (apart & half).sum() > 0.9 * half.sum()


def test_a_line_runs_on_behind_a_stamp_only_where_letters_stand_beside_it() -> None:
    stamp = (500, 100, 800, 300)
    row = [(left, 180, left + 14, 200) for left in (420, 440, 460)]
    assert len(lines_through(stamp, row, size=18.0)) == 1
    assert lines_through(stamp, row[:1], size=18.0) == []
    assert lines_through(stamp, [(x, 480, y, 500) for x, _, y, _ in row], size=18.0) == []
