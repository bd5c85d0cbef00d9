"""Reports of rounds that repeat climb the ladder by themselves: their task never moves."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from thamthan.notices.actions.recipients import People, people_of
from thamthan.notices.actions.telling import notices_to
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
    Rung,
    late_reports_words,
    report_due_words,
)
from thamthan.reports.rules import ReportState

_LATE = frozenset({NoticeKind.LATE, NoticeKind.LATE_BELOW})


def reports_on_rungs(rungs: Sequence[Rung], *, now: datetime) -> Iterator[Notice]:
    """ขั้นของการเตือนของรายงานในรอบที่ซ้ำ, of all houses in one look."""
    if not rungs:
        return
    today = timezone.localdate(now)
    first, last = min(one.first_due for one in rungs), max(one.last_due for one in rungs)
    owed = owed_reports(now=now).filter(
        due_at__gte=_midnight(first), due_at__lt=_midnight(last + timedelta(days=1))
    )
    matters = matters_of_reports(owed)
    people = people_of(
        (each for one in matters.values() for each in (one.organisation, one.giver)), today=today
    )
    opened = told_of([NoticeKind.ROUND_OPENED], matters, kind=REPORT, since=_midnight(today))
    below: dict[tuple[int, int], list[ReportMatter]] = {}
    for matter in matters.values():
        due_on = matter.due_on
        if due_on is None:
            continue
        for kind in (rung.kind for rung in rungs if rung.holds(due_on)):
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
    return notices_to(
        people.on_rung(kind, matter.organisation),
        kind,
        matter,
        cause=f"{kind.value}:report:{matter.report}:{due_on:%Y-%m-%d}",
        words=words,
        now=now,
        due_on=due_on,
    )


def _of_giver(
    late: list[ReportMatter], holders: list[Holder], *, now: datetime
) -> Iterator[Notice]:
    """However many are late, whoever judges has one notice of them."""
    kind, matter = NoticeKind.LATE_BELOW, late[0]
    days = sorted(one.due_on for one in late if one.due_on is not None)
    words = late_reports_words(matter.named, first=days[0], last=days[-1], count=len(late))
    return notices_to(
        holders,
        kind,
        matter,
        cause=f"{kind.value}:round:{matter.round}:{matter.giver}:{days[-1]:%Y-%m-%d}",
        words=words,
        now=now,
        # What was not sent has no page for whoever judges: the round's says who is missing.
        about=(ROUND, matter.round),
        due_on=days[-1],
        count=len(late),
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
