"""The ladder of reminders is climbed once a day, for all tasks that wait for an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet
from django.utils import timezone

from thamthan.directives.models import Assignment, Handing
from thamthan.letters.queries import working_calendar
from thamthan.notices.actions.climbing_reports import reports_on_rungs
from thamthan.notices.actions.making import tell
from thamthan.notices.actions.recipients import People, people_of
from thamthan.notices.actions.telling import notices_to
from thamthan.notices.models import Notice, ReadMark
from thamthan.notices.queries.matters import (
    ORDER,
    Matter,
    matters_of,
    open_handings,
    tasks_waited_for,
)
from thamthan.notices.rules import Holder, NoticeKind, Rung, ladder_words, rungs_on
from thamthan.organisations.models import Post

NAME = "ladder"


def climb_ladder(*, by: Post, now: datetime) -> int:
    """เตือนตามขั้น: three working days before, one before, the day, late to the head, then above.

    Once a working day, at the first tick of it. All tasks of a matter that are as near or as late
    make one notice for a person; what is due by an extended day is told of anew. Reports of a
    round that repeats climb by themselves, as their task never moves. Sends nothing.
    """
    today = timezone.localdate(now)
    mark = ReadMark.objects.filter(name=NAME).first()
    if mark is not None and timezone.localdate(mark.read_until) >= today:
        return 0
    count = 0
    rungs = rungs_on(today, working_calendar(today))
    for rung in rungs:
        with transaction.atomic():
            count += tell(list(_notices_of(rung, now=now)))
    with transaction.atomic():
        count += tell(list(reports_on_rungs(rungs, now=now)))
    ReadMark.objects.update_or_create(name=NAME, defaults={"read_until": now})
    return count


def _notices_of(rung: Rung, *, now: datetime) -> Iterator[Notice]:
    today = timezone.localdate(now)
    waiting = tasks_waited_for().filter(due_on__gte=rung.first_due, due_on__lte=rung.last_due)
    handings = open_handings().filter(pk__in=waiting.values("handing"))
    matters = matters_of(handings)
    if not matters:
        return
    people = people_of(
        (each for one in matters.values() for each in (one.organisation, one.giver)), today=today
    )
    handed = _handed_today(handings, now=now)
    above: dict[tuple[int, int], list[tuple[Matter, _Waiting]]] = {}
    for handing, some in _waiting_of(waiting).items():
        matter = matters.get(handing)
        if matter is None:
            continue
        if rung.kind == NoticeKind.LATE_BELOW:
            if matter.giver != matter.organisation:
                above.setdefault((matter.order, matter.giver), []).append((matter, some))
        # What came today said by when as it arrived.
        elif handing not in handed or some.first < today:
            yield from _of_holder(rung.kind, matter, people, some, now=now)
    for (_, giver), late in above.items():
        yield from _of_giver(late, people.at_desk(giver), now=now)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """The tasks of one matter on one rung: how many, and from which day to which they are due."""

    count: int
    first: date
    last: date


def _waiting_of(tasks: QuerySet[Assignment]) -> dict[int, _Waiting]:
    rows = (
        tasks.order_by()
        .values_list("handing_id")
        .annotate(Count("pk"), Min("due_on"), Max("due_on"))
    )
    return {handing: _Waiting(*found) for handing, *found in rows}


def _of_holder(
    kind: NoticeKind, matter: Matter, people: People, some: _Waiting, *, now: datetime
) -> Iterator[Notice]:
    giver = matter.giver_name if matter.giver != matter.organisation else ""
    words = ladder_words(
        kind, matter.title, first=some.first, last=some.last, count=some.count, giver=giver
    )
    # One that comes on this rung later has a later day, and is told of with the others.
    return notices_to(
        people.on_rung(kind, matter.organisation),
        kind,
        matter,
        cause=f"{kind.value}:{matter.handing}:{some.last:%Y-%m-%d}",
        words=words,
        now=now,
        due_on=some.last,
        count=some.count,
    )


def _of_giver(
    late: list[tuple[Matter, _Waiting]], holders: list[Holder], *, now: datetime
) -> Iterator[Notice]:
    """However many are late, whoever gave the order has one notice of them."""
    kind, matter = NoticeKind.LATE_BELOW, late[0][0]
    first, last = min(some.first for _, some in late), max(some.last for _, some in late)
    words = ladder_words(kind, matter.title, first=first, last=last, count=len(late))
    return notices_to(
        holders,
        kind,
        matter,
        cause=f"{kind.value}:{matter.order}:{matter.giver}:{last:%Y-%m-%d}",
        words=words,
        now=now,
        about=(ORDER, matter.order),
        due_on=last,
        count=len(late),
    )


def _handed_today(handings: QuerySet[Handing], *, now: datetime) -> set[int]:
    begun = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return set(handings.filter(handed_at__gte=begun).values_list("pk", flat=True))
