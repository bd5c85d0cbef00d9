"""Reports of rounds that repeat climb the ladder by themselves: their task never moves."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone

from thamthan.notices.actions.of_reports import notice_of_report
from thamthan.notices.actions.recipients import People, people_of
from thamthan.notices.models import Notice
from thamthan.notices.queries.report_matters import (
    REPORT,
    ROUND,
    ReportMatter,
    matters_of_reports,
    owed_reports,
    told_of,
)
from thamthan.notices.rules import (
    Holder,
    NoticeKind,
    kinds_on,
    late_reports_words,
    report_due_words,
    rungs_on,
)
from thamthan.reports.rules import ReportState
from thamthan.thai.calendars import WorkingCalendar

_LATE = frozenset({NoticeKind.LATE, NoticeKind.LATE_BELOW})


def reports_on_rungs(calendar: WorkingCalendar, *, now: datetime) -> Iterator[Notice]:
    """ขั้นของการเตือนของรายงานในรอบที่ซ้ำ, of all houses in one look."""
    today = timezone.localtime(now).date()
    rungs = rungs_on(today, calendar)
    if not rungs:
        return
    first, last = min(one.first_due for one in rungs), max(one.last_due for one in rungs)
    owed = owed_reports(now=now).filter(
        due_at__gte=_midnight(first), due_at__lt=_midnight(last + timedelta(days=1))
    )
    matters = matters_of_reports(owed)
    people = people_of(
        (each for one in matters.values() for each in (one.organisation, one.giver)), today=today
    )
    opened = told_of([NoticeKind.ROUND_OPENED], matters, kind=REPORT, since=_midnight(today))
    kinds_of = cache(lambda due_on: kinds_on(due_on, today=today, calendar=calendar))
    below: dict[tuple[int, int], list[ReportMatter]] = {}
    for matter in matters.values():
        due_on = matter.due_on
        if due_on is None:
            continue
        for kind in kinds_of(due_on):
            # One that was sent in time and came back is not late, though it is to be sent anew.
            if kind in _LATE and matter.state != ReportState.OPEN:
                continue
            if kind == NoticeKind.LATE_BELOW:
                if matter.giver != matter.organisation:
                    below.setdefault((matter.round, matter.giver), []).append(matter)
            # What opened today said by when as it opened.
            elif kind == NoticeKind.LATE or matter.report not in opened:
                yield from _of_house(kind, matter, people, due_on=due_on, now=now)
    for (_, giver), late in below.items():
        yield from _of_giver(late, people.at_desk(giver), now=now)


def _of_house(
    kind: NoticeKind, matter: ReportMatter, people: People, *, due_on: date, now: datetime
) -> Iterator[Notice]:
    is_returned = matter.state == ReportState.RETURNED
    words = report_due_words(kind, matter.named, is_returned=is_returned)
    told = people.at_desk(matter.organisation)
    if kind == NoticeKind.LATE:
        # Late is known to the head, too; who is both is told once.
        both = (*people.at_head(matter.organisation), *told)
        told = list({one.person: one for one in both}.values())
    for holder in told:
        yield notice_of_report(
            kind,
            matter,
            holder,
            cause=f"{kind.value}:report:{matter.report}:{due_on:%Y-%m-%d}",
            words=words,
            now=now,
        )


def _of_giver(
    late: list[ReportMatter], holders: list[Holder], *, now: datetime
) -> Iterator[Notice]:
    """However many are late, whoever judges has one notice of them."""
    kind, matter = NoticeKind.LATE_BELOW, late[0]
    days = sorted(one.due_on for one in late if one.due_on is not None)
    words = late_reports_words(matter.named, first=days[0], last=days[-1], count=len(late))
    for holder in holders:
        row = notice_of_report(
            kind,
            matter,
            holder,
            cause=f"{kind.value}:round:{matter.round}:{matter.giver}:{days[-1]:%Y-%m-%d}",
            words=words,
            now=now,
            count=len(late),
        )
        # What was not sent has no page for whoever judges: the round's says who is missing.
        row.about_kind, row.about_id = ROUND, matter.round
        row.due_on = days[-1]
        yield row


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
