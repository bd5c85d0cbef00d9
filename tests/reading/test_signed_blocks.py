"""ส่วนลงนาม: names and posts that are small, blotted, signed over, or known by their words."""

from pathlib import Path
from typing import Any

import pytest

from thamthan.reading import Document, read
from thamthan.reading.ocr.language import has_packages, is_available

if not has_packages():
    pytest.skip("OCR is off here: pip install thamthan[ocr]", allow_module_level=True)

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from thamthan.reading.model import SURE
from thamthan.reading.ocr.engine import Letter
from thamthan.reading.ocr.known_words import post_words, words_of
from thamthan.reading.ocr.page import RecognisedPage, recognise
from thamthan.reading.ocr.signs import SIGNS
from thamthan.reading.ocr.witness import DISAGREED, never_surer
from thamthan.reading.ocr.wording import as_words

# Umpush is kept out of the training.
UNSEEN = Path("/usr/share/fonts/truetype/tlwg/Umpush.ttf")
needs_ocr = pytest.mark.skipif(not is_available(), reason="OCR is off here: no language files")


def face(high: int) -> Any:
    if not UNSEEN.exists():
        pytest.skip("the Debian package fonts-tlwg-umpush is not installed")
    return ImageFont.truetype(UNSEEN, high, layout_engine=ImageFont.Layout.BASIC)


def page(post: str, *, ends: bool = True) -> Image.Image:
    """The end of a letter, its signer's post stamped in small and blotted letters."""
    paper = Image.new("L", (1200, 760), 250)
    pen = ImageDraw.Draw(paper)
    for row in range(5):
        pen.text((80, 40 + 60 * row), "การจัดการขยะของหมู่บ้านในตำบลสมมติ", fill=20, font=face(32))
    pen.text((180, 340), "จึงเรียนมาเพื่อโปรดทราบ" if ends else "หมู่บ้านสมมติ", fill=20, font=face(32))
    pen.text((480, 540), "(นายสมมติ ตัวอย่างดี)", fill=20, font=face(32))
    small = Image.new("L", paper.size, 250)
    ImageDraw.Draw(small).text((470, 600), post, fill=20, font=face(22))
    blotted = cv2.GaussianBlur(cv2.erode(np.asarray(small), np.ones((2, 2))), (0, 0), 1.3)
    return Image.fromarray(np.minimum(np.asarray(paper), blotted))


def recognised(image: Image.Image) -> RecognisedPage:
    return recognise(np.asarray(image), dpi=200)


def bare(found: RecognisedPage) -> str:
    return "".join(found.text.split())


def sure_of(found: RecognisedPage, words: str) -> list[float]:
    sure = [
        one for sign, one in zip(found.text, found.certainty, strict=True) if not sign.isspace()
    ]
    at = bare(found).index(words)
    return sure[at : at + len(words)]


@needs_ocr
def test_a_small_and_blotted_post_is_read_by_its_words() -> None:
    post = "ผู้อำนวยการกองสาธารณสุขและสิ่งแวดล้อม"
    found = recognised(page(post))
    assert post in bare(found)


@needs_ocr
def test_a_name_that_a_stroke_runs_through_is_read_and_not_promised() -> None:
    image = page("ปลัดอำเภอ")
    points = [(500, 430), (560, 440), (540, 500), (552, 572), (580, 568)]
    ImageDraw.Draw(image).line(points, fill=20, width=3, joint="curve")
    found = recognised(image)
    assert "(นายสมมติ" in bare(found)
    crossed = sure_of(found, "(นายสมมติ")
    assert min(crossed) < SURE, crossed


def letters(text: str, sure: list[float]) -> list[Letter]:
    return [Letter(sign, at, 0, at + 1, 1, sure[at], -1) for at, sign in enumerate(text)]


def test_a_better_look_is_nowhere_surer_than_the_first() -> None:
    first = letters("นาขดี", [0.9, 0.4, 0.9, 0.9, 0.6])
    better = letters("นายดี", [0.99, 0.99, 0.99, 0.99, 0.99])
    kept = never_surer(better, first)
    assert "".join(one.text for one in kept) == "นายดี"
    assert [one.certainty for one in kept] == [0.9, 0.4, DISAGREED, 0.9, 0.6]


def odds_of(said: str, instead: dict[int, tuple[str, float]] | None = None) -> Any:
    """Odds as the net gives them: a sign in every other column, some of them something else."""
    odds = np.full((len(SIGNS) + 1, 2 * len(said) + 1), 1e-4, np.float32)
    odds[0, ::2] = 1.0
    for at, sign in enumerate(said):
        other, likely = (instead or {}).get(at, (sign, 1.0))
        odds[SIGNS.index(sign) + 1, 2 * at + 1] = max(1.0 - likely, 1e-4)
        odds[SIGNS.index(other) + 1, 2 * at + 1] = likely
    return odds / odds.sum(axis=0)


def told(said: str, instead: dict[int, tuple[str, float]] | None = None) -> tuple[str, int]:
    found = as_words(odds_of(said, instead), post_words(), scale=1.0)
    return "".join(guess.sign for guess in found.guesses), found.known


def test_letters_that_look_otherwise_are_those_of_a_known_word() -> None:
    post = "นายกองค์การบริหารส่วนตำบล"
    said, known = told(post, {2: ("บ", 0.9), 8: ("ถ", 0.99), 15: ("ฝ", 0.7)})
    assert (said, known) == (post, len(post))


@pytest.mark.parametrize("name", ["สมหวังดีเลิศ", "ประพนธ์มีสุข", "กขคงจฉชซ"])
def test_what_is_no_known_word_stays_as_the_net_reads_it(name: str) -> None:
    assert told(name) == (name, 0)


def test_a_name_beside_a_known_word_stays_as_the_net_reads_it() -> None:
    said, known = told("(นายสมหวังดีเลิศ)")
    assert said == "(นายสมหวังดีเลิศ)"
    assert known == len("(นาย")


def test_a_word_that_the_ink_denies_is_not_read() -> None:
    said, known = told("ปลัดกระทรวง", dict.fromkeys(range(0, 11, 2), ("ฮ", 1.0)))
    assert known == 0
    assert said.count("ฮ") == 6


def test_the_letter_itself_tells_the_names_of_offices() -> None:
    words = words_of(["ด้วยสำนักงานส่งเสริมงานสมมติได้แต่งตั้งคณะทำงาน", "ไม่มีชื่อหน่วยงาน"])
    assert "สำนักงานส่งเสริมงานสมมติ" in words
    assert "ส่งเสริมงานสมมติ" in words
    assert not any("ได้" in word for word in words)


def test_a_name_that_is_but_for_its_marks_a_known_one_is_not_taken() -> None:
    known = "กรมส่งเสริมการปกครองท้องถิ่น"
    assert known in post_words()
    assert words_of([known.replace("่", "")]) & {known.replace("่", "")} == frozenset()


LETTER = """ที่ {blank}
                                    อำเภอสมมติ
ที่ สม ๐๐๑๘/๑๒๓                      ๑๒ มีนาคม ๒๕๖๙
เรื่อง  การจัดการขยะ
เรียน  นายกองค์การบริหารส่วนตำบลสมมติ
        ด้วยอำเภอสมมติจะประชุม จึงขอเชิญประชุม
        จึงเรียนมาเพื่อโปรดทราบ
                          ขอแสดงความนับถือ

                          (นายสมมติ ตัวอย่างดี)
                          {post}
                          {below}
"""


def test_a_torn_date_stamped_under_a_post_is_no_part_of_it() -> None:
    whole = LETTER.format(blank="", post="นายอำเภอสมมติ", below="๒ ๐ ส.ค. ๒๕๕")
    part = LETTER.format(blank="", post="รองนายอำเภอ รักษาราชการแทน", below="นายอำเภอสมมติ")
    for text, post in (
        (whole, "นายอำเภอสมมติ"),
        (part, "รองนายอำเภอ รักษาราชการแทน นายอำเภอสมมติ"),
    ):
        found = read(Document(text.encode(), "letter.txt")).position
        assert found is not None
        assert found.value == post


def test_a_number_is_read_though_an_empty_label_stands_before_it() -> None:
    text = LETTER.format(blank="", post="นายอำเภอสมมติ", below="")
    number = read(Document(text.encode(), "letter.txt")).number
    assert number is not None
    assert number.running == 123
