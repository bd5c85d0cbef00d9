"""Notices are made of what happened: history is read, and whoever must know of it is told once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, When
from django.utils import timezone

from thamthan.directives.models import Extension, Handing, Order, Remark
from thamthan.directives.queries.secrecy import secret_orders
from thamthan.directives.rules import ExtensionState, RemarkKind
from thamthan.notices.actions.of_reports import told_of_proposals, told_of_rounds
from thamthan.notices.actions.recipients import people_of
from thamthan.notices.actions.telling import notices_to
from thamthan.notices.models import Notice, ReadMark
from thamthan.notices.queries.matters import (
    HANDING,
    ORDER,
    matters_of,
    open_handings,
    tasks_of,
)
from thamthan.notices.queries.slices import slices
from thamthan.notices.rules import (
    TOLD,
    Hearer,
    NoticeKind,
    answered_words,
    arrived_words,
    said_words,
)
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Level

BATCH = 2000
# A deed is dated when it begins and seen when it is done: what was read is read again for so long.
OVERLAP = timedelta(hours=1)
# How far an installation that never made notices looks back.
AT_FIRST = timedelta(days=1)
_ANSWERED = [said for said, (kind, _) in TOLD.items() if kind == NoticeKind.ANSWERED]
_SAID = [said for said, (kind, _) in TOLD.items() if kind != NoticeKind.ANSWERED]


def make_notices(*, by: Post, now: datetime) -> int:
    """ทำการแจ้งเตือนจากประวัติ: matters that arrived, words that were said, answers that came in.

    Of reports those that no task tells of: rounds that repeat, and what waits for agreement.

    Each in a transaction of its own and safe to run again or twice at once: the same cause makes
    one notice. Sends nothing.
    """
    mark = ReadMark.objects.filter(name="history").first()
    since = (mark.read_until if mark else now - AT_FIRST) - OVERLAP
    count = _tell(_arrived(since, now=now))
    count += _tell(_said(since, now=now))
    count += _tell(_time_given_to_all(since, now=now))
    count += _tell(told_of_rounds(since, now=now))
    count += _tell(told_of_proposals(since, now=now))
    count += _tell_answers(since, now=now)
    ReadMark.objects.update_or_create(name="history", defaults={"read_until": now})
    return count


def tell(rows: Sequence[Notice]) -> int:
    """Keep these notices, each cause once for a person; says how many are new."""
    fresh = {(one.cause, one.person_id): one for one in rows}
    for causes in slices(cause for cause, _ in fresh):
        there = Notice.objects.filter(cause__in=causes)
        for key in there.values_list("cause", "person_id"):
            fresh.pop(key, None)
    # Two ticks may make the same at the same moment: either way there is one.
    Notice.objects.bulk_create(fresh.values(), batch_size=BATCH, ignore_conflicts=True)
    return len(fresh)


def _tell(rows: Iterable[Notice]) -> int:
    with transaction.atomic():
        return tell(list(rows))


def _arrived(since: datetime, *, now: datetime) -> Iterator[Notice]:
    """ข้อสั่งการใหม่; what a house took up for itself it need not be told."""
    told = Notice.objects.filter(
        kind=NoticeKind.ARRIVED, about_kind=HANDING, about_id=OuterRef("pk")
    )
    handings = (
        open_handings()
        .filter(handed_at__gte=since)
        .exclude(order__organisation=F("organisation"))
        .filter(~Exists(told))
    )
    matters = matters_of(handings)
    if not matters:
        return
    tasks = tasks_of(handings)
    people = people_of(
        (one.organisation for one in matters.values()), today=timezone.localdate(now)
    )
    for matter in matters.values():
        count, due_on = tasks.get(matter.handing, (0, None))
        words = arrived_words(matter.title, giver=matter.giver_name, tasks=count, due_on=due_on)
        yield from notices_to(
            people.at_desk(matter.organisation),
            NoticeKind.ARRIVED,
            matter,
            cause=f"arrived:{matter.handing}",
            words=words,
            now=now,
            due_on=due_on,
            count=max(count, 1),
        )


def _said(since: datetime, *, now: datetime) -> Iterator[Notice]:
    """สิ่งที่มีผู้กล่าว: all that was said of one matter since the last look is one notice."""
    last_told = (
        Notice.objects.filter(about_kind=HANDING, about_id=OuterRef("handing_id"))
        .exclude(last_remark=None)
        .filter(last_remark__gte=OuterRef("pk"))
    )
    remarks = (
        Remark.objects.filter(made_at__gte=since, kind__in=_SAID)
        .exclude(handing__order__in=secret_orders().values("pk"))
        .filter(~Exists(last_told))
        .order_by("pk")
    )
    said: dict[tuple[int, NoticeKind], list[tuple[int, str, int | None]]] = defaultdict(list)
    for pk, handing, kind, text, person in remarks.values_list(
        "pk", "handing_id", "kind", "text", "made_by__person_id"
    ):
        said[handing, TOLD[RemarkKind(kind)][0]].append((pk, text, person))
    if not said:
        return
    whom = dict(TOLD.values())
    matters = matters_of(Handing.objects.filter(pk__in=remarks.values("handing")))
    people = people_of(
        (each for one in matters.values() for each in (one.organisation, one.giver)),
        today=timezone.localdate(now),
    )
    for (handing, kind), spoken in said.items():
        matter = matters[handing]
        pk, text, _ = spoken[-1]
        words = said_words(
            kind,
            matter.title,
            organisation=matter.name,
            giver=matter.giver_name,
            said=text,
            count=len(spoken),
        )
        if whom[kind] == Hearer.GIVER and matter.giver == matter.organisation:
            # A letter from outside: who gave the order is not here to be told.
            continue
        told = matter.organisation if whom[kind] == Hearer.HOLDER else matter.giver
        yield from notices_to(
            people.at_desk(told),
            kind,
            matter,
            cause=f"{kind.value}:{handing}:{pk}",
            words=words,
            now=now,
            done_by={person for _, _, person in spoken},
            last_remark=pk,
            count=len(spoken),
        )


def _time_given_to_all(since: datetime, *, now: datetime) -> Iterator[Notice]:
    """ขยายเวลาทั่วไป: everyone under that order is told, who was not told by a word of their own."""
    given = Extension.objects.filter(
        handing=None, state=ExtensionState.GRANTED, decided_at__gte=since
    ).exclude(order__in=secret_orders().values("pk"))
    for extension in given.select_related("order"):
        cause = f"time_all:{extension.pk}"
        if Notice.objects.filter(cause=cause).exists():
            continue
        spoken = Remark.objects.filter(
            handing=OuterRef("pk"),
            kind=RemarkKind.TIME_GRANTED,
            made_at__gte=extension.decided_at,
        )
        matters = matters_of(open_handings().filter(_under(extension.order), ~Exists(spoken)))
        people = people_of(
            (one.organisation for one in matters.values()), today=timezone.localdate(now)
        )
        for matter in matters.values():
            words = said_words(
                NoticeKind.TIME_DECIDED,
                matter.title,
                organisation=matter.name,
                giver=matter.giver_name,
                said=extension.note or extension.reason,
                count=1,
            )
            desk = people.at_desk(matter.organisation)
            yield from notices_to(
                desk, NoticeKind.TIME_DECIDED, matter, cause=cause, words=words, now=now
            )


def _under(order: Order) -> Q:
    """Handed down by this order, or by one that passed it on; there are four levels at most."""
    found = Q(order=order) | Q(order__upper=order)
    return found | Q(order__upper__upper=order) | Q(order__upper__upper__upper=order)


def _tell_answers(since: datetime, *, now: datetime) -> int:
    """ผลที่เข้ามา: one notice a day for each matter, which grows as more come in."""
    begun = timezone.localtime(since).replace(hour=0, minute=0, second=0, microsecond=0)
    count = 0
    while begun <= now:
        with transaction.atomic():
            count += _tell_answers_of(begun, until=begun + timedelta(days=1), now=now)
        begun += timedelta(days=1)
    return count


def _tell_answers_of(begun: datetime, *, until: datetime, now: datetime) -> int:
    remarks = (
        Remark.objects.filter(kind__in=_ANSWERED, made_at__gte=begun, made_at__lt=until)
        .exclude(handing__order__in=secret_orders().values("pk"))
        .exclude(handing__organisation=F("handing__order__organisation"))
    )
    groups = list(
        remarks.annotate(giver=_giver())
        .order_by()
        .values("handing__order", "giver")
        .annotate(whole=Count("handing", distinct=True), last=Max("pk"))
    )
    if not groups:
        return 0
    last = {
        remark.pk: remark
        for remark in Remark.objects.filter(pk__in=[one["last"] for one in groups]).select_related(
            "handing", "made_by"
        )
    }
    matters = matters_of(Handing.objects.filter(pk__in=[one.handing_id for one in last.values()]))
    people = people_of((one["giver"] for one in groups), today=timezone.localdate(now))
    rows: list[Notice] = []
    for group in groups:
        remark = last[group["last"]]
        matter = matters[remark.handing_id]
        words = answered_words(matter.title, count=group["whole"], last=matter.name)
        rows += notices_to(
            people.at_desk(group["giver"]),
            NoticeKind.ANSWERED,
            matter,
            cause=f"answered:{matter.order}:{group['giver']}:{begun:%Y-%m-%d}",
            words=words,
            now=now,
            about=(ORDER, matter.order),
            done_by={remark.made_by.person_id},
            last_remark=remark.pk,
            count=group["whole"],
        )
    return _grow(rows, now=now)


def _grow(rows: Sequence[Notice], *, now: datetime) -> int:
    """Make what is new; what stands already and has more to tell is unread again."""
    known = {
        (one.cause, one.person_id): one
        for one in Notice.objects.select_for_update().filter(cause__in={row.cause for row in rows})
    }
    grown = []
    for row in rows:
        there = known.get((row.cause, row.person_id))
        if there is not None and (there.last_remark or 0) < (row.last_remark or 0):
            there.words, there.count, there.last_remark = row.words, row.count, row.last_remark
            there.made_at, there.read_at = now, None
            grown.append(there)
    Notice.objects.bulk_update(
        grown, ["words", "count", "last_remark", "made_at", "read_at"], batch_size=500
    )
    return tell([row for row in rows if (row.cause, row.person_id) not in known])


def _giver() -> Case:
    """The organisation that gave a remark's matter: of a division its house, else the order's."""
    return Case(
        When(
            handing__level=Level.DIVISION,
            handing__above__isnull=False,
            then=F("handing__above__organisation"),
        ),
        default=F("handing__order__organisation"),
    )
