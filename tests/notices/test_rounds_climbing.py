"""The ladder of reports in rounds that repeat; their task, which never moves, climbs none."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.notices.rounds import monthly, report_now, round_now
from tests.notices.servers import Mailbox
from tests.notices.told import climb, go_out, make, on, only, reached_by, steps, told
from tests.reports.reports import nil, report_of
from tests.world import World
from thamthan.directives.models import Assignment
from thamthan.letters.models import Letter
from thamthan.letters.queries import local_governments_below
from thamthan.notices.models import Notice, ReadMark
from thamthan.notices.rules import Channel
from thamthan.reports.actions import return_report
from thamthan.reports.actions.rounds import give_reports
from thamthan.reports.models import Report, Round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def only_reports() -> None:
    """Other tasks of the matter have no day, so that its reports alone are told of."""
    Assignment.objects.exclude(obligation__ask="report").update(due_on=None)


def test_the_whole_ladder_of_a_report_in_its_first_round(
    world: World, friday: time_machine.Traveller
) -> None:
    monthly(world, [world.nong_kapu])
    only_reports()
    make()
    march = [(day, 3) for day in range(21, 32)]
    assert steps(friday, *march, (1, 4), (2, 4)) == [
        (24, "soon", "somjai"),
        (26, "tomorrow", "somjai"),
        (27, "today", "somjai"),
        (30, "late", "nayok"),
        (30, "late", "somjai"),
        (1, "late_below", "phonthip"),
    ]


def test_the_second_round_climbs_by_its_own_day(
    world: World, friday: time_machine.Traveller
) -> None:
    order = monthly(world, [world.nong_kapu])
    only_reports()
    nil(report_now(world, world.nong_kapu), world.clerk)
    # The first was sent: its task stands there as ever, and nobody is told of it.
    assert steps(friday, *((day, 3) for day in range(23, 32)), (1, 4)) == []
    report = report_now(world, world.nong_kapu)
    make()
    assert steps(friday, (22, 4), (24, 4), (27, 4), (28, 4)) == [
        (22, "soon", "somjai"),
        (24, "tomorrow", "somjai"),
        (27, "today", "somjai"),
        (28, "late", "nayok"),
        (28, "late", "somjai"),
    ]
    today = told(world.clerk, "today")[0]
    assert today.words == (
        "ต้องส่งวันนี้ กำหนด จ. 27 เม.ย. 69 ยังไม่ส่งรายงานงวดที่ 2 ให้อำเภอบ้านลาด: " + order.title
    )
    assert (today.about_kind, today.about_id) == ("reports.report", report.pk)


def test_a_step_is_told_once_however_often_it_is_looked_at(
    world: World, friday: time_machine.Traveller
) -> None:
    monthly(world, [world.nong_kapu])
    only_reports()
    friday.move_to(on(26))
    assert climb() == 1
    ReadMark.objects.all().delete()
    assert climb() == 0


def test_a_report_that_opened_today_is_not_reminded_of_today(
    world: World, friday: time_machine.Traveller
) -> None:
    friday.move_to(on(24))
    monthly(world, [world.nong_kapu])
    only_reports()
    make()
    assert told(world.clerk, "round_opened")
    assert climb() == 0
    friday.move_to(on(26))
    assert climb() == 1


@pytest.mark.parametrize("how", ["sent", "round", "total", "dropped", "order", "secret"])
def test_what_is_sent_over_or_secret_is_not_chased(
    world: World, friday: time_machine.Traveller, how: str
) -> None:
    order = monthly(world, [world.nong_kapu, world.tha_sen])
    only_reports()
    round_ = round_now(world)
    if how == "sent":
        for house, clerk in (
            (world.nong_kapu, world.clerk),
            (world.tha_sen, world.tha_sen_clerk),
        ):
            nil(report_of(round_, house), clerk)
    elif how == "round":
        Round.objects.filter(pk=round_.pk).update(closed_at=timezone.now())
    elif how == "total":
        round_.consolidations.update(closed_at=timezone.now(), sha256="0" * 64)
    elif how == "dropped":
        order.obligations.filter(ask="report").update(dropped_at=timezone.now())
    elif how == "order":
        type(order).objects.filter(pk=order.pk).update(state="closed")
    else:
        assert order.sent is not None
        Letter.objects.filter(pk=order.sent.pk).update(secrecy="confidential")
    assert steps(friday, (26, 3), (27, 3), (30, 3), (1, 4)) == []


def test_who_has_sent_is_left_alone_and_who_has_not_is_reminded(
    world: World, friday: time_machine.Traveller
) -> None:
    monthly(world, [world.nong_kapu, world.tha_sen])
    only_reports()
    nil(report_now(world, world.nong_kapu), world.clerk)
    friday.move_to(on(26))
    climb()
    assert not told(world.clerk) and told(world.tha_sen_clerk, "tomorrow")


def test_a_report_sent_back_is_still_reminded_of_but_is_not_late(
    world: World, friday: time_machine.Traveller
) -> None:
    monthly(world, [world.nong_kapu])
    only_reports()
    report = report_now(world, world.nong_kapu)
    nil(report, world.clerk)
    return_report(Report.objects.get(pk=report.pk), by=world.district_officer, note="แก้ยอด")
    assert steps(friday, (27, 3), (30, 3), (1, 4)) == [(27, "today", "somjai")]
    words = told(world.clerk, "today")[0].words
    assert "รายงานงวดที่ 1 ที่ถูกส่งกลับ ยังไม่ได้ส่งใหม่ ให้อำเภอบ้านลาด" in words


def test_however_many_are_late_whoever_judges_has_one_notice(
    world: World, friday: time_machine.Traveller
) -> None:
    monthly(world)
    only_reports()
    friday.move_to(on(1, month=4))
    climb()
    (notice,) = told(world.district_officer)
    assert notice.words.startswith("ยังไม่ส่งรายงานงวดที่ 1 15 แห่ง เลยกำหนด ศ. 27 มี.ค. 69: ")
    assert (notice.about_kind, notice.about_id) == ("reports.round", Round.objects.get().pk)


def test_a_later_day_that_was_granted_holds(world: World, friday: time_machine.Traveller) -> None:
    monthly(world, [world.nong_kapu])
    only_reports()
    Assignment.objects.filter(obligation__ask="report").update(due_on=date(2026, 4, 3))
    report_now(world, world.nong_kapu)
    give_reports(Round.objects.get())
    assert steps(friday, (26, 3), (27, 3), (30, 3), (2, 4), (3, 4)) == [
        (2, "tomorrow", "somjai"),
        (3, "today", "somjai"),
    ]


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_reminder_goes_out_only_while_the_report_is_owed(
    world: World, friday: time_machine.Traveller, mail: Mailbox, is_sent: bool
) -> None:
    monthly(world, [world.nong_kapu])
    only_reports()
    make()
    go_out()
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    friday.move_to(on(27, 7))
    climb()
    go_out()
    if is_sent:
        nil(Report.objects.get(), world.clerk)
    friday.move_to(on(27, 9))
    assert go_out() == (0 if is_sent else 1)
    assert only().state == ("skipped" if is_sent else "sent")


def test_climbing_for_many_houses_asks_as_often_as_for_few(
    world: World, friday: time_machine.Traveller
) -> None:
    monthly(world)
    only_reports()
    houses = list(local_governments_below(world.district_officer))
    few = Report.objects.filter(organisation__in=houses[:2])
    due = few[0].due_at
    counts = []
    for reports in (few, Report.objects.all()):
        Report.objects.update(due_at=None)
        reports.update(due_at=due)
        Notice.objects.all().delete()
        ReadMark.objects.all().delete()
        friday.move_to(on(1, month=4))
        with CaptureQueriesContext(connection) as asked:
            assert climb() > 0
        counts.append(len(asked))
    assert counts[0] == counts[1], counts
