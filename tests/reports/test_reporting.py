from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests.directives.orders import cascaded, in_hands_of, passed_on
from tests.projects.projects import proposed
from tests.reports.reports import FORM, answered, given, nil, opened, report_of, sent
from tests.world import World
from thamthan.directives.actions import cascade_order
from thamthan.directives.models import Assignment, Order
from thamthan.errors import NotFound, Refused
from thamthan.projects.actions import answer_clauses, move_project
from thamthan.projects.models import Goal, Result, TargetGroup
from thamthan.projects.rules import AddingUp, ProjectState, ResultStanding
from thamthan.reports.actions import (
    Given,
    accept_reports,
    fill_report,
    load_report_form,
    open_due_rounds,
    open_rounds,
    return_report,
    save_answers,
)
from thamthan.reports.models import Report, Round
from thamthan.reports.queries import (
    form_lines,
    missing_reports,
    report_for,
    reported,
    reports_seen_by,
    totals_from_figures,
    totals_of,
)
from thamthan.reports.rules import AnswerStanding, Due, ReportState, due_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> object:
    with time_machine.travel("2026-03-20T09:00:00+07:00", tick=False) as clock:
        yield clock


def test_every_house_has_its_report_before_anybody_writes_it(world: World) -> None:
    round_ = opened(world)
    reports = Report.objects.filter(round=round_)
    assert reports.count() == 15
    mine = report_of(round_, world.nong_kapu)
    assert (mine.state, mine.giver) == (ReportState.OPEN, world.ban_lat)
    assert timezone.localtime(mine.due_at).strftime("%d %H:%M") == "27 23:59"
    # Asked of each pillar, then once.
    headings = list(dict.fromkeys(round_.questions.values_list("heading", flat=True)))
    assert [heading[:2] for heading in headings] == ["1 ", "2 ", ""]


def test_opening_again_asks_nothing_twice(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    before = round_.questions.count()
    (again,) = open_rounds(round_.root, by=world.district_officer)
    assert (again, again.questions.count(), again.reports.count()) == (round_, before, 1)
    assert load_report_form(FORM.read_bytes(), by=world.system) is None


def test_it_is_filled_from_what_is_known_and_nothing_is_nought_unasked(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    assert fill_report(report, by=world.clerk) == 0
    clause = round_.root.directives.filter(parent=None)[1]
    project = proposed(world.clerk)
    answer_clauses(project, [clause], by=world.clerk)
    TargetGroup.objects.create(project=project, name="ประชาชน", unit="คน", planned=900, reached=850)
    goal = Goal.objects.create(
        project=project, name="สวนสาธารณะ", measure="count", unit="แห่ง", adding_up=AddingUp.SUM
    )
    Result.objects.create(
        goal=goal,
        from_on="2026-01-01",
        until_on="2026-03-31",
        as_of="2026-03-19",
        standing=ResultStanding.MEASURED,
        value_milli=1000,
        made_by=world.clerk,
    )
    # A draft is not yet the house's word.
    assert fill_report(report, by=world.clerk) == 0
    move_project(project, ProjectState.APPROVED, by=world.executive)
    assert fill_report(report, by=world.clerk) > 0
    told = {
        answer.question.key: answer
        for answer in report.answers.select_related("question", "question__directive")
    }
    key = f"c{clause.pk}"
    assert told[f"{key}-project-count"].value_milli == 1000
    assert told[f"{key}-people"].value_milli == 850_000
    assert "สวนสาธารณะ 1 แห่ง" in told[f"{key}-result"].text
    assert told[f"{key}-result"].sources[0]["project_id"] == project.pk
    # Nobody recorded money or households: they stay unknown.
    assert f"{key}-paid" not in told
    assert f"{key}-households" not in told
    assert not any(answer.question.directive != clause for answer in told.values())


def test_what_a_person_typed_stands_before_what_the_system_knows(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    saved = answered(report, world.clerk, 7000)
    clause = round_.root.directives.filter(parent=None)[0]
    project = proposed(world.clerk)
    answer_clauses(project, [clause], by=world.clerk)
    move_project(project, ProjectState.APPROVED, by=world.executive)
    fill_report(saved, by=world.clerk)
    answer = report.answers.get(question__key=f"c{clause.pk}-project-count")
    assert (answer.value_milli, answer.known["value_milli"]) == (7000, 1000)


def test_two_who_write_the_same_field_lose_nothing(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    one, other = round_.questions.filter(kind="number")[:2]
    _, none = save_answers(report, {one.key: given(one, 1000)}, by=world.clerk)
    assert not none
    # From a copy made before: the same field differently, and another field.
    mine = {one.key: given(one, 2000), other.key: given(other, 3000)}
    _, conflicts = save_answers(report, mine, by=world.officer)
    assert [(each.question, each.theirs.value_milli) for each in conflicts] == [(one, 1000)]
    assert report.answers.get(question=other).value_milli == 3000
    # A line that broke and came back brings the same again: no conflict.
    _, none = save_answers(report, {other.key: given(other, 3000)}, by=world.officer)
    assert not none
    _, none = save_answers(report, {one.key: given(one, 2000, seen=1)}, by=world.officer)
    assert not none


def test_a_share_needs_both_its_parts_and_numbers_their_bounds(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    question = round_.questions.filter(kind="number")[0]
    for wrong in (
        Given(AnswerStanding.GIVEN, 0),
        Given(AnswerStanding.GIVEN, 0, 1000, 2000),
        Given(AnswerStanding.GIVEN, 0, 10**16),
        Given(AnswerStanding.NONE, 0, 1000),
    ):
        with pytest.raises(Refused) as refused:
            save_answers(report, {question.key: wrong}, by=world.clerk)
        assert refused.value.code == "wrong_answer"
    with pytest.raises(Refused):
        save_answers(report, {"no-such": given(question)}, by=world.clerk)


@pytest.mark.parametrize(
    "stranger", ["tha_sen_clerk", "neighbour_clerk", "governor_officer", "administrator"]
)
def test_nobody_else_sees_or_writes_a_report(world: World, stranger: str) -> None:
    round_ = opened(world)
    report, post = report_of(round_, world.nong_kapu), getattr(world, stranger)
    with pytest.raises(NotFound):
        report_for(post, report.pk)
    with pytest.raises(Refused):
        fill_report(report, by=post)


def test_the_giver_sees_that_it_is_owed_and_cannot_write_it(world: World) -> None:
    round_ = opened(world)
    assert reports_seen_by(world.district_officer).count() == 15
    report = report_of(round_, world.nong_kapu)
    with pytest.raises(Refused):
        fill_report(report, by=world.district_officer)
    with pytest.raises(Refused):
        accept_reports([report], by=world.district_officer)


def test_accepted_figures_stand_in_the_total_and_the_missing_are_no_nought(world: World) -> None:
    round_ = opened(world, [world.nong_kapu, world.tha_sen, world.ban_lat_municipality])
    sent(report_of(round_, world.nong_kapu), world.clerk, 3000)
    nil(report_of(round_, world.tha_sen), world.tha_sen_clerk)
    assert totals_of(world.district_officer, round_) == {}
    mine = [report_of(round_, house) for house in (world.nong_kapu, world.tha_sen)]
    assert accept_reports(mine, by=world.district_officer) == 2
    question = round_.questions.filter(kind="number", is_required=True)[0]
    total = totals_of(world.district_officer, round_)[question.pk]
    assert (total.sum_milli, total.given, total.answered) == (3000, 1, 1)
    came = reported(world.district_officer, round_, now=timezone.now())
    assert (came.owed, came.sent, came.accepted, came.nil) == (3, 2, 2, 1)
    assert came.words == "รายงานแล้ว 2 จาก 3 แห่ง"
    assert [one.organisation for one in missing_reports(world.district_officer, round_)] == [
        world.ban_lat_municipality
    ]
    assert totals_of(world.district_officer, round_) == totals_from_figures(
        world.district_officer, round_
    )
    tasks = Assignment.objects.filter(pk__in=[one.assignment_id for one in mine])
    assert {task.state for task in tasks} == {"done"}


def test_what_is_written_after_sending_is_no_part_of_what_is_accepted(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    sent(report, world.clerk, 3000)
    answered(report_of(round_, world.nong_kapu), world.clerk, 9000)
    accept_reports([report], by=world.district_officer)
    question = round_.questions.filter(kind="number", is_required=True)[0]
    assert totals_of(world.district_officer, round_)[question.pk].sum_milli == 3000


def test_a_mended_report_changes_exactly_its_own_part(world: World) -> None:
    round_ = opened(world, [world.nong_kapu, world.tha_sen])
    sent(report_of(round_, world.nong_kapu), world.clerk, 3000)
    sent(report_of(round_, world.tha_sen), world.tha_sen_clerk, 5000)
    both = [report_of(round_, house) for house in (world.nong_kapu, world.tha_sen)]
    accept_reports(both, by=world.district_officer)
    question = round_.questions.filter(kind="number", is_required=True)[0]

    def total() -> int:
        return totals_of(world.district_officer, round_)[question.pk].sum_milli

    assert total() == 8000
    returned = return_report(
        both[0], by=world.district_officer, note="ตรวจยอด", notes={question.key: "นับซ้ำ"}
    )
    assert returned.state == ReportState.RETURNED
    assert returned.answers.get(question=question).note == "นับซ้ำ"
    # What was accepted stands until the mended one is accepted in its place.
    assert total() == 8000
    sent(report_of(round_, world.nong_kapu), world.clerk, 1000)
    assert total() == 8000
    accept_reports([report_of(round_, world.nong_kapu)], by=world.district_officer)
    assert total() == 6000
    assert report_of(round_, world.nong_kapu).accepted_number == 2
    assert [version.number for version in both[0].sent.all()] == [1, 2]


def test_a_version_sent_since_is_not_accepted_unseen(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    report = report_of(round_, world.nong_kapu)
    sent(report, world.clerk)
    seen = {report.pk: 1}
    sent(report_of(round_, world.nong_kapu), world.clerk, 2000)
    with pytest.raises(Refused) as refused:
        accept_reports([report], by=world.district_officer, seen=seen)
    assert refused.value.code == "changed_meanwhile"
    assert accept_reports([report], by=world.district_officer, seen={report.pk: 2}) == 1


def test_a_report_is_late_by_its_first_sending_and_the_last_minute_counts() -> None:
    def told(sent_at: datetime | None, now: datetime) -> Due:
        due = datetime(2026, 3, 27, 16, 59, 59, tzinfo=timezone.get_default_timezone())
        return due_of(state="open", opens_at=None, due_at=due, first_sent_at=sent_at, now=now)

    minute = datetime(2026, 3, 27, 16, 59, 59, tzinfo=timezone.get_default_timezone())
    after = minute.replace(hour=17, minute=0, second=0)
    assert told(None, minute) == Due.DUE
    assert told(None, after) == Due.OVERDUE
    assert told(minute, after) == Due.ON_TIME
    assert told(after, after) == Due.LATE


def test_a_later_day_that_was_granted_holds_for_the_report(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    handing = in_hands_of(round_.root, world.nong_kapu)
    handing.assignments.update(due_on="2026-04-03")
    open_rounds(round_.root, by=world.district_officer)
    assert timezone.localtime(report_of(round_, world.nong_kapu).due_at).day == 3


def test_whoever_passes_the_matter_on_judges_its_reports_from_then(world: World) -> None:
    """The province gave it to a house itself; the district passes it on afterwards."""
    load_report_form(FORM.read_bytes(), by=world.system)
    upper, _ = passed_on(world, [])
    cascade_order(upper, [world.nong_kapu], by=world.governor_officer)
    (round_,) = open_rounds(upper, by=world.governor_officer)
    assert report_of(round_, world.nong_kapu).giver == world.phetchaburi
    lower = Order.objects.get(upper=upper)
    cascade_order(lower, [world.nong_kapu], by=world.district_officer)
    open_due_rounds(by=world.system)
    report = report_of(round_, world.nong_kapu)
    assert report.giver == world.ban_lat
    sent(report, world.clerk, 3000)
    assert accept_reports([report], by=world.district_officer) == 1
    question = round_.questions.filter(kind="number", is_required=True)[0]
    for post in (world.district_officer, world.governor_officer):
        assert totals_of(post, round_)[question.pk].sum_milli == 3000
    assert totals_from_figures(world.governor_officer, round_)[question.pk].sum_milli == 3000
    # The province's own totals are not the ministry's, and stand in no other province.
    assert set(round_.consolidations.values_list("organisation__code", "province__code")) == {
        ("76", "76"),
        ("7606", "76"),
    }


def test_a_share_is_told_by_both_its_parts_and_never_as_a_plain_number(world: World) -> None:
    round_ = opened(world, [world.nong_kapu])
    clause = round_.root.directives.filter(parent=None)[1]
    project = proposed(world.clerk)
    answer_clauses(project, [clause], by=world.clerk)
    move_project(project, ProjectState.APPROVED, by=world.executive)
    goal = Goal.objects.create(
        project=project, name="ขยะที่กำจัดถูกวิธี", measure="ratio", unit="ร้อยละ",
        adding_up=AddingUp.SHARE,
    )  # fmt: skip
    for begins, ends, value, of in (
        ("2025-10-01", "2025-12-31", 40_000, 50_000),
        ("2026-01-01", "2026-03-31", 10_000, 30_000),
    ):
        Result.objects.create(
            goal=goal, from_on=begins, until_on=ends, as_of="2026-03-19", value_milli=value,
            of_milli=of, standing=ResultStanding.MEASURED, made_by=world.clerk,
        )  # fmt: skip
    report = report_of(round_, world.nong_kapu)
    fill_report(report, by=world.clerk)
    told = report.answers.get(question__key=f"c{clause.pk}-result").text
    assert "ขยะที่กำจัดถูกวิธี ร้อยละ 62.5 (50 จาก 80)" in told


def test_a_repeating_report_opens_the_next_round_when_one_is_over(
    world: World, _in_march: Any
) -> None:
    load_report_form(FORM.read_bytes(), by=world.system)
    order = cascaded(world, [world.nong_kapu])
    order.obligations.filter(ask="report").update(due_rule="FREQ=MONTHLY;BYMONTHDAY=27")
    assert open_due_rounds(by=world.system) == 1
    first = Round.objects.get()
    sent(report_of(first, world.nong_kapu), world.clerk, 3000)
    assert open_due_rounds(by=world.system) == 0
    # The last day itself still belongs to the round; on the next day there is another.
    _in_march.move_to("2026-03-28T09:00:00+07:00")
    assert (open_due_rounds(by=world.system), open_due_rounds(by=world.system)) == (1, 0)
    second = Round.objects.get(number=2)
    assert (str(second.from_on), str(second.until_on)) == ("2026-03-28", "2026-04-27")
    report = report_of(second, world.nong_kapu)
    assert timezone.localtime(report.due_at).strftime("%d/%m %H:%M") == "27/04 23:59"
    # What was answered the period before stands beside.
    line = next(one for one in form_lines(world.clerk, report) if one.question.kind == "number")
    assert line.before is not None
    assert line.before.value_milli == 3000
    # A year without a tick loses no round.
    _in_march.move_to("2027-03-28T09:00:00+07:00")
    assert open_due_rounds(by=world.system) == 12


def test_a_report_that_another_judges_from_now_stands_in_one_total_only(world: World) -> None:
    """Accepted by the province, sent back, passed on by the district meanwhile, accepted there."""
    load_report_form(FORM.read_bytes(), by=world.system)
    upper, lower = passed_on(world, [])
    cascade_order(upper, [world.nong_kapu], by=world.governor_officer)
    (round_,) = open_rounds(upper, by=world.governor_officer)
    report = report_of(round_, world.nong_kapu)
    sent(report, world.clerk, 3000)
    accept_reports([report], by=world.governor_officer)
    return_report(report_of(round_, world.nong_kapu), by=world.governor_officer, note="ตรวจยอด")
    cascade_order(lower, [world.nong_kapu], by=world.district_officer)
    open_due_rounds(by=world.system)
    sent(report_of(round_, world.nong_kapu), world.clerk, 5000)
    accept_reports([report_of(round_, world.nong_kapu)], by=world.district_officer)
    question = round_.questions.filter(kind="number", is_required=True)[0]
    for told in (totals_of, totals_from_figures):
        assert told(world.governor_officer, round_)[question.pk].sum_milli == 5000
        assert told(world.governor_officer, round_)[question.pk].given == 1
