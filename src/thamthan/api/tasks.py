"""/tasks: what the token's house has to do, received and answered by programs as on the pages."""

from datetime import date, datetime, time
from enum import Enum
from typing import TYPE_CHECKING, Annotated

from django.db.models import F
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema

from thamthan.api.kinds import moment_told
from thamthan.api.paging import PageWanted, page_of
from thamthan.api.problems import PROBLEMS, Problem
from thamthan.api.tokens import ApiRequest
from thamthan.directives.actions import (
    acknowledge_handing,
    answer_tasks,
    decline_tasks,
    report_nil,
)
from thamthan.directives.queries import handing_for, own_tasks
from thamthan.directives.rules import WAITED_FOR, AssignmentState, is_late
from thamthan.reading.model import Ask

if TYPE_CHECKING:
    from thamthan.directives.models import Assignment

router = Router(tags=["tasks"])
HandingId = Annotated[int, Path(ge=1, le=2**63 - 1)]
TaskKey = Annotated[int, Field(ge=1, le=2**63 - 1)]
MOST_TASKS = 500


class AnswerKind(Enum):
    """ชนิดของคำตอบ: a result, nothing to report, or no such work here."""

    ANSWER = "answer"
    NIL = "nil"
    DECLINE = "decline"


class TaskOut(Schema):
    """งานที่มอบหนึ่งข้อ with its state and the day that holds for this house."""

    id: int
    ref: str
    handing_id: int = Field(description="the matter; acknowledge and answer there")
    matter: str
    given_by: str = Field(description="code of the organisation that gave it, nearest")
    organisation: str
    clause: str = Field(description="number of the clause; empty where all of the letter asks it")
    ask: Ask
    text: str
    state: AssignmentState
    due_on: date | None
    due_time: time | None
    is_late: bool
    moved_at: datetime
    answered_at: datetime | None
    last_word: str


class TaskPage(Schema):
    items: list[TaskOut]
    count: int
    page: int
    page_size: int


class TasksWanted(PageWanted):
    """What to look for; every condition that is given must hold."""

    state: AssignmentState | None = None
    is_waited_for: bool | None = Field(None, description="whether an answer is still waited for")
    due_until: date | None = None
    handing_id: int | None = Field(None, ge=1, le=2**63 - 1)


class AnswerIn(Schema):
    """คำตอบ: the same words for each of these tasks of one matter."""

    tasks: list[TaskKey] = Field(min_length=1, max_length=MOST_TASKS)
    kind: AnswerKind = AnswerKind.ANSWER
    text: str = Field(description="the result, or why there is none")
    seen_at: datetime = Field(
        description="when the tasks were asked for; what moved since is refused (changed_meanwhile)"
    )


class TasksOut(Schema):
    """งานของเรื่องนี้ as they stand now."""

    items: list[TaskOut]


@router.get("/tasks", response={200: TaskPage, **PROBLEMS})
def list_tasks(request: ApiRequest, wanted: Query[TasksWanted]) -> TaskPage:
    """งานตามข้อสั่งการ of the token's house or division, the earliest day first."""
    rows = own_tasks(request.auth).select_related("root", "handing__order__organisation")
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    if wanted.is_waited_for is not None:
        waited = {"state__in": WAITED_FOR}
        rows = rows.filter(**waited) if wanted.is_waited_for else rows.exclude(**waited)
    if wanted.due_until is not None:
        rows = rows.filter(due_on__lte=wanted.due_until)
    if wanted.handing_id is not None:
        rows = rows.filter(handing=wanted.handing_id)
    found, told = page_of(rows.order_by(F("due_on").asc(nulls_last=True), "pk"), wanted)
    return TaskPage(items=[_task(one) for one in found], **told)


@router.post("/handings/{handing_id}/acknowledge", response={200: TasksOut, **PROBLEMS})
def acknowledge(request: ApiRequest, handing_id: HandingId) -> TasksOut:
    """รับทราบทั้งเรื่อง; sent again, it is received once."""
    acknowledge_handing(handing_for(request.auth, handing_id), by=request.auth)
    return _tasks_of(request, handing_id)


@router.post("/handings/{handing_id}/answers", response={200: TasksOut, **PROBLEMS, 413: Problem})
def answer(request: ApiRequest, handing_id: HandingId, given: AnswerIn) -> TasksOut:
    """ส่งผล รายงานไม่มีผล หรือแจ้งไม่มีภารกิจนี้."""
    handing = handing_for(request.auth, handing_id)
    asked = own_tasks(request.auth, whole_house=True).filter(pk__in=given.tasks)
    tasks = list(asked.filter(handing=handing))
    seen_at = given.seen_at
    if timezone.is_naive(seen_at):
        seen_at = timezone.make_aware(seen_at)
    by, text = request.auth, given.text
    if given.kind == AnswerKind.ANSWER:
        answer_tasks(handing, tasks, by=by, text=text, seen_at=seen_at)
    elif given.kind == AnswerKind.NIL:
        report_nil(handing, tasks, by=by, reason=text, seen_at=seen_at)
    else:
        decline_tasks(handing, tasks, by=by, reason=text, seen_at=seen_at)
    return _tasks_of(request, handing_id)


def _tasks_of(request: ApiRequest, handing_id: int) -> TasksOut:
    rows = (
        handing_for(request.auth, handing_id)
        .assignments.select_related(
            "organisation", "obligation__directive", "root", "handing__order__organisation"
        )
        .order_by("pk")
    )
    return TasksOut(items=[_task(one) for one in rows])


def _task(task: "Assignment") -> TaskOut:
    clause = task.obligation.directive
    return TaskOut(
        id=task.pk,
        ref=str(task.ref),
        handing_id=task.handing_id,
        matter=task.root.title,
        given_by=task.handing.order.organisation.code,
        organisation=task.organisation.code,
        clause=clause.number if clause is not None else "",
        ask=Ask(task.obligation.ask),
        text=task.obligation.text,
        state=AssignmentState(task.state),
        due_on=task.due_on,
        due_time=task.due_time,
        is_late=is_late(task.state, task.due_on, today=timezone.localdate()),
        moved_at=timezone.localtime(task.moved_at),
        answered_at=moment_told(task.answered_at),
        last_word=task.last_word,
    )
