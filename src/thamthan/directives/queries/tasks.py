"""A house's own tasks: matter by matter, what is late first; and how many of each on the desk."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from thamthan.directives.models import Assignment, Extension, Handing, Order, Remark
from thamthan.directives.rules import (
    ANSWERS,
    WAITED_FOR,
    AssignmentState,
    ExtensionState,
    OrderState,
    RemarkKind,
    TaskShow,
    is_late,
)
from thamthan.letters.queries import working_calendar
from thamthan.letters.rules import TimeLeft, time_left
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty, Level

SOON = 3
# Closed by whoever gave it, or by the first of the chain: nothing is waited for any more.
_CLOSED = Q(handing__order__state=OrderState.CLOSED) | Q(root__state=OrderState.CLOSED)
_STATES: dict[TaskShow, frozenset[AssignmentState]] = {
    TaskShow.OPEN: WAITED_FOR,
    TaskShow.LATE: WAITED_FOR,
    TaskShow.NEW: frozenset({AssignmentState.SENT}),
    TaskShow.UNDER_WAY: frozenset({AssignmentState.ACKNOWLEDGED, AssignmentState.UNDER_WAY}),
    TaskShow.RETURNED: frozenset({AssignmentState.RETURNED}),
    TaskShow.ANSWERED: ANSWERS,
    TaskShow.DONE: frozenset({AssignmentState.DONE}),
}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """งานหนึ่งข้อ with how long is left, while an answer is waited for."""

    task: Assignment
    left: TimeLeft | None
    is_late: bool

    @property
    def number(self) -> str:
        clause = self.task.obligation.directive
        return clause.number if clause is not None else ""


@dataclass(frozen=True, slots=True)
class MatterLine:
    """เรื่องหนึ่งเรื่องในมือของหน่วยงาน: its tasks that are shown, and the most pressing day of them."""

    handing: Handing
    lines: tuple[TaskLine, ...]
    left: TimeLeft | None
    due_on: date | None

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.lines)


@dataclass(frozen=True, slots=True)
class TaskCount:
    """จำนวนงานตามข้อสั่งการ as the desk says it; `to_judge` is what waits for this house as giver."""

    late: int = 0
    soon: int = 0
    new: int = 0
    returned: int = 0
    to_judge: int = 0

    @property
    def own(self) -> int:
        return self.late + self.soon + self.new + self.returned


def own_tasks(post: Post, *, whole_house: bool = False) -> QuerySet[Assignment]:
    """งานของตน: of one's division, or of the house; what the house has settled waits for nobody."""
    tasks = Assignment.objects.select_related(
        "organisation", "obligation__directive", "handing__organisation"
    )
    if not post.has_duty(Duty.READ_LETTERS):
        return tasks.none()
    is_division = post.organisation.level == Level.DIVISION
    if is_division and not whole_house:
        return tasks.filter(organisation=post.organisation).exclude(
            ~Q(state=AssignmentState.DONE), above__state=AssignmentState.DONE
        )
    return tasks.filter(organisation__path=post.organisation.house_path)


def tasks_shown(
    tasks: QuerySet[Assignment], show: TaskShow, *, today: date
) -> QuerySet[Assignment]:
    """งานที่แสดงตามตัวกรอง."""
    rows = tasks.filter(state__in=_STATES[show])
    if show == TaskShow.LATE:
        rows = rows.filter(due_on__lt=today)
    if show != TaskShow.DONE:
        rows = rows.exclude(_CLOSED)
    return rows


def matters_in_hand(
    post: Post, show: TaskShow, *, whole_house: bool, today: date
) -> QuerySet[Handing]:
    """เรื่องที่มีงานให้แสดง: late first, then by day left, then without a day."""
    shown = tasks_shown(own_tasks(post, whole_house=whole_house), show, today=today)
    pressing = Min("assignments__due_on", filter=Q(assignments__in=shown.values("pk")))
    return (
        Handing.objects.filter(pk__in=shown.values("handing"))
        .annotate(pressing=pressing)
        .select_related("organisation", "root__organisation", "root__letter", "order__organisation")
        .order_by(F("pressing").asc(nulls_last=True), "-handed_at", "-pk")
    )


def matter_lines(
    post: Post, handings: Sequence[Handing], show: TaskShow, *, whole_house: bool, now: datetime
) -> list[MatterLine]:
    """เรื่องในหน้านี้ with their tasks, in as many queries as for one."""
    today = timezone.localdate(now)
    shown = tasks_shown(own_tasks(post, whole_house=whole_house), show, today=today)
    of: dict[int, list[TaskLine]] = {}
    for task in shown.filter(handing__in=[one.pk for one in handings]).order_by(
        F("due_on").asc(nulls_last=True), "obligation__order_id", "obligation__position", "pk"
    ):
        of.setdefault(task.handing_id, []).append(task_line(task, now=now))
    found = []
    for handing in handings:
        lines = tuple(of.get(handing.pk, ()))
        first = lines[0] if lines else None
        due_on = first.task.due_on if first is not None else None
        found.append(MatterLine(handing, lines, first.left if first else None, due_on))
    return found


def task_line(task: Assignment, *, now: datetime) -> TaskLine:
    """งานหนึ่งข้อ with its time left, in working days."""
    local = timezone.localtime(now)
    left = None
    if task.due_on is not None and task.state in WAITED_FOR:
        calendar = working_calendar(local.date())
        left = time_left(task.due_on, at=task.due_time, now=local, calendar=calendar)
    late = left is not None and left.is_late
    return TaskLine(task, left, late or is_late(task.state, task.due_on, today=local.date()))


def task_count(post: Post, *, today: date) -> TaskCount:
    """งานตามข้อสั่งการบนโต๊ะ, in one query; nothing for a post that reads no letters."""
    if not post.has_duty(Duty.READ_LETTERS):
        return TaskCount()
    soon_on = working_calendar(today).add_working_days(today, SOON)
    own = own_tasks(post).exclude(_CLOSED)
    waited = own.filter(state__in=WAITED_FOR)
    counted = {
        "late": _number(waited.filter(due_on__lt=today)),
        "soon": _number(waited.filter(due_on__gte=today, due_on__lte=soon_on)),
        "new": _number(own.filter(state=AssignmentState.SENT), of_matters=True),
        "returned": _number(own.filter(state=AssignmentState.RETURNED)),
        "answers": _number(answers_waiting(post)),
        "questions": _number(questions_waiting(post)),
        "extensions": _number(extensions_waiting(post)),
    }
    if not post.has_duty(Duty.ORDER):
        counted = {name: counted[name] for name in ("late", "soon", "new", "returned")}
    row = Post.objects.filter(pk=post.pk).values_list(*counted.values()).get()
    found = dict(zip(counted, row, strict=True))
    judged = sum(found.pop(name, 0) for name in ("answers", "questions", "extensions"))
    return TaskCount(**found, to_judge=judged)


def _number(rows: QuerySet[Any], *, of_matters: bool = False) -> Subquery:
    """How many, as a part of another query."""
    column = F("handing_id") if of_matters else F("pk")
    template = "COUNT(DISTINCT %(expressions)s)" if of_matters else "COUNT(%(expressions)s)"
    number = Func(column, template=template, output_field=IntegerField())
    return Subquery(rows.order_by().annotate(number=number).values("number"))


def _given_by(post: Post, to: str) -> Q:
    """Of handings reached by `to`: those that this post's house judges, not counting its own."""
    house = post.organisation.house_path
    given = Q(**{f"{to}order__organisation__path": house}) & ~Q(**{f"{to}level": Level.DIVISION})
    given &= ~Q(**{f"{to}organisation__path": house})
    own = Q(**{f"{to}level": Level.DIVISION, f"{to}organisation__parent__path": house})
    return given | own


def answers_waiting(post: Post) -> QuerySet[Assignment]:
    """ผลที่รอพิจารณา of the houses below and of one's own divisions, the oldest first."""
    if not post.has_duty(Duty.ORDER):
        return Assignment.objects.none()
    return (
        Assignment.objects.filter(_given_by(post, "handing__"), state__in=ANSWERS)
        .select_related("organisation", "obligation__directive", "handing")
        .order_by("answered_at", "pk")
    )


def answers_said(post: Post, tasks: Sequence[Assignment]) -> dict[int, Remark]:
    """ผลที่ส่งล่าสุดของแต่ละงาน, of tasks that came through a door of this post already."""
    kinds = [RemarkKind.ANSWER, RemarkKind.NIL, RemarkKind.DECLINE]
    rows = Remark.objects.filter(assignment__in=[task.pk for task in tasks], kind__in=kinds)
    said = {}
    for row in rows.order_by("made_at", "pk"):
        if row.assignment_id is not None:
            said[row.assignment_id] = row
    return said


def questions_waiting(post: Post) -> QuerySet[Remark]:
    """ข้อหารือที่ยังไม่ได้ตอบ."""
    if not post.has_duty(Duty.ORDER):
        return Remark.objects.none()
    replies = Remark.objects.filter(answers=OuterRef("pk"))
    return (
        Remark.objects.filter(
            _given_by(post, "handing__"), ~Exists(replies), kind=RemarkKind.QUESTION
        )
        .select_related("handing__organisation", "assignment__obligation__directive")
        .order_by("made_at", "pk")
    )


def extensions_waiting(post: Post) -> QuerySet[Extension]:
    """คำขอขยายเวลาที่รอพิจารณา."""
    if not post.has_duty(Duty.ORDER):
        return Extension.objects.none()
    return (
        Extension.objects.filter(_given_by(post, "handing__"), state=ExtensionState.ASKED)
        .select_related("handing__organisation", "obligation__directive")
        .order_by("asked_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class OrderWaiting:
    """เรื่องที่มีสิ่งรอเราพิจารณา, and how many of each."""

    order: Order
    answers: int = 0
    questions: int = 0
    extensions: int = 0


def orders_waiting(post: Post) -> list[OrderWaiting]:
    """เรื่องที่มีผล ข้อหารือ หรือคำขอขยายเวลารอพิจารณา, the newest order first."""
    if not post.has_duty(Duty.ORDER):
        return []
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for name, rows in (
        ("answers", answers_waiting(post)),
        ("questions", questions_waiting(post)),
        ("extensions", extensions_waiting(post)),
    ):
        keys = rows.order_by().values_list("handing__order").annotate(Count("pk"))
        for order, count in keys:
            counts[order][name] = count
    found = Order.objects.filter(pk__in=counts).select_related("organisation")
    return [OrderWaiting(order, **counts[order.pk]) for order in found]
