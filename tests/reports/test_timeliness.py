from collections import Counter
from datetime import timedelta
from importlib import import_module
from io import BytesIO

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.reports.reports import clerk_of, nil, opened, report_of, sent
from tests.reports.test_charts import again
from tests.world import World
from thamthan.letters.queries import local_governments_below
from thamthan.organisations.models import Organisation
from thamthan.reports.actions import fill_report, return_report
from thamthan.reports.models import Report, Round
from thamthan.reports.queries import (
    ReportingFigures,
    reported,
    reporting_chart,
    reporting_figures,
    reporting_table,
)
from thamthan.reports.rules import (
    QuestionKind,
    Timely,
    minutes_spent,
    quartiles_of_days,
    shipped_minutes,
)
from thamthan.writing import write_chart, write_table

DAYS = st.dictionaries(st.integers(0, 400), st.integers(1, 30), max_size=12).map(Counter)


@given(DAYS)
def test_quartiles_of_days_are_days_that_somebody_took(days: Counter[int]) -> None:
    found = quartiles_of_days(days)
    if not days:
        assert found is None
        return
    assert found is not None
    assert set(found) <= set(days)
    ordered = sorted(days.elements())
    last = len(ordered) - 1
    assert list(found) == [ordered[last * part // 4] for part in (1, 2, 3)]


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 5), max_size=6), DAYS)
def test_figures_add_up_in_any_order(counts, days) -> None:  # type: ignore[no-untyped-def]
    parts = [Timely(*each, days=days) for each in counts]
    whole = sum(parts, Timely())
    assert whole == sum(reversed(parts), Timely())
    assert whole.owed == sum(map(sum, counts))
    assert whole.came + whole.sent_back + whole.missing == whole.owed


def test_the_burden_is_reckoned_at_the_rates_of_forms_and_every_kind_has_its_own() -> None:
    rule = shipped_minutes()
    assert set(rule.typed) == set(rule.known) == set(QuestionKind)
    number, text = rule.typed[QuestionKind.NUMBER], rule.typed[QuestionKind.TEXT]
    looked = rule.known[QuestionKind.MONEY]
    spent = minutes_spent(["number", "text", "text"], ["money"])
    assert spent == (3, rule.report + number + 2 * text + looked)
    assert Timely(minutes=29).hours_tenth == 5


@pytest.fixture
def houses(world: World) -> list[Organisation]:
    return list(local_governments_below(world.district_officer))[:6]


@pytest.fixture
def round_(world: World, houses: list[Organisation]) -> Round:
    """Six owe by 27 March: two in time, one nil in time, one late, one sent back, one never."""
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        made = opened(world, houses)
        for house, days in zip(houses[:2], (2, 2), strict=True):
            clock.shift(timedelta(days=days))
            sent(report_of(made, house), clerk_of(house))
        nil(report_of(made, houses[2]), clerk_of(houses[2]))
        sent(report_of(made, houses[4]), clerk_of(houses[4]))
        return_report(report_of(made, houses[4]), by=world.district_officer, note="ตรวจใหม่")
        clock.shift(timedelta(days=8))
        sent(report_of(made, houses[3]), clerk_of(houses[3]))
    return made


@pytest.fixture
def _in_april() -> object:
    with time_machine.travel("2026-04-10T09:00:00+07:00", tick=False) as clock:
        yield clock


def look(world: World, round_: Round) -> ReportingFigures:
    return reporting_figures(world.district_officer, round_, now=timezone.now())


@pytest.mark.django_db
def test_who_came_when_and_who_never_did(world: World, round_: Round, _in_april: object) -> None:
    whole = look(world, round_).whole
    counts = (whole.on_time, whole.late, whole.sent_back, whole.overdue, whole.not_due)
    assert counts == (3, 1, 1, 1, 0)
    assert (whole.owed, whole.nil, whole.returns) == (6, 1, 1)
    assert whole.days == Counter({2: 1, 4: 3, 12: 1})
    assert whole.quartiles == (4, 4, 4)
    # The same as the page of the round says.
    came = reported(world.district_officer, round_, now=timezone.now())
    assert (came.owed, came.sent, came.nil) == (whole.owed, whole.came, whole.nil)


@pytest.mark.django_db
def test_the_burden_counts_what_people_typed_and_is_nothing_before_it_is_sent(
    world: World, round_: Round, houses: list[Organisation], _in_april: object
) -> None:
    report = report_of(round_, houses[0])
    kinds = list(round_.questions.filter(is_required=True).values_list("kind", flat=True))
    assert (report.typed_answers, report.typed_minutes) == minutes_spent(kinds, [])
    of_nil = minutes_spent(["text"], [])[1]
    assert report_of(round_, houses[2]).typed_minutes == of_nil
    never = report_of(round_, houses[5])
    fill_report(never, by=clerk_of(houses[5]))
    assert report_of(round_, houses[5]).typed_minutes == 0
    whole = look(world, round_).whole
    assert whole.minutes == 4 * report.typed_minutes + of_nil


@pytest.mark.django_db
def test_reports_sent_before_it_was_counted_are_counted_when_the_system_is_upgraded(
    world: World, round_: Round, _in_april: object
) -> None:
    before = dict(Report.objects.values_list("pk", "typed_minutes"))
    Report.objects.update(typed_answers=0, typed_minutes=0)
    import_module("thamthan.reports.migrations.0007_burden_of_sent_reports").count(apps, None)
    assert dict(Report.objects.values_list("pk", "typed_minutes")) == before
    assert any(before.values())


@pytest.mark.django_db
def test_the_table_and_the_chart_say_the_same_of_each_house(
    world: World, round_: Round, houses: list[Organisation], _in_april: object
) -> None:
    post, now = world.district_officer, timezone.now()
    table = reporting_table(post, round_, now=now)
    book = load_workbook(BytesIO(write_table(table, form="xlsx"))).active
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in book.iter_rows(min_row=3)}
    assert rows["รวม"][:6] == [6, 4, 3, 1, 1, 1]
    assert rows[houses[5].name][:6] == [1, 0, 0, 0, 0, 1]
    # Who never came took no days; that is no nought.
    assert rows[houses[5].name][9:12] == [None, None, None]
    found = look(world, round_)
    chart = reporting_chart(post, round_, found, now=now)
    assert chart.title == "รายงานแล้ว 4 จาก 6 แห่ง ทันกำหนด 3 แห่ง"
    words = {row.label: row.words for row in chart.rows}
    assert words[houses[5].short_name] == "ยังไม่ส่ง"
    assert words[houses[3].short_name] == "ส่งช้า"
    assert words[houses[4].short_name] == "ส่งกลับ รอส่งใหม่"
    assert write_chart(chart, form="svg").startswith(b"<svg")


@pytest.mark.django_db
def test_above_it_is_by_area_and_over_the_rounds(world: World, round_: Round) -> None:
    with time_machine.travel("2026-04-10T09:00:00+07:00", tick=False):
        later = again(round_, 2, [], world)
        rounds = look(world, later).rounds
    assert [(line.name, line.timely.owed, line.timely.came) for line in rounds] == [
        ("งวดที่ 1", 6, 4),
        ("งวดที่ 2", 6, 0),
    ]
