"""The house's own side: it begins, answers, asks back, asks for time, gives tasks to divisions."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from thamthan.directives.actions.checks import locked_handing
from thamthan.directives.actions.moving import (
    check_acts_for,
    check_judges,
    check_not_closed,
    check_seen,
    check_text,
    locked_tasks,
    move_tasks,
    say,
)
from thamthan.directives.actions.receiving import receive_tasks
from thamthan.directives.models import Assignment, Extension, Handing, Remark
from thamthan.directives.rules import (
    ANSWERS,
    WAITED_FOR,
    AssignmentState,
    ExtensionState,
    RemarkKind,
)
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.dates import format_date


@transaction.atomic
def begin_tasks(handing: Handing, tasks: Sequence[Assignment], *, by: Post) -> None:
    """เริ่มดำเนินการ: what was not received yet is received with it, what is begun stays so."""
    check_acts_for(handing, by)
    locked, rows = locked_tasks(handing, tasks)
    check_not_closed(locked)
    _receive(locked, rows, by=by)
    rows = [row for row in rows if row.state != AssignmentState.UNDER_WAY]
    move_tasks(rows, AssignmentState.UNDER_WAY, by=by, kind=RemarkKind.BEGUN)
    record(Verb.TASK_BEGUN, locked, by=by, tasks=[row.pk for row in rows])


@transaction.atomic
def answer_tasks(
    handing: Handing, tasks: Sequence[Assignment], *, by: Post, text: str, seen_at: datetime
) -> None:
    """ส่งผล, the same words for each of these tasks; an answer sent may be mended till it is judged.

    `seen_at` is when whoever answers had them before them: what moved since is not overwritten.
    """
    words = check_text(text, missing="โปรดเขียนผลการดำเนินการก่อนส่ง")
    _answer(
        handing, tasks, AssignmentState.ANSWERED, RemarkKind.ANSWER, words, by=by, seen_at=seen_at
    )


@transaction.atomic
def report_nil(
    handing: Handing, tasks: Sequence[Assignment], *, by: Post, reason: str, seen_at: datetime
) -> None:
    """รายงานว่าไม่มีผล: an answer, with its reason."""
    words = check_text(reason, missing="โปรดบอกเหตุที่ไม่มีผลการดำเนินการ")
    _answer(handing, tasks, AssignmentState.NIL, RemarkKind.NIL, words, by=by, seen_at=seen_at)


@transaction.atomic
def decline_tasks(
    handing: Handing, tasks: Sequence[Assignment], *, by: Post, reason: str, seen_at: datetime
) -> None:
    """แจ้งว่าไม่มีภารกิจนี้: an answer, with its reason; the giver accepts it or sends it back."""
    words = check_text(reason, missing="โปรดบอกเหตุที่ไม่มีภารกิจนี้")
    _answer(
        handing, tasks, AssignmentState.DECLINED, RemarkKind.DECLINE, words, by=by, seen_at=seen_at
    )


@transaction.atomic
def record_paper_answer(
    handing: Handing, tasks: Sequence[Assignment], *, by: Post, text: str
) -> None:
    """บันทึกผลที่ส่งมานอกระบบ: by whoever judges it, for a house that answered by paper or by file.

    Does not check the paper: it is named in the text, and the house sees what was recorded.
    """
    words = check_text(text, missing="โปรดเขียนผลที่ส่งมา")
    check_judges(handing, by)
    locked, rows = locked_tasks(handing, tasks)
    check_not_closed(locked)
    move_tasks(rows, AssignmentState.ANSWERED, by=by, kind=RemarkKind.ANSWER, text=words)
    record(
        Verb.TASK_ANSWERED,
        locked,
        by=by,
        note=words[:2000],
        tasks=[row.pk for row in rows],
        state=AssignmentState.ANSWERED.value,
        on_paper=True,
    )


def _answer(
    handing: Handing,
    tasks: Sequence[Assignment],
    to: AssignmentState,
    kind: RemarkKind,
    words: str,
    *,
    by: Post,
    seen_at: datetime,
) -> None:
    check_acts_for(handing, by)
    locked, rows = locked_tasks(handing, tasks)
    check_not_closed(locked)
    check_seen(rows, seen_at)
    _receive(locked, rows, by=by)
    move_tasks(rows, to, by=by, kind=kind, text=words)
    _take_up_below(rows, by=by)
    record(
        Verb.TASK_ANSWERED,
        locked,
        by=by,
        note=words[:2000],
        tasks=[row.pk for row in rows],
        state=to.value,
    )


def _receive(handing: Handing, rows: list[Assignment], *, by: Post) -> None:
    """Who answers or begins at once has received the whole matter, too."""
    if not any(row.state == AssignmentState.SENT for row in rows):
        return
    chosen = {row.pk: row for row in rows}
    others = handing.assignments.select_for_update(no_key=True).filter(state=AssignmentState.SENT)
    waiting = [chosen.get(row.pk, row) for row in others.order_by("pk")]
    receive_tasks(handing, waiting, by=by)


def _take_up_below(rows: Sequence[Assignment], *, by: Post) -> None:
    """The house has answered: what its divisions answered is taken up in it."""
    below = list(
        Assignment.objects.select_for_update(no_key=True)
        .filter(above__in=[row.pk for row in rows], state__in=ANSWERS)
        .order_by("pk")
    )
    move_tasks(
        below, AssignmentState.DONE, by=by, kind=RemarkKind.ACCEPT, text="นำไปใช้ในผลของหน่วยงานแล้ว"
    )


@transaction.atomic
def ask_question(
    handing: Handing, *, by: Post, text: str, task: Assignment | None = None
) -> Remark:
    """หารือผู้สั่งการ, about one task or the whole matter; the giver's house and the asker's see it."""
    words = check_text(text, missing="โปรดเขียนข้อหารือ")
    check_acts_for(handing, by)
    locked = locked_handing(handing)
    check_not_closed(locked)
    if task is not None:
        locked_tasks(locked, [task])
    asked = say(locked, RemarkKind.QUESTION, words, by=by, task=task)
    record(Verb.TASK_ASKED, locked, by=by, note=words[:2000], task=task.pk if task else None)
    return asked


@transaction.atomic
def reply_question(question: Remark, *, by: Post, text: str) -> Remark:
    """ตอบข้อหารือ: by the house that gave the matter; several replies to one question stand."""
    words = check_text(text, missing="โปรดเขียนคำตอบ")
    check_judges(question.handing, by)
    if question.kind != RemarkKind.QUESTION:
        raise Refused("ตอบได้เฉพาะข้อหารือ", code="not_a_question", status=400)
    locked = locked_handing(question.handing)
    reply = say(locked, RemarkKind.REPLY, words, by=by, task=question.assignment, answers=question)
    record(Verb.TASK_ASKED, locked, by=by, note=words[:2000], answers=question.pk)
    return reply


@transaction.atomic
def ask_extension(
    handing: Handing, *, by: Post, until: date, reason: str, task: Assignment | None = None
) -> Extension:
    """ขอขยายเวลา, for one task or for all that still wait; one request at a time."""
    words = check_text(reason, missing="โปรดบอกเหตุที่ขอขยายเวลา")
    check_acts_for(handing, by)
    locked = locked_handing(handing)
    check_not_closed(locked)
    rows = locked.assignments.filter(state__in=WAITED_FOR, due_on__isnull=False)
    if task is not None:
        rows = rows.filter(pk=task.pk)
    days = [day for day in rows.values_list("due_on", flat=True) if day is not None]
    if not days:
        raise Refused("ไม่มีข้อที่รอส่งผลและมีกำหนดวัน จึงไม่ต้องขอขยายเวลา", code="nothing_to_extend")
    if until <= max(min(days), timezone.localdate()):
        raise Refused("วันที่ขอต้องหลังวันนี้และหลังกำหนดเดิม", code="not_later", status=400)
    obligation = task.obligation_id if task is not None else None
    if locked.extensions.filter(state=ExtensionState.ASKED, obligation=obligation).exists():
        raise Refused("มีคำขอขยายเวลาที่รอพิจารณาอยู่แล้ว", code="already_asked")
    asked = Extension.objects.create(
        order=locked.order,
        handing=locked,
        obligation_id=obligation,
        state=ExtensionState.ASKED,
        asked_until=until,
        reason=words,
        asked_by=by,
    )
    told = f"ถึง {format_date(until, style='short')} {words}"
    say(locked, RemarkKind.TIME_ASKED, told, by=by, task=task)
    record(Verb.TIME_ASKED, locked, by=by, note=words[:2000], until=until.isoformat())
    return asked
