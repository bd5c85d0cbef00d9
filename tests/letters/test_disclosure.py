"""Disclosure: whatever is withheld names its section; a covered copy lacks what was covered."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pdfs import pdf_of
from tests.world import World
from thamthan.errors import Refused
from thamthan.letters.actions import (
    IncomingFile,
    classify_letter,
    receive_letter,
    redact_file,
    set_disclosure,
)
from thamthan.letters.models import Letter, LetterFile
from thamthan.letters.queries import disclosures_of, letter_for, likely_boxes, redacted_copy_for
from thamthan.letters.rules import Box, Openness, checked_box, likely_hidden
from thamthan.records.queries import content_of
from thamthan.thai.correspondence import Secrecy

ARRIVED = datetime(2026, 3, 3, 9, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
TEXT = "Somchai 1-2345-67890-12-3 call 081 234 5678\nplain line of the letter"


@pytest.fixture
def letter(world: World) -> Letter:
    letter = receive_letter(
        [IncomingFile(name="a.pdf", content=pdf_of(TEXT))], by=world.clerk, received_at=ARRIVED
    )
    return letter_for(world.clerk, letter.pk)


def file_of(letter: Letter) -> LetterFile:
    return letter.files.get()


def test_withholding_names_a_section_and_the_earlier_word_stays(
    world: World, letter: Letter
) -> None:
    for openness in (Openness.PARTLY, Openness.CLOSED):
        with pytest.raises(Refused):
            set_disclosure(letter, openness, by=world.clerk)
        with pytest.raises(Refused):
            set_disclosure(letter, openness, by=world.clerk, section="99")
    with pytest.raises(Refused):
        set_disclosure(letter, Openness.OPEN, by=world.officer)
    set_disclosure(letter, Openness.OPEN, by=world.clerk)
    set_disclosure(letter, Openness.PARTLY, by=world.clerk, section="15(5)", reason="มีเลขบัตร")
    now, before = disclosures_of(world.clerk, letter)
    assert (now.openness, now.section, now.set_words) == (
        "partly",
        "15(5)",
        world.clerk.words(),
    )
    assert before.openness == "open"


def test_a_secret_letter_is_neither_opened_nor_copied(world: World, letter: Letter) -> None:
    letter = classify_letter(
        letter, Secrecy.SECRET, by=world.chief_clerk, seen_version=letter.version, reason="ลับ"
    )
    with pytest.raises(Refused):
        set_disclosure(letter, Openness.OPEN, by=world.chief_clerk)
    with pytest.raises(Refused):
        redact_file(file_of(letter), [Box(1, 0.1, 0.1, 0.5, 0.5)], by=world.chief_clerk)
    set_disclosure(letter, Openness.CLOSED, by=world.chief_clerk, section="15(1)")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("เลข 1-2345-67890-12-3 ของ", ["1-2345-67890-12-3"]),
        ("เลข ๑๒๓๔๕๖๗๘๙๐๑๒๓", ["๑๒๓๔๕๖๗๘๙๐๑๒๓"]),
        ("โทร. 0 3242 5555 ต่อ 1", ["0 3242 5555"]),
        ("โทร ๐๘๑-๒๓๔-๕๖๗๘", ["๐๘๑-๒๓๔-๕๖๗๘"]),
        ("บัญชีเลขที่ 719-0-12345-6 ธนาคาร", ["719-0-12345-6"]),
        ("บัญชี ๐๑๒-๓-๔๕๖๗๘-๙", ["๐๑๒-๓-๔๕๖๗๘-๙"]),
        ("อีเมล somchai.j@example.go.th ได้", ["somchai.j@example.go.th"]),
        ("งบ 12345678 บาท ที่ ๐๖๑๘/๖๖๕", []),
        ("(นายสมมุติ ตัวอย่างดี)", []),
    ],
)
def test_places_to_cover_are_found_by_rule(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in likely_hidden(text)] == found


def test_names_in_brackets_are_found_where_asked_for() -> None:
    text = "ขอแสดงความนับถือ (นายสมมุติ ตัวอย่างดี) (สำเนา)"
    found = [text[one.start : one.end] for one in likely_hidden(text, with_names=True)]
    assert found == ["นายสมมุติ ตัวอย่างดี"]


@given(st.text())
def test_any_text_is_looked_through(text: str) -> None:
    for one in likely_hidden(text, with_names=True):
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize(
    "given", [None, [], [1], "abc", [0, 0, 0, 1, 1], [1, 0.5, 0.5, 0.5, 0.6], [1, "x", 0, 1, 1]]
)
def test_a_box_that_is_none_is_refused(given: object) -> None:
    with pytest.raises(Refused):
        checked_box(given)


def test_a_covered_copy_has_neither_the_words_nor_the_picture_of_them(
    world: World, letter: Letter
) -> None:
    row = file_of(letter)
    before = content_of(row.file)
    boxes = [box for box, _ in likely_boxes(world.clerk, letter, 1)]
    assert len(boxes) == 2
    copy = redact_file(row, boxes, by=world.clerk)
    _, stream = redacted_copy_for(world.clerk, letter, copy.pk)
    with stream:
        content = stream.read()

    document = pypdfium2.PdfDocument(content)
    assert document[0].get_textpage().get_text_range() == ""
    opened = pikepdf.open(io.BytesIO(content))
    everything = b"".join(
        bytes(one.read_raw_bytes()) + bytes(one.read_bytes())
        for one in opened.objects
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != "/Image"
    )
    strings = content + everything
    for word in (b"Somchai", b"2345", b"67890", b"081", b"plain line"):
        assert word not in strings
    assert dict(opened.docinfo) == {}
    assert "/Metadata" not in opened.Root
    assert not opened.attachments
    assert len(opened.pages) == len(pypdfium2.PdfDocument(before))

    # Where a box was, every dot is black; beside it the page is as it was.
    drawn = document[0].render(scale=2).to_pil().convert("L")
    plain = pypdfium2.PdfDocument(before)[0].render(scale=2).to_pil().convert("L")
    for box in boxes:
        inside = tuple(
            round(part * side)
            for part, side in zip(
                (box.left, box.top, box.right, box.bottom), (*drawn.size, *drawn.size), strict=True
            )
        )
        assert drawn.crop(inside).getextrema()[1] < 40
        assert plain.crop(inside).getextrema()[1] > 200
    assert content_of(row.file) == before


def test_a_copy_needs_a_box_on_a_page_that_is_there(world: World, letter: Letter) -> None:
    row = file_of(letter)
    with pytest.raises(Refused):
        redact_file(row, [], by=world.clerk)
    with pytest.raises(Refused):
        redact_file(row, [Box(9, 0.1, 0.1, 0.5, 0.5)], by=world.clerk)
    with pytest.raises(Refused):
        redact_file(row, [Box(1, 0.1, 0.1, 0.5, 0.5)], by=world.officer)
