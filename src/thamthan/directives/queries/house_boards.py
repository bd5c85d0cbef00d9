"""The boards of a house: a row for each matter that it handed down, and for one organisation's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from thamthan.directives.models import Assignment, Handing, Obligation, Order
from thamthan.directives.queries.board_rows import TaskCell, label_of
from thamthan.directives.queries.boards import is_below, place_of_house
from thamthan.directives.queries.doors import handings_seen_by, orders_seen_by
from thamthan.directives.queries.tallies import (
    Place,
    Tally,
    assignments_under,
    handings_under,
    tallied,
)
from thamthan.directives.rules import AssignmentState, OrderState, is_late
from thamthan.errors import NotFound
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Level


@dataclass(frozen=True, slots=True)
class MatterRow:
    """เรื่องหนึ่งที่ถ่ายทอดไป: how many have it, and how far its tasks are."""

    order: Order
    organisations: int
    whole: Tally


@dataclass(frozen=True, slots=True)
class TaskLine:
    """งานหนึ่งงานของหน่วยงาน, with the clause that it is of."""

    label: str
    text: str
    cell: TaskCell


@dataclass(frozen=True, slots=True)
class MatterTasks:
    """เรื่องหนึ่งในมือหน่วยงานหนึ่ง, with its tasks."""

    handing: Handing
    lines: tuple[TaskLine, ...]

    @property
    def waiting(self) -> int:
        return sum(line.cell.is_waiting for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.cell.is_late for line in self.lines)


def orders_handed_down(post: Post, *, closed: bool = False) -> QuerySet[Order]:
    """เรื่องที่หน่วยงานถ่ายทอดลงไป, the newest first; closed ones where they are asked for."""
    states = [OrderState.CLOSED] if closed else [OrderState.CASCADED]
    rows = orders_seen_by(post).filter(organisation=house_of(post), state__in=states)
    return rows.order_by("-cascaded_at", "-pk")


def matters_of(post: Post, orders: Sequence[Order], *, today: date) -> list[MatterRow]:
    """ความคืบหน้าของเรื่องเหล่านี้ among the local governments below one's own house."""
    house = house_of(post)
    roots = [order.top_pk for order in orders]
    columns = list(
        Obligation.objects.filter(
            Q(order__in=roots) | Q(order__root__in=roots, order__organisation__in=_above(house)),
            dropped_at=None,
        ).values_list("pk", flat=True)
    )
    counted: dict[tuple[int | None, ...], Tally] = {}
    handed: dict[int, int] = {}
    for place, some in _by_place(house, orders).items():
        tasks = assignments_under(some, place, level=Level.LAO, columns=columns)
        counted |= tallied(tasks, "root", today=today)
        under = handings_under(some, place, level=Level.LAO)
        handed |= dict(under.values_list("root").annotate(count=Count("pk")))
    return [
        MatterRow(order, handed.get(order.top_pk, 0), counted.get((order.top_pk,), Tally()))
        for order in orders
    ]


def _by_place(house: Organisation, orders: Sequence[Order]) -> dict[Place, list[int]]:
    """Matters of one's own, and where only a share of it is seen those from above, apart."""
    found: dict[Place, list[int]] = {}
    for order in orders:
        place = place_of_house(house, gave_all=order.top_pk == order.pk)
        found.setdefault(place, []).append(order.top_pk)
    return found


def _above(house: Organisation) -> QuerySet[Organisation]:
    return Organisation.objects.filter(code__in=[code for code in house.path.split("/") if code])


def matters_in_hands_of(post: Post, organisation: Organisation) -> QuerySet[Handing]:
    """เรื่องที่อยู่ในมือหน่วยงานนี้: of one's own house, or of one below by a matter of one's own."""
    house = house_of(post)
    if not is_below(house, organisation):
        raise NotFound("หน่วยงานนี้ไม่ได้อยู่ใต้หน่วยงานของท่าน")
    seen = handings_seen_by(post).filter(organisation=organisation)
    return seen.select_related("root__organisation", "order__organisation", "sending").order_by(
        "-handed_at", "-pk"
    )


def tasks_of(post: Post, handings: Sequence[Handing], *, today: date) -> list[MatterTasks]:
    """งานของหน่วยงานหนึ่ง, by matter; the handings came through a door already."""
    rows = (
        Assignment.objects.filter(
            handing__in=[one.pk for one in handings], obligation__dropped_at=None
        )
        .select_related("obligation__directive", "obligation__order__organisation")
        .order_by("obligation__order__organisation__path", "obligation__position", "pk")
    )
    found: dict[int, list[TaskLine]] = {}
    for row in rows:
        late = is_late(row.state, row.due_on, today=today)
        cell = TaskCell(
            pk=row.pk,
            state=AssignmentState(row.state),
            due_on=row.due_on,
            is_late=late,
            is_shown=True,
            last_word=row.last_word,
            moved_at=row.moved_at,
        )
        asked = row.obligation
        text = asked.directive.text if asked.directive is not None else asked.text
        line = TaskLine(label_of(asked), text, cell)
        found.setdefault(row.handing_id, []).append(line)
    return [MatterTasks(one, tuple(found.get(one.pk, ()))) for one in handings]
