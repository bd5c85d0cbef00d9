"""The receipt stamp: on a copy, where it was put, in Thai digits; the file stays as it came."""

import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pikepdf
import pypdfium2
import pytest
import time_machine
from PIL import Image

from tests.letters.numbers import NOON
from tests.papers import paper
from tests.world import World
from thamthan.errors import NotFound, Refused
from thamthan.letters.actions import (
    IncomingFile,
    cancel_number,
    confirm_reading,
    open_register,
    place_stamp,
    receive_letter,
)
from thamthan.letters.models import Letter
from thamthan.letters.queries import readings_of, stamp_sheet_of, stamped_copy_for
from thamthan.letters.rules import Direction
from thamthan.organisations.models import Post
from thamthan.reading.model import LetterReading
from thamthan.records.queries import content_of
from thamthan.writing.stamps import ReceiptStamp, draw_stamp

pytestmark = pytest.mark.django_db

MM = 72 / 25.4
INK = (0x1D, 0x3F, 0x8F)


@pytest.fixture(autouse=True)
def friday(world: World) -> Iterator[None]:
    with time_machine.travel(NOON):
        open_register(
            by=world.clerk, direction=Direction.RECEIVED, first_year=2026, first_number=614
        )
        yield


class NoReading:
    """A machine that reads nothing: blank pages would cost it seconds each."""

    @staticmethod
    def enqueue(reading_pk: int) -> None:
        return None


@pytest.fixture
def reading(world: World, monkeypatch: pytest.MonkeyPatch) -> LetterReading:
    letter = receive_letter(
        [IncomingFile(name="a.txt", content=paper().encode())], by=world.clerk, received_at=NOON
    )
    found = readings_of(world.clerk, letter).reading
    assert found is not None
    monkeypatch.setattr("thamthan.letters.actions.receiving.read_letter_task", NoReading)
    return found


def registered(by: Post, content: bytes, name: str, reading: LetterReading) -> Letter:
    letter = receive_letter(
        [IncomingFile(name=name, content=content)],
        by=by,
        received_at=datetime(2026, 3, 20, 4, 30, tzinfo=UTC),
    )
    letter.refresh_from_db()
    return confirm_reading(
        letter,
        reading,
        by=by,
        seen_version=letter.version,
        received_at=letter.received_at,
        despite_twins="ทดสอบ",
    )


def blank(*, turned: int = 0, crop: tuple[float, ...] = (), pages: int = 1) -> bytes:
    with pikepdf.new() as book:
        for _ in range(pages):
            book.add_blank_page(page_size=(595, 842))
            if turned:
                book.pages[-1].obj["/Rotate"] = turned
            if crop:
                book.pages[-1].obj["/CropBox"] = pikepdf.Array(list(crop))
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()


def picture(kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (800, 1100), "white").save(made, kind)
    return made.getvalue()


def inked(content: bytes, page: int = 1) -> tuple[float, float, float, float] | None:
    """The box in millimetres round what is printed in the stamp's ink, as the page is shown."""
    shown = pypdfium2.PdfDocument(content)[page - 1]
    scale = 3.0
    image = shown.render(scale=scale).to_pil().convert("RGB")
    near = Image.eval(image.getchannel("R"), lambda red: 255 if red < 140 else 0)
    box = near.getbbox()
    return None if box is None else tuple(side / scale / MM for side in box)  # type: ignore[return-value]


def test_a_stamp_says_the_office_the_number_the_day_and_the_hour_in_thai_digits() -> None:
    stamp = draw_stamp(ReceiptStamp("อบต.หนองกะปุ", 614, date(2026, 3, 20), time(14, 0)))
    with pikepdf.open(io.BytesIO(stamp)) as drawn:
        wide, high = (float(side) / MM for side in list(drawn.pages[0].mediabox)[2:])
    assert (round(wide, 1), round(high, 1)) == (50.0, 25.0)
    words = pypdfium2.PdfDocument(stamp)[0].get_textpage().get_text_range()
    for part in ("หนองกะปุ", "เลขรับ", "๖๑๔", "๒๐", "๖๙", "๑๔.๐๐"):
        assert part in words


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [(), (40.0, 30.0, 500.0, 700.0)])
def test_the_stamp_stands_where_it_was_put_however_the_page_is_turned(
    world: World, reading: LetterReading, turned: int, crop: tuple[float, ...]
) -> None:
    content = blank(turned=turned, crop=crop)
    letter = registered(world.clerk, content, "สแกน.pdf", reading)
    sheet = stamp_sheet_of(world.clerk, letter, 1)
    shown = sheet.pages[0]
    _, first = stamped_copy_for(world.officer, letter.pk, 1)
    box = inked(first)
    assert box is not None
    right = shown.width / MM - 10
    assert box == pytest.approx((right - 50, 10, right, 35), abs=0.6)
    place_stamp(letter, by=world.clerk, position=1, page=1, left=0.1, top=0.5)
    _, second = stamped_copy_for(world.officer, letter.pk, 1)
    box = inked(second)
    left, top = 0.1 * shown.width / MM, 0.5 * shown.height / MM
    assert box == pytest.approx((left, top, left + 50, top + 25), abs=0.6)


def test_the_file_itself_stays_as_it_came(world: World, reading: LetterReading) -> None:
    content = blank()
    letter = registered(world.clerk, content, "สแกน.pdf", reading)
    place_stamp(letter, by=world.clerk, position=1, page=1, left=0.2, top=0.2)
    name, copy = stamped_copy_for(world.clerk, letter.pk, 1)
    file = letter.files.get().file
    assert content_of(file) == content
    assert hashlib.sha256(content_of(file)).hexdigest() == file.sha256
    assert copy != content
    assert name == f"สแกน (ประทับตรารับ {letter.receipt_number}).pdf"


def test_the_clerk_may_choose_another_page_and_the_stamp_never_sticks_out(
    world: World, reading: LetterReading
) -> None:
    letter = registered(world.clerk, blank(pages=3), "สแกน.pdf", reading)
    place = place_stamp(letter, by=world.clerk, position=1, page=2, left=5.0, top=-3.0)
    _, copy = stamped_copy_for(world.clerk, letter.pk, 1)
    assert inked(copy, 1) is None
    box = inked(copy, 2)
    assert box is not None
    assert box[2] == pytest.approx(595 / MM, abs=0.6)
    assert place.top == 0
    for page in (0, 4):
        with pytest.raises(NotFound):
            place_stamp(letter, by=world.clerk, position=1, page=page or 9, left=0, top=0)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_becomes_a_page_with_the_stamp(
    world: World, reading: LetterReading, kind: str
) -> None:
    letter = registered(world.clerk, picture(kind), f"ภาพ.{kind.lower()}", reading)
    _, copy = stamped_copy_for(world.clerk, letter.pk, 1)
    box = inked(copy)
    assert box is not None
    assert (box[2] - box[0], box[3] - box[1]) == pytest.approx((50, 25), abs=0.6)


def test_a_text_gets_a_sheet_that_bears_the_stamp(world: World, reading: LetterReading) -> None:
    letter = registered(world.clerk, paper().encode(), "จดหมาย.txt", reading)
    _, copy = stamped_copy_for(world.clerk, letter.pk, 1)
    words = pypdfium2.PdfDocument(copy)[0].get_textpage().get_text_range()
    assert "จดหมาย.txt" in words
    with pytest.raises(Refused) as refusal:
        place_stamp(letter, by=world.clerk, position=1, page=1, left=0, top=0)
    assert refusal.value.code == "no_pages"


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnothing of a file", b"%PDF-1.7\n%%EOF"])
def test_a_damaged_file_is_told_in_words(
    world: World, reading: LetterReading, content: bytes
) -> None:
    letter = registered(world.clerk, content, "เสีย.pdf", reading)
    with pytest.raises(Refused) as refusal:
        stamped_copy_for(world.clerk, letter.pk, 1)
    assert refusal.value.code == "unstamped"


def test_without_a_receipt_number_there_is_no_stamp(world: World, reading: LetterReading) -> None:
    letter = receive_letter(
        [IncomingFile(name="a.pdf", content=blank())], by=world.clerk, received_at=NOON
    )
    with pytest.raises(Refused) as refusal:
        stamped_copy_for(world.clerk, letter.pk, 1)
    assert refusal.value.code == "no_receipt"
    there = registered(world.clerk, blank(), "b.pdf", reading)
    cancel_number(there.numbers.get(), by=world.clerk, reason="ลงรับผิด")
    with pytest.raises(Refused):
        stamped_copy_for(world.clerk, there.pk, 1)


def test_only_who_registers_puts_the_stamp_and_only_the_house_sees_it(
    world: World, reading: LetterReading
) -> None:
    letter = registered(world.clerk, blank(), "b.pdf", reading)
    with pytest.raises(Refused) as refusal:
        place_stamp(letter, by=world.officer, position=1, page=1, left=0, top=0)
    assert refusal.value.status == 403
    with pytest.raises(NotFound):
        stamped_copy_for(world.tha_sen_clerk, letter.pk, 1)
