"""Whom a choice reaches, who has it already, who is closed; and runs that reach everyone once."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.directives.orders import cascaded, district_order
from tests.world import World
from thamthan.directives.actions import (
    carry_on_cascade,
    requeue_stuck_cascades,
    runs,
    start_cascade,
)
from thamthan.directives.models import Assignment, CascadeRun, Handing
from thamthan.directives.queries import kinds_below, preview_of, receivers_of
from thamthan.directives.rules import choice_of
from thamthan.errors import Refused
from thamthan.letters.actions import keep_group
from thamthan.letters.models import RecipientGroup, Sending
from thamthan.organisations.models import Organisation
from thamthan.records.models import HistoryEntry

pytestmark = pytest.mark.django_db


def names(found: object) -> set[str]:
    return {one.code for one in found}  # type: ignore[attr-defined]


def test_each_way_of_choosing_reaches_its_own(world: World) -> None:
    by = world.district_officer
    keep_group("ลุ่มน้ำ", by=by, codes=["6760607", "5760601", "6760113"])
    group = str(RecipientGroup.objects.get().pk)
    assert receivers_of(by, choice_of("all")).count() == 15
    assert receivers_of(by, choice_of("below")).count() == 15
    assert names(receivers_of(by, choice_of("kind", kinds=["subdistrict_municipality"]))) == {
        "5760601"
    }
    assert names(receivers_of(by, choice_of("codes", pasted="6760607 6760609"))) == {
        "6760607",
        "6760609",
    }
    # One in another district is nobody's to order from here, whatever group it stands in.
    assert names(receivers_of(by, choice_of("group", group=group))) == {"6760607", "5760601"}
    assert receivers_of(by, choice_of("all", without="6760607")).count() == 14
    # The province reaches its districts or all local governments below them.
    assert names(receivers_of(world.governor_officer, choice_of("below"))) == {"7601", "7606"}
    assert receivers_of(world.governor_officer, choice_of("all")).count() == 16


def test_the_preview_counts_and_names(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    Organisation.objects.filter(pk=world.tha_sen.pk).update(closed_on=date(2026, 1, 1))
    choice = choice_of("codes", pasted="6760607 6760609 5760601 6760113 9999999")
    seen = preview_of(world.district_officer, order, choice)
    assert (seen.count, seen.has_already, seen.new) == (2, 1, 1)
    assert {one.code: one.has_it for one in seen.names} == {"6760607": True, "5760601": False}  # type: ignore[attr-defined]
    assert seen.closed == (world.tha_sen.name,)
    assert seen.not_below == ("6760113", "9999999")
    found = preview_of(world.district_officer, order, choice, text="หนองกะปุ")
    assert names(found.names) == {"6760607"}
    assert found.count == 2


def test_kinds_are_told_with_how_many_there_are(world: World) -> None:
    assert [(kind, count) for kind, _, count in kinds_below(world.district_officer)] == [
        ("subdistrict_municipality", 1),
        ("sao", 14),
    ]


def test_the_same_press_is_the_same_run(world: World) -> None:
    order, press = district_order(world), uuid4()
    receivers = receivers_of(world.district_officer, choice_of("all"))
    one = start_cascade(order, receivers, by=world.district_officer, submission=press)
    again = start_cascade(order, receivers, by=world.district_officer, submission=press)
    assert one == again
    assert one.is_finished
    assert (one.done, one.new_organisations) == (15, 15)
    # Later ones are added; who has it gets nothing twice.
    more = start_cascade(order, receivers, by=world.district_officer)
    assert (more.new_organisations, more.new_tasks) == (0, 0)
    assert Handing.objects.count() == 15


def test_nobody_chosen_and_no_letter_are_refused_at_the_press(world: World) -> None:
    order = district_order(world)
    with pytest.raises(Refused) as refused:
        start_cascade(order, [], by=world.district_officer)
    assert refused.value.code == "no_receiver"
    for by in (world.governor_officer, world.clerk, world.district_administrator):
        with pytest.raises(Refused):
            start_cascade(order, [world.tha_sen], by=by)
    assert start_cascade(order, [world.tha_sen], by=world.district_officer).is_finished


def test_many_are_reached_by_a_job_that_goes_on_where_it_was_killed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 4)
    monkeypatch.setattr(runs, "BATCH", 4)
    left: list[int] = []
    monkeypatch.setattr(runs, "carry_on_cascade_task", SimpleNamespace(enqueue=left.append))
    order = district_order(world)
    receivers = receivers_of(world.district_officer, choice_of("all"))
    run = start_cascade(order, receivers, by=world.district_officer)
    assert left[0] == run.pk
    assert not Handing.objects.exists()

    # The first batch is done, then the worker is killed.
    runs._next_batch(run.pk, by=world.district_officer)
    run.refresh_from_db()
    assert (run.done, run.is_finished) == (4, False)
    assert Handing.objects.count() == 4
    # The letter went to everyone at once, with one line in its history.
    assert Sending.objects.filter(letter=order.sent).count() == 15
    assert HistoryEntry.objects.filter(verb="letter:dispatched").count() == 1

    now = timezone.now()
    assert requeue_stuck_cascades(by=world.system, now=now) == 0
    assert requeue_stuck_cascades(by=world.system, now=now + timedelta(minutes=6)) == 1
    done = carry_on_cascade(run.pk, by=world.district_officer)
    assert (done.done, done.new_organisations) == (15, 15)
    assert carry_on_cascade(run.pk, by=world.district_officer).new_organisations == 15
    assert Assignment.objects.count() == 15 * order.obligations.count()
    assert requeue_stuck_cascades(by=world.system, now=now + timedelta(hours=1)) == 0


def test_what_stops_a_job_is_kept_for_the_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "AT_ONCE", 4)
    monkeypatch.setattr(runs, "carry_on_cascade_task", SimpleNamespace(enqueue=print))
    order = district_order(world)
    receivers = receivers_of(world.district_officer, choice_of("all"))
    run = start_cascade(order, receivers, by=world.district_officer)
    type(order).objects.filter(pk=order.pk).update(state="closed")
    stopped = carry_on_cascade(run.pk, by=world.district_officer)
    assert stopped.is_finished
    assert "รับข้อสั่งการไว้ดำเนินการก่อน" in stopped.message
    assert not Handing.objects.exists()
    assert CascadeRun.objects.get().done == 0
