"""Which way a page is turned and how far it hangs is seen on a page with little print, too."""

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("cv2")

from PIL import Image

from tests.reading.made_pages import PRINT, MadePage
from thamthan.reading.ocr import page as reading_of_pages
from thamthan.reading.ocr.bearing import runs_upright, slope_of
from thamthan.reading.ocr.language import is_available
from thamthan.reading.ocr.page import recognise
from thamthan.reading.ocr.picture import as_colours, work_up

pytestmark = pytest.mark.skipif(not PRINT.is_file(), reason="no fonts to draw a page with")


def short_letter() -> Image.Image:
    page = MadePage()
    page.print("บันทึกข้อความ", at=(640, 420))
    page.print("ที่ พบ ๐๖๑๘/๑๐๔๒", at=(180, 560))
    page.body()
    return page.picture


def seen(picture: Image.Image, *, turned: float) -> NDArray[np.bool_]:
    spun = picture.rotate(turned, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    return np.asarray(spun.convert("L")) < 160


@pytest.mark.parametrize("hangs", [-1.5, 0.0, 1.5, 6.0])
def test_the_lines_of_a_short_letter_lie_though_it_hangs(hangs: float) -> None:
    assert not runs_upright(seen(short_letter(), turned=hangs))
    assert runs_upright(seen(short_letter(), turned=90 + hangs))
    assert runs_upright(seen(short_letter(), turned=-90 + hangs))


def test_a_page_without_letters_is_left_as_it_lies() -> None:
    assert not runs_upright(np.zeros((900, 600), np.bool_))
    assert not runs_upright(np.ones((900, 600), np.bool_))


@pytest.mark.parametrize("hangs", [-7.3, -1.4, -0.35, 0.0, 0.8, 2.1, 5.6])
def test_how_far_a_page_hangs_is_told_to_a_tenth_of_a_degree(hangs: float) -> None:
    assert slope_of(seen(short_letter(), turned=hangs)) == pytest.approx(-hangs, abs=0.1)


def test_a_page_turned_by_half_leads_back_to_its_own_places() -> None:
    picture = as_colours(np.array(short_letter()))
    worked = work_up(picture)
    assert worked is not None
    high, wide = worked.grey.shape
    one, other = worked.origin((100, 200, 160, 220)), worked.upside_down()
    assert other.origin((wide - 160, high - 220, wide - 100, high - 200)) == pytest.approx(one)
    assert (other.grey[::-1, ::-1] == worked.grey).all()


@pytest.mark.skipif(not is_available(), reason="OCR is off here")
def test_a_page_fed_upside_down_is_prepared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[int] = []

    def counted(dots: NDArray[np.uint8], *, turned: int = 0) -> object:
        prepared.append(turned)
        return work_up(dots, turned=turned)

    monkeypatch.setattr(reading_of_pages, "work_up", counted)
    for turned in (0, 180):
        prepared.clear()
        picture = np.array(short_letter().rotate(turned))
        text = "".join(recognise(picture, dpi=200).text.split())
        assert "จะจัดทำฐานข้อมูลผู้สูงอายุ" in text, turned
        assert prepared == [0], turned
