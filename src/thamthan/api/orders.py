"""/orders: how far a matter is that the token's house gave or was given."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema

from thamthan.api.problems import PROBLEMS
from thamthan.api.tokens import ApiRequest
from thamthan.directives.queries import board_of, order_for
from thamthan.directives.rules import AssignmentState, Show, Sort
from thamthan.organisations.queries import organisation_for
from thamthan.organisations.rules import Level

if TYPE_CHECKING:
    from thamthan.directives.queries import AreaRow, Board, Heads, ReceiverRow, Tally, TaskCell

router = Router(tags=["orders"])
OrderId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class BoardWanted(Schema):
    """What of a board is asked for."""

    within: str = Field("", max_length=20, description="code; one's own house, if left out")
    show: Show = Show.ALL
    level: Level = Field(Level.LAO, description="whose tasks: lao, or district or province")
    sort: Sort = Sort.NAME
    page: int = Field(1, ge=1, le=100_000)


class TallyOut(Schema):
    """n จาก m ของงาน."""

    whole: int
    answered: int
    late: int
    unreceived: int
    unstarted: int
    returned: int


class HeadsOut(Schema):
    """n จาก m ของหน่วยงาน: those with at least one task that waits, is late, is shown."""

    whole: int
    waiting: int
    late: int
    shown: int


class ClauseOut(Schema):
    """สิ่งที่ขอ: a column of the board."""

    id: int
    label: str
    text: str
    due_on: date | None


class AreaOut(Schema):
    """แถวของพื้นที่; `cells` stand in the order of the clauses."""

    organisation: str
    name: str
    is_area: bool
    organisations: HeadsOut
    tasks: TallyOut
    cells: list[TallyOut | None]


class TaskOut(Schema):
    """งานหนึ่งงาน."""

    id: int
    state: AssignmentState
    due_on: date | None
    is_late: bool
    last_word: str
    moved_at: datetime


class ReceiverOut(Schema):
    """แถวของหน่วยงาน; `cells` stand in the order of the clauses."""

    organisation: str
    name: str
    acknowledged_at: datetime | None
    passed_on_at: datetime | None
    cells: list[TaskOut | None]


class BoardOut(Schema):
    """กระดานสถานะ: `areas` where areas lie below, otherwise `receivers`."""

    order: int
    title: str
    within: str
    level: Level
    show: Show
    clauses: list[ClauseOut]
    organisations: HeadsOut
    tasks: TallyOut
    areas: list[AreaOut]
    receivers: list[ReceiverOut]
    page: int
    pages: int


@router.get("/orders/{order_id}/board", response={200: BoardOut, **PROBLEMS})
def get_board(request: ApiRequest, order_id: OrderId, wanted: Query[BoardWanted]) -> BoardOut:
    """กระดานสถานะของเรื่องสั่งการ, as the page shows it."""
    post = request.auth
    order = order_for(post, order_id)
    board = board_of(
        post,
        order,
        within=organisation_for(post, wanted.within) if wanted.within else None,
        today=timezone.localdate(),
        show=wanted.show,
        level=wanted.level,
        sort=wanted.sort,
        page=wanted.page,
    )
    return BoardOut(
        order=order.pk,
        title=order.title,
        within=board.within.code,
        level=board.level,
        show=board.show,
        clauses=_clauses(board),
        organisations=_heads(board.heads),
        tasks=_tally(board.whole),
        areas=[_area(row) for row in board.areas],
        receivers=[_receiver(row) for row in board.receivers],
        page=board.page,
        pages=board.pages,
    )


def _clauses(board: "Board") -> list[ClauseOut]:
    return [
        ClauseOut(id=one.pk, label=one.label, text=one.text, due_on=one.due_on)
        for one in board.columns
    ]


def _tally(tally: "Tally") -> TallyOut:
    return TallyOut(
        whole=tally.whole,
        answered=tally.answered,
        late=tally.late,
        unreceived=tally.unreceived,
        unstarted=tally.unstarted,
        returned=tally.returned,
    )


def _heads(heads: "Heads") -> HeadsOut:
    return HeadsOut(whole=heads.whole, waiting=heads.waiting, late=heads.late, shown=heads.shown)


def _area(row: "AreaRow") -> AreaOut:
    return AreaOut(
        organisation=row.organisation.code,
        name=row.organisation.name,
        is_area=row.is_area,
        organisations=_heads(row.heads),
        tasks=_tally(row.whole),
        cells=[None if cell is None else _tally(cell) for cell in row.cells],
    )


def _receiver(row: "ReceiverRow") -> ReceiverOut:
    return ReceiverOut(
        organisation=row.organisation.code,
        name=row.organisation.name,
        acknowledged_at=row.handing.acknowledged_at,
        passed_on_at=row.handing.passed_on_at,
        cells=[None if cell is None else _task(cell) for cell in row.cells],
    )


def _task(cell: "TaskCell") -> TaskOut:
    return TaskOut(
        id=cell.pk,
        state=cell.state,
        due_on=cell.due_on,
        is_late=cell.is_late,
        last_word=cell.last_word,
        moved_at=timezone.localtime(cell.moved_at),
    )
