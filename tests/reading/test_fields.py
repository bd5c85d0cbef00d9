from dataclasses import fields, is_dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.papers import paper
from tests.reading.letters import EVERY_KIND, EXTERNAL, MEMO, NOTICE, ORDER, STAMPED
from thamthan.reading import read
from thamthan.reading.model import Finding, LetterReading, Span, from_json, is_flagged, to_json
from thamthan.thai.correspondence import LetterKind, Urgency

NOISE = st.text(st.sampled_from("กมรเแ่้ำํ๑๙ 19./()“\n\t\u200b\uf70a"), max_size=6)


def values(found: tuple[Finding[str], ...]) -> list[str]:
    return [one.value for one in found]


def value(found: Finding[object] | None) -> object:
    return found.value if found else None


def located(part: object) -> list[tuple[str, Span]]:
    """Every pair of words and place in a reading."""
    found: list[tuple[str, Span]] = []
    if isinstance(part, tuple):
        for inner in part:
            found += located(inner)
    elif is_dataclass(part) and not isinstance(part, type):
        if hasattr(part, "text") and hasattr(part, "span"):
            found.append((part.text, part.span))
        for field in fields(part):
            if field.name != "pages":
                found += located(getattr(part, field.name))
    return found


def check_places(reading: LetterReading) -> None:
    for text, span in located(reading):
        assert text == reading.pages[span.page - 1][span.start : span.end]


@pytest.mark.parametrize("letter", EVERY_KIND)
def test_every_finding_stands_where_it_says(letter: str) -> None:
    reading = read(letter)
    assert located(reading)
    check_places(reading)


@settings(max_examples=150)
@given(
    st.sampled_from(EVERY_KIND),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 3), NOISE), max_size=25),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4),
)
def test_every_finding_of_a_damaged_letter_stands_where_it_says(
    letter: str, damage: list[tuple[int, int, str]], swaps: list[tuple[int, int]]
) -> None:
    lines = letter.split("\n")
    for one, other in swaps:
        one, other = one % len(lines), other % len(lines)
        lines[one], lines[other] = lines[other], lines[one]
    letter = "\n".join(lines)
    for at, gone, noise in damage:
        at %= len(letter) + 1
        letter = letter[:at] + noise + letter[at + gone :]
    reading = read(letter)
    check_places(reading)
    assert from_json(to_json(reading)) == reading


@settings(max_examples=150)
@given(st.text(max_size=400))
def test_any_text_whatever_is_read(text: str) -> None:
    check_places(read(text))


def test_an_external_letter_gives_its_head() -> None:
    reading = read(EXTERNAL)
    assert reading.kind is LetterKind.EXTERNAL
    assert reading.number is not None
    assert (reading.number.value, reading.number.circular, reading.number.running) == (
        "พบ 0023.3/ว 88",
        True,
        88,
    )
    assert value(reading.urgency) is Urgency.MOST_URGENT
    assert value(reading.sender) == "สำนักงานส่งเสริมการปกครองท้องถิ่น จังหวัดเพชรบุรี"
    assert value(reading.address) == "ถนนราชวิถี พบ ๗๖๐๐๐"
    assert value(reading.dated_on) == date(2026, 2, 27)
    assert value(reading.subject) == ("ซักซ้อมแนวทางการสำรวจถนนในความรับผิดชอบขององค์กรปกครอง ส่วนท้องถิ่น")
    assert values(reading.addressees) == ["ท้องถิ่นอำเภอทุกอำเภอ", "นายกเทศมนตรีเมืองชะอำ"]


def test_each_reference_keeps_agency_urgency_number_and_date() -> None:
    first, second = read(EXTERNAL).references
    assert (first.agency, first.urgency, first.number, first.dated_on) == (
        "จังหวัดเพชรบุรี",
        Urgency.VERY_URGENT,
        "พบ 0023.3/ว 71",
        date(2026, 2, 18),
    )
    assert (second.number, second.dated_on) == ("คำสั่งจังหวัดเพชรบุรี ที่ 120/2569", date(2026, 2, 20))


def test_two_letters_in_one_reference_are_two() -> None:
    line = (
        "อ้างถึง หนังสือจังหวัดเพชรบุรี ที่ พบ 0017/ว1 ลงวันที่ 2 มีนาคม 2569 "
        "และ ที่ พบ 0017/ว2\nลงวันที่ 3 มีนาคม 2569"
    )
    reading = read(paper().replace("เรียน  นายกองค์", f"{line}\nเรียน  นายกองค์"))
    assert [(r.agency, r.number, r.dated_on) for r in reading.references] == [
        ("จังหวัดเพชรบุรี", "พบ 0017/ว 1", date(2026, 3, 2)),
        ("จังหวัดเพชรบุรี", "พบ 0017/ว 2", date(2026, 3, 3)),
    ]


def test_enclosures_keep_their_counts() -> None:
    assert [(e.value, e.quantity, e.unit) for e in read(EXTERNAL).enclosures] == [
        ("แบบสำรวจถนน", 2, "ชุด"),
        ("รายชื่อผู้ประสานงาน", None, None),
    ]


def test_a_count_may_stand_in_the_middle_of_the_name_of_an_enclosure() -> None:
    table = (
        "สิ่งที่ส่งมาด้วย  แบบเสนอโครงการขอรับเงิน        จำนวน ๓ ชุด\n"
        "                  ส่งเสริมสวัสดิการ (แบบ กสส.๐๑)"
    )
    (enclosure,) = read(paper().replace("เรียน  นายกองค์", f"{table}\n\nเรียน  นายกองค์")).enclosures
    assert enclosure.value == "แบบเสนอโครงการขอรับเงิน ส่งเสริมสวัสดิการ (แบบ กสส.๐๑)"
    assert (enclosure.quantity, enclosure.unit) == (3, "ชุด")


def test_the_foot_gives_signer_position_unit_and_how_to_reach_it() -> None:
    reading = read(EXTERNAL)
    assert value(reading.signatory) == "ร้อยตรี ประสิทธิ์ ทองตัวอย่าง"
    assert value(reading.position) == ("ท้องถิ่นจังหวัดเพชรบุรี ปฏิบัติราชการแทน ผู้ว่าราชการจังหวัดเพชรบุรี")
    assert value(reading.owner_unit) == "กลุ่มงานมาตรฐานการบริหารงาน"
    assert value(reading.telephone) == "0-3200-0000 ต่อ 12"
    assert value(reading.email) == "saraban@example.go.th"


def test_the_receipt_stamp_gives_office_number_day_and_time() -> None:
    receipt = read(EXTERNAL).receipt
    assert receipt is not None
    assert value(receipt.organisation) == "อบต.ท่าเสน"
    assert value(receipt.number) == 102
    assert value(receipt.received_on) == date(2026, 3, 5)
    assert value(receipt.time) == "10:30"


def test_an_empty_stamp_gives_nothing_but_its_office() -> None:
    stamp = "กองคลัง\nเลขรับ.............\nวันที่.............\nเวลา..........น.\n\n"
    receipt = read(stamp + paper()).receipt
    assert receipt is not None
    assert (receipt.number, receipt.received_on, receipt.time) == (None, None, None)


def test_a_memo_gives_its_office_and_the_first_name_not_the_approver() -> None:
    reading = read(MEMO)
    assert value(reading.sender) == "กองคลัง องค์การบริหารส่วนตำบลท่าเสน"
    assert value(reading.telephone) == "0 3200 1111"
    assert value(reading.dated_on) == date(2026, 2, 3)
    assert value(reading.signatory) == "นางสาวมาลี มีตัวอย่าง"
    assert value(reading.position) == "นักวิชาการพัสดุชำนาญการ"


def test_a_stamped_letter_has_its_sender_and_date_below_and_no_signer() -> None:
    reading = read(STAMPED)
    assert value(reading.sender) == "จังหวัดเพชรบุรี"
    assert value(reading.dated_on) == date(2026, 3, 2)
    assert (reading.subject, reading.signatory) == (None, None)
    assert value(reading.owner_unit) == "สำนักงานจังหวัดเพชรบุรี กลุ่มงานยุทธศาสตร์"


def test_an_order_is_numbered_within_its_office_and_dated_at_its_end() -> None:
    reading = read(ORDER)
    assert reading.number is not None
    assert (reading.number.value, reading.number.agency_code) == ("123/2569", "")
    assert value(reading.sender) == "อำเภอบ้านลาด"
    assert value(reading.dated_on) == date(2026, 3, 5)


def test_a_notice_is_signed_in_brackets_under_the_typed_signature() -> None:
    reading = read(NOTICE)
    assert value(reading.signatory) == "นางสาวสมหญิง ใจตัวอย่าง"
    assert value(reading.dated_on) == date(2026, 2, 12)


@pytest.mark.parametrize("number", ["พบ ๐๖๑๘/", "พบ ๐๖๑๘/ว"])
def test_a_number_without_its_running_part_is_kept_and_flagged(number: str) -> None:
    reading = read(paper(number=number))
    assert reading.number is not None and reading.number.running is None
    assert is_flagged(reading, "number")


@pytest.mark.parametrize(
    "dated", ["มีนาคม ๒๕๖๙", "     มีนาคม  ๒๕๖๙", "๓๑ กุมภาพันธ์ ๒๕๖๙", "....... มีนาคม ๒๕๖๙"]
)
def test_a_date_without_a_day_or_that_never_was_is_empty_and_flagged(dated: str) -> None:
    reading = read(paper(dated=dated))
    assert reading.dated_on is None
    assert is_flagged(reading, "dated_on")


def test_what_a_letter_does_not_have_is_none() -> None:
    reading = read("เรียน ผู้อำนวยการโรงเรียนทุกแห่ง\nแจ้งให้ทราบว่าระบบปิดปรับปรุง")
    assert values(reading.addressees) == ["ผู้อำนวยการโรงเรียนทุกแห่ง"]
    found = (reading.number, reading.dated_on, reading.subject, reading.signatory, reading.receipt)
    assert found == (None, None, None, None, None)
    assert reading.urgency is None and reading.references == () and reading.enclosures == ()


def test_a_date_in_the_subject_is_not_the_date_of_the_letter() -> None:
    reading = read(paper(subject="การปรับค่าตอบแทน (๑ ธันวาคม ๒๕๖๗)"))
    assert value(reading.dated_on) == date(2026, 3, 2)


def test_the_urgency_of_a_reference_is_not_the_urgency_of_the_letter() -> None:
    line = "อ้างถึง  หนังสือจังหวัดเพชรบุรี ด่วนที่สุด ที่ พบ ๐๐๑๗/๑ ลงวันที่ ๑ มีนาคม ๒๕๖๙"
    reading = read(paper().replace("เรียน  นายกองค์", f"{line}\nเรียน  นายกองค์"))
    assert reading.urgency is None
    assert reading.references[0].urgency is Urgency.MOST_URGENT


def test_one_line_may_hold_number_office_and_urgency() -> None:
    reading = read(paper().replace("ที่ พบ", "ด่วนมาก  ที่ พบ"))
    assert value(reading.urgency) is Urgency.VERY_URGENT
    assert value(reading.number) == "พบ 0618/701"
    assert value(reading.sender) == "ที่ว่าการอำเภอบ้านลาด"


def test_two_who_sign_side_by_side_are_not_mixed_and_nothing_is_promised() -> None:
    names = "(นายสมชาย ใจตัวอย่าง)            (นางสมศรี มีตัวอย่าง)"
    posts = "นายอำเภอบ้านลาด                  ปลัดอำเภอ"
    block = paper().replace("(นายสมมุติ ตัวอย่างดี)", names).replace("  นายอำเภอบ้านลาด\n", f"{posts}\n")
    reading = read(block)
    assert value(reading.signatory) == "นายสมชาย ใจตัวอย่าง"
    assert value(reading.position) == "นายอำเภอบ้านลาด"
    assert is_flagged(reading, "signatory") and is_flagged(reading, "position")


def test_the_unit_under_the_position_is_no_part_of_it() -> None:
    text = paper().replace("นายอำเภอบ้านลาด\n\n", "นายอำเภอบ้านลาด\n")
    reading = read("\n".join(line.strip() for line in text.splitlines()))
    assert value(reading.position) == "นายอำเภอบ้านลาด"
    assert value(reading.owner_unit) == "ที่ทำการปกครองอำเภอ"


def test_the_urgency_may_stand_in_noise() -> None:
    assert value(read("| ด่วนที่สุด .\n" + paper()).urgency) is Urgency.MOST_URGENT


def test_a_value_may_stand_on_the_line_below_its_label() -> None:
    reading = read(
        "ที่\nพบ ๐๖๑๘/๗๐๑\nที่ว่าการอำเภอบ้านลาด\n\n๒ มีนาคม ๒๕๖๙\n\nเรื่อง\nการสำรวจถนน\n\n"
        "เรียน\nนายอำเภอบ้านลาด\n\nด้วยอำเภอจะสำรวจถนน\n\nจึงเรียนมาเพื่อทราบ"
    )
    assert value(reading.number) == "พบ 0618/701"
    assert value(reading.subject) == "การสำรวจถนน"
    assert values(reading.addressees) == ["นายอำเภอบ้านลาด"]
    assert value(reading.dated_on) == date(2026, 3, 2)


def test_words_in_brackets_within_a_line_are_no_names() -> None:
    text = paper().replace("เพื่อใช้", "๑) คู่มือข้อมูล (Open Data) (ศูนย์ข้อมูล กลาง)\nเพื่อใช้")
    assert value(read(text).signatory) == "นายสมมุติ ตัวอย่างดี"
