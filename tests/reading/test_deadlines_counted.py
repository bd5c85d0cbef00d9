from datetime import UTC, date, datetime

import pytest

from tests.reading.test_deadlines import LETTER, closes, only
from thamthan.reading.deadlines import problems_of
from thamthan.thai.calendars import WorkingCalendar


@pytest.mark.parametrize(
    ("text", "after", "amount", "unit", "days"),
    [
        ("ภายใน ๗ วันนับแต่วันที่ได้รับหนังสือฉบับนี้", "receipt", 7, "day", [27, 26]),
        ("ภายใน 7 วันนับตั้งแต่วันที่ได้รับหนังสือแจ้ง", "receipt", 7, "day", [27, 26]),
        ("ภายในสิบวัน นับจากวันที่ได้รับแจ้งนี้", "receipt", 10, "day", [30, 29]),
        ("ภายใน 5 นับแต่วันที่ได้รับหนังสือนี้", "receipt", 5, "day", [25, 24]),
        ("ภายใน ๗ วันนับถัดจากวันที่ได้รับหนังสือ", "receipt", 7, "day", [27]),
        ("ภายใน 10 (สิบ) วันหลังจากได้รับอีเมลฉบับนี้", "receipt", 10, "day", [30]),
        ("ภายใน 2 สัปดาห์ นับถัดจากวันที่ในหนังสือ", "letter", 2, "week", [29]),
        ("แจ้งผลภายใน 2- 3 วันนี้", "letter", 3, "day", [18, 17]),
        ("ภายใน 5 วัน นับถัดจากวันที่ 20 มีนาคม 2569", "event", 5, "day", [25]),
    ],
)
def test_days_are_counted_from_a_known_start_in_every_honest_way(text, after, amount, unit, days):
    deadline = only(text)
    assert deadline.kind == "relative"
    assert (deadline.after, deadline.amount, deadline.unit) == (after, amount, unit)
    assert closes(deadline) == [date(2026, 3, day) for day in days]


def test_working_days_step_over_holidays():
    deadline = only("ภายใน ๑๕ วันทำการหลังจากได้รับหนังสือฯ")
    assert (deadline.working_days, deadline.closes) == (True, date(2026, 4, 16))
    free = only("ภายใน 15 วันทำการหลังจากได้รับหนังสือฯ", calendar=WorkingCalendar({}))
    assert free.closes == date(2026, 4, 10)


def test_months_end_on_the_same_day_or_the_last():
    deadline = only("ภายใน 1 เดือน นับถัดจากวันที่ 31 มกราคม 2569")
    assert (deadline.unit, deadline.closes) == ("month", date(2026, 2, 28))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("ภายใน 5 วัน นับถัดจากวันลงนามในสัญญา", "signing"),
        ("ภายในสิบห้าวันนับแต่วันที่สภาท้องถิ่นให้ความเห็นชอบ", "event"),
        ("ภายใน ๑๕ วันนับถัดจากวันที่ได้รับเงินอุดหนุน", "event"),
        ("ภายใน ๗ วันทำการ นับแต่ประกาศครบกำหนด", "event"),
        ("ภายในสัปดาห์ที่ 3 นับตั้งแต่วันที่เริ่มงาน", "event"),
        ("ภายใน 15 วัน (รอบ 6 เดือน และรอบ 12 เดือน)", "period_end"),
    ],
)
def test_a_start_not_yet_known_leaves_the_day_open_and_says_what_it_waits_for(text, after):
    deadline = only(text)
    assert (deadline.kind, deadline.after, deadline.closes) == ("relative", after, None)
    assert deadline.text == text
    assert deadline.reason


def test_a_letter_not_yet_received_has_no_day_counted_from_receipt():
    deadline = only("ภายใน 7 วันนับแต่วันที่ได้รับหนังสือ", arrived=None)
    assert (deadline.after, deadline.closes) == ("receipt", None)


def test_a_start_that_is_not_said_is_asked_for():
    deadline = only("ให้เห็นผลภายใน ๓ เดือน")
    assert (deadline.after, deadline.amount, deadline.unit) == (None, 3, "month")
    assert closes(deadline) == [None, date(2026, 6, 20), date(2026, 6, 15)]
    assert [problem.code for problem in problems_of(deadline)] == ["deadline_start_unsaid"]


def test_after_a_period_the_end_that_is_still_ahead_comes_first():
    text = "ภายใน 15 วันนับถัดจากวันสิ้นไตรมาส"
    assert only(text).closes == date(2026, 4, 15)
    assert only(text, dated_on=date(2026, 4, 5)).closes == date(2026, 4, 15)
    year = only("ภายใน 90 วันนับแต่วันสิ้นปีงบประมาณ")
    assert (year.after, year.closes) == ("period_end", date(2026, 12, 29))


def test_an_extension_counts_from_the_day_that_was_due():
    deadline = only("ขยายเวลารับสมัครออกไปอีก 1 เดือน จากเดิมหมดเขต 18 มี.ค. 2569")
    assert closes(deadline) == [date(2026, 4, 18), date(2026, 4, 17)]
    assert only("ขยายเวลาส่งถึงวันที่ 30 เมษายน 2569").closes == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("text", "rule", "first"),
    [
        ("ภายในวันที่ 26 ของทุกเดือน", "FREQ=MONTHLY;BYMONTHDAY=26", date(2026, 3, 26)),
        ("ทุกวันที่ ๕ ของเดือน", "FREQ=MONTHLY;BYMONTHDAY=5", date(2026, 4, 5)),
        ("ทุกวันที่ 1 และ 16 ของเดือน", "FREQ=MONTHLY;BYMONTHDAY=1,16", date(2026, 3, 16)),
        ("ส่งภายในวันที่ 15 ของเดือนถัดไป", "FREQ=MONTHLY;BYMONTHDAY=15", date(2026, 4, 15)),
        ("เป็นประจำทุกเดือน ภายในวันที่ ๑๐", "FREQ=MONTHLY;BYMONTHDAY=10", date(2026, 4, 10)),
        (
            "ภายในวันที่ 30 ของทุกเดือน",
            "FREQ=MONTHLY;BYMONTHDAY=30,-1;BYSETPOS=1",
            date(2026, 3, 30),
        ),
        ("ภายในวันที่ 31 ของทุกเดือน", "FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 3, 31)),
        ("ภายในวันสิ้นเดือนของทุกเดือน", "FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 3, 31)),
        (
            "วันทำการสุดท้ายของเดือน",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            date(2026, 3, 31),
        ),
        ("ทุกวันศุกร์สุดท้ายของเดือน", "FREQ=MONTHLY;BYDAY=-1FR", date(2026, 3, 27)),
        ("พร้อมรายงานผลทุกวันศุกร์", "FREQ=WEEKLY;BYDAY=FR", date(2026, 3, 20)),
        ("รายงานทุกวันไม่เว้นวันหยุดราชการ", "FREQ=DAILY", LETTER),
        ("ติดตามทุก 3 เดือน", "FREQ=MONTHLY;INTERVAL=3", None),
        ("รายงานทุกเก้าสิบวัน", "FREQ=DAILY;INTERVAL=90", None),
        ("เป็นประจำทุก 2 ปี", "FREQ=YEARLY;INTERVAL=2", None),
        ("เดือนละ 1 ครั้ง", "FREQ=MONTHLY", None),
        (
            "อย่างน้อยปีละ 4 ครั้ง (ไตรมาสละ 1 ครั้ง)",
            "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
            date(2026, 3, 31),
        ),
        (
            "2 ครั้ง/ปี (มี.ค., ก.ย.)",
            "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=-1",
            date(2026, 3, 31),
        ),
        (
            "อย่างน้อยปีละหนึ่งครั้งภายในเดือนธันวาคมของทุกปี",
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
            date(2026, 12, 31),
        ),
        ("ภายในวันที่ 25 เมษายนของทุกปี", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=25", date(2026, 4, 25)),
        ("1 ครั้งต่อปีงบประมาณ", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30", date(2026, 9, 30)),
        (
            "ภายในวันที่ 18,26 (เดือนมีนาคม)",
            "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=18,26",
            date(2026, 3, 18),
        ),
    ],
)
def test_what_comes_again_has_a_rule_and_its_first_day(text, rule, first):
    deadline = only(text)
    assert (deadline.kind, deadline.rule) == ("recurring", f"RRULE:{rule}")
    assert deadline.closes == first


def test_the_15th_or_the_end_of_the_month_are_two_readings():
    deadline = only("ภายในวันที่ 16 หรือก่อนวันสิ้นเดือน")
    assert closes(deadline) == [date(2026, 3, 16), date(2026, 3, 31)]


def test_an_arrival_given_as_an_instant_counts_as_its_day():
    deadline = only("ภายใน 7 วันหลังจากได้รับหนังสือ", arrived=datetime(2026, 3, 20, 14, tzinfo=UTC))
    assert deadline.closes == date(2026, 3, 27)
