"""What was handed to a house is received: registered and acknowledged by one press."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from thamthan.directives.actions.checks import locked_handing
from thamthan.directives.actions.moving import check_acts_for, move_tasks
from thamthan.directives.models import Assignment, Extension, Handing, Remark
from thamthan.directives.queries import came_with
from thamthan.directives.rules import (
    AssignmentState,
    CountsFrom,
    ExtensionState,
    RemarkKind,
    counted_day,
)
from thamthan.directives.taking import chain_down_to
from thamthan.letters.actions import register_incoming
from thamthan.letters.models import Letter
from thamthan.letters.queries import working_calendar
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record
from thamthan.records.rules import Verb


@transaction.atomic
def receive_handed(letter: Letter, *, by: Post, seen_version: int) -> Letter:
    """ลงรับและรับทราบ: a letter that came within the system gets its number, its orders are received.

    One that brought no order is registered, and that is all; so is one of a clerk who registers
    letters but answers no orders.
    """
    registered = register_incoming(letter, by=by, seen_version=seen_version)
    handing = came_with(by, registered)
    if handing is not None and by.has_duty(Duty.ANSWER_ORDERS):
        acknowledge_handing(handing, by=by)
    return registered


@transaction.atomic
def acknowledge_handing(handing: Handing, *, by: Post) -> Handing:
    """รับทราบทั้งเรื่อง: every task that was not received is, and days that wait for receipt begin.

    Pressed twice, or by two clerks, it is received once.
    """
    check_acts_for(handing, by)
    locked = locked_handing(handing)
    waiting = list(
        locked.assignments.select_for_update(no_key=True)
        .filter(state=AssignmentState.SENT)
        .order_by("pk")
    )
    if not waiting and locked.acknowledged_at is not None:
        return locked
    receive_tasks(locked, waiting, by=by)
    return locked


def receive_tasks(handing: Handing, tasks: Sequence[Assignment], *, by: Post) -> None:
    """What acknowledging does to a handing that is taken already, and to these tasks of it."""
    is_first = handing.acknowledged_at is None
    if is_first:
        handing.acknowledged_at, handing.acknowledged_words = timezone.now(), by.words()[:400]
        handing.save(update_fields=["acknowledged_at", "acknowledged_words"])
    count_from_receipt(handing, tasks)
    if not tasks:
        return
    # One word for the whole handing, not one for each of its tasks.
    now = timezone.now()
    for task in tasks:
        task.state, task.moved_at = AssignmentState.ACKNOWLEDGED, now
        task.last_word = RemarkKind.ACKNOWLEDGED.label
    Assignment.objects.bulk_update(tasks, ["state", "moved_at", "last_word"], batch_size=500)
    Remark.objects.create(
        handing=handing,
        kind=RemarkKind.ACKNOWLEDGED,
        made_by=by,
        made_words=by.words()[:400],
        made_at=now,
    )
    record(Verb.HANDING_ACKNOWLEDGED, handing, by=by, tasks=len(tasks))


def begin(tasks: Sequence[Assignment], *, by: Post) -> None:
    """Those that are received or sent back are under way; others are left as they are."""
    idle = {AssignmentState.ACKNOWLEDGED, AssignmentState.RETURNED}
    rows = [task for task in tasks if task.state in idle]
    move_tasks(rows, AssignmentState.UNDER_WAY, by=by, kind=RemarkKind.BEGUN)


def count_from_receipt(handing: Handing, tasks: Sequence[Assignment]) -> None:
    """กำหนดที่นับจากวันลงรับ: each becomes a day now; an earlier one of a level between stays."""
    counting = {
        row.pk: row
        for row in Assignment.objects.filter(
            pk__in=[task.pk for task in tasks], obligation__counts_from=CountsFrom.RECEIPT
        ).select_related("obligation")
    }
    if not counting:
        return
    start = received_on(handing)
    granted = _granted(handing)
    for task in tasks:
        row = counting.get(task.pk)
        if row is None or row.obligation.counts_amount is None:
            continue
        asked = row.obligation
        day = counted_day(
            start,
            row.obligation.counts_amount,
            asked.counts_unit,
            working_days=asked.counts_working_days,
            calendar=working_calendar(start),
        )
        if day is None or (task.due_on is not None and task.due_on <= day):
            continue
        until = max([day, *granted.get(asked.pk, []), *granted.get(None, [])])
        task.due_on, task.due_time = until, asked.due_time if until == day else None
        Assignment.objects.filter(pk=task.pk).update(due_on=task.due_on, due_time=task.due_time)


def received_on(handing: Handing) -> date:
    """วันที่ลงรับ of what brought this matter; today where it came without a letter registered."""
    moment: datetime | None = None
    if handing.sending is not None:
        moment = handing.sending.received_at
    elif handing.order.organisation_id == handing.organisation_id and handing.order.letter:
        moment = handing.order.letter.received_at
    return timezone.localtime(moment or timezone.now()).date()


def _granted(handing: Handing) -> dict[int | None, list[date]]:
    """What was granted to all before this house received: by obligation, or for all (None)."""
    rows = Extension.objects.filter(
        order__in=list(chain_down_to(handing.order)),
        handing=None,
        state=ExtensionState.GRANTED,
        granted_until__isnull=False,
    ).values_list("obligation_id", "granted_until")
    found: dict[int | None, list[date]] = {}
    for obligation, until in rows:
        if until is not None:
            found.setdefault(obligation, []).append(until)
    return found
