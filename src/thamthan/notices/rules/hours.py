"""When a message may go out: quiet hours, days without work, and the hour of the day's digest."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from thamthan.errors import Refused
from thamthan.thai.calendars import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Hours:
    """เวลาพักและเวลาส่งสรุปของบุคคล; equal ends mean that no hour is quiet."""

    quiet_from: time = time(18, 0)
    quiet_until: time = time(7, 30)
    digest_at: time = time(8, 30)

    @property
    def has_quiet(self) -> bool:
        return self.quiet_from != self.quiet_until


def check_hours(hours: Hours) -> None:
    """Refuse hours that leave no working day to be told in."""
    if not hours.has_quiet:
        return
    if hours.quiet_until >= hours.quiet_from:
        raise Refused(
            "เวลาพักต้องเริ่มตอนเย็นและสิ้นสุดเช้าวันถัดไป เช่น 18.00 ถึง 07.30 หากไม่พักให้ใส่เวลาเดียวกัน",
            code="wrong_hours",
            status=400,
        )
    if not hours.quiet_until <= hours.digest_at < hours.quiet_from:
        raise Refused("เวลาส่งสรุปประจำวันต้องอยู่นอกเวลาพัก", code="wrong_hours", status=400)


def is_quiet(now: datetime, hours: Hours, calendar: WorkingCalendar) -> bool:
    """อยู่ในเวลาพักหรือวันหยุดราชการ; `now` in the office's own time."""
    if not hours.has_quiet:
        return False
    if not calendar.is_working_day(now.date()):
        return True
    return now.time() >= hours.quiet_from or now.time() < hours.quiet_until


def next_open(now: datetime, hours: Hours, calendar: WorkingCalendar) -> datetime:
    """ส่งได้เมื่อใด: now, or the next working morning after the quiet hours."""
    if not is_quiet(now, hours, calendar):
        return now
    day = now.date()
    if now.time() >= hours.quiet_from or not calendar.is_working_day(day):
        day = calendar.next_working_day(day + timedelta(days=1))
    return datetime.combine(day, hours.quiet_until, tzinfo=now.tzinfo)


def digest_day(now: datetime, hours: Hours, calendar: WorkingCalendar) -> date:
    """วันที่จะส่งสรุป: today while the working day lasts, else the next working day."""
    day = now.date()
    if not calendar.is_working_day(day) or (hours.has_quiet and now.time() >= hours.quiet_from):
        return calendar.next_working_day(day + timedelta(days=1))
    return day
