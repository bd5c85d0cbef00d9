"""What must hold of every letter: the same letter set otherwise is still the same letter."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.growth import grows_in_proportion
from tests.reading.letters import EVERY_KIND, EXTERNAL
from thamthan.reading import read
from thamthan.reading.deadlines import find_deadlines
from thamthan.reading.model import LetterReading
from thamthan.thai.dates import MONTHS, MONTHS_SHORT, WEEKDAYS, be_year
from thamthan.thai.digits import to_arabic, to_thai

SLOWLY = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
LETTERS = st.sampled_from(EVERY_KIND)


def plain(words: object) -> str:
    return to_arabic("".join(str(words).split()))


def facts(reading: LetterReading) -> dict[str, Any]:
    """What a clerk would copy out, without where it stands and how it was set."""
    one = (
        reading.number,
        reading.urgency,
        reading.dated_on,
        reading.subject,
        reading.sender,
        reading.signatory,
        reading.position,
        reading.owner_unit,
        reading.telephone,
    )
    return {
        "kind": reading.kind,
        "one": [plain(found.value) if found else None for found in one],
        "to": [plain(found.value) for found in reading.addressees],
        "references": [(found.number, found.dated_on) for found in reading.references],
        "enclosures": [(plain(one.value), one.quantity, one.unit) for one in reading.enclosures],
        "items": [(item.label, len(item.items)) for item in reading.items],
        "asks": [(asked.ask, asked.to, asked.deadline) for asked in reading.obligations],
        "dues": [(due.kind, due.closes, due.rule) for due in reading.deadlines],
    }


@given(LETTERS, st.booleans())
@SLOWLY
def test_either_kind_of_digits_says_the_same(letter: str, thai: bool) -> None:
    written = facts(read(letter))
    turned = facts(read(to_thai(letter) if thai else to_arabic(letter)))
    for found in (written, turned):
        found["items"] = [(to_arabic(label), under) for label, under in found["items"]]
    assert turned == written


@given(LETTERS, st.randoms(use_true_random=False))
@SLOWLY
def test_a_second_space_between_words_says_nothing(letter: str, chance: Any) -> None:
    def wider(gap: re.Match[str]) -> str:
        return "  " if chance.random() < 0.3 else " "

    said = re.sub(r"(?<=[^\s]) (?=[^\s])", wider, letter)
    assert facts(read(said)) == facts(read(letter))


@given(LETTERS, st.sampled_from(["\r\n", "\u2028", " \n", "\t\n"]))
@SLOWLY
def test_the_end_of_a_line_may_be_written_in_any_way(letter: str, end: str) -> None:
    assert facts(read(letter.replace("\n", end))) == facts(read(letter))


@given(LETTERS, st.integers(0, 6))
@SLOWLY
def test_a_wider_margin_says_nothing(letter: str, margin: int) -> None:
    moved = "\n".join(" " * margin + line if line.strip() else line for line in letter.split("\n"))
    assert facts(read(moved)) == facts(read(letter))


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
WAYS = (
    "{day} {month} {year}",
    "{day}  {month}  พ.ศ. {year}",
    "{day} เดือน{month} พ.ศ. {year}",
    "{day} {short} {year}",
    "{day} {short} {two}",
    "{day}/{number}/{year}",
)


@pytest.mark.parametrize("way", WAYS)
@given(day=DAYS, thai=st.booleans(), broken=st.booleans())
@settings(max_examples=40)
def test_a_deadline_written_in_any_official_way_is_that_day(
    way: str, day: date, thai: bool, broken: bool
) -> None:
    words = way.format(
        day=day.day,
        month=MONTHS[day.month - 1],
        short=MONTHS_SHORT[day.month - 1],
        number=day.month,
        year=be_year(day),
        two=be_year(day) % 100,
    )
    if broken and " " in words:
        words = words.replace(" ", "\n", 1)
    words = to_thai(words) if thai else words
    (due,) = find_deadlines(f"จึงขอให้รายงานภายในวันที่ {words} ด้วย", dated_on=day)
    assert (due.kind, due.closes) == ("date", day)


@given(DAYS, st.integers(0, 6))
def test_a_weekday_that_disagrees_with_its_day_is_told(day: date, weekday: int) -> None:
    said = f"{WEEKDAYS[weekday]}ที่ {day.day} {MONTHS[day.month - 1]} {be_year(day)}"
    letter = EXTERNAL.replace("ภายในวันที่ ๑๖ มีนาคม ๒๕๖๙", f"ภายใน{said}")
    codes = {doubt.code for doubt in read(letter).doubts}
    assert ("deadline_day_disagrees" in codes) == (weekday != day.weekday())


@pytest.mark.parametrize("name", ["นายสมมติ ตัวอย่างดี", "ผู้อำนวยการกองช่าง", "ข้อ ๑ ให้สำรวจ", "/๒. …x"])
def test_what_stands_behind_a_long_gap_is_read_at_once(name: str) -> None:
    # A pattern that shared the gap out in every way took minutes over this.
    def text(gap: int) -> str:
        return f"จึงเรียนมาเพื่อทราบ\n\n{' ' * gap}{name}\nปลัดอำเภอ\n"

    assert grows_in_proportion(lambda gap: read(text(gap)), 3000)


def test_a_verb_far_before_its_deadline_is_found_all_the_same() -> None:
    filler = "ง่ ย " * 62
    text = f"เรียน นายอำเภอ\n\nข้อ ๑ ให้สำรวจ {filler}ภายในวันที่ ๑๕ ธันวาคม ๒๕๖๘\n"
    assert read(text).deadlines
