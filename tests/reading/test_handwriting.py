"""What a hand wrote into the head is found, kept out of the text, and told with candidates."""

import numpy as np
import pytest

pytest.importorskip("cv2", reason="OCR is off here: pip install thamthan[ocr]")

from PIL import Image

from tests.reading.made_pages import FONTS, HAND, PRINT, MadePage, in_worked
from thamthan.reading.ocr.codes import find_codes, without_codes
from thamthan.reading.ocr.handwriting import Handwriting, find_handwriting
from thamthan.reading.ocr.marks import find_marks
from thamthan.reading.ocr.picture import as_colours, work_up
from thamthan.reading.ocr.writing import ReadStrip

needs_fonts = pytest.mark.skipif(
    not (PRINT.exists() and HAND.exists()), reason=f"no Thai fonts in {FONTS}: fonts-thai-tlwg"
)
NUMBER_AT = (180, 500)
DATE_AT = (800, 620)


def letter(*, running: str = "", day: str = "", by_hand: bool = True) -> MadePage:
    page = MadePage()
    end = page.print("ที่ พบ ๐๖๑๘/", at=NUMBER_AT)
    write = page.write if by_hand else page.print
    if running:
        write(running, at=(round(end) + 12, NUMBER_AT[1]))
    page.print("ที่ว่าการอำเภอบ้านลาด", at=(1050, NUMBER_AT[1]))
    if day:
        write(day, at=(DATE_AT[0] - 110, DATE_AT[1]))
    page.print("มีนาคม ๒๕๖๙", at=DATE_AT)
    page.body()
    return page


def found_in(page: MadePage) -> tuple[list[ReadStrip], dict[str, Handwriting]]:
    read, worked = page.read()
    strips, found = find_handwriting(read, worked)
    return strips, {one.field: one for one in found}


def text_of(read: list[ReadStrip]) -> str:
    return "".join(one.text for strip in read for one in strip.letters)


@needs_fonts
def test_a_number_by_hand_is_found_with_what_it_may_say() -> None:
    page = letter(running="๘๐๒", day="๑๖")
    strips, found = found_in(page)
    assert found["number"].candidates[0].text == "802"
    assert found["dated_on"].candidates[0].text == "16"
    assert len(found["number"].candidates) <= 5
    assert sum(one.odds for one in found["number"].candidates) <= 1.01
    text = text_of(strips)
    assert "น๐" not in text
    assert "ที่พบ๐๖๑๘/" in text
    assert "มีนาคม๒๕๖๙" in text


@needs_fonts
def test_a_coloured_pen_is_found_where_print_is_all_that_was_read() -> None:
    page = letter()
    page.write("๙๕๖", at=(430, NUMBER_AT[1]), colour="#3050c0")
    _, found = found_in(page)
    assert found["number"].candidates


@needs_fonts
def test_the_crop_frames_all_that_was_written() -> None:
    page = letter(running="๘๐๒")
    _, found = found_in(page)
    _, worked = page.read()
    box = found["number"].box
    left, top, right, bottom = in_worked(worked, page.written)
    assert box.left < left
    assert box.top < top
    assert box.bottom > bottom
    assert box.right > right


@needs_fonts
def test_a_number_at_the_papers_very_edge_is_found() -> None:
    page = MadePage()
    end = page.print("ที่ พบ ๐๖๑๘/", at=(180, 50))
    page.write("๘๐๒", at=(round(end) + 12, 50))
    page.body()
    _, found = found_in(page)
    assert found["number"].candidates[0].text == "802"
    assert found["number"].box.top == 0


@needs_fonts
def test_what_is_printed_is_no_handwriting() -> None:
    strips, found = found_in(letter(running="๘๐๒", day="๑๖", by_hand=False))
    assert found == {}
    assert "ที่พบ๐๖๑๘/๘๐๒" in text_of(strips)
    assert "๑๖มีนาคม๒๕๖๙" in text_of(strips)


@needs_fonts
@pytest.mark.parametrize(("lower", "by_hand"), [(0, False), (9, False), (9, True)])
def test_a_day_level_with_its_month_is_print_though_the_label_stands_lower(
    lower: int, by_hand: bool
) -> None:
    page = MadePage()
    end = page.print("วันที่", at=(700, 620 + lower))
    write = page.write if by_hand else page.print
    write("1", at=(round(end) + 14, 620))
    page.print("กันยายน 2569", at=(round(end) + 110, 620))
    page.body()
    strips, found = found_in(page)
    assert ("dated_on" in found) == by_hand
    assert ("1กันยายน2569" in text_of(strips)) != by_hand


@needs_fonts
def test_a_day_of_which_only_one_figure_was_read_is_flagged() -> None:
    page = letter(day="๑๑", by_hand=False)
    first = next(at for at, one in enumerate(page.printed) if one[0] == "๑" and one[3] == 620)
    del page.printed[first]
    page.read_blots = False
    _, found = found_in(page)
    assert found["dated_on"].candidates


@needs_fonts
def test_a_blank_day_is_a_place_without_candidates_and_a_blank_number_none() -> None:
    _, found = found_in(letter())
    assert found["dated_on"].candidates == ()
    assert "number" not in found


@needs_fonts
def test_a_day_is_one_of_its_month() -> None:
    for day in ("๓๑", "๒๙", "๗"):
        page = MadePage()
        page.write(day, at=(690, 620))
        page.print("กุมภาพันธ์ ๒๕๖๙", at=(800, 620))
        page.body()
        _, found = found_in(page)
        assert all(1 <= int(one.text) <= 28 for one in found["dated_on"].candidates), day


@needs_fonts
def test_a_month_within_a_sentence_is_no_date_of_a_letter() -> None:
    page = MadePage()
    page.print("ตามที่ได้กำหนดให้จัดประชุมในเดือน มีนาคม ๒๕๖๙", at=(180, 620))
    page.body()
    _, found = found_in(page)
    assert found == {}


@needs_fonts
def test_a_receipt_number_by_hand_belongs_to_the_stamp() -> None:
    page = letter(running="๘๐๒")
    end = page.print("เลขรับ", at=(1150, 200))
    page.write("956", at=(round(end) + 20, 200))
    _, found = found_in(page)
    assert found["receipt.number"].candidates[0].text == "956"
    assert found["number"].candidates[0].text == "802"


# Codes


def coded(words: str) -> MadePage:
    import cv2

    page = letter(running="๘๐๒", by_hand=False)
    code = cv2.QRCodeEncoder.create().encode(words)
    large = cv2.resize(code, None, fx=7, fy=7, interpolation=cv2.INTER_NEAREST)
    page.picture.paste(Image.fromarray(large).convert("RGB"), (1250, 1900))
    return page


@needs_fonts
def test_a_code_on_a_page_says_what_it_holds_and_is_no_text() -> None:
    link = "https://example.go.th/annex/8a2"
    read, worked = coded(link).read()
    codes = find_codes(worked)
    assert [code.text for code in codes] == [link]
    box = codes[0].box
    left, top, right, bottom = in_worked(worked, (1270, 1920, 1400, 2050))
    assert box.left < left < right < box.right
    assert box.top < top < bottom < box.bottom
    kept = without_codes(read, codes)
    assert "ด้วยอําเภอ" in text_of(kept).replace("ำ", "ํา")
    assert all(
        not (box.left < strip.strip.left + one.left < box.right and box.top < strip.strip.top)
        for strip in kept
        for one in strip.letters
    )


# The number 8851234567898 as shops print it: a bar for every 1.
BARS = (
    "101011011101110010011001001101101000010100011010"
    "10100111010100001000100100100011101001001000101"
)


@needs_fonts
@pytest.mark.parametrize("wide", [2, 3, 4])
def test_the_bars_of_a_bar_code_are_read_and_turn_no_page(wide: int) -> None:
    page = letter(running="๘๐๒", by_hand=False)
    row = np.array([[0 if one == "1" else 255 for one in BARS]], dtype=np.uint8)
    bars = np.repeat(np.repeat(row, 30 * wide, axis=0), wide, axis=1)
    page.picture.paste(Image.fromarray(bars).convert("RGB"), (1000, 1900))
    _, worked = page.read()
    high, across = worked.ink.shape
    assert high > across
    assert [code.text for code in find_codes(worked)] == ["8851234567898"]


@needs_fonts
def test_a_page_without_a_code_has_none() -> None:
    read, worked = letter(running="๘๐๒", by_hand=False).read()
    assert find_codes(worked) == []
    assert without_codes(read, []) == read


@needs_fonts
def test_a_torn_code_is_no_reason_to_lose_the_page() -> None:
    from PIL import ImageDraw

    page = coded("https://example.go.th/annex/8a2")
    ImageDraw.Draw(page.picture).rectangle((1250, 1900, 1360, 2300), fill="white")
    worked = work_up(as_colours(np.array(page.picture)))
    assert worked is not None
    assert find_codes(worked) == []


# Marks


@needs_fonts
def test_a_drawing_and_a_note_in_the_margin_are_told_apart() -> None:
    from thamthan.reading.ocr.ink import Box, Region
    from thamthan.reading.ocr.lines import Cut

    read, worked = letter(running="๘๐๒").read()
    strokes = [Box(100 + 40 * n, 1500, 130 + 40 * n, 1530) for n in range(6)]
    by_hand = [Region("drawing", box) for box in (*strokes, Box(900, 1200, 960, 1280))]
    _, written = find_handwriting(read, worked)
    marks = find_marks(Cut((), ()), read, by_hand=by_hand, written=written, codes=(), worked=worked)
    assert [mark.kind for mark in marks if mark.field is None] == ["note", "drawing"]
    assert marks[0].field == "number"
