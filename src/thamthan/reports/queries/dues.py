"""กำหนดของรายงาน: where a report stands beside its day, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from thamthan.letters.queries import working_calendar
from thamthan.letters.rules import TimeLeft, time_left
from thamthan.organisations.models import Post
from thamthan.reports.models import Report
from thamthan.reports.rules import END_OF_DAY, OWED, Due, due_of


@dataclass(frozen=True, slots=True)
class DueLine:
    """สถานะของรายงานตามกำหนด, and how long is left while it is owed."""

    due: Due
    left: TimeLeft | None

    @property
    def is_late(self) -> bool:
        return self.due in {Due.OVERDUE, Due.LATE}


def due_line(post: Post, report: Report, *, now: datetime) -> DueLine:
    """กำหนดส่งของรายงานหนึ่งฉบับ; the report came through a door already."""
    due = due_of(
        state=report.state,
        opens_at=report.opens_at,
        due_at=report.due_at,
        first_sent_at=report.first_sent_at,
        now=now,
    )
    if report.due_at is None or report.state not in OWED:
        return DueLine(due, None)
    closes, here = timezone.localtime(report.due_at), timezone.localtime(now)
    at = None if closes.time() == END_OF_DAY else closes.time()
    calendar = working_calendar(here.date())
    return DueLine(due, time_left(closes.date(), at=at, now=here, calendar=calendar))
