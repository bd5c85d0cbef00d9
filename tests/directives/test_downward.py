"""The words of a letter downward: to whom, about what, by when; pure, without a database."""

from datetime import date

import pytest

from thamthan.directives.rules import (
    AskedLine,
    Downward,
    Office,
    PaperClause,
    addressee_of,
    asking_paragraph,
    body_downward,
    head_of,
    plain_name,
)
from thamthan.directives.rules.downward import joined_lines
from thamthan.reading.model import Ask

SAO = [Office(f"องค์การบริหารส่วนตำบล{name}", "lao", "sao") for name in ("ถ้ำรงค์", "ท่าเสน")]
TOWN = Office("เทศบาลเมืองเพชรบุรี", "lao", "town")
MUNICIPALITY = Office("เทศบาลตำบลบ้านลาด", "lao", "subdistrict_municipality")
OTHER = Office("เทศบาลตำบลหัวสะพาน", "lao", "subdistrict_municipality")
PAO = Office("องค์การบริหารส่วนจังหวัดเพชรบุรี", "lao", "pao")
DISTRICTS = [Office("อำเภอบ้านลาด", "district"), Office("อำเภอชะอำ", "district")]


@pytest.mark.parametrize(
    ("offices", "words"),
    [
        ([MUNICIPALITY, *SAO], "นายกเทศมนตรีตำบลบ้านลาดและนายกองค์การบริหารส่วนตำบล ทุกแห่ง"),
        ([MUNICIPALITY, OTHER, *SAO], "นายกเทศมนตรีตำบลและนายกองค์การบริหารส่วนตำบล ทุกแห่ง"),
        (
            [TOWN, MUNICIPALITY, OTHER, *SAO],
            "นายกเทศมนตรีเมืองเพชรบุรี นายกเทศมนตรีตำบลและนายกองค์การบริหารส่วนตำบล ทุกแห่ง",
        ),
        (SAO, "นายกองค์การบริหารส่วนตำบล ทุกแห่ง"),
        (SAO[:1], "นายกองค์การบริหารส่วนตำบลถ้ำรงค์"),
        ([MUNICIPALITY], "นายกเทศมนตรีตำบลบ้านลาด"),
        (DISTRICTS, "นายอำเภอ ทุกอำเภอ"),
        ([*DISTRICTS, PAO], "นายอำเภอ ทุกอำเภอ และนายกองค์การบริหารส่วนจังหวัดเพชรบุรี"),
        (DISTRICTS[:1], "นายอำเภอบ้านลาด"),
        (
            [Office("จังหวัดเพชรบุรี", "province"), Office("จังหวัดราชบุรี", "province")],
            "ผู้ว่าราชการจังหวัด ทุกจังหวัด",
        ),
        ([], ""),
    ],
)
def test_one_is_named_and_many_are_called_by_their_kind(offices: list[Office], words: str) -> None:
    assert addressee_of(offices) == words


def test_heads_are_called_as_letters_call_them() -> None:
    assert head_of(Office("กรุงเทพมหานคร", "lao", "special")) == "ผู้ว่าราชการกรุงเทพมหานคร"
    assert head_of(Office("เมืองพัทยา", "lao", "special")) == "นายกเมืองพัทยา"
    assert head_of(Office("จังหวัดเพชรบุรี", "province")) == "ผู้ว่าราชการจังหวัดเพชรบุรี"
    assert head_of(Office("กรมส่งเสริมการปกครองท้องถิ่น", "department")) == (
        "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น"
    )
    assert plain_name("ศาลากลางจังหวัดเพชรบุรี") == "จังหวัดเพชรบุรี"
    assert plain_name("ที่ว่าการอำเภอบ้านลาด") == "อำเภอบ้านลาด"
    assert plain_name("สำนักงานเทศบาลตำบลบ้านลาด") == "สำนักงานเทศบาลตำบลบ้านลาด"


def told(*asked: AskedLine, clauses: tuple[PaperClause, ...] = (), **more: object) -> Downward:
    return Downward(
        own_house="อำเภอบ้านลาด",
        upper_house="จังหวัดเพชรบุรี",
        subject="การจัดการขยะต้นทาง",
        clauses=clauses,
        asked=asked,
        **more,  # type: ignore[arg-type]
    )


def test_the_upper_day_gives_way_to_ones_own() -> None:
    report = AskedLine(
        Ask.REPORT,
        "พร้อมรายงานผลการดำเนินงานให้จังหวัดทราบภายในวันที่ ๒๗ มีนาคม ๒๕๖๙",
        due_on=date(2026, 3, 24),
        due_words="ภายในวันที่ ๒๗ มีนาคม ๒๕๖๙",
    )
    words = asking_paragraph(told(report))
    assert words.endswith("ขอให้ท่านรายงานผลการดำเนินงานให้อำเภอบ้านลาดภายในวันที่ ๒๔ มีนาคม ๒๕๖๙")
    assert "๒๗" not in words


def test_a_day_that_counts_from_receipt_is_told_in_the_upper_words() -> None:
    words = "ให้จังหวัดทราบภายใน ๑๕ วันนับแต่วันที่ได้รับหนังสือ"
    report = AskedLine(Ask.REPORT, f"รายงานผล{words}", due_words="ภายใน ๑๕ วันนับแต่วันที่ได้รับหนังสือ")
    assert asking_paragraph(told(report)).endswith("ให้อำเภอบ้านลาดภายใน ๑๕ วันนับแต่วันที่ได้รับหนังสือ")


def test_clauses_with_days_of_their_own_are_told_each() -> None:
    acts = [
        AskedLine(Ask.ACT, "…", due_on=date(2026, 3, day), clause=number)
        for number, day in (("1", 20), ("2", 25))
    ]
    words = asking_paragraph(told(*acts))
    assert "ข้อ ๑ ภายในวันที่ ๒๐ มีนาคม ๒๕๖๙ ข้อ ๒ ภายในวันที่ ๒๕ มีนาคม ๒๕๖๙" in words
    same = asking_paragraph(told(acts[0], AskedLine(Ask.ACT, "…", acts[0].due_on, clause="2")))
    assert same.endswith("ตามข้อสั่งการข้างต้นภายในวันที่ ๒๐ มีนาคม ๒๕๖๙")


def test_what_a_pillar_says_already_is_not_said_again_below_it() -> None:
    pillar = PaperClause(
        "1",
        "ด้านขยะ โดยคัดแยกขยะต้นทาง และจัดตั้งธนาคารขยะ",
        (PaperClause("1.1", "คัดแยกขยะต้นทาง"), PaperClause("1.2", "จัดถังขยะสีเพิ่ม")),
    )
    body = body_downward(told(AskedLine(Ask.ACT, "…", clause="1.1"), clauses=(pillar,)))
    assert body.count("คัดแยกขยะต้นทาง") == 1
    assert "\n\n๑.๒. จัดถังขยะสีเพิ่ม" in body
    assert body.endswith("จึงเรียนมาเพื่อพิจารณาดำเนินการ")


def test_ones_own_clauses_are_numbered_on_and_said_to_be_ones_own() -> None:
    body = body_downward(
        told(clauses=(PaperClause("2", "ข้อเดิม"),), addition=("รายงานทุกวันศุกร์", "ส่งภาพ"))
    )
    assert "อำเภอบ้านลาดขอให้ท่านพิจารณาดำเนินการเพิ่มเติม ดังนี้\n\n๓. รายงานทุกวันศุกร์\n\n๔. ส่งภาพ" in body


def test_what_only_informs_asks_nothing() -> None:
    body = body_downward(told(AskedLine(Ask.INFORM, "แจ้งเพื่อทราบ")))
    assert body == "อำเภอบ้านลาดได้รับแจ้งจากจังหวัดเพชรบุรีเรื่องการจัดการขยะต้นทาง\n\nจึงเรียนมาเพื่อทราบ"


def test_lines_of_a_wrapped_paper_become_one_paragraph() -> None:
    assert joined_lines("ส่งเสริมการพัฒนาสิน\nค้า OTOP \nชุมชน\n๑.๑ ข้อย่อย") == (
        "ส่งเสริมการพัฒนาสินค้า OTOP ชุมชน\n๑.๑ ข้อย่อย"
    )
