"""What may be asked, how it may be added up, and what it costs: rules, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thamthan.errors import Refused
from thamthan.reports.rules import (
    FILLS,
    PERIODS,
    PLACES,
    Adding,
    AskedFor,
    AskedOften,
    ColumnKind,
    Each,
    Fill,
    QuestionKind,
    Rhythm,
    TableColumn,
    burden_of,
    check_asked,
    check_form_asks,
    columns_told,
    fits_rhythm,
    free_key,
    rhythm_of,
    shipped_minutes,
    time_in_words,
)

COLUMN = TableColumn("c1", "รายการ")
HEADS = st.builds(
    AskedOften,
    kind=st.sampled_from(QuestionKind),
    fill=st.sampled_from(Fill),
    times=st.integers(0, 20),
    columns=st.integers(0, 8),
)
KNOWN = st.dictionaries(st.sampled_from(Fill), st.integers(0, 60))


def ask(kind: QuestionKind, **changed: object) -> AskedFor:
    """A question of this kind that may be asked, or not, once it is changed."""
    told = {
        "key": "q1",
        "text": "ผลการดำเนินงาน",
        "kind": kind,
        "over_places": PLACES[kind][0],
        "over_periods": PERIODS[kind][0],
        "unit": "คน",
        "columns": (COLUMN,) if kind == QuestionKind.TABLE else (),
    }
    return AskedFor(**{**told, **changed})  # type: ignore[arg-type]


def refusal_of(asked: AskedFor) -> Refused:
    with pytest.raises(Refused) as refused:
        check_asked(asked)
    return refused.value


@pytest.mark.parametrize("kind", QuestionKind)
@pytest.mark.parametrize("adding", Adding)
def test_an_answer_is_added_up_only_in_ways_that_are_true_of_its_kind(
    kind: QuestionKind, adding: Adding
) -> None:
    for field, legal in (("over_places", PLACES[kind]), ("over_periods", PERIODS[kind])):
        asked = ask(kind, **{field: adding})
        if adding in legal:
            check_asked(asked)
        else:
            assert refusal_of(asked).facts["field"] == field


def test_a_share_is_never_summed_and_the_refusal_says_why() -> None:
    for field in ("over_places", "over_periods"):
        assert (
            "ร้อยละเอามาบวกกันไม่ได้"
            in refusal_of(ask(QuestionKind.SHARE, **{field: Adding.SUM})).message
        )
    assert not any(Adding.SUM in ways[QuestionKind.SHARE] for ways in (PLACES, PERIODS))


@pytest.mark.parametrize("kind", QuestionKind)
@pytest.mark.parametrize("fill", Fill)
def test_a_question_is_filled_only_from_what_is_of_its_kind(kind: QuestionKind, fill: Fill) -> None:
    asked = ask(kind, fill=fill, indicator_code="PM2" if fill == Fill.INDICATOR else "")
    if fill in FILLS[kind]:
        check_asked(asked)
    else:
        assert refusal_of(asked).facts["field"] == "fill"


@pytest.mark.parametrize(
    ("kind", "changed", "words"),
    [
        (QuestionKind.TEXT, {"text": "  "}, "โปรดพิมพ์คำถาม"),
        (QuestionKind.TEXT, {"key": "คำตอบ"}, "รหัสคำถามใช้ a–z"),
        (QuestionKind.TEXT, {"key": "a" * 41}, "รหัสคำถามใช้ a–z"),
        (QuestionKind.NUMBER, {"unit": ""}, "โปรดบอกหน่วยนับ"),
        (QuestionKind.NUMBER, {"least_milli": 2, "most_milli": 1}, "ค่าน้อยสุดมากกว่าค่ามากสุด"),
        (QuestionKind.NUMBER, {"most_milli": 10**16}, "ใหญ่เกินไป"),
        (QuestionKind.SHARE, {"most_milli": 1}, "ใช้กับจำนวนและจำนวนเงินเท่านั้น"),
        (QuestionKind.TABLE, {"columns": ()}, "อย่างน้อยหนึ่งสดมภ์"),
        (QuestionKind.TABLE, {"columns": (COLUMN, COLUMN)}, "ซ้ำหรือไม่ถูก"),
        (QuestionKind.TABLE, {"columns": (TableColumn("c1", ""),)}, "ต้องมีหัวสดมภ์"),
        (
            QuestionKind.TABLE,
            {"columns": (TableColumn("c1", "วันที่", ColumnKind.DATE, is_summed=True),)},
            "จึงรวมไม่ได้",
        ),
        (QuestionKind.TEXT, {"columns": (COLUMN,)}, "เฉพาะคำถามที่เป็นตาราง"),
        (QuestionKind.TEXT, {"each": Each.INDICATOR}, "เฉพาะคำตอบที่เป็นตัวเลข"),
        (QuestionKind.NUMBER, {"fill": Fill.INDICATOR}, "ต้องบอกว่าตัวชี้วัดใด"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    kind: QuestionKind, changed: dict[str, object], words: str
) -> None:
    check_asked(ask(kind))
    assert words in refusal_of(ask(kind, **changed)).message


def test_a_form_asks_something_and_nothing_twice() -> None:
    one, other = ask(QuestionKind.TEXT), ask(QuestionKind.MONEY, key="q2")
    check_form_asks([one, other])
    for wrong, words in (([], "ยังไม่มีคำถาม"), ([one, other, one], "“q1” ซ้ำ")):
        with pytest.raises(Refused, match=words):
            check_form_asks(wrong)
    assert free_key(["q1", "q3"]) == "q2"


@given(
    st.lists(
        st.builds(
            TableColumn,
            key=st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True),
            text=st.text("กขคงจ", min_size=1, max_size=20),
            kind=st.sampled_from(ColumnKind),
            unit=st.text("กขค", max_size=5),
            is_summed=st.booleans(),
        )
    )
)
def test_columns_come_back_from_json_as_they_were(columns: list[TableColumn]) -> None:
    assert columns_told([one.as_json() for one in columns]) == tuple(columns)


@pytest.mark.parametrize("told", ["", [1], [{"key": "a", "text": "ก", "kind": "picture"}]])
def test_columns_of_another_shape_are_refused(told: object) -> None:
    with pytest.raises(Refused):
        columns_told(told)


@given(st.lists(HEADS, max_size=8), st.integers(0, 50), KNOWN)
def test_a_burden_lies_between_all_known_and_nothing_known(
    asked: list[AskedOften], offices: int, known: dict[Fill, int]
) -> None:
    burden = burden_of(asked, offices=offices, known=known)
    assert burden.least * offices <= burden.total <= burden.most * offices
    assert burden_of(asked, offices=offices).total == burden.most * offices
    everywhere = dict.fromkeys(Fill, offices)
    assert burden_of(asked, offices=offices, known=everywhere).total == burden.least * offices


@given(st.lists(HEADS, max_size=6), HEADS, st.integers(0, 50), KNOWN)
def test_one_more_question_or_office_never_makes_it_lighter(
    asked: list[AskedOften], more: AskedOften, offices: int, known: dict[Fill, int]
) -> None:
    burden = burden_of(asked, offices=offices, known=known)
    assert burden_of([*asked, more], offices=offices, known=known).total >= burden.total
    assert burden_of(asked, offices=offices + 1, known=known).total > burden.total


def test_knowing_is_never_slower_than_asking() -> None:
    minutes = shipped_minutes()
    assert minutes.typed.keys() == minutes.known.keys() == set(QuestionKind)
    assert all(minutes.known[kind] <= minutes.typed[kind] for kind in QuestionKind)
    assert "(I)" in minutes.source


def test_a_table_costs_by_its_columns_and_a_known_number_only_a_look() -> None:
    minutes = shipped_minutes()
    table = [AskedOften(QuestionKind.TABLE, Fill.NOTHING, 2, columns=4)]
    typed = minutes.typed[QuestionKind.TABLE] + 4 * minutes.column
    assert burden_of(table, offices=1).total == minutes.report + 2 * typed
    paid = [AskedOften(QuestionKind.MONEY, Fill.PAID, 1)]
    burden = burden_of(paid, offices=10, known={Fill.PAID: 4})
    looked, asked = minutes.known[QuestionKind.MONEY], minutes.typed[QuestionKind.MONEY]
    assert burden.total == 10 * minutes.report + 4 * looked + 6 * asked
    assert (burden.answers, burden.fillable) == (1, 1)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 นาที"),
        (45, "45 นาที"),
        (60, "1 ชั่วโมง"),
        (525, "8 ชั่วโมง 45 นาที"),
        (100 * 60 + 31, "101 ชั่วโมง"),
    ],
)
def test_time_is_told_in_words(minutes: int, words: str) -> None:
    assert time_in_words(minutes) == words


@pytest.mark.parametrize(
    ("rule", "rhythm"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=-1", Rhythm.MONTHLY),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", Rhythm.QUARTERLY),
        ("FREQ=MONTHLY;INTERVAL=3", Rhythm.QUARTERLY),
        ("FREQ=MONTHLY;INTERVAL=6", Rhythm.HALF_YEARLY),
        ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30", Rhythm.YEARLY),
        ("FREQ=YEARLY", Rhythm.YEARLY),
        ("FREQ=WEEKLY;BYDAY=FR", Rhythm.WEEKLY),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", Rhythm.DAILY),
        ("FREQ=DAILY", Rhythm.DAILY),
        ("FREQ=MONTHLY;INTERVAL=5", None),
        ("FREQ=MONTHLY;INTERVAL=x", None),
        ("", None),
        ("ทุกเดือน", None),
    ],
)
def test_the_rhythm_of_a_rule_is_known_and_a_form_of_another_does_not_fit(
    rule: str, rhythm: Rhythm | None
) -> None:
    assert rhythm_of(rule) == rhythm
    assert fits_rhythm(Rhythm.ANY, rule)
    for one in set(Rhythm) - {Rhythm.ANY}:
        assert fits_rhythm(one, rule) is (one == rhythm)
