"""One order on one page: its clauses and days, where it came from, who has it, how far it is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from thamthan.directives.models import Assignment, Directive, Handing, Obligation, Order
from thamthan.directives.passing import asked_of, days_of
from thamthan.directives.queries.doors import (
    handings_seen_by,
    order_for,
    orders_down_from,
    own_handing_of,
)
from thamthan.directives.rules import ANSWERS, WAITED_FOR, AssignmentState
from thamthan.directives.taking import chain_down_to
from thamthan.letters.models import Letter
from thamthan.letters.queries import directly_below, letters_seen_by
from thamthan.letters.rules import SendingState
from thamthan.organisations.models import Post
from thamthan.organisations.queries import reach_of
from thamthan.organisations.rules import Duty, Level
from thamthan.reading.model import Ask

_DONE = (*ANSWERS, AssignmentState.DONE)


@dataclass(frozen=True, slots=True)
class AskedOfOrder:
    """สิ่งที่ขอหนึ่งข้อของเรื่อง: the day that holds below, and how many have answered."""

    obligation: Obligation
    due_on: date | None
    due_time: time | None
    count: int
    answered: int
    late: int


@dataclass(frozen=True, slots=True)
class ClauseOfOrder:
    """ข้อสั่งการหนึ่งข้อ with what is asked of it; `depth` 0 for a pillar."""

    directive: Directive
    depth: int
    asked: tuple[AskedOfOrder, ...]
    is_added: bool
    has_below: bool


@dataclass(frozen=True, slots=True)
class OrderSheet:
    """เรื่องสั่งการหนึ่งเรื่อง as a post sees it."""

    order: Order
    is_own: bool
    own_handing: Handing | None
    came_by: Letter | None
    letter_down: Letter | None
    clauses: tuple[ClauseOfOrder, ...]
    whole: tuple[AskedOfOrder, ...]
    receivers: int
    registered: int
    acknowledged: int
    below_count: int
    may_order: bool
    may_send: bool

    @property
    def asked(self) -> tuple[AskedOfOrder, ...]:
        return (*self.whole, *(one for clause in self.clauses for one in clause.asked))

    @property
    def main(self) -> AskedOfOrder | None:
        """The ask that a heading speaks of: the one that is due first, a report before others."""
        dated = [one for one in self.asked if one.due_on is not None]
        if dated:
            return min(dated, key=lambda one: (one.due_on, one.obligation.ask != Ask.REPORT))
        return next(iter(self.asked), None)

    @property
    def count(self) -> int:
        """How many clauses stand alone: those that have none below them."""
        parents = {one.directive.parent_id for one in self.clauses}
        return sum(one.directive.pk not in parents for one in self.clauses)


def order_sheet(post: Post, order: Order) -> OrderSheet:
    """เรื่องสั่งการหนึ่งเรื่อง: all that its page shows, of one's own part of the tree."""
    seen = order_for(post, order.pk)
    house = post.organisation.house_path
    is_own = seen.organisation.path == house
    chain = list(chain_down_to(seen))
    asked = asked_of(chain)
    lines = _lines(seen, chain, asked, _tasks_below(seen, house, reach_of(post)))
    below = handings_seen_by(post).filter(root=seen.top_pk).exclude(level=Level.DIVISION)
    counts = below.exclude(organisation__path=house).aggregate(
        all=Count("pk"),
        registered=Count("pk", filter=Q(sending__state=SendingState.RECEIVED)),
        acknowledged=Count("pk", filter=Q(acknowledged_at__isnull=False)),
    )
    own = own_handing_of(post, seen)
    return OrderSheet(
        order=seen,
        is_own=is_own,
        own_handing=own,
        came_by=_came_by(post, seen, own, is_own=is_own),
        letter_down=_letter_down(seen),
        clauses=_clauses(chain, lines),
        whole=tuple(line for line in lines if line.obligation.directive_id is None),
        receivers=counts["all"],
        registered=counts["registered"],
        acknowledged=counts["acknowledged"],
        below_count=directly_below(post).count(),
        may_order=is_own and post.has_duty(Duty.ORDER),
        may_send=is_own and post.has_duty(Duty.ORDER) and post.has_duty(Duty.REGISTER_LETTERS),
    )


def _tasks_below(order: Order, house: str, reach: str) -> QuerySet[Assignment]:
    tasks = Assignment.objects.filter(root=order.top_pk).exclude(level=Level.DIVISION)
    if not Order.objects.filter(pk=order.top_pk, organisation__path=house).exists():
        if reach == house:
            tasks = tasks.filter(organisation__path__startswith=house)
        else:
            tasks = tasks.filter(handing__order__in=orders_down_from(house))
    return tasks.exclude(organisation__path=house)


def _lines(
    order: Order, chain: list[Order], asked: list[Obligation], tasks: QuerySet[Assignment]
) -> list[AskedOfOrder]:
    today = timezone.localdate()
    counted = {
        row["obligation"]: row
        for row in tasks.order_by()
        .values("obligation")
        .annotate(
            all=Count("pk"),
            answered=Count("pk", filter=Q(state__in=_DONE)),
            late=Count("pk", filter=Q(state__in=WAITED_FOR, due_on__lt=today)),
        )
    }
    days = days_of(chain, asked)
    none = {"all": 0, "answered": 0, "late": 0}
    lines = []
    for one in asked:
        row = counted.get(one.pk, none)
        # An hour goes with the upper day; a day of one's own is the whole day.
        at = one.due_time if days[one.pk] == one.due_on else None
        lines.append(AskedOfOrder(one, days[one.pk], at, row["all"], row["answered"], row["late"]))
    return lines


def _clauses(chain: list[Order], lines: list[AskedOfOrder]) -> tuple[ClauseOfOrder, ...]:
    by_clause: dict[int | None, list[AskedOfOrder]] = defaultdict(list)
    for line in lines:
        by_clause[line.obligation.directive_id].append(line)
    rows = Directive.objects.filter(order__in=chain, dropped_at=None)
    below: dict[int | None, list[Directive]] = defaultdict(list)
    for row in rows.order_by("order_id", "position", "pk"):
        below[row.parent_id].append(row)
    found: list[ClauseOfOrder] = []

    def put(row: Directive, depth: int) -> None:
        asked = tuple(by_clause.get(row.pk, ()))
        is_added = row.order_id != chain[0].pk
        found.append(ClauseOfOrder(row, depth, asked, is_added=is_added, has_below=row.pk in below))
        for one in below.get(row.pk, ()):
            put(one, depth + 1)

    for row in below[None]:
        put(row, 0)
    return tuple(found)


def _came_by(post: Post, order: Order, own: Handing | None, *, is_own: bool) -> Letter | None:
    """The letter in one's own registry by which the matter came; the own one is the letter down."""
    key = order.letter_id if is_own else None
    if key is None and own is not None and own.sending is not None:
        key = own.sending.incoming_id
    if key is None:
        return None
    return letters_seen_by(post).filter(pk=key).first()


def _letter_down(order: Order) -> Letter | None:
    if order.sent is not None:
        return order.sent
    return order.draft.letter if order.draft is not None else None
