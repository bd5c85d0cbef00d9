"""Letters that came as pictures are found by their words as print has them."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.letters.test_searching import AT
from tests.reading.made_pages import FONTS
from tests.scans import SCAN
from tests.world import World
from thamthan.letters.actions import IncomingFile, receive_letter
from thamthan.letters.models import Letter
from thamthan.letters.queries import Wanted, found_letters, letters_found
from thamthan.organisations.models import Post
from thamthan.reading.ocr.language import is_available
from thamthan.thai.text import clusters

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not is_available(), reason="OCR is off here: nothing to search in pictures"),
]
WIDE, HIGH, STEP, SIDE = 1654, 2339, 46, 150
A_LINE = 62


def received(by: Post, name: str, content: bytes) -> Letter:
    letter = receive_letter([IncomingFile(name, content)], by=by, received_at=AT)
    letter.refresh_from_db()
    return letter


def drawn(text: str) -> bytes:
    """The text set line by line on A4 at 200 dpi, as a picture of one tall page a sheet."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(FONTS / "Laksaman.ttf"), 30)
    lines = [line for part in text.splitlines() if part.strip() for line in broken(part.strip())]
    sheets: list[Any] = []
    for start in range(0, len(lines), 44):
        sheet = Image.new("L", (WIDE, HIGH), "white")
        draw = ImageDraw.Draw(sheet)
        for row, line in enumerate(lines[start : start + 44]):
            draw.text((SIDE, SIDE + row * STEP), line, fill=20, font=font)
        sheets.append(sheet)
    kept = BytesIO()
    sheets[0].save(kept, "TIFF", save_all=True, append_images=sheets[1:], compression="tiff_lzw")
    return kept.getvalue()


def broken(part: str) -> list[str]:
    lines, count = [""], 0
    for piece in clusters(part.replace(" ", "\ue000")):
        if count >= A_LINE:
            lines, count = [*lines, ""], 0
        lines[-1] += piece
        count += 1
    return [line.replace("\ue000", " ") for line in lines]


WORDS = ("ผู้สูงอายุ", "ขยะ", "งบประมาณ", "โครงการ", "สวนสาธารณะ", "ไฟ", "Smart Care", "7318")


def test_our_scanned_sample_is_found_by_its_words(world: World) -> None:
    letter = received(world.clerk, "สแกน.pdf", SCAN.read_bytes())
    for asked in WORDS:
        hits = letters_found(world.clerk, Wanted(text=asked))
        assert hits.keys == (letter.pk,), asked
        (line,) = found_letters(world.clerk, hits, start=0, end=1)
        assert any(piece.is_found for piece in (*line.subject, *line.text)), asked
    assert letters_found(world.clerk, Wanted(text="อวกาศยาน")).keys == ()


@pytest.mark.shared
def test_the_first_letter_is_found_by_seven_words_when_read_from_a_picture(
    world: World, shared: Path
) -> None:
    path = shared / "letters" / "seed" / "letter.txt"
    if not path.is_file():
        pytest.skip("the first letter does not stand beside the checkout")
    if not (FONTS / "Laksaman.ttf").is_file():
        pytest.skip("no Thai face to print it with (fonts-thai-tlwg)")
    letter = received(world.clerk, "หนังสือ.tiff", drawn(path.read_text(encoding="utf-8")))
    asked = ("สำคัญ", "โครงการ", "งบประมาณ", "ท่องเที่ยว", "ขยะ", "OTOP", "อนันต์วรนาถ")
    missed = [
        word for word in asked if letters_found(world.clerk, Wanted(text=word)).keys != (letter.pk,)
    ]
    assert missed == []
