"""The forms of letters beside the plain one: messages, news, stamps, lists, orders, memos."""

import pytest

from thamthan.reading import read
from thamthan.reading.model import Ask, Finding, LetterReading
from thamthan.thai.correspondence import LetterKind, Urgency

MESSAGE = """
                        วิทยุสื่อสารกรมการปกครอง
ความเร่งด่วน   ด่วนที่สุด
ที่  พบ  0618/8112                                วันที่   8   พฤษภาคม    2569
จาก   นายอำเภอบ้านลาด
ถึง     นายกเทศมนตรีตำบล ,นายกองค์การบริหารส่วนตำบล  ทุกแห่ง
......................................................................

                              ข้อความ

             ด้วยได้รับแจ้งจากจังหวัดว่าจะมีฝนตกหนัก จึงขอให้ตรวจสอบสะพานในพื้นที่
และรายงานให้อำเภอทราบ ภายในวันที่ ๑๑ พฤษภาคม ๒๕๖๙

                                   (นายสมชาย  ใจมั่น)
                         ปลัดอำเภอ (เจ้าพนักงานปกครอง)   รักษาราชการแทน
                                   นายอำเภอบ้านลาด
"""

NEWS = """
                         ข่าวสำนักงานทดสอบแห่งชาติ

             เรื่อง  รับสมัครคัดเลือกบุคคลเพื่อรับทุน
                         ------------------------

          ด้วยสำนักงานทดสอบแห่งชาติ จะรับสมัครคัดเลือกบุคคลเพื่อรับทุนการศึกษาของกระทรวงตามความต้องการ
ของส่วนราชการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ ระหว่างวันที่ ๒๗ เมษายน – ๑๕ พฤษภาคม ๒๕๖๙

                                             สำนักงานทดสอบแห่งชาติ
                                             ๒๐  เมษายน  ๒๕๖๙
"""

STAMPED = """
กองคลัง                                      กรมส่งเสริมตัวอย่าง
เลขรับ...............                          เลขรับ......20557......
วันที่ 18 มี.ค. 2569                          วันที่  12 มี.ค. 2569
เวลา................                          เวลา...................น.
ที่ มท 0710/ 2588

ถึง  กรมส่งเสริมตัวอย่าง

             ด้วยมีประกาศกฎกระทรวงในราชกิจจานุเบกษาแล้ว จึงขอแจ้งให้ทราบ

                         สำนักงานคุ้มครองเด็ก เยาวชน
                         สตรี และผู้สูงอายุตัวอย่าง
                         ๕  มีนาคม  ๒๕๖๙

สำนักควบคุมอาคาร
โทร. ๐ ๒๒๙๙ ๐๐๐๐-๑   ต่อ  ๑๑, ๑๒
โทรสาร ๐ ๒๒๙๙ ๐๐๐๒
"""

REPLY = """
ที่  พบ ๗๒๗๐๑/ ๕๖๔                             องค์การบริหารส่วนตำบลหนองกะปุ-
                                              ริมคลอง
                                              อำเภอบ้านลาด พบ ๗๖๑๕๐

                              ๑๕   พฤษภาคม  ๒๕๖๙

เรื่อง    การเตรียมการป้องกันภัยแล้ง

เรียน    นายอำเภอบ้านลาด

อ้างถึง    หนังสืออำเภอบ้านลาด ที่ พบ ๐๖๑๘/๒๐๓.๑๕ ลงวันที่ ๕ พฤษภาคม ๒๕๖๙

สิ่งที่ส่งมาด้วย  - แบบรายงานภัยแล้ง                   จำนวน   ๑   ชุด
               - ภาพถ่าย                          จำนวน   ๔   ภาพ

             ตามหนังสือที่อ้างถึง  อำเภอบ้านลาด  แจ้งว่า  ฝนทิ้งช่วง  ดังนั้น  เพื่อบรรเทา
ความเดือดร้อน  จึงให้องค์กรปกครองส่วนท้องถิ่นติดตามสถานการณ์  และรายงานให้อำเภอทราบ
ทุกระยะ  ๑๕   วัน  จนกว่าสถานการณ์จะคลี่คลาย  นั้น

             องค์การบริหารส่วนตำบลหนองกะปุริมคลอง  จึงขอรายงานการเตรียมการ  รายละเอียดตามสิ่งที่ส่งมาด้วย

             จึงเรียนมาเพื่อโปรดทราบ

                              ขอแสดงความนับถือ

                              ( นายสมหมาย   ตัวอย่าง )
                    นายกองค์การบริหารส่วนตำบลหนองกะปุริมคลอง

สำนักปลัดฯ อบต.
ป้องกันและบรรเทาสาธารณภัย
โทร/โทรสาร. ๐ ๓๒๔๐ ๐๐๐๐
"""


def value(found: Finding[object] | None) -> object:
    return found.value if found else None


def body(words: str) -> LetterReading:
    return read(
        "ที่ พบ ๐๖๑๘/๖๖๕              ที่ว่าการอำเภอบ้านลาด\n\n"
        "                    ๙ มีนาคม ๒๕๖๙\n\nเรื่อง ตัวอย่าง\n\n"
        f"เรียน นายกองค์การบริหารส่วนตำบลหนองกะปุ\n\n        {words}\n\n"
        "        ขอแสดงความนับถือ\n\n        (นายสมชาย ใจมั่น)\n        นายอำเภอบ้านลาด\n"
    )


def test_a_message_by_wireless_is_signed_and_says_from_whom_it_comes() -> None:
    reading = read(MESSAGE)
    assert reading.kind is LetterKind.OTHER
    assert value(reading.urgency) is Urgency.MOST_URGENT
    assert value(reading.sender) == "นายอำเภอบ้านลาด"
    assert value(reading.signatory) == "นายสมชาย ใจมั่น"
    assert [one.value for one in reading.addressees] == [
        "นายกเทศมนตรีตำบล",
        "นายกองค์การบริหารส่วนตำบล ทุกแห่ง",
    ]


def test_a_message_without_from_comes_from_the_office_whose_net_it_is() -> None:
    said = MESSAGE.replace("จาก   นายอำเภอบ้านลาด\n", "").replace(
        "วิทยุสื่อสารกรมการปกครอง", "วิทยุสื่อสาร\n          ในราชการกรมการปกครองตัวอย่าง"
    )
    assert value(read(said).sender) == "กรมการปกครองตัวอย่าง"


def test_news_end_with_the_office_over_the_date() -> None:
    reading = read(NEWS)
    assert reading.kind is LetterKind.NOTICE
    assert value(reading.sender) == "สำนักงานทดสอบแห่งชาติ"
    assert str(value(reading.dated_on)) == "2026-04-20"
    (due,) = reading.deadlines
    assert (str(due.opens), str(due.closes)) == ("2026-04-27", "2026-05-15")


def test_two_stamps_side_by_side_leave_the_date_to_the_letter() -> None:
    reading = read(STAMPED)
    assert str(value(reading.dated_on)) == "2026-03-05"
    assert reading.receipt is not None
    assert value(reading.receipt.number) == 20557
    assert str(value(reading.receipt.received_on)) == "2026-03-12"


def test_the_name_of_an_office_may_fill_two_lines() -> None:
    assert value(read(STAMPED).sender) == "สำนักงานคุ้มครองเด็ก เยาวชน สตรี และผู้สูงอายุตัวอย่าง"
    assert value(read(REPLY).sender) == "องค์การบริหารส่วนตำบลหนองกะปุริมคลอง"


def test_a_number_in_a_stamp_may_stand_far_behind_its_label_with_the_year() -> None:
    reading = read(STAMPED.replace("เลขรับ......20557......", "รับที่      2040   /  69"))
    assert reading.receipt is not None
    assert reading.receipt.number is not None
    assert reading.receipt.number.value == 2040
    assert reading.receipt.number.certainty >= 0.8


def test_every_extension_and_number_of_the_telephone_is_kept() -> None:
    assert value(read(STAMPED).telephone) == "0 2299 0000-1 ต่อ 11, 12"
    said = STAMPED.replace("๐ ๒๒๙๙ ๐๐๐๐-๑   ต่อ  ๑๑, ๑๒", "๑๒๐๑๑, ๑๒๑๑๒")
    assert value(read(said).telephone) == "12011, 12112"


def test_a_running_number_keeps_what_stands_behind_its_point() -> None:
    (reference,) = read(REPLY).references
    assert reference.number == "พบ 0618/203.15"


def test_strokes_divide_the_enclosures_and_are_no_part_of_them() -> None:
    assert [(one.value, one.quantity, one.unit) for one in read(REPLY).enclosures] == [
        ("แบบรายงานภัยแล้ง", 1, "ชุด"),
        ("ภาพถ่าย", 4, "ภาพ"),
    ]


def test_the_task_under_the_unit_belongs_to_it() -> None:
    assert value(read(REPLY).owner_unit) == "สำนักปลัดฯ อบต. ป้องกันและบรรเทาสาธารณภัย"


def test_what_was_asked_before_does_not_end_at_a_therefore() -> None:
    reading = read(REPLY)
    assert reading.deadlines == ()
    assert [one.ask for one in reading.obligations] == [Ask.INFORM]


def test_what_the_sender_promises_is_asked_of_no_one() -> None:
    words = "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ ทั้งนี้อำเภอบ้านลาดยินดีส่งเงินชำระให้ทุกเดือนจนเสร็จสิ้น"
    reading = body(words)
    assert reading.deadlines == ()
    asked = body(words.replace("ทั้งนี้อำเภอบ้านลาดยินดี", "และขอให้ท่าน"))
    assert [one.rule for one in asked.deadlines] == ["RRULE:FREQ=MONTHLY"]


@pytest.mark.parametrize(
    "words",
    [
        "ซึ่งมีหลายโครงการที่พร้อมและสามารถดำเนินการได้ทันที จึงขอให้ท่านทราบ",
        "จึงขอให้เบิกจ่ายเงินตอบแทนพิเศษรายเดือนตามระเบียบ และดำเนินการต่อไป",
    ],
)
def test_what_can_be_done_at_once_or_is_paid_by_the_month_is_no_deadline(words: str) -> None:
    assert body(words).deadlines == ()


@pytest.mark.parametrize("words", ["จึงขอเรียนเชิญท่านร่วมรับฟัง", "จึงใคร่ขอเชิญบุคลากรของท่านเข้าร่วมหลักสูตร"])
def test_to_invite_is_to_ask(words: str) -> None:
    reading = body(f"ด้วยอำเภอจะจัดประชุม {words} ในวันอังคารที่ ๑๗ มีนาคม ๒๕๖๙\n\nจึงเรียนมาเพื่อทราบ")
    assert [one.ask for one in reading.obligations] == [Ask.ACT]


MEMO = """
                    บันทึกข้อความ
ส่วนราชการ  กกพ.มทบ.๙๙  (โทร.ทหาร ๕๐๑๒๓)
ที่ กห ๐๔๘๓.๖๒/๔๕๖                         วันที่  ๓ มี.ค. ๖๙
เรื่อง  ขอส่งรายชื่อกำลังพล
เสนอ  บก.มทบ.๙๙
อ้างถึง  หนังสือ บก.มทบ.๙๙ ที่ กห ๐๔๘๓.๖๒/๙๘ ลง ๑๒ ก.พ. ๖๙
สิ่งที่ส่งมาด้วย  ๑. รายชื่อกำลังพล จำนวน ๑ ชุด
                 ๒. แผนที่ จำนวน ๒ แผ่น
๑. ตามอ้างถึง ให้หน่วยส่งรายชื่อกำลังพลเข้ารับการอบรม นั้น
๒. กกพ.มทบ.๙๙ ขอส่งรายชื่อ จำนวน ๓ นาย
จึงเสนอมาเพื่อดำเนินการต่อไป

                    พ.อ.
                         (ปกรณ์  แก้วกล้า)
                         หน.กกพ.มทบ.๙๙
"""

ORDER = """
                    คำสั่งโรงพยาบาลบ้านตัวอย่าง
                         ที่  ๔๕/๒๕๖๙
            เรื่อง  แต่งตั้งคณะกรรมการบริหารความเสี่ยง

     อาศัยอำนาจตามคำสั่งกระทรวง จึงแต่งตั้งคณะกรรมการ ดังนี้
     ๑. นายแพทย์สุขใจ  รักษ์ไทย              ผู้อำนวยการ           ประธานกรรมการ
     ๒. หัวหน้าพยาบาล                                          กรรมการและเลขานุการ
     ให้คณะกรรมการมีหน้าที่ ดังนี้
     ๑. ตรวจสอบความเสี่ยงให้แล้วเสร็จภายในวันที่ ๓๑ มีนาคม ๒๕๖๙
     ๒. รายงานผลต่อผู้อำนวยการทุกไตรมาส

     ทั้งนี้  ตั้งแต่บัดนี้เป็นต้นไป

                    สั่ง  ณ  วันที่  ๕  กุมภาพันธ์  พ.ศ. ๒๕๖๙

                         (นายสุขใจ  รักษ์ไทย)
                    ผู้อำนวยการโรงพยาบาลบ้านตัวอย่าง
"""


def test_the_running_text_of_a_memo_of_the_forces_is_no_part_of_its_lists() -> None:
    reading = read(MEMO)
    assert [(one.value, one.quantity) for one in reading.enclosures] == [
        ("รายชื่อกำลังพล", 1),
        ("แผนที่", 2),
    ]
    assert [one.number for one in reading.references] == ["กห 0483.62/98"]
    assert value(reading.subject) == "ขอส่งรายชื่อกำลังพล"


def test_a_memo_of_the_forces_is_put_up_and_signed_with_a_rank_over_the_name() -> None:
    reading = read(MEMO)
    assert [one.value for one in reading.addressees] == ["บก.มทบ.๙๙"]
    assert value(reading.signatory) == "พ.อ. ปกรณ์ แก้วกล้า"
    assert value(reading.sender) == "กกพ.มทบ.๙๙"


def test_an_order_asks_its_duties_and_not_its_members() -> None:
    reading = read(ORDER)
    assert str(value(reading.dated_on)) == "2026-02-05"
    assert [one.ask for one in reading.obligations] == [Ask.ACT, Ask.REPORT]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("มท ๕๓๐๑.๕/พบ.๑๒๓๔", "มท 5301.5/พบ.1234"),
        ("อว ๖๘.๐๑.๐๑(๒)/ว ๑๒๓", "อว 68.01.01(2)/ว 123"),
    ],
)
def test_a_number_may_name_a_branch_or_a_part_of_its_unit(written: str, number: str) -> None:
    assert value(read(REPLY.replace("พบ ๗๒๗๐๑/ ๕๖๔", written)).number) == number


@pytest.mark.parametrize(
    "names",
    [
        "๑. ปลัดจังหวัด      ๒. เกษตรจังหวัด\n      ๓. นายอำเภอ ทุกอำเภอ",
        "\n      ปลัดจังหวัด\n      เกษตรจังหวัด\n      นายอำเภอ ทุกอำเภอ",
        "ปลัดจังหวัด/เกษตรจังหวัด/นายอำเภอ ทุกอำเภอ",
    ],
)
def test_addressees_may_stand_in_columns_or_below_their_label(names: str) -> None:
    reading = read(REPLY.replace("เรียน    นายอำเภอบ้านลาด", f"เรียน    {names}"))
    assert [one.value for one in reading.addressees] == [
        "ปลัดจังหวัด",
        "เกษตรจังหวัด",
        "นายอำเภอ ทุกอำเภอ",
    ]


def test_what_a_memo_tells_under_its_headings_is_not_asked() -> None:
    words = (
        "๑. เรื่องเดิม\n        กรมให้โรงเรียนส่งครูเข้าอบรม ภายในวันที่ ๒๐ มีนาคม ๒๕๖๙\n"
        "        ๒. ข้อพิจารณา\n        ขออนุญาตไปราชการ\n        จึงเรียนมาเพื่อโปรดพิจารณาอนุญาต"
    )
    reading = body(words)
    assert [one.deadline for one in reading.obligations] == [None]
    assert "deadline_of_earlier" in {doubt.code for doubt in reading.doubts}


def test_more_time_is_asked_to_the_new_day_only() -> None:
    reading = body(
        "เนื่องจากยังมีหน่วยงานที่รายงานไม่ครบถ้วน จึงขอขยายระยะเวลาการรายงานออกไปเป็นภายในวันที่ ๓๐ มีนาคม ๒๕๖๙"
        " มิฉะนั้นจะรายงานจังหวัดต่อไป"
    )
    (asked,) = reading.obligations
    assert asked.text.startswith("จึงขอขยาย")
    assert "มิฉะนั้น" not in asked.text
    assert [str(due.closes) for due in reading.deadlines] == ["2026-03-30"]


def test_the_office_that_awaits_the_answer_is_named_whole() -> None:
    words = "จึงขอให้ส่งแบบตอบรับให้สำนักงานปลัด\n        กระทรวงตัวอย่าง ภายในวันที่ ๓๐ มีนาคม ๒๕๖๙"
    assert [one.to for one in body(words).obligations] == ["สำนักงานปลัดกระทรวงตัวอย่าง"]
    words = "จึงขอให้ส่งแบบตอบรับมายังสำนักงาน กทช. ภายในวันที่ ๓๐ มีนาคม ๒๕๖๙"
    assert [one.to for one in body(words).obligations] == ["สำนักงาน กทช."]


def test_a_number_within_brackets_counts_no_entry() -> None:
    said = REPLY.replace("- แบบรายงานภัยแล้ง ", "๑.แบบรายงานฯ (แบบ ๒) ").replace(
        "- ภาพถ่าย", "๒.ภาพถ่าย"
    )
    assert [(one.value, one.quantity) for one in read(said).enclosures] == [
        ("แบบรายงานฯ (แบบ ๒)", 1),
        ("ภาพถ่าย", 4),
    ]


def test_the_telephone_may_stand_behind_the_last_line_of_the_unit() -> None:
    said = REPLY.replace(
        "ป้องกันและบรรเทาสาธารณภัย\nโทร/โทรสาร. ๐ ๓๒๔๐ ๐๐๐๐", "อำเภอบ้านลาด   โทร   ๐๘๑-๐๐๐-๐๐๐๐"
    )
    reading = read(said)
    assert value(reading.telephone) == "081-000-0000"
    assert value(reading.owner_unit) == "สำนักปลัดฯ อบต. อำเภอบ้านลาด"
