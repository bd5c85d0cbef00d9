"""A line may end within a word; what a letter asks, and by when, stays what it was."""

import re
from datetime import date

import pytest

from tests.growth import grows_in_proportion
from tests.papers import paper
from thamthan.reading import read
from thamthan.reading.deadlines import find_deadlines, resolve_deadline
from thamthan.reading.joints import Joined, joints_in
from thamthan.reading.model import Deadline
from thamthan.thai.calendars import thai_calendar

LETTER, ARRIVED, CALENDAR = date(2026, 3, 2), date(2026, 3, 5), thai_calendar(2025, 2027)
PHRASES = (
    "ภายในวันที่ 28 กุมภาพันธ์ 2570 เวลา 09:30 น.",
    "ภายในวันที่ ๑๖ มีนาคม ๒๕๖๙",
    "ภายในวันสิ้นเดือนของทุกเดือน",
    "ภายในกำหนดเวลาดังกล่าว",
    "ภายในสัปดาห์ที่ ๓ ของเดือนมีนาคม พ.ศ. ๒๕๖๙",
    "ภายใน ๗ วันทำการ นับถัดจากวันที่ได้รับหนังสือ",
    "ภายในสามสิบวันนับแต่วันที่ได้รับหนังสือ",
    "ภายในวันศุกร์ที่ ๒๐ มีนาคม ๒๕๖๙",
    "ทุกวันที่ ๕ ของเดือน",
    "ภายในสิ้นเดือนมีนาคม ๒๕๖๙",
    "ภายในไตรมาสที่ ๒ ของปีงบประมาณ พ.ศ. ๒๕๖๙",
    "ก่อนวันที่ ๑๖ มีนาคม ๒๕๖๙",
)
# Between two signs of which the second hangs on no other: there an office's printer breaks words.
_BREAKS = re.compile(r"(?<=[ก-ฮะาำๅๆฯัิีึืุู็-๎])(?=[ก-ฮเแโใไ])")


def told(deadline: Deadline) -> tuple[object, ...]:
    days = tuple((one.opens, one.closes) for one in deadline.readings)
    return deadline.kind, deadline.rule, deadline.time, deadline.amount, deadline.unit, days


def found(text: str) -> list[tuple[object, ...]]:
    joints = list(joints_in(text))
    given = {"dated_on": LETTER, "arrived": ARRIVED, "calendar": CALENDAR}
    return [told(one) for one in find_deadlines(text, joints=joints, **given)]  # type: ignore[arg-type]


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("gap", ["\n", " \n", "\n    "])
def test_a_deadline_is_the_same_wherever_its_line_ends(phrase: str, gap: str) -> None:
    text = f"จึงขอให้รายงานผลให้อำเภอทราบ {phrase} ต่อไปด้วย"
    whole = found(text)
    assert len(whole) == 1
    start = text.index(phrase)
    places = [one.start() for one in _BREAKS.finditer(text, start, start + len(phrase))]
    assert places
    for place in places:
        assert found(f"{text[:place]}{gap}{text[place:]}") == whole, text[start:place]


@pytest.mark.parametrize("phrase", PHRASES[:6])
def test_its_words_stay_those_of_the_page(phrase: str) -> None:
    at = next(_BREAKS.finditer(phrase, 4)).start()
    broken = f"{phrase[:at]}\n{phrase[at:]}"
    letter = paper(deadline=f"ทุกแห่ง {broken}")
    reading = read(letter, arrived=None)
    (due,) = reading.deadlines
    assert due.text == broken
    assert letter[due.span.start : due.span.end] == broken
    assert told(due) == told(read(letter.replace(broken, phrase)).deadlines[0])


def test_seven_days_are_not_read_where_seven_working_days_run_on() -> None:
    (due,) = read(paper(deadline="ภายใน ๗ วัน\nทำการนับแต่วันที่ได้รับหนังสือ")).deadlines
    assert (due.amount, due.unit, due.working_days) == (7, "day", True)


def test_words_of_two_paragraphs_are_not_read_as_one() -> None:
    ending = "ภายใน ๗ วัน\n\n        ทำการสำรวจให้ครบ"
    (due,) = read(paper(deadline=ending)).deadlines
    assert due.working_days is False
    assert due.text == "ภายใน ๗ วัน"


def test_words_once_broken_are_settled_again_as_they_were() -> None:
    given = {"dated_on": LETTER, "arrived": ARRIVED, "calendar": CALENDAR}
    for phrase in PHRASES:
        at = next(_BREAKS.finditer(phrase, 4)).start()
        broken = resolve_deadline(f"{phrase[:at]}\n   {phrase[at:]}", **given)  # type: ignore[arg-type]
        assert told(broken) == told(resolve_deadline(phrase, **given))  # type: ignore[arg-type]


def test_every_sign_of_a_joined_text_leads_back_to_its_place() -> None:
    text = "ภายในวัน \n  ที่ 5 มีนา\nคม 2569"
    joined = Joined(text, list(joints_in(text)))
    assert joined.text == "ภายในวันที่ 5 มีนาคม 2569"
    assert "".join(text[joined.origin(at)] for at in range(len(joined.text))) == joined.text
    assert joined.runs_across(0, len("ภายในวันที่"))
    assert not joined.runs_across(0, len("ภายในวัน"))
    assert not joined.runs_across(len("ภายในวัน"), len("ภายในวันที่ 5"))


@pytest.mark.parametrize("piece", ["วัน\n", "ภายในวัน\nที่ ", "ก" + " " * 150 + "\n", "\n"])
def test_many_lines_take_time_in_proportion(piece: str) -> None:
    def cost(times: int) -> None:
        text = piece * times
        find_deadlines(text, dated_on=LETTER, calendar=CALENDAR, joints=list(joints_in(text)))

    assert grows_in_proportion(cost, 40_000 // len(piece))
