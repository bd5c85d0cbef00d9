"""Due days as an iCalendar file, which calendars of phones and offices subscribe to."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from thamthan.notices.queries.calendars import DueDay
from thamthan.notices.rules import cut

BANGKOK = ZoneInfo("Asia/Bangkok")
_MOST_TITLE = 120
_ONE_DAY = timedelta(days=1)
# An all-day event begins at midnight: this rings at nine in the morning of the day before.
_THE_MORNING_BEFORE = timedelta(hours=-15)
_AN_HOUR_BEFORE = timedelta(hours=-1)


def calendar_of(days: Sequence[DueDay], *, name: str, address_of: Callable[[int], str]) -> bytes:
    """ปฏิทินกำหนดส่งงาน: an event for each task, with the same UID at every look.

    A day without a time is an event of the whole day; one with a time ends then.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Thamthan//TH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Bangkok")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for day in days:
        calendar.add_component(_event(day, link=address_of(day.handing)))
    return bytes(calendar.to_ical())


def _event(day: DueDay, *, link: str) -> Event:
    event = Event()
    event.add("uid", f"{day.ref}@thamthan")
    event.add("dtstamp", day.changed_at.astimezone(UTC))
    event.add("last-modified", day.changed_at.astimezone(UTC))
    late = "เลยกำหนด " if day.is_late else ""
    event.add("summary", f"{late}{cut(day.task, _MOST_TITLE)}")
    told = [day.title, f"สั่งการโดย {day.giver}", f"สถานะ {day.state}"]
    event.add("description", "\n".join([*told, link] if link else told))
    if link:
        event.add("url", link)
    if day.due_time is None:
        event.add("dtstart", day.due_on)
        event.add("dtend", day.due_on + _ONE_DAY)
        # The day stays free: a thing to be done by then is no meeting.
        event.add("transp", "TRANSPARENT")
    else:
        ends = datetime.combine(day.due_on, day.due_time, tzinfo=BANGKOK)
        # In UTC, so that no calendar needs to know what a time zone of Bangkok is.
        event.add("dtstart", (ends - timedelta(minutes=30)).astimezone(UTC))
        event.add("dtend", ends.astimezone(UTC))
    event.add_component(_alarm(_THE_MORNING_BEFORE, day))
    if day.due_time is not None:
        event.add_component(_alarm(_AN_HOUR_BEFORE, day))
    return event


def _alarm(before: timedelta, day: DueDay) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"ใกล้กำหนด: {cut(day.task, _MOST_TITLE)}")
    alarm.add("trigger", before)
    return alarm
