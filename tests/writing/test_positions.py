"""Letters measured on paper: half a millimetre from the forms at most."""

import re
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from tests.writing.gallery import LETTERS, emblem
from thamthan.thai.correspondence import Secrecy
from thamthan.writing import Paragraph, fonts, typesetting, write_letter

CM = 72 / 2.54
HALF_A_MILLIMETRE = 0.05 * CM
PITCH = 21.3


class Paper:
    """One page, measured in points from its upper left corner."""

    def __init__(self, name: str, page: int = 0) -> None:
        self.document = pypdfium2.PdfDocument(write_letter(LETTERS[name], emblem=emblem()))
        self.page = self.document[page]
        self.layer = self.page.get_textpage()
        self.text = self.layer.get_text_range()

    def place(self, words: str) -> tuple[float, float]:
        """Where the base line of the words begins."""
        at = self.text.index(words)
        x, y = c_double(), c_double()
        assert pdfium.FPDFText_GetCharOrigin(self.layer.raw, at, x, y)
        return x.value, self.page.get_height() - y.value

    def size(self, words: str) -> float:
        return float(pdfium.FPDFText_GetFontSize(self.layer.raw, self.text.index(words)))

    def right_of(self, last: str) -> float:
        at = self.text.index(last) + len(last) - 1
        return float(self.layer.get_charbox(at)[2])

    def picture(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the emblem."""
        kind = pdfium.FPDF_PAGEOBJ_IMAGE
        left, bottom, right, top = next(iter(self.page.get_objects(filter=[kind]))).get_bounds()
        height = self.page.get_height()
        return left, height - top, right, height - bottom

    def close(self) -> None:
        self.document.close()


@pytest.fixture(params=["in use", "carried"], autouse=True)
def _face(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The face that this machine has, and the one that travels with the product."""
    if request.param == "carried":
        monkeypatch.setattr(typesetting, "face", fonts.sarabun)


@pytest.fixture
def plain() -> Iterator[Paper]:
    paper = Paper("plain")
    yield paper
    paper.close()


def near(points: float) -> object:
    return pytest.approx(points, abs=HALF_A_MILLIMETRE)


def test_the_garuda_is_three_centimetres_high_in_the_middle(plain: Paper) -> None:
    left, top, right, bottom = plain.picture()
    assert bottom - top == near(3 * CM)
    assert top == near(1.5 * CM)
    assert (left + right) / 2 == near(10.5 * CM)


def test_the_number_stands_at_the_margin_on_the_feet_of_the_garuda(plain: Paper) -> None:
    x, y = plain.place("ที่ พบ")
    assert x == near(3 * CM)
    assert y == near(4.5 * CM)


def test_day_and_closing_begin_in_the_middle_of_the_paper(plain: Paper) -> None:
    assert plain.place("๑๖ มีนาคม")[0] == near(10.5 * CM)
    assert plain.place("ขอแสดงความนับถือ")[0] == near(10.5 * CM)


def test_a_paragraph_begins_two_and_a_half_centimetres_in(plain: Paper) -> None:
    assert plain.place("ตามที่อำเภอ")[0] == near(5.5 * CM)
    assert plain.place("กระทรวงมหาดไทย “")[0] == near(3 * CM)


def test_justified_lines_end_at_the_right_margin(plain: Paper) -> None:
    # A letter ends a little before its room does.
    assert plain.right_of("เร่งด่วนของ") == pytest.approx(19 * CM, abs=0.1 * CM)


def test_letters_are_of_sixteen_points_at_single_spacing(plain: Paper) -> None:
    assert plain.size("ตามที่") == pytest.approx(16)
    first, second = plain.place("ตามที่อำเภอ")[1], plain.place("กระทรวงมหาดไทย “")[1]
    assert second - first == pytest.approx(PITCH, abs=0.1)


def test_blocks_stand_six_points_apart(plain: Paper) -> None:
    subject, addressee = plain.place("เรื่อง")[1], plain.place("เรียน")[1]
    assert addressee - subject == pytest.approx(PITCH + 6, abs=0.2)


def test_the_name_is_centred_under_the_closing(plain: Paper) -> None:
    closing = plain.place("ขอแสดงความนับถือ")[0], plain.right_of("ขอแสดงความนับถือ")
    name = plain.place("(นายประเสริฐ")[0], plain.right_of("ทองตัวอย่าง)")
    assert sum(name) / 2 == pytest.approx(sum(closing) / 2, abs=0.1 * CM)


def test_further_pages_have_their_number_and_begin_two_and_a_half_centimetres_down() -> None:
    paper = Paper("three_pages", page=1)
    assert (paper.place("- ๒")[0] + paper.right_of("๒")) / 2 == pytest.approx(
        10.5 * CM, abs=0.2 * CM
    )
    first = re.search(r"[ก-๎]{6}", paper.text.partition("๒")[2])
    assert first
    assert paper.place(first.group())[1] == near(2.5 * CM + 0.844 * 16)
    paper.close()


def test_urgency_and_secrecy_are_red_and_of_thirty_two_points_on_every_page() -> None:
    for page in (0, 1):
        paper = Paper("secret", page=page)
        assert paper.text.count("ลับที่สุด") == 2
        assert paper.size("ลับที่สุด") == pytest.approx(32)
        picture = paper.page.render(scale=1).to_pil().convert("RGB")
        width, height = picture.size
        for top, bottom in ((0, 45), (height - 45, height)):
            strip = picture.crop((width // 3, top, 2 * width // 3, bottom))
            assert any(
                r > 150 and g < 60 and b < 60 for _, (r, g, b) in strip.getcolors(strip.width * 45)
            )
        paper.close()
    urgent = Paper("most_urgent")
    assert urgent.size("ด่วนที่สุด") == pytest.approx(32)
    urgent.close()


def test_a_memo_has_its_own_sizes() -> None:
    paper = Paper("memo")
    left, top, _, bottom = paper.picture()
    assert bottom - top == near(1.5 * CM)
    assert (left, top) == (near(3 * CM), near(1.5 * CM))
    assert paper.size("บันทึกข้อความ") == pytest.approx(29)
    assert paper.size("ส่วนราชการ") == pytest.approx(20)
    assert paper.size("กองคลัง") == pytest.approx(16)
    for label in ("ส่วนราชการ", "ที่ พบ", "เรื่อง", "เรียน"):
        assert paper.place(label)[0] == near(3 * CM)
    # A label stands on the line of the words beside it.
    assert paper.place("ส่วนราชการ")[1] == pytest.approx(paper.place("กองคลัง")[1], abs=0.5)
    paper.close()


def test_without_a_picture_its_place_stays_empty() -> None:
    with_it = Paper("plain")
    bare = pypdfium2.PdfDocument(write_letter(LETTERS["plain"]))
    layer = bare[0].get_textpage()
    x, y = c_double(), c_double()
    assert pdfium.FPDFText_GetCharOrigin(layer.raw, layer.get_text_range().index("เรื่อง"), x, y)
    assert bare[0].get_height() - y.value == pytest.approx(with_it.place("เรื่อง")[1], abs=0.01)
    assert not list(bare[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    with_it.close()
    bare.close()


def test_a_signature_never_stands_alone_on_a_page() -> None:
    for rows in range(24, 34):
        body = (Paragraph("ข้อความหนึ่งบรรทัดของหนังสือ"),) * rows
        document = pypdfium2.PdfDocument(write_letter(replace(LETTERS["plain"], body=body)))
        last = document[len(document) - 1].get_textpage().get_text_range()
        assert "ข้อความหนึ่งบรรทัด" in last.partition("ขอแสดงความนับถือ")[0]
        assert "สำนักปลัด" in last
        document.close()


@pytest.mark.parametrize(
    ("secrecy", "watermark"),
    [(Secrecy.OPEN, ""), (Secrecy.SECRET, ""), (Secrecy.OPEN, "ร่างที่ 1 นายวิชัย")],
)
def test_nor_under_a_class_of_secrecy_or_the_name_across_a_draft(
    secrecy: Secrecy, watermark: str
) -> None:
    # Too long to be kept as a whole with the signature.
    last_part = Paragraph("คำสุดท้ายของหนังสือ " * 20)
    for rows in range(15, 24):
        body = (*(Paragraph("ข้อความหนึ่งบรรทัดของหนังสือ"),) * rows, last_part)
        letter = replace(LETTERS["plain"], body=body, secrecy=secrecy)
        document = pypdfium2.PdfDocument(write_letter(letter, watermark=watermark))
        last = document[len(document) - 1].get_textpage().get_text_range()
        assert "คำสุดท้าย" in last.partition("ขอแสดงความนับถือ")[0], rows
        document.close()
