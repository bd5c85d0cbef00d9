import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import grows_in_proportion
from thamthan.reading.deadlines import find_deadlines, problems_of, resolve_deadline
from thamthan.thai.calendars import WorkingCalendar, thai_calendar

LETTER = date(2026, 3, 15)
ARRIVED = date(2026, 3, 20)
CALENDAR = thai_calendar(2025, 2027)


def found(text, **more):
    given = {"dated_on": LETTER, "arrived": ARRIVED, "calendar": CALENDAR} | more
    return find_deadlines(text, **given)


def only(text, **more):
    (deadline,) = found(text, **more)
    return deadline


def resolved(words):
    return resolve_deadline(words, dated_on=LETTER, arrived=ARRIVED, calendar=CALENDAR)


def windows(deadline):
    return [(reading.opens, reading.closes) for reading in deadline.readings]


def closes(deadline):
    return [reading.closes for reading in deadline.readings]


def test_the_third_week_of_march_has_three_readings_and_the_open_one_is_chosen():
    text = "ให้รายงานผลภายในสัปดาห์ที่ ๓ ของเดือนมีนาคม พ.ศ. ๒๕๖๙ ด้วย"
    deadline = only(text, offset=100, page=2)
    assert deadline.text == "ภายในสัปดาห์ที่ ๓ ของเดือนมีนาคม พ.ศ. ๒๕๖๙"
    assert deadline.kind == "window"
    assert windows(deadline) == [
        (date(2026, 3, 15), date(2026, 3, 21)),
        (date(2026, 3, 16), date(2026, 3, 22)),
        (date(2026, 3, 9), date(2026, 3, 15)),
    ]
    assert (deadline.opens, deadline.closes) == (date(2026, 3, 15), date(2026, 3, 21))
    assert "ได้ช่วงเดียวกัน" in deadline.reason
    assert "9–15 มี.ค. 2569 สิ้นสุดไปแล้ว" in deadline.reason
    span = deadline.span
    assert (span.page, text[span.start - 100 : span.end - 100]) == (2, deadline.text)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("ให้แล้วเสร็จภายในวันที่ 31 ตุลาคม 2569", "ภายในวันที่ 31 ตุลาคม 2569", (2026, 10, 31)),
        ("ส่งภายในวันที่ ๓๐ พ.ค. ๖๙ นะคะ", "ภายในวันที่ ๓๐ พ.ค. ๖๙", (2026, 5, 30)),
        ("ภายในวันศุกร์ที่ 27 มีนาคม 2569", "ภายในวันศุกร์ที่ 27 มีนาคม 2569", (2026, 3, 27)),
        ("แจ้งผลภายใน 5 พ.ย.นี้", "ภายใน 5 พ.ย.นี้", (2026, 11, 5)),
        ("ผ่านระบบภายใน 30 ก.ย. 2569", "ภายใน 30 ก.ย. 2569", (2026, 9, 30)),
        ("รับได้จนถึงวันที่ 23 เมษายน 2569", "จนถึงวันที่ 23 เมษายน 2569", (2026, 4, 23)),
        ("อย่างช้าไม่เกินวันที่ ๗ เม.ย. ๖๙", "อย่างช้าไม่เกินวันที่ ๗ เม.ย. ๖๙", (2026, 4, 7)),
        ("กำหนดส่ง 30/4/69 ทางอีเมล", "กำหนดส่ง 30/4/69", (2026, 4, 30)),
        ("ภายในวันที่\n      ๗ สิงหาคม\n ๒๕๖๙ ", "ภายในวันที่\n      ๗ สิงหาคม\n ๒๕๖๙", (2026, 8, 7)),
        ("ภายในวันที่ 15 ของเดือนเมษายน 2569", "ภายในวันที่ 15 ของเดือนเมษายน 2569", (2026, 4, 15)),
        ("ให้ส่งในวันที่ 8 เมษายน 2569", "ส่งในวันที่ 8 เมษายน 2569", (2026, 4, 8)),
        ("ภายในสิ้นเดือนมีนาคม 2569", "ภายในสิ้นเดือนมีนาคม 2569", (2026, 3, 31)),
        ("ภายในวันที่ 25 ของเดือนนี้", "ภายในวันที่ 25 ของเดือนนี้", (2026, 3, 25)),
        ("ภายในสิ้นปีงบประมาณ", "ภายในสิ้นปีงบประมาณ", (2026, 9, 30)),
    ],
)
def test_a_day_after_a_word_that_sets_a_deadline_is_one(text, words, day):
    deadline = only(text)
    assert (deadline.kind, deadline.text) == ("date", words)
    assert deadline.closes == date(*day)
    assert deadline.reason


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("ภายในวันที่ 25 มีนาคม 2569 เวลา 16.30 น.", "16:30"),
        ("ภายในเวลา 9:05 น. ของวันที่ 25 มีนาคม 2569", "09:05"),
        ("ภายในวันที่ 25 มีนาคม 2569 เวลา ๒๔.๐๐ น.", "24:00"),
    ],
)
def test_an_hour_belongs_to_its_day(text, hour):
    deadline = only(text)
    assert (deadline.text, deadline.closes, deadline.time) == (text, date(2026, 3, 25), hour)


def test_until_midnight_of_this_day_is_the_letters_day_or_that_of_its_arrival():
    deadline = only("ส่งผลภายในวันนี้ ก่อนเวลา 23:59 น.")
    assert closes(deadline) == [LETTER, ARRIVED]
    assert deadline.time == "23:59"


def test_urgent_within_is_when_the_letter_must_arrive():
    deadline = only("ด่วนภายใน ๒๐ มีนาคม ๒๕๖๙ เวลา ๑๐.๐๐ น.")
    assert (deadline.kind, deadline.closes, deadline.time) == ("urgent", ARRIVED, "10:00")


def test_before_a_day_leaves_it_open_whether_the_day_counts():
    deadline = only("ก่อนวันที่ 8 เมษายน 2569")
    assert closes(deadline) == [date(2026, 4, 7), date(2026, 4, 8)]


def test_do_by_one_day_and_report_by_another_are_two_deadlines():
    first, second = found("ให้ซ่อมถนนแล้วเสร็จภายในวันที่ ๓๑ ส.ค. ๒๕๖๙ และแจ้งผลภายในวันที่ ๑๕ กันยายน ๒๕๖๙")
    assert (first.closes, second.closes) == (date(2026, 8, 31), date(2026, 9, 15))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ภายในวันที่ 18 และ 26 มีนาคม 2569", [date(2026, 3, 18), date(2026, 3, 26)]),
        ("ภายในวันที่ 5 เมษายน และ 5 กรกฎาคม 2569", [date(2026, 4, 5), date(2026, 7, 5)]),
    ],
)
def test_several_days_are_several_deadlines(text, days):
    assert [deadline.closes for deadline in found(text)] == days


def test_without_a_year_a_letter_may_speak_of_a_day_just_past():
    assert closes(only("ภายในวันที่ 15 มกราคม")) == [date(2027, 1, 15), date(2026, 1, 15)]
    reminded = only("ให้ส่งภายในวันที่ ๓๑ มกราคม บัดนี้ได้ล่วงเลยเวลามานานแล้ว")
    assert reminded.closes == date(2026, 1, 31)


def test_without_a_letters_day_the_year_comes_from_the_hint_or_from_the_text():
    nowhere = {"dated_on": None, "arrived": None}
    assert only("ภายในวันที่ 10 พ.ย.", **nowhere, year_hint=2014).closes == date(2014, 11, 10)
    text = "ข้อมูล 10 มิถุนายน 2557 ส่งภายในวันที่ 10 พ.ย."
    assert only(text, **nowhere).closes == date(2014, 11, 10)
    assert only("ภายในวันที่ 10 พ.ย.", **nowhere).closes is None


@pytest.mark.parametrize(
    ("text", "opens", "closed"),
    [
        ("ภายในวันที่ 19 มกราคม – 31 มีนาคม 2569", date(2026, 1, 19), date(2026, 3, 31)),
        (
            "ให้ลงทะเบียนระหว่างวันที่ 29 ธันวาคม 2569 ถึง 4 มกราคม 2570",
            date(2026, 12, 29),
            date(2027, 1, 4),
        ),
        ("เปิดรับสมัครตั้งแต่วันที่ 1 - 30 เมษายน 2569", date(2026, 4, 1), date(2026, 4, 30)),
        ("กรอกแบบได้ตั้งแต่บัดนี้จนถึงวันที่ 30 เมษายน 2569", LETTER, date(2026, 4, 30)),
        ("เริ่มต้น 16/08/2026 กำหนดเสร็จ 16/12/2026", date(2026, 8, 16), date(2026, 12, 16)),
        ("วันที่ 11-15 พ.ย.ต้องแจ้งเขต", date(2026, 11, 11), date(2026, 11, 15)),
        ("ภายในเดือน มิถุนายน 2569", date(2026, 6, 1), date(2026, 6, 30)),
        ("ภายในเดือนเมษายน - มิถุนายน 2569", date(2026, 4, 1), date(2026, 6, 30)),
        ("ภายในไตรมาสที่ 3 ของปีงบประมาณ พ.ศ. 2569", date(2026, 4, 1), date(2026, 6, 30)),
        ("ภายในปีงบประมาณ พ.ศ. 2569", date(2025, 10, 1), date(2026, 9, 30)),
        ("ภายใน 6 เดือนแรกของปีงบประมาณ 2569", date(2025, 10, 1), date(2026, 3, 31)),
        ("ภายในสัปดาห์ที่ 2 เมษายน 2569", date(2026, 4, 8), date(2026, 4, 14)),
    ],
)
def test_from_one_day_to_another_is_a_window(text, opens, closed):
    deadline = only(text)
    assert deadline.kind == "window"
    assert (deadline.opens, deadline.closes) == (opens, closed)


def test_a_quarter_without_a_year_is_first_the_fiscal_one():
    deadline = only("ภายในไตรมาสที่ ๓")
    assert closes(deadline) == [date(2026, 6, 30), date(2026, 9, 30)]


def test_what_the_letter_says_in_brackets_settles_which_week_it_is():
    deadline = only("ภายในสัปดาห์ที่ 2 กันยายน 2026 (≤ 2026-09-13)")
    assert deadline.closes == date(2026, 9, 13)
    assert len(deadline.readings) == 4


def test_a_day_rolls_over_a_holiday_only_where_the_letter_says_so():
    plain = only("ภายในวันที่ 4 เมษายน 2569")
    assert plain.closes == date(2026, 4, 4)
    assert "ตรงกับวันเสาร์" in plain.reason
    later = only("ภายในวันที่ 4 เมษายน 2569 หากตรงกับวันหยุดให้ส่งในวันทำการถัดไป")
    assert later.closes == date(2026, 4, 7)
    assert "ให้เลื่อนเป็นวันทำการถัดไป" in later.reason
    every = only("ภายในวันที่ 5 ของทุกเดือน เดือนใดเป็นวันเสาร์-อาทิตย์ให้เลื่อนไปวันจันทร์แทน")
    assert every.rule == "RRULE:FREQ=MONTHLY;BYMONTHDAY=5"
    assert "ให้เลื่อน" in every.reason


@pytest.mark.parametrize("text", ["ให้ทราบในทันที", "ดำเนินการโดยเร็ว", "ตอบโดยด่วน", "ส่งในโอกาสแรก"])
def test_words_of_haste_have_no_day(text):
    deadline = only(text)
    assert (deadline.kind, deadline.closes) == ("urgent", None)


@pytest.mark.parametrize("text", ["ภายในระยะเวลาที่กำหนด", "ตามระยะเวลาที่กำหนด", "ภายในกำหนดดังกล่าว"])
def test_words_without_a_time_are_kept_without_a_day(text):
    deadline = only(text)
    assert (deadline.kind, deadline.closes, deadline.rule) == ("undated", None, None)


def test_words_that_say_nothing_at_all_are_found_only_when_asked_for():
    text = "ให้เกิดผลเป็นรูปธรรมต่อไป"
    assert found(text) == []
    assert only(text, bare=True).kind == "undated"


@pytest.mark.parametrize(
    "text",
    [
        "จัดอบรมระหว่างวันที่ ๑๐ - ๑๖ กันยายน ๒๕๖๙ ณ โรงแรมแห่งหนึ่ง",
        "เมื่อวันที่ 5 มีนาคม 2569 ที่ประชุมมีมติ",
        "ประชุมวันศุกร์ที่ 20 มีนาคม 2569 เวลา 09.30 น.",
        "ประชุมเวลา 09.30 น. วันที่ 20 มีนาคม 2569",
        "หนังสือที่ส่งมา ลงวันที่ 20 มีนาคม 2569",
        "ผลงานในช่วงระยะเวลาตั้งแต่ 1 ตุลาคม 2568 – 31 มีนาคม 2569",
        "การจัดการภายในหน่วยงาน จำนวนไม่เกินห้าคน",
        "ลาได้ไม่เกิน 30 วัน ในรอบ 3 ปีที่ผ่านมา",
        "แผนปฏิบัติการรายปี (พ.ศ. 2569)",
        "นโยบาย ทำ ทันที่ กำหนด",
    ],
)
def test_what_happens_or_is_reported_on_is_no_deadline(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("words", "kind", "opens", "closed"),
    [
        ("20 มีนาคม 2569", "date", None, ARRIVED),
        ("วันศุกร์ที่ 20 มีนาคม 2569 เวลา 09.30 น.", "date", None, ARRIVED),
        ("16 ตุลาคม ถึง 30 พฤศจิกายน", "window", date(2026, 10, 16), date(2026, 11, 30)),
        ("สัปดาห์ที่ ๓ ของเดือนมีนาคม ๒๕๖๙", "window", date(2026, 3, 15), date(2026, 3, 21)),
        ("7 วันนับถัดจากวันที่ได้รับหนังสือ", "relative", None, date(2026, 3, 27)),
        ("รอบ 6 เดือน (ต.ค. 68 - มี.ค. 69)", "window", date(2025, 10, 1), date(2026, 3, 31)),
        ("ไตรมาสที่ 2 (1 ม.ค. 69 - 31 มี.ค. 69)", "window", date(2026, 1, 1), date(2026, 3, 31)),
        ("รายปี (พ.ศ. 2569)", "window", date(2026, 1, 1), date(2026, 12, 31)),
        ("เป็นเวลาไม่น้อยกว่าสามสิบวัน", "relative", None, None),
        ("ตามแต่จะเห็นสมควร", "undated", None, None),
        ("", "undated", None, None),
    ],
)
def test_a_clerk_may_leave_out_the_word_that_sets_the_deadline(words, kind, opens, closed):
    deadline = resolved(words)
    assert (deadline.kind, deadline.opens, deadline.closes) == (kind, opens, closed)
    assert (deadline.text, deadline.span.start, deadline.span.end) == (words, 0, len(words))


def test_a_day_that_does_not_exist_is_no_day_and_a_problem():
    deadline = only("ภายในวันที่ 31 กุมภาพันธ์ 2569")
    assert (deadline.kind, deadline.closes) == ("date", None)
    (problem,) = problems_of(deadline, dated_on=LETTER)
    assert problem.code == "deadline_no_such_day"
    assert "ไม่มีวันที่ 31 กุมภาพันธ์ 2569" in problem.message


def test_a_weekday_that_does_not_fit_is_a_problem():
    (problem,) = problems_of(only("ภายในวันจันทร์ที่ 20 มีนาคม 2569"), dated_on=LETTER)
    assert problem.code == "deadline_day_disagrees"


def test_a_window_the_wrong_way_round_is_a_problem():
    deadline = only("ภายในวันที่ 20 เมษายน 2569 - 10 เมษายน 2569")
    assert [problem.code for problem in problems_of(deadline)] == ["deadline_window_reversed"]


def test_a_clear_deadline_has_no_problem():
    assert problems_of(only("ภายในวันที่ 20 เมษายน 2569"), dated_on=LETTER) == ()


WORDS = st.lists(
    st.sampled_from(
        [
            "ภายใน", "วันที่", "31", "๓", "99", "0", "กุมภาพันธ์", "มี.ค.", "๒๕๖๙", "69", "9999", "พ.ศ.",
            "สัปดาห์ที่", "ของเดือน", "ทุกเดือน", "ของทุกปี", "ไตรมาสที่", "ปีงบประมาณ", "สิ้นเดือน", "วัน",
            "วันทำการ", "เดือน", "ปี", "นับแต่", "นับถัดจาก", "วันที่ได้รับหนังสือ", "วันสิ้นไตรมาส", "ถึง", "-",
            "ตั้งแต่", "เวลา", "24.00", "น.", "ก่อน", "ทุก", "วันศุกร์", "ครั้ง", "ละ", "(", ")", " ", "\n",
            "ขยายเวลา", "อีก", "สามสิบ", "หากตรงกับวันหยุดให้เลื่อนเป็นวันทำการ", "สุดท้าย", "แรก", "นี้", "หน้า",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(WORDS | st.text(), st.none() | st.dates(), st.none() | st.dates(), st.integers(-5, 12000))
@settings(max_examples=400)
def test_any_text_may_be_read_without_an_exception(text, dated_on, arrived, year_hint):
    calendar = WorkingCalendar({})
    known = {"dated_on": dated_on, "arrived": arrived, "calendar": calendar}
    place = -1
    for deadline in find_deadlines(text, **known, year_hint=year_hint, bare=True):
        assert text[deadline.span.start : deadline.span.end] == deadline.text
        assert deadline.span.start >= place
        place = deadline.span.start
        assert deadline.readings
        first = deadline.readings[0]
        assert (first.opens, first.closes) == (deadline.opens, deadline.closes)
        assert deadline.reason
        problems_of(deadline, dated_on=dated_on)
    assert resolve_deadline(text, **known).text == text


@pytest.mark.parametrize(
    "piece",
    ["ภายใน", "ภายใน" + " " * 89, "ภายในวันที่ 1,2,", "ภายใน 7 วัน นับแต่วันที่", "ขยายเวลาอีก 1 วัน",
     "ตั้งแต่ 1 ม.ค. ", "ส่งวันที่", "สิบ", "\n", "ทุกเดือน"],
)  # fmt: skip
def test_long_texts_take_time_in_proportion(piece):
    assert grows_in_proportion(
        lambda times: find_deadlines(piece * times, dated_on=LETTER, calendar=CALENDAR),
        50_000 // len(piece),
    )


SHARED = Path(__file__).resolve().parents[3] / "shared" / "letters" / "real"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real letters do not stand beside the checkout")
def test_every_deadline_of_the_real_letters_is_found():
    for file in sorted(SHARED.glob("*.json")):
        truth = json.loads(file.read_text("utf-8"))
        day = truth.get("date_iso")
        read = find_deadlines(
            file.with_suffix(".txt").read_text("utf-8"),
            dated_on=date.fromisoformat(day) if day else None,
        )
        ends = {one.closes.isoformat() for d in read for one in d.readings if one.closes}
        for wanted in truth.get("deadlines") or []:
            rule = wanted["date_iso_or_rule"]
            if rule[:2] == "20":
                assert rule.split("/")[-1].split(" ")[0][:10] in ends, (file.name, wanted)
            else:
                assert any(d.text in wanted["phrase"] for d in read), (file.name, wanted)
