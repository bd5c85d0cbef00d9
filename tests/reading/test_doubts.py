from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.papers import paper
from tests.reading.letters import EXTERNAL, MEMO, ORDER, STAMPED
from thamthan.reading import Known, read, recheck
from thamthan.reading.model import Doubt, Finding, LetterReading, Span, is_flagged
from thamthan.thai.calendars import WorkingCalendar

CALENDAR = WorkingCalendar({date(2026, 3, 16): "วันหยุดตัวอย่าง"})
STAMP = "อบต.ท่าเสน\nเลขรับ ๕\nวันที่ {}\nเวลา ๑๐.๐๐ น.\n\n"


def codes(reading: LetterReading) -> set[str]:
    return {doubt.code for doubt in reading.doubts}


def doubt(reading: LetterReading, code: str) -> Doubt:
    return next(found for found in reading.doubts if found.code == code)


def at(day: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("letter", [EXTERNAL, MEMO, ORDER, STAMPED, paper()])
def test_a_whole_letter_raises_no_doubt(letter: str) -> None:
    assert read(letter, calendar=CALENDAR).doubts == ()


def test_every_doubt_is_one_thai_sentence_on_one_line() -> None:
    reading = read(
        STAMP.format("๑ ม.ค. ๒๕๖๙") + paper(number="พบ ๐๖๑๘/", dated="๑๕ มีนาคม ๒๕๖๙"),
        arrived=at(17),
        calendar=CALENDAR,
    )
    assert len(reading.doubts) > 3, reading.doubts
    for found in reading.doubts:
        assert "\n" not in found.message and not found.message.endswith(".")
        assert any("ก" <= letter <= "ฮ" for letter in found.message)


def test_received_before_it_was_dated() -> None:
    reading = read(STAMP.format("๑ มี.ค. ๒๕๖๙") + paper())
    assert doubt(reading, "received_before_dated").fields == ("receipt.received_on", "dated_on")


def test_received_half_a_year_later() -> None:
    assert "received_long_after" in codes(read(STAMP.format("๕ มี.ค. ๒๕๗๐") + paper()))


@pytest.mark.parametrize("written", ["๒๐ / ๖.๑ / ๖๕", "๒๐ มค / ๙", "20 ? 69"])
def test_an_unreadable_day_of_receipt_suggests_the_next_such_day(written: str) -> None:
    reading = read(STAMP.format(written) + paper(dated="๑๕ มีนาคม ๒๕๖๙"), arrived=at(22))
    assert reading.receipt and reading.receipt.received_on is None
    assert doubt(reading, "receipt_date_unreadable").suggestion == "2026-03-20"
    assert is_flagged(reading, "receipt.received_on")


def test_a_day_that_has_not_come_is_not_suggested() -> None:
    reading = read(STAMP.format("๒๐ / x / ๖๕") + paper(dated="๑๕ มีนาคม ๒๕๖๙"), arrived=at(18))
    assert doubt(reading, "receipt_date_unreadable").suggestion is None


def test_a_letter_of_tomorrow_cannot_have_come_today() -> None:
    assert "dated_after_arrival" in codes(read(paper(), arrived=at(1)))
    assert "dated_after_arrival" not in codes(read(paper(), arrived=at(2), calendar=CALENDAR))


def test_a_letter_of_a_sunday_is_worth_a_look() -> None:
    found = doubt(read(paper(dated="๑๕ มีนาคม ๒๕๖๙")), "dated_on_weekend")
    assert found.fields == ("dated_on",) and "วันอาทิตย์" in found.message


def test_a_year_of_two_digits_is_read_and_doubted() -> None:
    reading = read(paper(dated="๒ มี.ค. ๖๙"))
    assert reading.dated_on and reading.dated_on.value == date(2026, 3, 2)
    assert "two_digit_year" in codes(reading)


def test_a_weekday_that_does_not_fit_its_day_is_doubted() -> None:
    reading = read(paper(dated="วันศุกร์ที่ ๒ มีนาคม ๒๕๖๙"))
    assert is_flagged(reading, "dated_on")


def test_two_scripts_of_digits_in_one_field() -> None:
    assert doubt(read(paper(number="พบ ๐๖๑๘.1/๗๐๑")), "digits_mixed").fields == ("number",)


def test_a_closing_that_does_not_go_with_the_opening() -> None:
    reading = read(paper().replace("เรียน  นายก", "กราบเรียน  นายก"))
    assert doubt(reading, "closing_unfit").suggestion == "ขอแสดงความนับถืออย่างยิ่ง"


def test_a_reference_younger_than_the_letter() -> None:
    line = "อ้างถึง หนังสือจังหวัดเพชรบุรี ที่ พบ 0017/1 ลงวันที่ 9 มีนาคม 2569\n"
    reading = read(paper().replace("เรียน  นายก", f"{line}เรียน  นายก"))
    assert doubt(reading, "reference_after_letter").fields == ("references[0].dated_on", "dated_on")


def test_a_reference_without_its_number() -> None:
    line = "อ้างถึง หนังสือจังหวัดเพชรบุรี ลงวันที่ 1 มีนาคม 2569\n"
    reading = read(paper().replace("เรียน  นายก", f"{line}เรียน  นายก"))
    assert doubt(reading, "reference_incomplete").fields == ("references[0]",)


def test_papers_spoken_of_but_not_listed() -> None:
    reading = read(paper().replace("เพื่อใช้ในการ", "ตามสิ่งที่ส่งมาด้วย เพื่อใช้ในการ"))
    assert doubt(reading, "enclosures_not_listed").fields == ("enclosures",)


def test_what_every_letter_of_its_kind_has_is_missed() -> None:
    reading = read(paper().replace("(สมมุติ", "").replace("(นายสมมุติ ตัวอย่างดี)", ""))
    missing = [found.fields[0] for found in reading.doubts if found.code == "field_missing"]
    assert "signatory" in missing
    assert is_flagged(reading, "signatory")


def test_a_deadline_that_had_passed_when_the_letter_came() -> None:
    assert "deadline_past_on_arrival" in codes(read(paper(), arrived=at(17), calendar=CALENDAR))


@pytest.mark.parametrize(("day", "near"), [(11, False), (13, True), (16, True)])
def test_a_deadline_with_one_working_day_left_or_less(day: int, near: bool) -> None:
    calendar = WorkingCalendar({})
    assert ("deadline_near" in codes(read(paper(), arrived=at(day), calendar=calendar))) is near


def test_a_deadline_that_may_be_counted_in_several_ways_is_flagged() -> None:
    reading = read(paper(deadline="ภายในสัปดาห์ที่ ๓ ของเดือนมีนาคม พ.ศ. ๒๕๖๙"), calendar=CALENDAR)
    assert len(reading.deadlines[0].readings) > 1
    assert is_flagged(reading, "deadlines[0]")


def test_a_name_that_is_nearly_known_suggests_the_known_one() -> None:
    text = STAMP.format("๓ มี.ค. ๒๕๖๙").replace("อบต.ท่าเสน", "องค์การบริหารส่วนตำบลท่าเสนน") + paper()
    known = Known({"1": "องค์การบริหารส่วนตำบลท่าเสน", "2": "องค์การบริหารส่วนตำบลห้วยลึก"})
    found = doubt(read(text, known=known), "name_nearly_known")
    assert (found.fields, found.suggestion) == (
        ("receipt.organisation",),
        "องค์การบริหารส่วนตำบลท่าเสน",
    )


def test_a_known_name_is_not_doubted() -> None:
    known = Known({"1": "อบต.ท่าเสน"}, own_name="อบต.ท่าเสน")
    reading = read(STAMP.format("๓ มี.ค. ๒๕๖๙") + paper(), known=known)
    assert not codes(reading) & {"name_nearly_known", "receipt_of_another"}


def test_the_stamp_of_another_office_is_doubted() -> None:
    reading = read(STAMP.format("๓ มี.ค. ๒๕๖๙") + paper(), known=Known(own_name="เทศบาลตำบลบ้านลาด"))
    assert doubt(reading, "receipt_of_another").fields == ("receipt.organisation",)


def test_one_quoted_name_written_in_two_ways() -> None:
    reading = read(
        paper(subject="โครงการ “บ้านสวย เมืองสุข ๕”").replace(
            "เพื่อใช้ในการ", "ตามโครงการ “บ้านสวยเมืองสุข 5” เพื่อใช้ในการ"
        )
    )
    found = doubt(reading, "name_written_variously")
    assert found.fields == ("subject",) and "2 แบบ" in found.message


def test_two_different_quoted_names_are_no_doubt() -> None:
    subject = "โครงการ “บ้านสวย” และ “เมืองสุข”"
    assert "name_written_variously" not in codes(read(paper(subject=subject)))


def test_a_lost_sara_am_is_seen_and_its_mending_suggested() -> None:
    found = doubt(read(paper(subject="การดาเนินงานของสานักงานในตาบล")), "letters_lost")
    assert found.suggestion == "การดำเนินงานของสำนักงานในตำบล"


def test_an_addressee_left_blank_for_each_copy() -> None:
    reading = read(paper().replace("นายกองค์การบริหารส่วนตำบล ทุกแห่ง", "ผู้อำนวยการโรงเรียน........."))
    assert doubt(reading, "addressee_blank").fields == ("addressees[0]",)


def corrected(reading: LetterReading, day: date) -> LetterReading:
    given = Finding(day, "", Span(page=1, start=0, end=0), 1.0)
    return replace(reading, dated_on=given)


def test_rechecking_drops_what_a_person_has_settled() -> None:
    reading = read(paper(dated="มีนาคม ๒๕๖๙"))
    assert "date_incomplete" in codes(reading)
    left = recheck(corrected(reading, date(2026, 3, 2)), calendar=CALENDAR)
    assert left == ()


def test_rechecking_keeps_what_no_person_has_settled() -> None:
    reading = read(paper(dated="มีนาคม ๒๕๖๙"))
    assert [found.code for found in recheck(reading)] == [d.code for d in reading.doubts]


def test_rechecking_looks_at_the_corrected_day() -> None:
    reading = read(paper(), calendar=CALENDAR)
    left = recheck(corrected(reading, date(2026, 3, 17)), calendar=CALENDAR)
    assert [found.code for found in left] == ["deadline_before_letter"]


def test_a_text_without_the_form_of_a_letter_is_of_no_sure_kind() -> None:
    found = doubt(read("เรียน ผู้อำนวยการโรงเรียนทุกแห่ง\nแจ้งให้ทราบว่าระบบปิดปรับปรุง"), "kind_unclear")
    assert found.fields == ("kind",)
