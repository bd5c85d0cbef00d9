"""One way to move tasks of a handing: taken for oneself first, and every word about them kept."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from thamthan.directives.actions.checks import locked_handing
from thamthan.directives.models import Assignment, Handing, Remark
from thamthan.directives.rules import (
    ANSWERS,
    WAITED_FOR,
    AssignmentState,
    OrderState,
    RemarkKind,
    check_assignment_move,
    last_word,
)
from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty

MOST_TEXT = 20_000
_BEFORE_ANSWERS = frozenset(
    {AssignmentState.SENT, AssignmentState.ACKNOWLEDGED, AssignmentState.UNDER_WAY}
)


def check_acts_for(handing: Handing, by: Post) -> None:
    """Refuse unless this post carries out this handing: its division's, or its house's.

    The house speaks through a post of the house itself or one that takes orders for it, so that a
    division's officer does not send what the house has not seen.
    """
    if not by.has_duty(Duty.ANSWER_ORDERS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ตอบข้อสั่งการ", code="not_allowed", status=403)
    organisation, own = handing.organisation, by.organisation
    is_of_house = organisation.house_path == own.house_path
    if not is_of_house:
        raise Refused("งานนี้เป็นของหน่วยงานอื่น", code="foreign_task", status=403)
    if organisation.pk == own.pk or by.has_duty(Duty.ORDER):
        return
    raise Refused(
        "งานนี้ส่งผลในนามหน่วยงาน โปรดให้ผู้ที่ถ่ายทอดข้อสั่งการได้ส่ง หรือให้มอบกองของท่านก่อน",
        code="not_own_task",
        status=403,
    )


def check_judges(handing: Handing, by: Post) -> None:
    """Refuse unless this post judges what this handing answered."""
    if not by.has_duty(Duty.ORDER):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่พิจารณาผลของข้อสั่งการ", code="not_allowed", status=403)
    if handing.giver_path != by.organisation.house_path:
        raise Refused("ผลนี้พิจารณาได้เฉพาะหน่วยงานที่สั่งการมาชั้นถัดขึ้นไป", code="not_the_giver", status=403)


def check_text(text: str, *, missing: str) -> str:
    words = text.replace("\x00", "").strip()
    if not words:
        raise Refused(missing, code="no_text", status=400)
    if len(words) > MOST_TEXT:
        raise Refused("ข้อความยาวเกินไป โปรดสรุปให้สั้นลง", code="text_too_long", status=413)
    return words


def locked_tasks(handing: Handing, tasks: Iterable[Assignment]) -> tuple[Handing, list[Assignment]]:
    """The handing first, then all its tasks by their keys; gives those that are meant.

    All, as whoever answers one receives the others with it: taken later, they would be taken out
    of their order.
    """
    keys = {task.pk for task in tasks}
    if not keys:
        raise Refused("ยังไม่ได้เลือกข้อ โปรดเลือกอย่างน้อยหนึ่งข้อ", code="no_tasks", status=400)
    locked = locked_handing(handing)
    every = Assignment.objects.select_for_update(no_key=True).filter(handing=locked).order_by("pk")
    rows = [row for row in every if row.pk in keys]
    if len(rows) != len(keys):
        raise Refused("ข้อที่เลือกไม่ได้อยู่ในเรื่องนี้", code="foreign_task", status=400)
    return locked, rows


def check_seen(tasks: Sequence[Assignment], seen_at: datetime) -> None:
    """Refuse where one of these moved after whoever decides had it before them.

    That it was received or begun meanwhile changes nothing of what was seen.
    """
    if any(task.moved_at > seen_at and task.state not in _BEFORE_ANSWERS for task in tasks):
        raise Refused(
            "มีผู้เปลี่ยนงานนี้หลังจากที่ท่านเปิดหน้า จึงยังไม่ได้บันทึก โปรดดูของล่าสุดก่อน",
            code="changed_meanwhile",
        )


def check_not_closed(handing: Handing) -> None:
    if OrderState.CLOSED in {handing.order.state, handing.root.state}:
        raise Refused("ผู้สั่งการปิดเรื่องนี้แล้ว ไม่ต้องส่งผลอีก", code="order_closed")


def move_tasks(
    tasks: Sequence[Assignment],
    to: AssignmentState,
    *,
    by: Post,
    kind: RemarkKind,
    text: str = "",
) -> None:
    """The state, the day and the last word of each, and one remark for each; all or none."""
    for task in tasks:
        check_assignment_move(task.state, to)
    now = timezone.now()
    for task in tasks:
        task.state, task.moved_at = to, now
        task.last_word = last_word(RemarkKind(kind).label, text)
        if to in ANSWERS:
            task.answered_at = now
    Assignment.objects.bulk_update(
        tasks, ["state", "moved_at", "last_word", "answered_at"], batch_size=500
    )
    words = by.words()[:400]
    Remark.objects.bulk_create(
        [
            Remark(
                handing_id=task.handing_id,
                assignment=task,
                kind=kind,
                text=text,
                made_by=by,
                made_words=words,
                made_at=now,
            )
            for task in tasks
        ],
        batch_size=500,
    )


def say(
    handing: Handing,
    kind: RemarkKind,
    text: str,
    *,
    by: Post,
    task: Assignment | None = None,
    answers: Remark | None = None,
) -> Remark:
    """One remark about a task, or about the whole handing and so about what still waits in it."""
    about = Q(state__in=WAITED_FOR) if task is None else Q(pk=task.pk)
    rows = Assignment.objects.filter(about, handing=handing)
    rows.update(last_word=last_word(kind.label, text))
    return Remark.objects.create(
        handing=handing,
        assignment=task,
        kind=kind,
        text=text,
        made_by=by,
        made_words=by.words()[:400],
        answers=answers,
    )
