"""Marks beside the text: fields that a hand wrote into are doubted; stamps belong to offices."""

from dataclasses import replace

import pytest

from tests.papers import paper
from thamthan.reading import Known, read, recheck
from thamthan.reading.byhand import flagged_by_hand, with_stamps
from thamthan.reading.model import (
    SURE,
    Candidate,
    LetterReading,
    Mark,
    PageSize,
    Paper,
    is_flagged,
)

A4 = PageSize(595.3, 841.9)
BOX = (60.0, 100.0, 120.0, 120.0)
STAMPS = """                                    ศาลากลางจังหวัดเพชรบุรี
                                    เลขรับ ๗๑๑
                                    วันที่ ๓ มี.ค. ๒๕๖๙

                                    ที่ว่าการอำเภอบ้านลาด
                                    เลขรับ ๔๒
                                    วันที่ ๔ มี.ค. ๒๕๖๙

"""


def with_marks(text: str, *marks: Mark) -> LetterReading:
    return flagged_by_hand(replace(read(text), paper=Paper((A4, A4), marks)))


def by_hand(field: str, *, page: int = 1) -> Mark:
    return Mark("handwriting", page, BOX, field, candidates=(Candidate("956", 0.6),))


def codes(reading: LetterReading) -> set[str]:
    return {doubt.code for doubt in reading.doubts}


# By hand


@pytest.mark.parametrize(
    ("field", "code"), [("number", "number_by_hand"), ("dated_on", "date_by_hand")]
)
def test_a_field_that_a_hand_wrote_into_is_doubted_whatever_was_read(field: str, code: str) -> None:
    sure = with_marks(paper())
    assert not is_flagged(sure, field)
    flagged = with_marks(paper(), by_hand(field))
    assert is_flagged(flagged, field)
    found = getattr(flagged, field)
    assert found.certainty < SURE
    assert code in codes(flagged)
    other = "dated_on" if field == "number" else "number"
    assert not is_flagged(flagged, other)


def test_a_drawing_doubts_nothing() -> None:
    marked = with_marks(paper(), Mark("drawing", 1, BOX), Mark("code", 1, BOX, text="x"))
    assert codes(marked) == codes(read(paper()))
    assert len(marked.paper.marks) == 2


def test_a_number_by_hand_in_an_annex_is_none_of_the_letters() -> None:
    marked = with_marks(paper(), by_hand("number", page=2), by_hand("dated_on", page=2))
    assert not is_flagged(marked, "number")
    assert not is_flagged(marked, "dated_on")
    assert [mark.field for mark in marked.paper.marks] == [None, None]


def test_a_day_that_is_missing_is_told_once() -> None:
    marked = with_marks(paper(dated="มีนาคม ๒๕๖๙"), by_hand("dated_on"))
    told = [doubt for doubt in marked.doubts if "dated_on" in doubt.fields]
    assert [doubt.code for doubt in told] == ["date_incomplete"]
    assert marked.dated_on is None


def test_the_doubt_stays_until_a_person_has_given_the_number() -> None:
    marked = with_marks(paper(), by_hand("number"))
    assert "number_by_hand" in {doubt.code for doubt in recheck(marked)}
    assert marked.number is not None
    given = replace(marked, number=replace(marked.number, certainty=1.0))
    assert "number_by_hand" not in {doubt.code for doubt in recheck(given)}


def test_a_receipt_number_by_hand_is_no_promise() -> None:
    stamped = STAMPS.split("\n\n")[1] + "\n\n" + paper()
    assert not is_flagged(with_marks(stamped), "receipt.number")
    marked = with_marks(stamped, by_hand("receipt.number"))
    assert is_flagged(marked, "receipt.number")
    assert not is_flagged(marked, "number")


def test_of_two_receipt_numbers_by_hand_one_is_the_letters() -> None:
    marked = with_marks(paper(), by_hand("receipt.number"), by_hand("receipt.number"))
    assert [mark.field for mark in marked.paper.marks] == [None, "receipt.number"]


# Stamps


def receipt_of(text: str, *, known: Known | None = None) -> tuple[int | None, LetterReading]:
    reading = read(text, known=known)
    receipt = reading.receipt
    return (receipt.number.value if receipt and receipt.number else None), reading


def test_of_several_stamps_the_lowest_offices_is_read_and_told() -> None:
    number, reading = receipt_of(STAMPS + paper())
    assert number == 42
    doubt = next(doubt for doubt in reading.doubts if doubt.code == "several_stamps")
    assert "ที่ว่าการอำเภอบ้านลาด" in doubt.message
    assert is_flagged(reading, "receipt")


def test_the_order_of_the_stamps_does_not_matter() -> None:
    first, second = STAMPS.strip("\n").split("\n\n")
    number, _ = receipt_of(f"{second}\n\n{first}\n\n{paper()}")
    assert number == 42


def test_the_readers_own_stamp_is_read_whatever_its_level() -> None:
    known = Known(own_name="ศาลากลางจังหวัดเพชรบุรี")
    number, _ = receipt_of(STAMPS + paper(), known=known)
    assert number == 711


def test_the_addressees_stamp_goes_before_a_lower_ones() -> None:
    letter = paper().replace("นายกองค์การบริหารส่วนตำบล ทุกแห่ง", "ผู้ว่าราชการจังหวัดเพชรบุรี")
    stamps = STAMPS.replace("ศาลากลางจังหวัดเพชรบุรี", "จังหวัดเพชรบุรี")
    number, _ = receipt_of(stamps + letter)
    assert number == 711


def test_one_stamp_is_no_reason_to_doubt() -> None:
    _, reading = receipt_of(STAMPS.split("\n\n")[0] + "\n\n" + paper())
    assert "several_stamps" not in codes(reading)


def test_a_stamp_that_was_seen_already_is_not_told_twice() -> None:
    seen = Mark("stamp", 1, (300.0, 20.0, 500.0, 90.0))
    same = Mark("stamp", 1, (320.0, 30.0, 480.0, 80.0), text="เลขรับ ๗๑๑")
    other = Mark("stamp", 1, (300.0, 120.0, 500.0, 190.0), text="เลขรับ ๔๒")
    assert with_stamps(Paper((A4,), (seen,)), [same, other]).marks == (seen, other)
