"""A plan that goes out in its own layout and comes in again changes nothing, whatever it says."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from tests.reading.plans.test_round_trip import read_back, tables
from thamthan.projects.rules import LineStanding, PlanWords, YearMoney
from thamthan.projects.rules.plans import (
    BETWEEN,
    carried_over,
    differences,
    match_lines,
    words_of_line,
)
from thamthan.thai.text import squeeze
from thamthan.writing.plan_layout import PlanTable, PlanTableForm, PlanTableRow


def as_kept(row: PlanTableRow) -> PlanWords:
    """The row as the room keeps it."""
    return PlanWords(
        form="",
        name=squeeze(row.name),
        number=row.number,
        headings=row.headings,
        programme=row.programme or row.headings[-1],
        category=BETWEEN.join(filter(None, (row.category, row.kind))),
        objective=row.objective,
        target=row.target,
        indicator=row.indicator,
        result=row.result,
        lead=row.lead,
        district_words=row.district,
        coordinates_words=row.coordinates,
        budgets=tuple(YearMoney(one.be_year, one.planned, one.ordinance) for one in row.years),
    )


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_out_and_in_again_changes_nothing(table: PlanTable) -> None:
    # Where the form has a column for the indicator, an empty one says that there is none.
    says_indicator = not table.by_issue and table.form is not PlanTableForm.P03
    kept = {
        at: replace(as_kept(row), form=table.form.value)
        if says_indicator
        else replace(as_kept(row), form=table.form.value, indicator="ร้อยละ 80")
        for at, row in enumerate(table.rows)
    }
    lines = read_back(table).lines
    found = match_lines([(words_of_line(line), line.spoken) for line in lines], kept)
    assert [one.standing for one in found] == [LineStanding.SAME] * len(table.rows)
    assert sorted(one.row or 0 for one in found) == list(kept)


def test_what_a_form_has_no_column_for_is_carried_over() -> None:
    kept = PlanWords(
        form="p02",
        name="โครงการหนึ่ง",
        indicator="ร้อยละ 80",
        remark="รอแบบ",
        budgets=(YearMoney(2566, 100, 50), YearMoney(2571, 7)),
    )
    given = PlanWords(
        form="p02",
        name="โครงการหนึ่ง",
        target="1 แห่ง",
        budgets=(YearMoney(2566, 200, None, says_ordinance=False),),
    )
    spoken = ("name", "target", "note")
    assert differences(given, kept, spoken=spoken) == ("target", "remark", "planned.2566")  # type: ignore[arg-type]
    new = carried_over(given, kept, spoken=spoken)  # type: ignore[arg-type]
    assert (new.indicator, new.remark, new.target) == ("ร้อยละ 80", "", "1 แห่ง")
    assert [(one.be_year, one.planned, one.ordinance) for one in new.budgets] == [
        (2566, 200, 50),
        (2571, 7, None),
    ]
