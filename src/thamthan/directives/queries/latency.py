"""How many days an order slept at each desk on its way down: of one order, and of a whole house."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from thamthan.directives.models import Handing, Order
from thamthan.directives.queries.doors import handings_seen_by, order_for, orders_seen_by
from thamthan.directives.rules import SHORT_LEVELS, WAY_DOWN, Figure, LevelStay, figure_of
from thamthan.letters.queries import letters_seen_by, matter_of
from thamthan.letters.rules import Direction, Event, Standing, rests, standing_of
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level

# Of so many orders, the newest, a house's own figures are made.
MOST_ORDERS = 200


@dataclass(frozen=True, slots=True)
class OrderLatency:
    """เวลาที่เรื่องหนึ่งใช้: at each desk from the top down, and until it was with the local ones.

    `before` are the days that letters on paper tell, before the matter came into this system.
    """

    order: Order
    started_on: date | None
    before: tuple[LevelStay, ...]
    stays: tuple[LevelStay, ...]
    days_to_end: int | None

    @property
    def is_empty(self) -> bool:
        return not self.before and not any(one.held.n or one.waiting.n for one in self.stays)


@dataclass(frozen=True, slots=True)
class HouseLatency:
    """เวลาของทุกเรื่องที่หน่วยงานสั่งหรือถ่ายทอด: by level, and order by order."""

    stays: tuple[LevelStay, ...]
    to_end: Figure
    lines: tuple[OrderLatency, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    root: int
    level: str
    handed_on: date
    passed_on: date | None
    taken_on: date | None
    n: int


def latency_of(post: Post, order: Order) -> OrderLatency:
    """เรื่องค้างอยู่ที่ใดนานเท่าใด, as far as this post sees the handings of this matter."""
    seen = order_for(post, order.pk)
    root = Order.objects.select_related("organisation", "letter", "sent").get(pk=seen.top_pk)
    rows = _rows(handings_seen_by(post).filter(root=root))
    return _of_order(root, rows, before=_before(post, root))


def latency_of_house(post: Post) -> HouseLatency:
    """เวลาของทุกเรื่องของหน่วยงาน: the newest orders that it gave or passed on."""
    house = post.organisation.house_path
    mine = orders_seen_by(post).filter(organisation__path=house, cascaded_at__isnull=False)
    tops = {order.top_pk for order in mine.order_by("-cascaded_at")[:MOST_ORDERS]}
    roots = list(
        Order.objects.filter(pk__in=tops)
        .select_related("organisation", "letter", "sent")
        .order_by("-made_at", "-pk")
    )
    by_root: dict[int, list[_Row]] = defaultdict(list)
    for row in _rows(handings_seen_by(post).filter(root__in=tops)):
        by_root[row.root].append(row)
    lines = [_of_order(root, by_root[root.pk], before=()) for root in roots]
    ends = Counter(line.days_to_end for line in lines if line.days_to_end is not None)
    return HouseLatency(
        stays=_stays([row for rows in by_root.values() for row in rows], roots),
        to_end=figure_of(ends),
        lines=tuple(lines),
    )


def _rows(handings: QuerySet[Handing]) -> list[_Row]:
    """Handings counted by their days: thousands that moved on one day are one row."""
    found = (
        handings.exclude(level=Level.DIVISION)
        # What a house took from paper for itself is counted from its letter on.
        .exclude(Q(organisation=F("root__organisation")))
        .order_by()
        .annotate(
            handed=TruncDate("handed_at"),
            passed=TruncDate("passed_on_at"),
            taken=TruncDate("acknowledged_at"),
        )
        .values_list("root_id", "level", "handed", "passed", "taken")
        .annotate(Count("pk"))
    )
    return [_Row(*row) for row in found]


def _of_order(
    root: Order,
    rows: Sequence[_Row],
    *,
    before: tuple[tuple[LevelStay, ...], date | None] | tuple[()],
) -> OrderLatency:
    papers, first = before or ((), None)
    started = first or _started_on(root)
    ends: Counter[date] = Counter()
    for row in rows:
        if row.level == Level.LAO:
            ends[row.handed_on] += row.n
    if root.organisation.level == Level.LAO and root.letter is not None:
        ends[_day(root.letter.received_at)] += 1
    arrived = _middle(ends)
    return OrderLatency(
        order=root,
        started_on=started,
        before=papers,
        stays=_stays(rows, [root]),
        days_to_end=(arrived - started).days if arrived and started else None,
    )


def _stays(rows: Iterable[_Row], roots: Sequence[Order]) -> tuple[LevelStay, ...]:
    today = timezone.localdate()
    held: dict[str, Counter[int]] = defaultdict(Counter)
    waiting: dict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        # At the end a matter is taken; in between it is handed on.
        done = (row.taken_on or row.passed_on) if row.level == Level.LAO else row.passed_on
        if done is not None:
            held[row.level][(done - row.handed_on).days] += row.n
        else:
            waiting[row.level][(today - row.handed_on).days] += row.n
    for root in roots:
        level, since = root.organisation.level, _came_on(root)
        if since is None or level == Level.LAO:
            continue
        if root.cascaded_at is not None:
            held[level][(_day(root.cascaded_at) - since).days] += 1
        else:
            waiting[level][(today - since).days] += 1
    return tuple(
        LevelStay(
            label=SHORT_LEVELS[level],
            held=figure_of(held[level]),
            waiting=figure_of(waiting[level]),
            is_end=level == Level.LAO,
        )
        for level in WAY_DOWN
        if held[level] or waiting[level]
    )


def _came_on(root: Order) -> date | None:
    """When the first house had the matter: its letter came, or its own was written."""
    if root.letter is None:
        return None
    if root.letter.direction == Direction.RECEIVED:
        return _day(root.letter.received_at)
    return root.letter.dated_on


def _started_on(root: Order) -> date | None:
    return (root.letter.dated_on if root.letter is not None else None) or _came_on(root)


def _before(post: Post, root: Order) -> tuple[tuple[LevelStay, ...], date | None] | tuple[()]:
    """What the letters on paper tell: from the first that is named to the one that came here.

    Only of a letter that came to one's own house: nobody sees another's registry.
    """
    letter = root.letter
    if letter is None or letter.direction != Direction.RECEIVED or letter.dated_on is None:
        return ()
    if not letters_seen_by(post).filter(pk=letter.pk).exists():
        return ()
    events = [
        Event(node.dated_on, _office(node.office, node.standing))
        for node in matter_of(post, letter).nodes
        if node.dated_on is not None
        and node.dated_on <= letter.dated_on
        and (node.letter is None or node.letter.direction == Direction.RECEIVED)
    ]
    events.append(Event(_day(letter.received_at), "ระหว่างทาง", is_arrival=True))
    days: dict[str, int] = {}
    for rest in rests(events):
        days[rest.office] = days.get(rest.office, 0) + max(rest.days, 0)
    first = min(event.on for event in events)
    return tuple(LevelStay(office, figure_of({n: 1})) for office, n in days.items()), first


def _office(name: str, standing: Standing) -> str:
    level = standing if standing is not Standing.UNKNOWN else standing_of(name)
    return level.label if level is not Standing.UNKNOWN else name


def _middle(days: Counter[date]) -> date | None:
    whole, passed = sum(days.values()), 0
    for day in sorted(days):
        passed += days[day]
        if passed * 2 >= whole:
            return day
    return None


def _day(at: object) -> date:
    return timezone.localtime(at).date()  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class DeskStay:
    """เรื่องอยู่ที่หน่วยงานหนึ่งกี่วัน, on its way down to whoever looks."""

    organisation: Organisation
    days: int


def way_down_to(post: Post, handing: Handing) -> tuple[DeskStay, ...]:
    """ก่อนถึงหน่วยงานนี้ เรื่องอยู่ที่ใดกี่วัน, from the top down: from its letter's date, or from when
    it was handed to a desk, until that desk handed it on.
    """
    up = "above__above__above__above"
    at = (
        handings_seen_by(post)
        .select_related(f"{up}__organisation", "root__sent", "root__letter")
        .filter(pk=handing.pk)
        .first()
    )
    chain: list[Handing] = []
    while at is not None:
        chain.insert(0, at)
        at = at.above
    if not chain or chain[0].is_from_outside:
        return ()
    root = chain[0].root
    letter = root.sent or root.letter
    desks = [(root.organisation, letter.dated_on if letter else None)]
    desks += [(one.organisation, _day(one.handed_at)) for one in chain[:-1]]
    left = [_day(one.handed_at) for one in chain]
    return tuple(
        DeskStay(desk, max((gone - came).days, 0))
        for (desk, came), gone in zip(desks, left, strict=True)
        if came is not None
    )
