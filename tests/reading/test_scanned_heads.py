"""หัวหนังสือจากภาพ: what a scan loses of a head – a dot, a tone mark, a line's own place."""

from datetime import date

import pytest

from tests.reading.letters import MEMO
from thamthan.reading import read
from thamthan.reading.model import LetterReading
from thamthan.thai.correspondence import LetterKind


def with_enclosures(*lines: str, stamp: str = "") -> LetterReading:
    listed = "\n                 ".join(lines)
    return read(
        f"{stamp}ที่ พบ ๐๖๑๘/๖๖๕              ที่ว่าการอำเภอบ้านลาด\n\n"
        "                    ๙ มีนาคม ๒๕๖๙\n\nเรื่อง ตัวอย่าง\n"
        "เรียน นายกองค์การบริหารส่วนตำบลหนองกะปุ\n"
        f"สิ่งที่ส่งมาด้วย {listed}\n"
        "        ด้วยอำเภอจะจัดอบรมในเดือนหน้า จึงขอให้ส่งรายชื่อให้อำเภอทราบ\n"
        "        จึงเรียนมาเพื่อทราบ\n\n"
        "        ขอแสดงความนับถือ\n\n        (นายสมชาย ใจมั่น)\n        นายอำเภอบ้านลาด\n"
    )


@pytest.mark.parametrize(
    ("first", "second"), [("1. ", "2. "), ("1 ", "2 "), ("1 ", "2. "), ("๑. ", "๒ ")]
)
def test_the_number_of_an_enclosure_may_have_lost_its_dot(first: str, second: str) -> None:
    found = with_enclosures(
        f"{first}สำเนาโครงการ                 จำนวน 3 ชุด",
        f"{second}ใบสมัครเข้ารับการฝึก          จำนวน 2 แผ่น",
    )
    assert [(one.value, one.quantity, one.unit) for one in found.enclosures] == [
        ("สำเนาโครงการ", 3, "ชุด"),
        ("ใบสมัครเข้ารับการฝึก", 2, "แผ่น"),
    ]
    assert found.items == ()


@pytest.mark.parametrize("count", ["2 ชุด", "๒ ฉบับ"])
def test_a_count_that_opens_a_line_is_no_enclosure(count: str) -> None:
    assert len(with_enclosures("1. สำเนาโครงการอบรมอาชีพ จำนวน", count).enclosures) == 1


def test_the_heading_of_a_memo_may_share_its_line_with_a_stamp() -> None:
    beside = MEMO.lstrip().replace("บันทึกข้อความ", "วันที่   ๙ิ รย. ๕๕   บันทึกข้อความ", 1)
    found = read(beside.replace("ส่วนราชการ", "สวนราชศาร", 1))
    assert found.kind is LetterKind.MEMO
    assert found.dated_on is not None
    assert found.dated_on.value == read(MEMO).dated_on.value  # type: ignore[union-attr]


def test_a_stamp_is_known_though_its_tone_marks_were_not_seen() -> None:
    stamp = "เทศบาลตำบลฝายหลวง\nรับที ๑๓๗๘\nวันที ๕ เม.ย. ๒๕๖๙\nเวลา ๐๘.๐๕ น.\n\n"
    found = with_enclosures("แบบรายงาน", stamp=stamp)
    assert found.receipt is not None
    assert found.receipt.number is not None
    assert found.receipt.number.value == 1378
    assert found.dated_on is not None
    assert found.dated_on.value == date(2026, 3, 9)
