import pytest

from tests.papers import paper
from tests.reading.letters import EXTERNAL, ORDER, STAMPED
from thamthan.reading import read
from thamthan.reading.measures import cut_measures
from thamthan.reading.model import Ask, Item


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
