"""A reading as a form and back: what was left alone stays, what was changed is certain."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.papers import paper
from thamthan.reading import read, resolve_deadline
from thamthan.reading.model import (
    Ask,
    Deadline,
    DeadlineReading,
    Doubt,
    EnclosureFinding,
    Finding,
    Item,
    LetterReading,
    NumberFinding,
    ObligationFinding,
    Receipt,
    ReferenceFinding,
    Span,
)
from thamthan.thai.calendars import thai_calendar
from thamthan.thai.correspondence import LetterKind, LetterNumber, Secrecy, Urgency
from thamthan.web.confirmation import Confirmed, confirmed_reading, doubts_left, form_values

NEAR = date(2026, 3, 20)
SPAN = Span(page=1, start=3, end=9)


def confirm(was: LetterReading, **changes: str) -> Confirmed:
    values = {
        **form_values(was),
        **{name.replace("__", "."): value for name, value in changes.items()},
    }
    return of_form(was, values)


def of_form(was: LetterReading, values: dict[str, str]) -> Confirmed:
    def resolve(words: str) -> Deadline:
        return resolve_deadline(
            words, dated_on=NEAR, arrived=NEAR, calendar=thai_calendar(2025, 2027)
        )

    return confirmed_reading(was, values, resolve=resolve, near=NEAR)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40)
certainties = st.floats(0, 1)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def findings(values: st.SearchStrategy[object]) -> st.SearchStrategy[Finding[object]]:
    return st.builds(Finding, value=values, text=texts, span=st.just(SPAN), certainty=certainties)


numbers = st.builds(
    lambda running, certainty: NumberFinding.of(
        LetterNumber("พบ", "0618", False, str(running)), text="พบ", span=SPAN, certainty=certainty
    ),
    st.integers(1, 99999),
    certainties,
)
references = st.builds(
    ReferenceFinding,
    value=texts,
    text=texts,
    span=st.just(SPAN),
    certainty=certainties,
    agency=st.none() | texts,
    urgency=st.none() | st.sampled_from(Urgency),
    number=st.none() | texts,
    dated_on=st.none() | days,
)
enclosures = st.builds(
    EnclosureFinding,
    value=texts,
    text=texts,
    span=st.just(SPAN),
    certainty=certainties,
    quantity=st.none() | st.integers(0, 999),
    unit=st.none() | texts,
)
items = st.recursive(
    st.builds(
        Item,
        label=texts,
        text=texts,
        measures=st.lists(findings(texts), max_size=2).map(tuple),
        span=st.just(SPAN),
    ),
    lambda inner: st.builds(
        Item,
        label=texts,
        text=texts,
        measures=st.just(()),
        span=st.just(SPAN),
        items=st.lists(inner, max_size=2).map(tuple),
    ),
    max_leaves=4,
)
ways = st.builds(DeadlineReading, opens=st.none() | days, closes=st.none() | days, reason=texts)
deadlines = st.builds(
    Deadline,
    text=texts,
    span=st.just(SPAN),
    kind=st.sampled_from(["date", "window", "undated"]),
    opens=st.none() | days,
    closes=st.none() | days,
    time=st.none() | st.just("16:30"),
    reason=texts,
    readings=st.lists(ways, max_size=3).map(tuple),
)


@st.composite
def readings(draw: st.DrawFn) -> LetterReading:
    due = draw(st.lists(deadlines, max_size=3).map(tuple))
    places = st.none() | (st.integers(0, len(due) - 1) if due else st.none())
    obligations = st.builds(
        ObligationFinding,
        ask=st.sampled_from(Ask),
        text=texts,
        to=st.none() | texts,
        deadline=places,
        span=st.just(SPAN),
    )
    word = st.none() | findings(texts)
    return LetterReading(
        kind=draw(st.sampled_from(LetterKind)),
        number=draw(st.none() | numbers),
        urgency=draw(st.none() | findings(st.sampled_from(Urgency))),  # type: ignore[arg-type]
        secrecy=draw(st.none() | findings(st.sampled_from(Secrecy))),  # type: ignore[arg-type]
        sender=draw(word),  # type: ignore[arg-type]
        dated_on=draw(st.none() | findings(days)),  # type: ignore[arg-type]
        subject=draw(word),  # type: ignore[arg-type]
        addressees=draw(st.lists(findings(texts), max_size=3).map(tuple)),  # type: ignore[arg-type]
        references=draw(st.lists(references, max_size=3).map(tuple)),
        enclosures=draw(st.lists(enclosures, max_size=3).map(tuple)),
        items=draw(st.lists(items, max_size=2).map(tuple)),
        obligations=draw(st.lists(obligations, max_size=3).map(tuple)),
        deadlines=due,
        receipt=draw(st.none() | st.just(Receipt(number=Finding(614, "๖๑๔", SPAN, 0.9)))),
        doubts=(Doubt("x", ("references[0]",), "ดู"),),
    )


@given(readings())
def test_a_form_left_alone_is_the_same_reading(reading: LetterReading) -> None:
    assert of_form(reading, form_values(reading)).reading == reading


@given(readings())
def test_a_browser_sends_line_ends_of_its_own(reading: LetterReading) -> None:
    values = {name: value.replace("\n", "\r\n") for name, value in form_values(reading).items()}
    assert of_form(reading, values).reading == reading


@given(
    readings(),
    st.dictionaries(st.sampled_from(list(form_values(LetterReading(kind=LetterKind.MEMO)))), texts),
)
def test_anything_may_be_typed(reading: LetterReading, typed: dict[str, str]) -> None:
    of_form(reading, {**form_values(reading), **typed})


def test_the_letter_of_the_tests_comes_back_whole() -> None:
    reading = read(paper())
    assert of_form(reading, form_values(reading)).reading == reading


@pytest.mark.parametrize(
    "typed", ["5 มี.ค. 69", "5/3/2569", "๕ มีนาคม ๒๕๖๙", "วันที่ 5 มีนาคม พ.ศ. 2569"]
)
def test_a_day_is_understood_in_every_spelling(typed: str) -> None:
    confirmed = confirm(read(paper()), dated_on=typed)
    dated_on = confirmed.reading.dated_on
    assert dated_on is not None
    assert (dated_on.value, dated_on.certainty) == (date(2026, 3, 5), 1.0)
    assert dated_on.text == "๒ มีนาคม ๒๕๖๙"


@pytest.mark.parametrize("typed", ["31 กุมภาพันธ์ 2569", "พรุ่งนี้", "15/15/2569", "1 ม.ค. 0001"])
def test_a_day_that_is_none_is_refused_in_words(typed: str) -> None:
    confirmed = confirm(read(paper()), dated_on=typed)
    assert confirmed.problems["dated_on"]


def test_a_weekday_that_does_not_fit_does_not_hinder() -> None:
    confirmed = confirm(read(paper()), dated_on="วันศุกร์ที่ 5 มีนาคม 2569")
    assert not confirmed.problems


def test_what_was_left_alone_keeps_its_words_place_and_certainty() -> None:
    reading = read(paper())
    confirmed = confirm(reading, subject="เรื่องใหม่").reading
    assert confirmed.number == reading.number
    assert confirmed.subject is not None
    assert (confirmed.subject.value, confirmed.subject.certainty) == ("เรื่องใหม่", 1.0)


def test_a_letter_without_subject_is_not_registered() -> None:
    assert "subject" in confirm(read(paper()), subject=" ").problems


def test_a_tick_makes_a_finding_certain_and_settles_its_doubt() -> None:
    reading = read(paper())
    assert reading.sender is not None
    unsure = replace(
        reading,
        sender=replace(reading.sender, certainty=0.5),
        doubts=(Doubt("name", ("sender",), "ชื่ออาจผิด"), Doubt("sunday", ("dated_on",), "วันอาทิตย์")),
    )
    confirmed = of_form(unsure, {**form_values(unsure), "checked:sender": "on"}).reading
    assert confirmed.sender == replace(reading.sender, certainty=1.0)
    assert [doubt.code for doubt in confirmed.doubts] == ["sunday"]


def test_a_row_taken_out_takes_what_points_at_it_along() -> None:
    first = Deadline(text="ภายใน 5 วัน", span=SPAN, kind="relative")
    second = Deadline(text="ภายในเดือนนี้", span=SPAN, kind="window", closes=date(2026, 3, 31))
    asks = tuple(
        ObligationFinding(ask=Ask.REPORT, text=f"รายงาน {row}", to=None, deadline=row, span=SPAN)
        for row in (0, 1)
    )
    reading = LetterReading(
        kind=LetterKind.EXTERNAL,
        subject=Finding("เรื่อง", "เรื่อง", SPAN, 1.0),
        deadlines=(first, second),
        obligations=asks,
        doubts=(Doubt("many", ("deadlines[1]",), "นับได้หลายแบบ"),),
    )
    confirmed = of_form(reading, {**form_values(reading), "removed:deadlines[0]": "on"}).reading
    assert confirmed.deadlines == (second,)
    assert [asked.deadline for asked in confirmed.obligations] == [None, 0]
    assert confirmed.doubts[0].fields == ("deadlines[0]",)


def test_another_way_to_count_a_deadline_is_chosen() -> None:
    ways = (
        DeadlineReading(date(2026, 3, 15), date(2026, 3, 21), "นับทุก 7 วัน"),
        DeadlineReading(date(2026, 3, 16), date(2026, 3, 22), "เริ่มวันจันทร์"),
    )
    deadline = Deadline(
        text="สัปดาห์ที่ 3", span=SPAN, kind="window", opens=ways[0].opens, closes=ways[0].closes,
        reason=ways[0].reason, readings=ways,
    )  # fmt: skip
    reading = replace(read(paper()), deadlines=(deadline,), obligations=())
    chosen = of_form(reading, {**form_values(reading), "deadlines[0].choice": "1"}).reading
    assert (chosen.deadlines[0].closes, chosen.deadlines[0].reason) == (ways[1].closes, "เริ่มวันจันทร์")
    assert chosen.deadlines[0].readings == (ways[1], ways[0])
    own = of_form(
        reading,
        {**form_values(reading), "deadlines[0].choice": "own", "deadlines[0].own": "20 มี.ค. 69"},
    ).reading.deadlines[0]
    assert own.closes == date(2026, 3, 20)
    assert own.readings[1:] == ways
    none = of_form(reading, {**form_values(reading), "deadlines[0].choice": "none"}).reading
    assert none.deadlines[0].closes is None


def test_own_day_without_a_day_is_asked_for() -> None:
    reading = read(paper())
    values = {**form_values(reading), "deadlines[0].choice": "own", "deadlines[0].own": ""}
    assert "deadlines[0].own" in of_form(reading, values).problems


def test_rows_are_added_by_hand() -> None:
    empty = LetterReading(kind=LetterKind.EXTERNAL)
    confirmed = of_form(
        empty,
        {
            "subject": "พิมพ์เอง",
            "number": "พบ 0618/ว ๑๒",
            "references[0].number": "พบ 0017.2/ว 16407",
            "references[0].dated_on": "23 พ.ย. 68",
            "enclosures[0].value": "แบบรายงาน",
            "enclosures[0].quantity": "๑",
            "deadlines[0].text": "ภายในวันที่ 31 มีนาคม 2569",
            "obligations[0].ask": "report",
            "obligations[0].text": "รายงานผล",
            "obligations[0].deadline": "0",
            "items[0].label": "1",
            "items[0].text": "จัดทำแผน",
            "items[0].measures": "หนึ่ง\nสอง",
        },
    )
    reading = confirmed.reading
    assert not confirmed.problems
    assert reading.number is not None
    assert reading.number.value == "พบ 0618/ว 12"
    assert reading.references[0].dated_on == date(2025, 11, 23)
    assert reading.enclosures[0].quantity == 1
    assert reading.deadlines[0].closes == date(2026, 3, 31)
    assert reading.obligations[0].deadline == 0
    assert [one.value for one in reading.items[0].measures] == ["หนึ่ง", "สอง"]


def test_checking_again_keeps_what_nobody_settled_and_what_a_change_gave_rise_to() -> None:
    reading = replace(read(paper()), doubts=(Doubt("sunday", ("dated_on",), "วันอาทิตย์"),))
    confirmed = confirm(reading, sender="อำเภอบ้านลาต")
    again = (
        Doubt("sunday", ("dated_on",), "วันอาทิตย์"),
        Doubt("name", ("sender",), "ไม่รู้จักชื่อนี้"),
        Doubt("other", ("signatory",), "ไม่เคยถาม"),
    )
    assert [doubt.code for doubt in doubts_left(confirmed, again)] == ["sunday", "name"]
