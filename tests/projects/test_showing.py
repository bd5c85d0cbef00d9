"""What a citizen may read of a free text: nothing of one person, and all of the rest."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from thamthan.projects.listed import shipped_templates
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
        "สมชาย ใจดี",
        "วันดี ศรีสุข",
        "กิตติศักดิ์ พรหมทอง",
    ],
)
def test_what_is_of_one_person_is_covered(private: str) -> None:
    text = f"สอบถาม {private} ได้ทุกวัน"
    assert without_private(text) == f"สอบถาม {COVERED} ได้ทุกวัน"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ผู้ประสานงาน: มาลี แก้วกระจ่าง", f"ผู้ประสานงาน: {COVERED}"),
        ("มอบให้กิตติศักดิ์ พรหมทองเป็นผู้ดูแล", f"มอบให้{COVERED}เป็นผู้ดูแล"),
        ("ลุงสมหมายบริจาคที่ดิน", f"ลุง{COVERED}บริจาคที่ดิน"),
        ("(ณัฐพล)", f"({COVERED})"),
        ("ประเสริฐ ทองตัวอย่าง", COVERED),
        ("ที่ดินของ สมศรี หาญดี จำนวน 2 ไร่", f"ที่ดินของ {COVERED} จำนวน 2 ไร่"),
        ("เขตถนน สมชาย ใจดี ดูแล", f"เขตถนน {COVERED} ดูแล"),
        ("วิทยากร\nสมชาย ใจดี\nสมศรี หาญดี", f"วิทยากร\n{COVERED}\n{COVERED}"),
    ],
)
def test_a_name_without_a_title_is_covered(text: str, shown: str) -> None:
    assert without_private(text) == shown


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
        "ผู้อำนวยการกองช่าง และปลัดองค์การบริหารส่วนตำบล",
        "ก่อสร้างถนน สายบ้านนายทองดี–วัดท่าเสน หมู่ที่ 5",
        "วัดสมชาย โรงเรียนวัดสมศรี",
        "ถนน สมชาย กว้าง 4 เมตร",
        "พัฒนา ชุมชน",
        "ประชาชน สุขภาพดี มีรายได้",
        "ตำบลหนองกะปุ อำเภอบ้านลาด จังหวัดเพชรบุรี",
        "ปรับปรุงสวนสาธารณะเฉลิมพระเกียรติ หมู่ที่ 3",
        "",
    ],
)
def test_posts_numbers_and_days_stay(told: str) -> None:
    assert without_private(told) == told


def test_a_long_text_is_cut_and_says_so() -> None:
    shown = without_private("ก" * (MOST_SHOWN + 500))
    assert len(shown) <= MOST_SHOWN + 2
    assert shown.endswith(" …")


THAI = some.lists(
    some.sampled_from(
        [
            "สมชาย",
            "ใจดี",
            "วันดี",
            "ศรีสุข",
            "นาย",
            "ผู้ประสานงาน",
            "ถนน",
            "วัด",
            "ปลูกต้นไม้",
            "และ",
            "12",
            "หมู่ที่",
        ]
    ),
    max_size=12,
).flatmap(lambda parts: some.sampled_from([" ".join(parts), "".join(parts), "\n".join(parts)]))


@given(THAI)
@example("ถนน สมชาย ใจดี")
def test_what_was_covered_once_stays_as_it_is(text: str) -> None:
    once = without_private(text)
    assert without_private(once) == once
    assert "สมชาย ใจดี" not in once


def test_no_template_that_comes_with_the_product_is_taken_for_a_name() -> None:
    for template in shipped_templates():
        for text in (template.title, *template.worded("อบต.หนองกะปุ").values()):
            assert COVERED not in without_private(text)


@given(some.text(max_size=300))
def test_any_text_comes_out_without_anything_private_left(text: str) -> None:
    once = without_private(text + " 0812345678")
    assert "0812345678" not in once
    assert without_private(once) == once
