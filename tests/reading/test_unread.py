"""ที่ที่อ่านไม่ออก: what was not read of a scan is told, and the place where it stands is shown."""

from typing import cast

import pytest

from tests.papers import paper
from thamthan import reading as door
from thamthan.reading import Document, read
from thamthan.reading.model import LetterReading, Mark, PageSize, Paper, is_flagged
from thamthan.reading.pages import Pages

A4 = PageSize(595.0, 842.0)
LEADING = 22.0
NAME = "(นายสมมุติ ตัวอย่างดี)"
POST = "นายอำเภอบ้านลาด"
HEAD_OF_MEMO = """                    บันทึกข้อความ
ส่วนราชการ ที่ว่าการอำเภอบ้านลาด
ที่ พบ ๐๖๑๘/๗๐๑                        วันที่ ๒ มีนาคม ๒๕๖๙
"""


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> "type[Scan]":
    monkeypatch.setattr(door, "pages_of", Scan.pages)
    return Scan


class Scan:
    """A letter as a scan gives it: each line a step further down its page, letters side by side."""

    def __init__(self, *texts: str, sizes: bool = True, marks: tuple[Mark, ...] = ()) -> None:
        self.texts, self.sizes, self.marks = texts, sizes, marks

    def read(self) -> LetterReading:
        # As it is: the door that would recognise a file's pages is asked for this one's.
        return read(cast("Document", self))

    def top_of(self, words: str, *, page: int = 1) -> float:
        lines = self.texts[page - 1].split("\n")
        return 60.0 + LEADING * next(at for at, line in enumerate(lines) if words in line)

    def pages(self) -> Pages:
        places = []
        for text in self.texts:
            here, at = [], 0
            for row, line in enumerate(text.split("\n")):
                top = 60.0 + LEADING * row
                here += [
                    (at + x, at + x + 1, 40.0 + 5 * x, top, 45.0 + 5 * x, top + 14.0)
                    for x, sign in enumerate(line)
                    if sign != " "
                ]
                at += len(line) + 1
            places.append(tuple(here))
        size = A4 if self.sizes else None
        return Pages(
            texts=self.texts, places=tuple(places), paper=Paper((size,) * len(places), self.marks)
        )


def shown(reading: LetterReading, field: str) -> Mark | None:
    marks = [mark for mark in reading.paper.marks if mark.field == field]
    assert len(marks) <= 1, "a place is shown once"
    return marks[0] if marks else None


def test_who_signed_is_looked_for_below_the_closing_words(scanned: type[Scan]) -> None:
    scan = scanned(paper().replace(NAME, "").replace(POST, ""))
    reading = scan.read()
    for field in ("signatory", "position"):
        assert is_flagged(reading, field)
        mark = shown(reading, field)
        assert mark is not None
        assert mark.kind == "unread"
        _, top, _, bottom = mark.box
        assert scan.top_of("ขอแสดงความนับถือ") < top < scan.top_of("ขอแสดงความนับถือ") + LEADING
        assert bottom <= scan.top_of("ที่ทำการปกครองอำเภอ")


def test_where_no_room_is_left_it_is_looked_for_on_the_next_page(scanned: type[Scan]) -> None:
    first, _, _ = paper().partition("ขอแสดงความนับถือ")
    low = first.replace("\n\n", "\n" * 6) + "ขอแสดงความนับถือ"
    mark = shown(scanned(low, "-๒-\n\n\n\n\nโทร. ๐ ๓๒๐๐ ๐๐๐๐\n").read(), "signatory")
    assert mark is not None
    assert mark.page == 2


@pytest.mark.parametrize(
    ("lost", "field", "over", "under"),
    [
        ("เรื่อง  การสำรวจผู้สูงอายุที่อาศัยอยู่ลำพัง", "subject", "๒ มีนาคม ๒๕๖๙", "เรียน  นายก"),
        ("เรียน  นายกองค์การบริหารส่วนตำบล ทุกแห่ง", "addressees", "เรื่อง  การ", "ด้วยอำเภอ"),
        ("๒ มีนาคม ๒๕๖๙", "dated_on", "ที่ พบ", "เรื่อง  การ"),
    ],
)
def test_what_is_lost_of_the_head_is_looked_for_between_what_was_read(
    scanned: type[Scan], lost: str, field: str, over: str, under: str
) -> None:
    scan = scanned(paper().replace(lost, "", 1))
    reading = scan.read()
    assert is_flagged(reading, field)
    mark = shown(reading, field)
    assert mark is not None
    assert scan.top_of(over) <= mark.box[1] < mark.box[3] <= scan.top_of(under) + LEADING


def test_what_was_read_and_what_a_hand_wrote_is_shown_by_no_second_mark(
    scanned: type[Scan],
) -> None:
    whole = scanned(paper()).read()
    assert not [mark for mark in whole.paper.marks if mark.kind == "unread"]
    by_hand = Mark("handwriting", 1, (200.0, 120.0, 220.0, 140.0), "dated_on")
    reading = scanned(paper().replace("๒ มีนาคม ๒๕๖๙", "  มีนาคม ๒๕๖๙"), marks=(by_hand,)).read()
    assert is_flagged(reading, "dated_on")
    assert shown(reading, "dated_on") == by_hand


def test_a_letter_without_a_picture_has_no_place_to_show(scanned: type[Scan]) -> None:
    reading = scanned(paper().replace(NAME, ""), sizes=False).read()
    assert is_flagged(reading, "signatory")
    assert shown(reading, "signatory") is None


def test_of_a_memo_whose_signer_is_missed_the_position_is_doubted_too(scanned: type[Scan]) -> None:
    text = HEAD_OF_MEMO + paper()[paper().index("เรื่อง") :]
    assert not is_flagged(scanned(text).read(), "position")
    reading = scanned(text.replace(NAME, "").replace(POST, "")).read()
    assert is_flagged(reading, "signatory")
    assert is_flagged(reading, "position")
