"""รหัสแท่งของไปรษณีย์: Code 128 and Code 39 are read alike from either end, or not at all."""

import pytest

from thamthan.reading.ocr.language import has_packages

if not has_packages():
    pytest.skip("OCR is off here: pip install thamthan[ocr]", allow_module_level=True)

import cv2
import numpy as np
from PIL import Image

from tests.reading.made_pages import PRINT, MadePage
from thamthan.reading.ocr.bars import read_bars
from thamthan.reading.ocr.codes import find_codes
from thamthan.reading.ocr.picture import Picture

# As a writer of such codes draws them: a bar for every 1.
POST = (
    "1101001000010001101000101110001101011101111010110011100100010110001110001011011000010100101111"
    "01110111001011001101110001011000101000110010001001100011101011"
)
SMALL = (
    "1101001000010010110000100100001101101100110010011100110110011100101001101110011110010010110010"
    "011101100011101011"
)
PARCEL = (
    "10001011101110101010111011100010111010101110001011101010001011101110111010001010111010101000"
    "11101000101011101110101000101110111010100010111011101000111010111010111010100010111010001011"
    "1011101"
)
CODES = [(POST, "EN123456789TH"), (SMALL, "ab 12-x"), (PARCEL, "TRACK-77 A")]


def drawn(bars: str, *, wide: int, high: int = 90) -> Picture:
    row = np.array([[0 if one == "1" else 255 for one in bars]], dtype=np.uint8)
    code = np.repeat(np.repeat(row, high, axis=0), wide, axis=1)
    return np.pad(code, 24, constant_values=255)


@pytest.mark.parametrize(("bars", "said"), CODES)
@pytest.mark.parametrize("wide", [2, 3, 5])
def test_a_bar_code_says_what_was_written(bars: str, said: str, wide: int) -> None:
    picture = drawn(bars, wide=wide)
    assert read_bars(picture) == said
    assert read_bars(np.ascontiguousarray(picture[::-1, ::-1])) == said
    worn = cv2.GaussianBlur(picture, (0, 0), 0.4 * wide).astype(np.float32)
    worn += np.random.default_rng(2).normal(0, 6, worn.shape)
    assert read_bars(np.clip(worn, 0, 255).astype(np.uint8)) == said


def test_a_torn_or_wrong_code_says_nothing() -> None:
    picture = drawn(POST, wide=3)
    assert read_bars(picture[:, : picture.shape[1] // 2]) == ""
    swapped = POST[:33] + POST[44:55] + POST[33:44] + POST[55:]
    assert read_bars(drawn(swapped, wide=3)) == ""
    assert read_bars(np.full((60, 300), 255, np.uint8)) == ""
    noise = np.random.default_rng(5).integers(0, 255, (60, 400)).astype(np.uint8)
    assert read_bars(noise) == ""


@pytest.mark.skipif(not PRINT.exists(), reason="no Thai fonts: fonts-thai-tlwg")
@pytest.mark.parametrize(("bars", "said"), [CODES[0], CODES[2]])
def test_the_code_of_the_post_on_a_page_is_found(bars: str, said: str) -> None:
    page = MadePage()
    page.print("ที่ พบ ๐๖๑๘/๘๐๒", at=(180, 500))
    page.body()
    page.picture.paste(Image.fromarray(drawn(bars, wide=3)).convert("RGB"), (700, 1700))
    _, worked = page.read()
    assert [code.text for code in find_codes(worked)] == [said]
