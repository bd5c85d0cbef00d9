from dataclasses import replace
from datetime import date

import pytest

from tests.papers import paper
from tests.reading.letters import EXTERNAL, MEMO, ORDER, STAMPED
from thamthan.reading import Document, read, recheck
from thamthan.reading.measures import cut_measures
from thamthan.reading.model import Ask, Item, LetterReading, is_flagged
from thamthan.thai.digits import to_thai


def letter(asked: str, *, to: str = "นายกองค์การบริหารส่วนตำบล ทุกแห่ง") -> str:
    return f"""ที่ พบ ๐๖๑๘/๗๐๑
๒ มีนาคม ๒๕๖๙
เรื่อง การดูแลผู้สูงอายุ
เรียน {to}

{asked}

จึงเรียนมาเพื่อพิจารณาดำเนินการ

ขอแสดงความนับถือ

(นายสมมุติ ตัวอย่างดี)
นายอำเภอบ้านลาด
"""


def measures(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end, _ in cut_measures(text)]


def labels(items: tuple[Item, ...]) -> list[object]:
    return [(i.label, labels(i.items)) if i.items else i.label for i in items]


def test_joining_words_divide_the_prose_of_an_item_into_measures() -> None:
    text = (
        "ด้านคุณภาพชีวิต โดยให้จัดบริการเยี่ยมบ้านผู้สูงอายุ ควบคู่กับการซ่อมแซมบ้าน "
        "รวมถึงการฝึกอาชีพในชุมชน ส่งเสริมการออมในครัวเรือน"
    )
    assert measures(text) == [
        "จัดบริการเยี่ยมบ้านผู้สูงอายุ",
        "การซ่อมแซมบ้าน",
        "การฝึกอาชีพในชุมชน",
        "ส่งเสริมการออมในครัวเรือน",
    ]


def test_a_row_of_nouns_ends_with_and() -> None:
    text = "โดยให้ความสำคัญกับเด็กเล็กอย่างทั่วถึง การส่งเสริมอาชีพ การแก้ไขปัญหาหนี้สิน และการศึกษา"
    assert measures(text)[1:] == ["การส่งเสริมอาชีพ", "การแก้ไขปัญหาหนี้สิน", "การศึกษา"]


def test_the_same_verb_again_is_another_measure() -> None:
    text = "โดยให้บริหารจัดการน้ำเสียในตลาดสด และบริหารจัดการขยะในชุมชน"
    assert measures(text) == ["บริหารจัดการน้ำเสียในตลาดสด", "บริหารจัดการขยะในชุมชน"]


def test_nothing_is_cut_within_quotation_marks() -> None:
    assert measures("ดำเนินงานตามแนวทาง “ลดรายจ่าย เพิ่มช่องทาง รวมถึงการออม” ในทุกหมู่บ้าน") == []


def test_a_cut_that_is_a_judgement_is_less_sure_than_one_that_a_joint_makes() -> None:
    text = "โดยให้จัดบริการเยี่ยมบ้าน รวมถึงการฝึกอาชีพในชุมชน ส่งเสริมการออมในครัวเรือน"
    by_joint, by_verb = cut_measures(text)[1:]
    assert by_joint[2] >= 0.8 > by_verb[2]


def test_one_plain_deed_is_no_list_of_measures() -> None:
    assert cut_measures("สำรวจถนนทุกสายในพื้นที่") == []


def test_items_nest_as_they_are_numbered() -> None:
    assert labels(read(EXTERNAL).items) == ["๑", ("๒", ["ก", "ข"])]


def test_an_item_ends_where_the_text_goes_back_to_the_whole() -> None:
    assert read(EXTERNAL).items[1].items[1].text == "(ข) ในระบบของกรม"


def test_numbers_at_the_start_of_a_wrapped_line_open_no_item() -> None:
    asked = "ขอให้ดำเนินการ ดังนี้\n๑. จัดประชุมในวันที่\n๑๖ มีนาคม ๒๕๖๙ ตามแบบ\n๑๑.๓๐ น. เป็นต้นไป\n๒. ส่งรายงาน"
    assert labels(read(letter(asked)).items) == ["๑", "๒"]


def test_a_list_that_only_tells_is_no_list_of_orders() -> None:
    asked = "จังหวัดได้รับโครงการจำนวนสองโครงการ ได้แก่\n๑. โครงการครอบครัวอบอุ่น\n๒. โครงการชุมชนปลอดภัย"
    assert read(letter(asked)).items == ()


def test_the_parts_of_a_memo_are_no_orders() -> None:
    asked = "๑. เรื่องเดิม\nกองคลังจัดซื้อวัสดุ\n๒. ข้อเท็จจริง\nวัสดุหมด\n๓. ข้อเสนอ\nเห็นควรจัดซื้อ"
    assert read(letter(asked)).items == ()


def test_every_clause_of_an_order_is_an_item() -> None:
    assert labels(read(ORDER).items) == ["๑", "๒"]


def test_a_list_of_people_in_an_order_is_no_list_of_orders() -> None:
    people = "จึงแต่งตั้งคณะทำงาน ดังนี้\n     ๑. นายอำเภอ ประธาน\n     ๒. ปลัดอำเภอ เลขานุการ"
    assert read(ORDER.replace("จึงมีคำสั่งดังต่อไปนี้", people)).items == ()


def test_three_things_asked_in_one_sentence_are_three_obligations() -> None:
    asked = (
        "จึงขอให้ท่านพิจารณาดำเนินการตามแนวทางข้างต้น รวมถึงจัดเตรียมแผนงานเพื่อเสนอขอรับงบประมาณ "
        "พร้อมรายงานผลให้อำเภอบ้านลาดทราบภายในวันที่ ๑๖ มีนาคม ๒๕๖๙"
    )
    reading = read(letter(asked))
    assert [(o.ask, o.to, o.deadline) for o in reading.obligations] == [
        (Ask.ACT, None, None),
        (Ask.PROPOSE, None, None),
        (Ask.REPORT, "อำเภอบ้านลาด", 0),
    ]
    assert reading.deadlines[0].closes is not None


def test_what_was_asked_of_another_office_is_no_obligation_of_ours() -> None:
    asked = "กระทรวงขอให้จังหวัดพิจารณาดำเนินการ\n\nอำเภอจึงขอให้ท่านสำรวจถนนทุกสาย"
    assert [o.text for o in read(letter(asked)).obligations] == ["จึงขอให้ท่านสำรวจถนนทุกสาย"]


def test_what_was_asked_earlier_asks_nothing_now() -> None:
    asked = "ตามที่อำเภอขอให้ท่านสำรวจถนนภายใน ๓ เดือน นั้น\n\nบัดนี้ อำเภอขอให้ท่านส่งรายงาน"
    reading = read(letter(asked))
    assert [o.ask for o in reading.obligations] == [Ask.REPORT]
    assert reading.deadlines == ()


def test_a_day_named_in_what_was_asked_earlier_is_kept_and_doubted() -> None:
    asked = "ตามที่อำเภอขอให้ท่านส่งรายงานภายในวันที่ ๕ มีนาคม ๒๕๖๙ นั้น\n\nอำเภอขอให้ท่านเร่งรัด"
    reading = read(letter(asked))
    assert len(reading.deadlines) == 1
    assert any(d.code == "deadline_of_earlier" for d in reading.doubts)
    assert all(o.deadline is None for o in reading.obligations)


def test_a_deadline_within_an_item_is_an_obligation_of_its_own() -> None:
    asked = "ขอให้ดำเนินการ ดังนี้\n๑. ให้จัดส่งแบบสำรวจให้อำเภอ ภายในวันที่ ๕ มีนาคม ๒๕๖๙\n๒. ให้เก็บสำเนาไว้"
    (asks, sends) = read(letter(asked)).obligations
    assert (asks.ask, asks.deadline) == (Ask.ACT, None)
    assert (sends.ask, sends.to, sends.deadline) == (Ask.REPORT, "อำเภอ", 0)


@pytest.mark.parametrize(
    ("purpose", "ask"),
    [("จึงเรียนมาเพื่อทราบ", Ask.INFORM), ("จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ", Ask.ACT)],
)
def test_where_nothing_else_is_asked_the_purpose_says_what_is(purpose: str, ask: Ask) -> None:
    text = letter("ด้วยอำเภอจะปิดปรับปรุงถนน").replace("จึงเรียนมาเพื่อพิจารณาดำเนินการ", purpose)
    assert [(o.ask, o.text) for o in read(text).obligations] == [(ask, purpose)]


def test_a_plain_letter_asks_for_its_report_by_its_day() -> None:
    asked = read(paper()).obligations[-1]
    assert (asked.ask, asked.to, asked.deadline) == (Ask.REPORT, "อำเภอบ้านลาด", 0)


def test_a_stamped_letter_asks_too() -> None:
    (asked,) = read(STAMPED).obligations
    assert (asked.ask, asked.to, asked.deadline) == (Ask.REPORT, "จังหวัดเพชรบุรี", 0)


def asked_in(reading: LetterReading) -> list[str]:
    return [" ".join(one.text.split()) for one in reading.obligations]


def test_an_item_ends_where_the_sender_speaks_for_itself() -> None:
    asked = (
        "จังหวัดกำหนดข้อสั่งการให้ถือปฏิบัติ ดังนี้\n๑. สำรวจบ้านร้าง\n๒. ตัดหญ้าริมทาง\n"
        "อำเภอบ้านลาดพิจารณาแล้วเพื่อให้เกิดผลโดยเร็ว จึงขอให้ท่านดำเนินการตามข้อ ๑ และข้อ ๒"
    )
    reading = read(letter(asked))
    assert reading.items[1].text == "๒. ตัดหญ้าริมทาง"
    assert asked_in(reading) == ["จึงขอให้ท่านดำเนินการตามข้อ ๑ และข้อ ๒"]


def test_why_something_is_done_is_no_deadline() -> None:
    asked = "เพื่อให้ประชาชนได้รับความช่วยเหลือโดยเร็ว จึงขอให้ท่านสำรวจบ้านที่เสียหาย"
    assert read(letter(asked)).deadlines == ()


def test_recurring_work_within_an_item_stays_its_measure() -> None:
    asked = "จึงขอให้ดำเนินการ ดังนี้\n๑. ให้เก็บขยะอย่างน้อยเดือนละ ๑ ครั้ง ล้างถังขยะ\n๒. ให้ล้างตลาด"
    reading = read(letter(asked))
    assert [due.kind for due in reading.deadlines] == ["recurring"]
    assert [one.deadline for one in reading.obligations] == [None]
    assert len(reading.items[0].measures) == 2


def test_a_measure_with_a_day_is_asked_with_all_its_words() -> None:
    asked = (
        "จึงขอให้ดำเนินการ ดังนี้\n๑. ด้านถนน ให้ตรวจป้ายจราจร ซ่อมไฟทางให้แล้วเสร็จภายในวันที่ "
        "๕ มีนาคม ๒๕๖๙ ตรวจสะพาน\n๒. ให้ล้างตลาด"
    )
    assert asked_in(read(letter(asked)))[1] == "ซ่อมไฟทางให้แล้วเสร็จภายในวันที่ ๕ มีนาคม ๒๕๖๙"


def test_strokes_are_items_too_but_one_alone_is_none() -> None:
    asked = "จึงขอให้ท่านดำเนินการ ดังนี้\n- เก็บกวาดลานวัด\n- ตั้งโต๊ะหมู่บูชา"
    assert labels(read(letter(asked)).items) == ["-", "-"]
    assert read(letter(asked.rsplit("\n", 1)[0])).items == ()


def test_what_the_sender_will_do_with_the_answers_is_not_asked() -> None:
    asked = "จึงขอให้ท่านส่งข้อมูลภายในวันที่ ๕ มีนาคม ๒๕๖๙ เพื่อรวบรวมและรายงานจังหวัดต่อไป"
    assert len(read(letter(asked)).obligations) == 1


def test_two_verbs_with_one_object_are_one_request() -> None:
    asked = "จึงขอให้ท่านจัดทำและส่งบัญชีรายชื่อผู้ประสบภัยให้อำเภอ"
    assert [(o.ask, o.to) for o in read(letter(asked)).obligations] == [(Ask.REPORT, "อำเภอ")]


@pytest.mark.parametrize(
    ("asked", "ask"),
    [
        ("ส่งรายชื่อผู้เข้าอบรม", Ask.REPORT),
        ("ส่งผู้แทนเข้าอบรม", Ask.ACT),
        ("แจ้งผู้เข้าร่วมประชุมให้อำเภอทราบ", Ask.REPORT),
        ("แจ้งให้กำนันและผู้ใหญ่บ้านทราบ", Ask.INFORM),
        ("แจ้งให้กำนันและผู้ใหญ่บ้านดำเนินการ", Ask.ACT),
        ("มอบหมายเจ้าหน้าที่กรอกข้อมูลในระบบ", Ask.REPORT),
        ("เสนอโครงการขุดสระน้ำ", Ask.PROPOSE),
        ("รวบรวมแบบสำรวจที่กรอกแล้ว", Ask.ACT),
    ],
)
def test_what_is_asked_goes_by_the_first_verb(asked: str, ask: Ask) -> None:
    assert [o.ask for o in read(letter(f"จึงขอให้ท่าน{asked}")).obligations] == [ask]


def test_an_approval_is_asked_whatever_else_a_memo_says() -> None:
    told = "อำเภอมีหนังสือแจ้งให้รายงานผลภายในวันที่ ๕ มีนาคม ๒๕๖๙"
    reading = read(MEMO.replace("กองคลังมีความจำเป็นต้องใช้วัสดุสำนักงาน", told))
    assert [o.ask for o in reading.obligations] == [Ask.ACT]
    assert is_flagged(reading, "deadlines[0]")


def test_what_only_others_asked_is_taken_up_with_a_doubt() -> None:
    asked = "จังหวัดแจ้งว่า ขอให้ท่านส่งบัญชีถนนภายในวันที่ ๕ มีนาคม ๒๕๖๙"
    text = letter(asked).replace("จึงเรียนมาเพื่อพิจารณาดำเนินการ", "")
    reading = read(text)
    assert [o.deadline for o in reading.obligations] == [0]
    assert is_flagged(reading, "obligations[0]")


def test_a_request_that_runs_over_the_page_is_doubted() -> None:
    text = letter("จึงขอให้ท่านสำรวจถนนทุกสายใน<>ตำบลที่รถผ่านไม่ได้").encode()
    reading = read(Document(text.replace(b"<>", b"\f"), "letter.txt"))
    assert len(reading.pages) == 2
    assert is_flagged(reading, "obligations[0]")


@pytest.mark.parametrize("dots", ["..", "...", "…"])
def test_the_catchword_of_a_page_is_part_of_no_order(dots: str) -> None:
    asked = (
        "จึงขอให้ท่านดำเนินการ ดังนี้\n           ๑. สำรวจสระน้ำทุกแห่ง\n           ๒. แต่งตั้งผู้ประสานงาน\n"
        f"                                        /ในการนี้ให้ส่ง{dots}<>                  - ๒ -\n"
        "           ในการนี้ให้ส่งผลการสำรวจให้อำเภอ ภายในวันที่ ๕ มีนาคม ๒๕๖๙"
    )
    reading = read(Document(letter(asked).encode().replace(b"<>", b"\f"), "letter.txt"))
    assert [item.text for item in reading.items] == ["๑. สำรวจสระน้ำทุกแห่ง", "๒. แต่งตั้งผู้ประสานงาน"]
    assert [deadline.closes for deadline in reading.deadlines] == [date(2026, 3, 5)]
    assert all("/" not in one.text for one in reading.obligations)


def test_a_letter_that_asks_nothing_is_doubted_until_a_person_says_what() -> None:
    text = letter("ด้วยอำเภอจะปิดถนน").replace("จึงเรียนมาเพื่อพิจารณาดำเนินการ", "")
    reading = read(text)
    assert reading.obligations == () and is_flagged(reading, "obligations")
    given = replace(reading, obligations=read(letter("จึงขอให้ท่านสำรวจถนน")).obligations)
    assert all(doubt.code != "no_obligation_found" for doubt in recheck(given))


def test_a_day_that_no_one_asks_for_is_doubted() -> None:
    reading = read(letter("ด้วยตลาดนัดเปิดทุกวันเสาร์"))
    assert any(doubt.code == "deadline_unasked" for doubt in reading.doubts)


def test_a_list_too_long_to_be_read_to_its_end_says_so() -> None:
    many = "\n".join(f"- ตัดหญ้าทางสาย{n}ก" for n in range(450))
    reading = read(letter(f"จึงขอให้ท่านดำเนินการ ดังนี้\n{many.replace('สาย', 'สายที่ ')}"))
    assert len(reading.items) == 400 and is_flagged(reading, "items")


@pytest.mark.parametrize(("count", "is_doubted"), [(60, False), (140, True)])
def test_references_beyond_what_is_read_leave_a_doubt(count: int, is_doubted: bool) -> None:
    cited = "\n".join(
        to_thai(f"{n}. หนังสืออำเภอ ที่ พบ 0618/{n} ลงวันที่ 5 มกราคม 2569") for n in range(1, count + 1)
    )
    text = letter("จึงขอให้ท่านสำรวจถนน").replace("\n\n", f"\nอ้างถึง {cited}\n\n", 1)
    reading = read(text)
    assert len(reading.references) == min(count, 99)
    assert any(doubt.code == "list_cut_short" for doubt in reading.doubts) is is_doubted
