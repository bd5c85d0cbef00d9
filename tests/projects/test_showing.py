"""What a citizen may read of a free text: nothing of one person, and all of the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from thamthan.projects.rules.showing import COVERED, MOST_SHOWN, without_private


@pytest.mark.parametrize(
    "private",
    [
        "081-234-5678",
        "๐๘๑ ๒๓๔ ๕๖๗๘",
        "032456789",
        "somchai@example.go.th",
        "1-1037-01234-56-7",
        "123-4-56789-0",
        "นายสมชาย ใจดี",
        "นาย สมชาย ใจดี",
        "นางสาวมาลี แก้วกระจ่าง",
        "นางวันดี ศรีสุข",
        "น.ส.มาลี แก้วกระจ่าง",
        "ด.ช.กล้า หาญดี",
        "ว่าที่ร้อยตรีสมศักดิ์ มั่นคง",
        "ดร.วิชัย รักเรียน",
    ],
)
def test_what_is_of_one_person_is_covered(private: str) -> None:
    text = f"สอบถาม {private} ได้ทุกวัน"
    assert without_private(text) == f"สอบถาม {COVERED} ได้ทุกวัน"


@pytest.mark.parametrize(
    "told",
    [
        "นายกองค์การบริหารส่วนตำบลหนองกะปุ เป็นประธาน",
        "นายอำเภอบ้านลาด มอบหมาย",
        "นายทะเบียน ท้องถิ่น",
        "งบประมาณ 1,500,000 บาท ปี 2569",
        "สวนหมู่ที่ 3 เนื้อที่ 4-2-0 ไร่",
        "ผู้สูงอายุ 320 คน 150 ครัวเรือน",
        "พบ 72401/ว 1234 ลงวันที่ 15 มีนาคม 2569",
        "",
    ],
)
def test_posts_numbers_and_days_stay(told: str) -> None:
    assert without_private(told) == told


def test_a_long_text_is_cut_and_says_so() -> None:
    shown = without_private("ก" * (MOST_SHOWN + 500))
    assert len(shown) <= MOST_SHOWN + 2
    assert shown.endswith(" …")


@given(some.text(max_size=300))
def test_any_text_comes_out_without_anything_private_left(text: str) -> None:
    once = without_private(text + " 0812345678")
    assert "0812345678" not in once
    assert without_private(once) == once
