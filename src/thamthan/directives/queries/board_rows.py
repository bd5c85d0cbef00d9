"""The rows of a status board: areas with their tallies, organisations with each of their tasks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Collate

from thamthan.directives.models import Assignment, Handing, Obligation
from thamthan.directives.queries.tallies import (
    Heads,
    Place,
    Tally,
    assignments_under,
    handings_under,
    has_task,
    heads,
    wanted,
)
from thamthan.directives.rules import (
    STATES_SHOWN,
    WAITED_FOR,
    AssignmentState,
    Show,
    Sort,
)
from thamthan.organisations.models import Organisation
from thamthan.organisations.rules import Level

_STATES = {state.value: state for state in AssignmentState}


@dataclass(frozen=True, slots=True)
class Clause:
    """ช่องของกระดาน: one thing that is asked, by its number and its words."""

    pk: int
    label: str
    text: str
    ask: str
    due_on: date | None


# Where a column is as narrow as a state.
_SHORT = {"propose": "เสนอ"}


def label_of(one: Obligation) -> str:
    """ชื่อช่อง: the number of the clause, and what is asked where it is not to act."""
    if one.directive is None:
        return _SHORT.get(one.ask, one.ask_label)
    number = f"ข้อ {one.directive.number}"
    return number if one.ask == "act" else f"{number} {one.ask_label}"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """แถวของพื้นที่: a province or a district with all that lies in it, or one that lies in none."""

    organisation: Organisation
    is_area: bool
    heads: Heads
    cells: tuple[Tally | None, ...]
    whole: Tally


@dataclass(frozen=True, slots=True)
class TaskCell:
    """งานหนึ่งงานบนกระดาน: its state, its day, what was said last."""

    pk: int
    state: AssignmentState
    due_on: date | None
    is_late: bool
    is_shown: bool
    last_word: str
    moved_at: datetime

    @property
    def label(self) -> str:
        return self.state.label

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still waited for."""
        return self.state in WAITED_FOR


@dataclass(frozen=True, slots=True)
class ReceiverRow:
    """แถวของหน่วยงาน: one that has the matter, with each of its tasks."""

    organisation: Organisation
    handing: Handing
    cells: tuple[TaskCell | None, ...]

    @property
    def due_on(self) -> date | None:
        """The nearest day of what it has not answered."""
        days = [cell.due_on for cell in self._waiting if cell.due_on is not None]
        return min(days, default=None)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @property
    def whole(self) -> int:
        return sum(cell is not None for cell in self.cells)

    @property
    def answered(self) -> int:
        return self.whole - self.waiting

    @property
    def late(self) -> int:
        return sum(cell.is_late for cell in self._waiting)

    @property
    def last(self) -> TaskCell | None:
        """The task about which something was said last."""
        said = [cell for cell in self.cells if cell is not None and cell.last_word]
        return max(said, key=lambda cell: cell.moved_at, default=None)

    @property
    def _waiting(self) -> list[TaskCell]:
        return [cell for cell in self.cells if cell is not None and cell.is_waiting]


@dataclass(frozen=True, slots=True)
class Asked:
    """ที่ถาม: of which matter, where, of which level, which tasks, on what day."""

    root: int
    place: Place
    level: Level
    show: Show
    today: date
    columns: tuple[int, ...]

    @property
    def assignments(self) -> QuerySet[Assignment]:
        return assignments_under([self.root], self.place, level=self.level, columns=self.columns)

    @property
    def handings(self) -> QuerySet[Handing]:
        return handings_under([self.root], self.place, level=self.level)

    def heads(self, rows: QuerySet[Handing], *keys: str) -> dict[tuple[int | None, ...], Heads]:
        return heads(rows, *keys, show=self.show, columns=self.columns, today=self.today)


def receivers_shown(asked: Asked) -> QuerySet[Handing]:
    """The handings of a board's organisations, those alone that have such a task."""
    rows = asked.handings
    if asked.show != Show.ALL:
        rows = rows.filter(has_task(asked.show, columns=asked.columns, today=asked.today))
    return rows.select_related("organisation", "district", "province", "sending")


def in_order(rows: QuerySet[Handing], asked: Asked, sort: Sort) -> QuerySet[Handing]:
    keys: tuple[Any, ...] = ()
    if sort != Sort.NAME:
        show = Show.WAITING if sort == Sort.WAITING else Show.LATE
        counted = (
            Assignment.objects.filter(
                wanted(show, today=asked.today),
                handing=OuterRef("pk"),
                obligation__in=asked.columns,
            )
            .order_by()
            .values("handing")
            .annotate(count=Count("pk"))
            .values("count")
        )
        rows = rows.annotate(behind=Coalesce(Subquery(counted), 0))
        keys = ("-behind",)
    return rows.order_by(*keys, by_name("organisation"), "organisation_id")


def by_name(key: str) -> Collate:
    """The dictionary order of an organisation that stands behind this key."""
    # The key orders by plain comparison, which most collations of PostgreSQL are not.
    plain = "C" if connection.vendor == "postgresql" else "BINARY"
    return Collate(F(f"{key}__sort_key"), plain)


def receiver_rows(handings: Sequence[Handing], asked: Asked) -> Iterable[ReceiverRow]:
    """A row for each of these, its tasks in the order of the columns."""
    tasks = Assignment.objects.filter(
        handing__in=[one.pk for one in handings], obligation__in=asked.columns
    ).values_list("handing_id", "obligation_id", "pk", "state", "due_on", "last_word", "moved_at")
    found: dict[int, dict[int, TaskCell]] = {}
    states = STATES_SHOWN[asked.show]
    for handing, obligation, pk, state, due_on, last_word, moved_at in tasks.order_by():
        known = _STATES[state]
        late = due_on is not None and due_on < asked.today and known in WAITED_FOR
        cell = TaskCell(
            pk=pk,
            state=known,
            due_on=due_on,
            is_late=late,
            is_shown=known in states and (late or asked.show != Show.LATE),
            last_word=last_word,
            moved_at=moved_at,
        )
        found.setdefault(handing, {})[obligation] = cell
    for one in handings:
        of_it = found.get(one.pk, {})
        cells = tuple(of_it.get(column) for column in asked.columns)
        yield ReceiverRow(one.organisation, one, cells)
