"""Tallies: how many of how many, counted by the database however large the country is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from thamthan.directives.models import Assignment, Handing
from thamthan.directives.queries.doors import orders_down_from
from thamthan.directives.rules import STATES_SHOWN, WAITED_FOR, Show
from thamthan.organisations.models import Organisation
from thamthan.organisations.rules import Level

_WAITED_FOR = sorted(WAITED_FOR)


@dataclass(frozen=True, slots=True)
class Tally:
    """จำนวนงาน: all of them, those still waited for, and of these the ones to look after."""

    whole: int = 0
    waiting: int = 0
    late: int = 0
    unreceived: int = 0
    unstarted: int = 0
    returned: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.whole + other.whole,
            self.waiting + other.waiting,
            self.late + other.late,
            self.unreceived + other.unreceived,
            self.unstarted + other.unstarted,
            self.returned + other.returned,
        )

    @property
    def answered(self) -> int:
        """ส่งแล้ว: whatever no answer is waited for any more."""
        return self.whole - self.waiting

    @property
    def percent(self) -> int:
        """The part that is answered, in whole hundredths; a hundred means all of them."""
        return self.answered * 100 // self.whole if self.whole else 0

    def shown(self, show: Show) -> int:
        """How many of them a board that shows these alone is about."""
        counts = {
            Show.ALL: self.whole,
            Show.WAITING: self.waiting,
            Show.UNRECEIVED: self.unreceived,
            Show.UNSTARTED: self.unstarted,
            Show.LATE: self.late,
            Show.RETURNED: self.returned,
        }
        return counts[show]


@dataclass(frozen=True, slots=True)
class Heads:
    """จำนวนหน่วยงาน: all of them, and those with at least one task that waits, is late, is shown."""

    whole: int = 0
    waiting: int = 0
    late: int = 0
    shown: int = 0

    def __add__(self, other: "Heads") -> "Heads":
        return Heads(
            self.whole + other.whole,
            self.waiting + other.waiting,
            self.late + other.late,
            self.shown + other.shown,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """ที่ซึ่งกระดานยืน: an organisation, of which a board tells what lies below it.

    `reach` is the path below which that is, where it is not the organisation's own; `share_of` the
    path of the house of whose part alone it tells, where others handed the matter down as well.
    """

    within: Organisation
    reach: str = ""
    share_of: str = ""


def wanted(show: Show, *, today: date) -> Q:
    """The tasks that a board shows, as a condition on a task."""
    found = Q(state__in=sorted(STATES_SHOWN[show]))
    return found & Q(due_on__lt=today) if show == Show.LATE else found


def assignments_under(
    roots: Sequence[int], place: Place, *, level: Level, columns: Sequence[int]
) -> QuerySet[Assignment]:
    """The tasks of these matters that organisations of this level have below (or in) this one."""
    where = _where(place, handing="handing__")
    asked = {"root__in": roots, "level": level, "obligation__in": columns}
    return Assignment.objects.filter(where, **asked).order_by()


def handings_under(roots: Sequence[int], place: Place, *, level: Level) -> QuerySet[Handing]:
    """The organisations of this level that have these matters below (or in) this one."""
    return Handing.objects.filter(_where(place), root__in=roots, level=level).order_by()


def _where(place: Place, *, handing: str = "") -> Q:
    where = _below(place, handing=handing)
    if not place.share_of:
        return where
    mine = Q(**{f"{handing}order__in": orders_down_from(place.share_of)})
    return where & (mine | Q(root__organisation__path=place.share_of))


def _below(place: Place, *, handing: str) -> Q:
    """By the columns of the boards' indexes where there are such, and not by the path."""
    within = place.within
    if place.reach:
        is_whole = place.reach.count("/") == 1
        return Q() if is_whole else Q(organisation__path__startswith=place.reach)
    if within.parent_id is None:
        return Q()
    if within.level == Level.PROVINCE:
        return Q(province=within.pk)
    if within.level == Level.DISTRICT:
        found = Q(**{f"{handing}district": within.pk})
        parent = within.parent
        is_usual = parent is not None and parent.level == Level.PROVINCE
        return found & Q(province=within.parent_id) if is_usual else found
    return Q(organisation__path__startswith=within.path)


def tallied(
    rows: QuerySet[Assignment], *keys: str, today: date
) -> dict[tuple[int | None, ...], Tally]:
    """The tasks counted in groups of these keys; without keys there is one group."""
    found = rows.annotate(everything=Value(1)) if not keys else rows
    counted = found.values_list(*(keys or ("everything",))).annotate(
        whole=Count("pk"),
        waited_for=Count("pk", filter=Q(state__in=_WAITED_FOR)),
        overdue=Count("pk", filter=wanted(Show.LATE, today=today)),
        unreceived=Count("pk", filter=wanted(Show.UNRECEIVED, today=today)),
        unstarted=Count("pk", filter=wanted(Show.UNSTARTED, today=today)),
        sent_back=Count("pk", filter=wanted(Show.RETURNED, today=today)),
    )
    depth = len(keys) or 1
    return {tuple(row[:depth]) if keys else (): Tally(*row[depth:]) for row in counted}


def has_task(show: Show, *, columns: Sequence[int], today: date) -> Exists:
    """Whether an organisation has a task that such a board shows."""
    return Exists(
        Assignment.objects.filter(
            wanted(show, today=today), handing=OuterRef("pk"), obligation__in=columns
        )
    )


def heads(
    rows: QuerySet[Handing], *keys: str, show: Show, columns: Sequence[int], today: date
) -> dict[tuple[int | None, ...], Heads]:
    """The organisations counted in groups of these keys; without keys there is one group."""
    asked = {
        "waits": has_task(Show.WAITING, columns=columns, today=today),
        "overdue": has_task(Show.LATE, columns=columns, today=today),
    }
    # What is counted already is not looked up a second time.
    same = {Show.WAITING: "waits", Show.LATE: "overdue", Show.ALL: ""}
    of_show = same.get(show, "is_shown")
    if of_show == "is_shown":
        asked["is_shown"] = has_task(show, columns=columns, today=today)
    found: Any = rows.annotate(**asked)
    if not keys:
        found = found.annotate(everything=Value(1))
    shown = Count("pk", filter=Q(**{of_show: True})) if of_show else Count("pk")
    counted = found.values_list(*(keys or ("everything",))).annotate(
        count=Count("pk"),
        count_waiting=Count("pk", filter=Q(waits=True)),
        count_overdue=Count("pk", filter=Q(overdue=True)),
        count_shown=shown,
    )
    depth = len(keys) or 1
    return {tuple(row[:depth]) if keys else (): Heads(*row[depth:]) for row in counted}
