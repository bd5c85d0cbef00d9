"""ตัวเลขในตรารับ: figures that a stamp prints stay in the text, whatever stands around them."""

from dataclasses import replace

import pytest

from thamthan.reading.ocr.language import has_packages

if not has_packages():
    pytest.skip("OCR is off here: pip install thamthan[ocr]", allow_module_level=True)

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.reading.made_pages import FONTS, HAND, PRINT, MadePage, in_worked
from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.handwriting import find_handwriting
from thamthan.reading.ocr.lines import cut_lines
from thamthan.reading.ocr.overprint import lines_through
from thamthan.reading.ocr.page import recognise
from thamthan.reading.ocr.picture import Worked, as_colours, work_up
from thamthan.reading.ocr.writing import ReadStrip

LOW = FONTS / "Umpush.ttf"

if not (PRINT.exists() and HAND.exists() and LOW.exists()):
    pytest.skip(f"no Thai fonts in {FONTS}: fonts-thai-tlwg", allow_module_level=True)

STAMP = (("อบต.ธาตุ", 250), ("เลขรับที่ ๑๗๔๐", 310), ("วันที่ ๔ มิ.ย. ๖๗", 370), ("เวลา ๑๐.๑๕ น.", 430))


def stamped(*, by_hand: str = "") -> MadePage:
    """A page whose stamp's border stands right behind its words; a hand may fill in the number."""
    page = MadePage()
    ImageDraw.Draw(page.picture).rectangle((1000, 195, 1330, 455), outline="black", width=3)
    for words, at in STAMP:
        if by_hand and words.startswith("เลขรับ"):
            end = page.print("เลขรับที่", at=(1020, at))
            page.write(by_hand, at=(round(end) + 12, at))
        else:
            page.print(words, at=(1020, at))
    page.print("ที่ พบ ๐๖๑๘/๘๐๒", at=(180, 560))
    page.print("๑๖ มีนาคม ๒๕๖๙", at=(700, 640))
    page.body()
    return page


def kept(page: MadePage) -> str:
    read, worked = page.read()
    strips, _ = find_handwriting(read, worked)
    return "".join(one.text for strip in strips for one in strip.letters)


def test_the_border_behind_a_stamps_figures_makes_them_no_handwriting() -> None:
    text = kept(stamped())
    assert "เลขรับที่๑๗๔๐" in text
    assert "วันที่๔มิ.ย.๖๗" in text
    assert "เวลา๑๐.๑๕น." in text


def test_what_a_hand_wrote_into_the_stamp_leaves_the_text_all_the_same() -> None:
    text = kept(stamped(by_hand="๙๕๖"))
    assert "เลขรับที่" in text
    assert "เลขรับที่น" not in text
    assert "วันที่๔มิ.ย.๖๗" in text


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_stroke_far_before_a_printed_day_flags_it_and_takes_nothing_from_it(
    by_hand: bool,
) -> None:
    page = MadePage()
    page.print("ที่ พบ ๐๖๑๘/๘๐๒", at=(180, 560))
    write = page.write if by_hand else page.print
    write("๑๖", at=(740, 640))
    page.print("มีนาคม ๒๕๖๙", at=(820, 640))
    pen = ImageDraw.Draw(page.picture)
    pen.line([(640, 610), (655, 648), (668, 612), (676, 646)], fill="black", width=4)
    page.body()
    read, worked = page.read()
    strips, found = find_handwriting(read, worked)
    text = "".join(one.text for strip in strips for one in strip.letters)
    assert "dated_on" in {one.field for one in found}
    assert ("๑๖มีนาคม" in text) != by_hand


def test_what_the_letter_has_under_a_stamp_is_not_the_stamps_to_lose() -> None:
    read, worked = stamped(by_hand="๙๕๖").read()
    label = next(one for one in read if "เ" in one.letters[0].text and one.strip.frame is not None)
    end = label.letters[8].right
    under = ReadStrip(
        replace(label.strip, frame=None, parts=()),
        (Letter("๕", end + 30, 10.0, end + 45, 28.0, 0.9, 0),),
    )
    strips, found = find_handwriting([*read, under], worked)
    assert "receipt.number" in {one.field for one in found}
    assert [
        one.text for strip in strips if strip.strip is under.strip for one in strip.letters
    ] == ["๕"]


def page_of(rows: list[tuple[int, int, str]], *, low: tuple[int, int, str] | None = None) -> Worked:
    """A page of print; `low` is set a little smaller, as low as some faces have ๐ and ๓."""
    paper = Image.new("RGB", (1654, 1100), "white")
    font = ImageFont.truetype(LOW, 46, layout_engine=ImageFont.Layout.BASIC)
    for left, foot, words in rows:
        ImageDraw.Draw(paper).text((left, foot), words, fill="black", font=font, anchor="ls")
    if low is not None:
        left, foot, words = low
        small = ImageFont.truetype(LOW, 43, layout_engine=ImageFont.Layout.BASIC)
        ImageDraw.Draw(paper).text((left, foot), words, fill="black", font=small, anchor="ls")
    worked = work_up(as_colours(np.array(paper)))
    assert worked is not None
    return worked


BODY = [(180, 300 + 90 * row, "ด้วยอำเภอบ้านลาดจะจัดทำฐานข้อมูลผู้สูงอายุในพื้นที่") for row in range(6)]


@pytest.mark.parametrize("figures", ["๐", "๓๐"])
def test_low_figures_between_wide_spaces_belong_to_their_line(figures: str) -> None:
    end = 180 + round(ImageFont.truetype(LOW, 46).getlength("และพบจุดความร้อนแล้ว"))
    rows = [*BODY, (180, 900, "และพบจุดความร้อนแล้ว"), (end + 200, 900, "จุด")]
    worked = page_of(rows, low=(end + 70, 900, figures))
    left, _, right, _ = in_worked(worked, (end + 60, 860, end + 160, 905))
    parts = [
        part
        for strip in cut_lines(worked).strips
        for part in strip.parts
        if left < part.box.left < right and part.box.top > 0.7 * worked.grey.shape[0]
    ]
    assert len(parts) == len(figures)


def test_two_letters_alone_on_a_line_keep_their_marks() -> None:
    worked = page_of(
        [*BODY[:-1], (180, 660, "แจ้งผลภายในสามวันทำการหลังจากที่ได้รับหนังสือ"), (180, 728, "นั้น")]
    )
    last = max(cut_lines(worked).strips, key=lambda strip: strip.box.bottom)
    assert len(last.parts) == 4


def test_slips_of_a_stamps_own_border_make_no_line_behind_it() -> None:
    stamp = (500, 100, 800, 300)
    slips = [(left, 150, left + 1, 180) for left in (498, 801)]
    assert lines_through(stamp, slips, size=18.0) == []


def test_an_emblem_beside_a_stamp_tells_no_line_that_runs_through_it() -> None:
    """Its halves are as high as letters; the stamp's ink, here dark and there pale, stays whole."""
    paper = Image.new("L", (1654, 1300), 252)
    pen = ImageDraw.Draw(paper)

    def face(high: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(PRINT, high, layout_engine=ImageFont.Layout.BASIC)

    pen.ellipse((700, 170, 880, 440), outline=10, width=12)
    for left in (760, 790):
        pen.rectangle((left, 260, left + 18, 296), fill=10)
    pen.rectangle((980, 180, 1330, 460), outline=110, width=4)
    for row, words in enumerate(("อบต.ท่าเสน", "เลขรับ 2876", "วันที่ 15 ก.ย. 68", "เวลา 11.15 น.")):
        ink = 20 if row == 1 else 110
        pen.text((1000, 245 + 56 * row), words, fill=ink, font=face(44), anchor="ls")
    for row in range(7):
        words = "ด้วยอำเภอจะจัดทำฐานข้อมูลผู้สูงอายุที่อาศัยอยู่ลำพังในพื้นที่"
        pen.text((200, 620 + 80 * row), words, fill=10, font=face(46), anchor="ls")
    text = recognise(np.asarray(paper), dpi=200).text
    assert "เลขรับ 2876" in text
    assert "15 ก.ย. 68" in text
