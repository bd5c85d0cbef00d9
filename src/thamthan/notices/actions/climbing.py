"""The ladder of reminders is climbed once a day, for all tasks that wait for an answer."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from thamthan.directives.models import Assignment, Handing
from thamthan.directives.rules import WAITED_FOR
from thamthan.letters.queries import working_calendar
from thamthan.notices.actions.making import ORDER, notice_of, tell
from thamthan.notices.actions.recipients import People, people_of
from thamthan.notices.models import Notice, ReadMark
from thamthan.notices.queries.matters import Matter, matters_of, open_handings
from thamthan.notices.rules import Holder, NoticeKind, Rung, ladder_words, rungs_on
from thamthan.organisations.models import Post

NAME = "ladder"


def climb_ladder(*, by: Post, now: datetime) -> int:
    """เตือนตามขั้น: three working days before, one before, the day, late to the head, then above.

    Once a working day, at the first tick of it. All tasks of a matter with the same day make one
    notice for a person; what is due by an extended day is told of anew. Sends nothing.
    """
    today = timezone.localtime(now).date()
    mark = ReadMark.objects.filter(name=NAME).first()
    if mark is not None and timezone.localtime(mark.read_until).date() >= today:
        return 0
    count = 0
    for rung in rungs_on(today, working_calendar(today)):
        with transaction.atomic():
            count += tell(list(_notices_of(rung, now=now)))
    ReadMark.objects.update_or_create(name=NAME, defaults={"read_until": now})
    return count


def _notices_of(rung: Rung, *, now: datetime) -> Iterator[Notice]:
    today = timezone.localtime(now).date()
    waiting = Assignment.objects.filter(
        state__in=WAITED_FOR, due_on__gte=rung.first_due, due_on__lte=rung.last_due
    )
    handings = open_handings().filter(pk__in=waiting.values("handing"))
    matters = matters_of(handings)
    if not matters:
        return
    rows = waiting.order_by().values_list("handing_id", "due_on").annotate(Count("pk"))
    people = people_of(
        (each for one in matters.values() for each in (one.organisation, one.giver)), today=today
    )
    handed = _handed_today(handings, now=now)
    above: dict[tuple[int, int, date], list[Matter]] = {}
    for handing, due_on, count in rows:
        matter = matters.get(handing)
        if matter is None or due_on is None:
            continue
        if rung.kind == NoticeKind.LATE_BELOW:
            if matter.giver != matter.organisation:
                above.setdefault((matter.order, matter.giver, due_on), []).append(matter)
        # What came today said by when as it arrived.
        elif handing not in handed or due_on < today:
            yield from _of_holder(rung.kind, matter, people, due_on=due_on, count=count, now=now)
    for (_, giver, due_on), late in above.items():
        yield from _of_giver(late, people.at_desk(giver), due_on=due_on, now=now)


def _of_holder(
    kind: NoticeKind, matter: Matter, people: People, *, due_on: date, count: int, now: datetime
) -> Iterator[Notice]:
    giver = matter.giver_name if matter.giver != matter.organisation else ""
    words = ladder_words(kind, matter.title, due_on=due_on, count=count, giver=giver)
    for holder in _told(kind, matter, people):
        yield notice_of(
            kind,
            matter,
            holder,
            cause=f"{kind.value}:{matter.handing}:{due_on:%Y-%m-%d}",
            words=words,
            now=now,
            due_on=due_on,
            count=count,
        )


def _of_giver(
    late: list[Matter], holders: list[Holder], *, due_on: date, now: datetime
) -> Iterator[Notice]:
    """However many are late by the same day, whoever gave the order has one notice of them."""
    kind, one = NoticeKind.LATE_BELOW, late[0]
    words = ladder_words(kind, one.title, due_on=due_on, count=len(late))
    for holder in holders:
        row = notice_of(
            kind,
            one,
            holder,
            cause=f"{kind.value}:{one.order}:{one.giver}:{due_on:%Y-%m-%d}",
            words=words,
            now=now,
            due_on=due_on,
            count=len(late),
        )
        row.about_kind, row.about_id = ORDER, one.order
        yield row


def _told(kind: NoticeKind, matter: Matter, people: People) -> list[Holder]:
    desk = people.at_desk(matter.organisation)
    if kind != NoticeKind.LATE:
        return desk
    # Late is known to the head, too; who is both is told once.
    found = {one.person: one for one in (*people.at_head(matter.organisation), *desk)}
    return list(found.values())


def _handed_today(handings: QuerySet[Handing], *, now: datetime) -> set[int]:
    begun = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return set(handings.filter(handed_at__gte=begun).values_list("pk", flat=True))
