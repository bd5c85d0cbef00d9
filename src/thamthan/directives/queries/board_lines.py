"""The lines of a status board as a file: a country of organisations, read as plain values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Case, QuerySet, When

from thamthan.directives.models import Assignment, Handing
from thamthan.directives.queries.board_rows import Asked
from thamthan.directives.rules import WAITED_FOR, AssignmentState

# The tasks of so many organisations are asked for, and held, at a time.
_PART = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """สถานะหนึ่งกับกำหนดหนึ่ง: what a task has in common with all that stand alike."""

    state: AssignmentState
    due_on: date | None
    is_waiting: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class ReceiverLine:
    """บรรทัดของหน่วยงานในไฟล์: where it lies, how each of its tasks stands, what was said last."""

    province: str
    district: str
    name: str
    cells: tuple[Standing | None, ...]
    last_word: str

    @property
    def waiting(self) -> int:
        return sum(cell is not None and cell.is_waiting for cell in self.cells)

    @property
    def late(self) -> int:
        return sum(cell is not None and cell.is_late for cell in self.cells)


_Place = tuple[int, str | None, str | None, str]


def receiver_lines(handings: QuerySet[Handing], asked: Asked) -> Iterator[ReceiverLine]:
    """A line for each of these, in their order, its tasks in the order of the columns.

    No task becomes an object of its own: a country has a hundred thousand, and few standings.
    """
    places = handings.select_related(None).values_list(
        "pk", "province__short_name", "district__short_name", "organisation__name"
    )
    left = iter(places)
    known: dict[tuple[str, date | None], Standing] = {}
    while part := list(islice(left, _PART)):
        yield from _lines(part, asked, known)


def _lines(
    part: Sequence[_Place], asked: Asked, known: dict[tuple[str, date | None], Standing]
) -> Iterator[ReceiverLine]:
    tasks = Assignment.objects.filter(
        handing__in=[place[0] for place in part], obligation__in=asked.columns
    ).order_by()
    found: dict[int, dict[int, Standing]] = {place[0]: {} for place in part}
    for handing, column, state, due_on in tasks.values_list(
        "handing_id", "obligation_id", "state", "due_on"
    ):
        standing = known.get((state, due_on))
        if standing is None:
            standing = known[state, due_on] = _standing(AssignmentState(state), due_on, asked.today)
        found[handing][column] = standing
    # What was said last overwrites the rest; of what was said at once the first column stands.
    place_of = Case(*(When(obligation=pk, then=-at) for at, pk in enumerate(asked.columns)))
    said = tasks.exclude(last_word="").order_by("moved_at", place_of)
    last = dict(said.values_list("handing_id", "last_word"))
    for pk, province, district, name in part:
        cells = tuple(map(found[pk].get, asked.columns))
        yield ReceiverLine(province or "", district or "", name, cells, last.get(pk, ""))


def _standing(state: AssignmentState, due_on: date | None, today: date) -> Standing:
    is_waiting = state in WAITED_FOR
    late = is_waiting and due_on is not None and due_on < today
    return Standing(state, due_on, is_waiting, late)
