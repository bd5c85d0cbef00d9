"""Rounds that repeat: their opening, what came back and what was accepted is told once, to whom."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.notices.rounds import monthly, report_now, round_now
from tests.notices.servers import Mailbox
from tests.notices.told import go_out, make, on, only, reached_by, told
from tests.reports.reports import clerk_of, nil, report_of
from tests.world import World
from thamthan.directives.actions import cascade_order
from thamthan.letters.models import Letter
from thamthan.letters.queries import local_governments_below
from thamthan.notices.models import DigestLine, Notice
from thamthan.notices.rules import Channel
from thamthan.organisations.models import Organisation, Post
from thamthan.reports.actions import accept_reports, return_report
from thamthan.reports.models import Report, Round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def second_round(
    world: World, friday: time_machine.Traveller, to: list[Organisation] | None = None
) -> Round:
    """On Monday the 30th: the first round was told and is over, the second is just open."""
    monthly(world, [world.nong_kapu] if to is None else to)
    make()
    friday.move_to(on(30))
    return round_now(world)


def sent_in_second_round(world: World, friday: time_machine.Traveller) -> Report:
    report = report_of(second_round(world, friday), world.nong_kapu)
    nil(report, world.clerk)
    make()
    return report


def sent_back(report: Report, by: Post, note: str = "ขาดยอดของหมู่ 5") -> Report:
    return return_report(Report.objects.get(pk=report.pk), by=by, note=note)


def returned_in_the_evening(world: World, friday: time_machine.Traveller) -> Report:
    """Sent back when no message goes out any more to the clerk, who is reached by mail."""
    report = sent_in_second_round(world, friday)
    go_out()
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    friday.move_to(on(30, 20))
    sent_back(report, world.district_officer)
    make()
    assert go_out() == 0
    return report


def test_a_round_that_opens_is_told_to_its_house_once_with_the_due_day(
    world: World, friday: time_machine.Traveller
) -> None:
    round_ = second_round(world, friday, [world.nong_kapu, world.tha_sen])
    assert make() == 2
    notice = told(world.clerk)[-1]
    title = round_.root.title
    assert notice.words == f"เปิดรับรายงานงวดที่ 2 ส่งอำเภอบ้านลาด ภายใน จ. 27 เม.ย. 69: {title}"
    report = report_of(round_, world.nong_kapu)
    assert (notice.about_kind, notice.about_id) == ("reports.report", report.pk)
    assert told(world.tha_sen_clerk)[-1].kind == "round_opened"
    assert not told(world.executive) and not told(world.neighbour_clerk)
    for _ in range(3):
        friday.shift(timedelta(minutes=5))
        assert make() == 0


def test_what_is_asked_once_is_told_by_its_task_alone(
    world: World, friday: time_machine.Traveller
) -> None:
    monthly(world, [world.nong_kapu], rule="")
    make()
    assert [one.kind for one in told(world.clerk)] == ["arrived"]


def test_a_house_that_comes_to_the_matter_later_is_told_then(
    world: World, friday: time_machine.Traveller
) -> None:
    order = monthly(world, [world.nong_kapu])
    make()
    friday.move_to(on(24))
    cascade_order(order, [world.tha_sen], by=world.district_officer)
    report_now(world, world.tha_sen)
    make()
    assert [one.kind for one in told(world.tha_sen_clerk)] == ["arrived", "round_opened"]
    assert len(told(world.clerk, "round_opened")) == 1


def test_a_round_that_opens_later_is_told_when_it_opens(
    world: World, friday: time_machine.Traveller
) -> None:
    round_ = second_round(world, friday)
    opens = timezone.now() + timedelta(days=2)
    Round.objects.filter(pk=round_.pk).update(opens_on=opens.date())
    Report.objects.filter(round=round_).update(opens_at=opens.replace(hour=0))
    make()
    assert len(told(world.clerk, "round_opened")) == 1
    friday.shift(timedelta(days=2))
    make()
    assert "งวดที่ 2" in told(world.clerk, "round_opened")[-1].words


@pytest.mark.parametrize("how", ["sent", "round", "total", "order", "secret"])
def test_what_is_over_or_secret_is_not_told_as_open(
    world: World, friday: time_machine.Traveller, how: str
) -> None:
    round_ = second_round(world, friday)
    if how == "sent":
        nil(report_of(round_, world.nong_kapu), world.clerk)
    elif how == "round":
        Round.objects.filter(pk=round_.pk).update(closed_at=timezone.now())
    elif how == "total":
        round_.consolidations.update(closed_at=timezone.now(), sha256="0" * 64)
    elif how == "order":
        type(round_.root).objects.filter(pk=round_.root_id).update(state="closed")
    else:
        assert round_.root.sent is not None
        Letter.objects.filter(pk=round_.root.sent.pk).update(secrecy="secret")
    make()
    assert len(told(world.clerk, "round_opened")) == 1
    assert told(world.clerk, "round_opened")[0].about_id != report_of(round_, world.nong_kapu).pk


def test_a_report_sent_back_is_told_with_the_note_each_time(
    world: World, friday: time_machine.Traveller
) -> None:
    report = sent_in_second_round(world, friday)
    sent_back(report, world.district_officer)
    assert make() == 1
    (notice,) = told(world.clerk, "returned")
    assert notice.words.startswith("อำเภอบ้านลาด ส่งรายงานงวดที่ 2 กลับให้แก้ไข “ขาดยอดของหมู่ 5”: ")
    assert make() == 0
    nil(Report.objects.get(pk=report.pk), world.clerk)
    assert make() == 0
    sent_back(report, world.district_officer, "ยังขาด")
    assert make() == 1
    assert "“ยังขาด”" in told(world.clerk, "returned")[1].words


def test_nobody_is_told_of_their_own_words_about_a_report(
    world: World, friday: time_machine.Traveller
) -> None:
    """The district's officer also keeps the desk of the house that reports."""
    report = sent_in_second_round(world, friday)
    both = Post.objects.create(
        person=world.district_officer.person,
        organisation=world.nong_kapu,
        role="clerk",
        title="ธุรการ",
        from_on=date(2026, 3, 1),
    )
    sent_back(report, world.district_officer)
    make()
    assert told(world.clerk, "returned") and not told(both, "returned")
    nil(Report.objects.get(pk=report.pk), world.clerk)
    accept_reports([Report.objects.get(pk=report.pk)], by=world.district_officer)
    make()
    assert told(world.clerk, "accepted") and not told(both, "accepted")


def test_an_accepted_report_waits_for_the_message_of_the_day(
    world: World, friday: time_machine.Traveller, mail: Mailbox
) -> None:
    report = sent_in_second_round(world, friday)
    go_out()
    reached_by(world.clerk, Channel.EMAIL, "somjai@example.go.th")
    accept_reports([Report.objects.get(pk=report.pk)], by=world.district_officer)
    assert (make(), make()) == (1, 0)
    (notice,) = told(world.clerk, "accepted")
    assert notice.words.startswith("อำเภอบ้านลาด รับรองรายงานงวดที่ 2 แล้ว: ")
    assert go_out() == 1
    assert only().kind == "digest" and DigestLine.objects.get().notice == notice


def test_what_was_mended_before_morning_is_not_sent_as_returned(
    world: World, friday: time_machine.Traveller, mail: Mailbox
) -> None:
    report = returned_in_the_evening(world, friday)
    nil(Report.objects.get(pk=report.pk), world.clerk)
    friday.move_to(on(31, 8))
    assert go_out() == 0
    assert only().state == "skipped"


def test_a_return_of_the_evening_goes_out_in_the_morning(
    world: World, friday: time_machine.Traveller, mail: Mailbox
) -> None:
    returned_in_the_evening(world, friday)
    friday.move_to(on(31, 8))
    assert go_out() == 1


def test_telling_of_rounds_of_many_houses_asks_as_often_as_of_few(
    world: World, friday: time_machine.Traveller
) -> None:
    houses = list(local_governments_below(world.district_officer))
    for house in houses:
        clerk_of(house)
    round_ = second_round(world, friday, houses)
    make()
    reports = list(Report.objects.filter(round=round_).order_by("pk"))
    counts = []
    # Of each some are open, some came back and some were accepted.
    for some in (reports[:3], reports[3:]):
        keys = [one.pk for one in some]
        Notice.objects.filter(kind="round_opened", about_id__in=keys).delete()
        Report.objects.filter(pk__in=keys[::3]).update(state="returned", returns=1)
        Report.objects.filter(pk__in=keys[1::3]).update(
            state="accepted", accepted_number=1, accepted_at=timezone.now()
        )
        with CaptureQueriesContext(connection) as asked:
            assert make() >= len(some)
        counts.append(len(asked))
    assert counts[0] == counts[1], counts
    kinds = Notice.objects.values_list("kind", flat=True)
    assert set(kinds) == {"arrived", "round_opened", "returned", "accepted"}
