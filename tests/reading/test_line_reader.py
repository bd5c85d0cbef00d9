"""อ่านบรรทัด: our own reader on a face that it never saw, and the witness that is asked beside it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from thamthan.reading.ocr.language import has_packages, is_available

if not has_packages():
    pytest.skip("OCR is off here: pip install thamthan[ocr]", allow_module_level=True)

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from thamthan.reading.model import SURE
from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.levelled import CONSONANT_HIGH, FEET, HIGH, levelled
from thamthan.reading.ocr.lines import Strip
from thamthan.reading.ocr.page import RecognisedPage, recognise
from thamthan.reading.ocr.reader import Guess, placed
from thamthan.reading.ocr.spelling import respelt
from thamthan.reading.ocr.witness import MOST_SHARE, compared, most_doubtful
from thamthan.thai.dates import MONTHS

# Umpush is kept out of the training for this test.
UNSEEN = Path("/usr/share/fonts/truetype/tlwg/Umpush.ttf")
needs_ocr = pytest.mark.skipif(not is_available(), reason="OCR is off here: no language files")


def drawn(lines: list[str], *, high: int = 30, noise: float = 0.0) -> Any:
    """A page with these lines at 200 dots per inch, grey and speckled like paper."""
    if not UNSEEN.exists():
        pytest.skip("the Debian package fonts-tlwg-umpush is not installed")
    font = ImageFont.truetype(UNSEEN, high, layout_engine=ImageFont.Layout.BASIC)
    page = Image.new("L", (1100, 90 * len(lines) + 120), 250)
    for row, line in enumerate(lines):
        ImageDraw.Draw(page).text((80, 60 + 90 * row), line, fill=20, font=font)
    dots = np.asarray(page).astype(np.float32)
    dots += np.random.default_rng(3).normal(0, noise, dots.shape)
    return np.clip(dots, 0, 255).astype(np.uint8)


def letters(text: str, sure: float = 0.99) -> list[Letter]:
    return [Letter(sign, at, 0, at + 1, 1, sure, -1) for at, sign in enumerate(text)]


def bare(page: RecognisedPage) -> str:
    return "".join(page.text.split())


@needs_ocr
@pytest.mark.parametrize("noise", [0.0, 12.0])
@pytest.mark.parametrize("high", [24, 30, 40])
def test_numbers_of_an_unseen_face_are_read_in_both_scripts(high: int, noise: float) -> None:
    lines = ["ที่ พบ ๐๖๑๘/ว ๔๖๗๘๙", "วันที่ ๑๒ มีนาคม ๒๕๖๙", "โทร. 0 3249 5678 ต่อ 13"]
    text = bare(recognise(drawn(lines, high=high, noise=noise), dpi=200))
    for number in ("๐๖๑๘/ว๔๖๗๘๙", "๑๒มีนาคม๒๕๖๙", "0324956", "13"):
        assert number in text


@needs_ocr
def test_every_sign_has_its_place_and_its_certainty() -> None:
    page = recognise(drawn(["เรื่อง การจัดการขยะ ๑๒ แห่ง"]), dpi=200)
    shown = [at for at, sign in enumerate(page.text) if not sign.isspace()]
    assert len(shown) > 15
    boxes = [page.boxes[at] for at in shown]
    assert all(box is not None for box in boxes)
    middles = [(box[0] + box[2]) / 2 for box in boxes if box]
    assert middles == sorted(middles)
    assert all(0 < page.certainty[at] <= 1 for at in shown)


@needs_ocr
def test_a_scribble_is_never_promised() -> None:
    page = Image.fromarray(drawn(["เรียน นายอำเภอทุกอำเภอ", "", "", ""]))
    pen = ImageDraw.Draw(page)
    chance = np.random.default_rng(1)
    for start in (100, 400, 700):
        points = [(start + 25 * at, 260 + chance.normal(0, 30)) for at in range(9)]
        pen.line([(float(x), float(y)) for x, y in points], fill=30, width=4)
    found = recognise(np.asarray(page), dpi=200)
    rows = found.text.split("\n")
    first = len(rows[0])
    assert "นายอำเภอทุกอำเภอ" in bare(found)
    later = [sure for sign, sure in zip(found.text, found.certainty, strict=True) if sign.isdigit()]
    assert not [sure for sure in later if sure >= SURE], (rows, first)


def test_a_strip_is_levelled_to_the_readers_size() -> None:
    picture = np.full((60, 400), 255, np.uint8)
    # Feet that fall by ten dots over the strip, under consonants 24 dots high.
    for at in range(10, 390, 30):
        foot = round(40 + 10 * at / 400)
        picture[foot - 24 : foot, at : at + 14] = 0
    flat = levelled(picture, size=24.0, feet=(40.0, 50.0))
    rows = np.flatnonzero((flat < 128).any(axis=1))
    assert flat.shape[0] == HIGH
    assert abs(rows[-1] + 1 - FEET) <= 1.5
    assert abs((rows[-1] + 1 - rows[0]) - CONSONANT_HIGH) <= 2


def test_what_both_readers_see_is_sure_and_what_only_one_sees_is_doubted() -> None:
    seen = compared(letters("หนองกะปุ", 0.9), letters("หนองกะปู", 0.9))
    assert [one.text for one in seen] == list("หนองกะปุ")
    assert [one.certainty >= SURE for one in seen] == [True] * 7 + [False]


def test_the_witness_has_no_say_in_signs_it_does_not_know() -> None:
    seen = compared(letters("ทำ๔๖๗", 0.95), letters("ทํา๕๒๓", 0.9))
    assert "".join(one.text for one in seen) == "ทำ๔๖๗"
    assert all(one.certainty >= SURE for one in seen)


def test_where_the_witness_sees_more_the_neighbour_is_a_little_less_sure() -> None:
    alone = compared(letters("อาเภอ"), letters("อาเภอ"))
    more = compared(letters("อาเภอ"), letters("อาเกภอ"))
    assert min(one.certainty for one in more) < min(one.certainty for one in alone)


def test_the_witness_is_asked_about_the_most_doubtful_print_and_never_about_all() -> None:
    lines = [letters("กขค", 0.99), letters("กขค", 0.6), letters("กขค", 0.8), letters("", 0.0)]
    assert most_doubtful(lines, [10.0, 10.0, 10.0, 10.0]) == [1]
    asked = most_doubtful([letters("กข", 0.5)] * 50, [1.0] * 50)
    assert 0 < len(asked) <= MOST_SHARE * 50


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("ต่วนที่สุด", "ด่วนที่สุด"),
        ("ดวนทสุด", "ด่วนที่สุด"),
        ("ด่วนที่สุ ด", "ด่วนที่สุด"),
        ("๑๒ พฤศจิภายน ๒๕๖๙", "พฤศจิกายน"),
        ("เรือง ขอเชิญประชุม", "เรื่อง"),
        ("E-mail r saraban@example.go.th", ":"),
        ("ภายใน ๗ วันทาการ", "วันทำการ"),
        ("ผู้จัดที่ำแผน", "ทำ"),
    ],
)
def test_words_of_every_letter_are_known_again(seen: str, meant: str) -> None:
    assert [word for _, _, word in respelt(seen)] == [meant]


@pytest.mark.parametrize(
    "seen",
    [
        "E-mail ray@example.go.th",
        "ด่วนที่สุด",
        "เรื่อย ๆ",
        "มีนาคม ๒๕๖๙",
        "เขียน นายก",
        "คนที่สุด",
        "๓ วันทำการ",
        "ที่ทำการ",
        "๓ วันทุกเดือน",
    ],
)
def test_other_words_and_right_ones_are_left_alone(seen: str) -> None:
    assert list(respelt(seen)) == []


def test_of_two_tones_on_one_letter_the_likelier_stays_and_is_doubted() -> None:
    strip = SimpleNamespace(picture=np.zeros((50, 200)), size=18.0)
    seen = [Guess("ม", 10, 0.99), Guess("่", 10, 0.97), Guess("้", 14, 0.7), Guess("ไ", 30, 0.99)]
    read = placed(seen, cast(Strip, strip))
    assert "".join(one.text for one in read) == "ม่ไ"
    assert read[1].certainty < SURE < read[0].certainty


def test_no_two_months_look_alike() -> None:
    for month in MONTHS:
        assert [word for _, _, word in respelt(f" {month} ๒๕๖๙")] == []


@needs_ocr
def test_a_name_stamped_in_colour_is_read_and_never_promised() -> None:
    page = Image.fromarray(drawn(["ขอแสดงความนับถือ", "", "ปลัดอำเภอ"])).convert("RGB")
    font = ImageFont.truetype(UNSEEN, 30, layout_engine=ImageFont.Layout.BASIC)
    ImageDraw.Draw(page).text((80, 150), "(นายสมมติ ตัวอย่างดี)", fill=(70, 80, 190), font=font)
    found = recognise(np.asarray(page), dpi=200)
    text = bare(found)
    assert text.index("ขอแสดง") < text.index("(นายสมมติตัวอ") < text.index("ปลัดอำเภอ")
    start = found.text.index("นายสมมติ")
    named = found.certainty[start : start + len("นายสมมติ")]
    assert max(named) < SURE, named


@needs_ocr
def test_coloured_pen_strokes_make_no_line() -> None:
    page = Image.fromarray(drawn(["ขอแสดงความนับถือ", "", "ปลัดอำเภอ"])).convert("RGB")
    chance = np.random.default_rng(2)
    points = [(100 + 20 * at, 160 + float(chance.normal(0, 16))) for at in range(30)]
    ImageDraw.Draw(page).line(points, fill=(60, 70, 200), width=4)
    assert bare(recognise(np.asarray(page), dpi=200)) == "ขอแสดงความนับถือปลัดอำเภอ"


@needs_ocr
def test_pale_print_is_read() -> None:
    lines = ["๑๒ มีนาคม ๒๕๖๙", "เรื่อง การจัดการขยะ", "นายสมมติ ตัวอย่างดี ปลัดอำเภอ"]
    page = np.asarray(drawn(lines)).astype(np.float32)
    pale = np.where(np.arange(page.shape[0])[:, None] > 220, 255 - (255 - page) * 0.38, page)
    text = bare(recognise(pale.astype(np.uint8), dpi=200))
    assert "นายสมมติตัวอย่างดีปลัดอำเภอ" in text
