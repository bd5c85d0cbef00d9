"""Openings and closings that fit who is written to; what does not fit is told in words."""

import pytest

from thamthan.thai.addressees import opening_problem

ORDINARY = ("เรียน", "ขอแสดงความนับถือ")
HIGH = ("กราบเรียน", "ขอแสดงความนับถืออย่างยิ่ง")


@pytest.mark.parametrize(
    ("addressee", "expected"),
    [
        ("", ORDINARY),
        ("นายอำเภอบ้านลาด", ORDINARY),
        ("ผู้ว่าราชการจังหวัดพระนครศรีอยุธยา", ORDINARY),
        ("รัฐมนตรีว่าการกระทรวงมหาดไทย", ORDINARY),
        ("รองนายกรัฐมนตรี", ORDINARY),
        ("เลขาธิการนายกรัฐมนตรี", ORDINARY),
        ("นายกรัฐมนตรี", HIGH),
        ("นายกรัฐมนตรี (ผ่านรัฐมนตรีว่าการกระทรวงมหาดไทย)", HIGH),
        ("ประธานคณะกรรมการการเลือกตั้ง", HIGH),
        ("ประธานศาลฎีกา", HIGH),
        ("เจ้าอาวาสวัดตัวอย่าง", ("นมัสการ", "ขอนมัสการด้วยความเคารพ")),
        ("พระครูสมมุติกิจ", ("นมัสการ", "ขอนมัสการด้วยความเคารพ")),
        ("พระราชสมมุติมุนี", ("นมัสการ", "ขอนมัสการด้วยความเคารพอย่างสูง")),
        ("สมเด็จพระสมมุติวันรัต", ("นมัสการ", "ขอนมัสการด้วยความเคารพอย่างยิ่ง")),
        ("สมเด็จพระสังฆราช", ("กราบทูล", "ควรมิควรแล้วแต่จะโปรด")),
    ],
)
def test_the_rank_asks_for_its_words(addressee: str, expected: tuple[str, str]) -> None:
    assert opening_problem(addressee, *expected) is None


def test_for_royalty_nothing_is_made_up() -> None:
    assert "ภาคผนวก 2" in (opening_problem("หม่อมเจ้าสมมุติ", *ORDINARY) or "")


@pytest.mark.parametrize(
    ("addressee", "opening", "closing", "told"),
    [
        ("นายกรัฐมนตรี", *ORDINARY, "กราบเรียน"),
        ("นายอำเภอบ้านลาด", *HIGH, "“เรียน”"),
        ("นายอำเภอบ้านลาด", "เรียน", "ขอแสดงความนับถืออย่างยิ่ง", "คู่กับคำลงท้าย “ขอแสดงความนับถือ”"),
        ("นายอำเภอบ้านลาด", "สวัสดี", "ขอแสดงความนับถือ", "ไม่รู้จัก"),
    ],
)
def test_what_does_not_fit_is_told(addressee: str, opening: str, closing: str, told: str) -> None:
    assert told in (opening_problem(addressee, opening, closing) or "")
