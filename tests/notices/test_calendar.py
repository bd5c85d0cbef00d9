"""The calendar that other programs read: due days, stable, open by its key alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from tests.directives.orders import cascaded, in_hands_of
from tests.notices.told import FRIDAY_BEFORE
from tests.world import World
from thamthan.directives.models import Assignment
from thamthan.directives.rules import AssignmentState
from thamthan.errors import NotFound, Refused
from thamthan.letters.models import Letter
from thamthan.notices.actions import close_calendar, open_calendar
from thamthan.notices.models import CalendarKey
from thamthan.notices.queries import calendar_keys_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY_BEFORE, tick=False) as traveller:
        yield traveller


def events(key: str) -> list[Event]:
    answer = Client().get(f"/calendar/{key}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    return [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]


def test_a_task_with_a_day_is_an_event_of_the_whole_day(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    key = open_calendar("โทรศัพท์", by=world.clerk)
    (event,) = events(key)
    task = in_hands_of(order, world.nong_kapu).assignments.get(due_on__isnull=False)
    assert event["dtstart"].dt == date(2026, 3, 27)
    assert event["dtend"].dt == date(2026, 3, 28)
    assert str(event["uid"]) == f"{task.ref}@thamthan"
    assert str(event["summary"]).startswith("พร้อมรายงานผลการดำเนินงานให้อำเภอ")
    assert f"สั่งการโดย {world.ban_lat.name}" in str(event["description"])
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(hours=-15)


def test_a_task_with_a_time_ends_then(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    Assignment.objects.filter(root=order, due_on__isnull=False).update(due_time=time(16, 30))
    (event,) = events(open_calendar("โทรศัพท์", by=world.clerk))
    assert event["dtend"].dt == datetime(2026, 3, 27, 9, 30, tzinfo=UTC)
    assert len(event.walk("VALARM")) == 2


def test_a_day_that_moves_is_the_same_event(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    key = open_calendar("โทรศัพท์", by=world.clerk)
    (before,) = events(key)
    later = timezone.now() + timedelta(hours=1)
    Assignment.objects.filter(root=order, due_on__isnull=False).update(
        due_on=date(2026, 4, 3), moved_at=later
    )
    (after,) = events(key)
    assert before["uid"] == after["uid"]
    assert after["dtstart"].dt == date(2026, 4, 3)
    assert after["last-modified"].dt > before["last-modified"].dt


def test_what_was_answered_or_became_secret_is_gone(world: World) -> None:
    order = cascaded(world, [world.nong_kapu])
    key = open_calendar("โทรศัพท์", by=world.clerk)
    assert order.sent is not None
    Letter.objects.filter(pk=order.sent.pk).update(secrecy="secret")
    assert not events(key)
    Letter.objects.filter(pk=order.sent.pk).update(secrecy="open")
    assert events(key)
    in_hands_of(order, world.nong_kapu).assignments.update(state=AssignmentState.ANSWERED)
    assert not events(key)


def test_each_house_sees_its_own_days(world: World) -> None:
    cascaded(world, [world.nong_kapu])
    assert not events(open_calendar("โทรศัพท์", by=world.tha_sen_clerk))
    # Who keeps posts reads no letters.
    assert not events(open_calendar("โทรศัพท์", by=world.administrator))
    assert events(open_calendar("โทรศัพท์", by=world.executive))


def test_a_key_that_was_closed_or_whose_post_has_ended_opens_nothing(world: World) -> None:
    key = open_calendar("โทรศัพท์", by=world.clerk)
    row = CalendarKey.objects.get()
    assert key not in row.digest
    with pytest.raises(NotFound):
        close_calendar(row.pk, by=world.officer, now=timezone.now())
    close_calendar(row.pk, by=world.clerk, now=timezone.now())
    assert Client().get(f"/calendar/{key}.ics").status_code == 404

    again = open_calendar("โทรศัพท์", by=world.clerk)
    assert events(again) == []
    type(world.clerk).objects.filter(pk=world.clerk.pk).update(until_on=date(2026, 3, 19))
    assert Client().get(f"/calendar/{again}.ics").status_code == 404
    assert Client().get("/calendar/nonsense.ics").status_code == 404


def test_no_more_than_five_are_open_at_once(world: World) -> None:
    for number in range(5):
        open_calendar(f"เครื่องที่ {number}", by=world.clerk)
    with pytest.raises(Refused):
        open_calendar("อีกเครื่อง", by=world.clerk)
    first = calendar_keys_of(world.clerk).first()
    assert first is not None
    close_calendar(first.pk, by=world.clerk, now=timezone.now())
    assert open_calendar("อีกเครื่อง", by=world.clerk)
