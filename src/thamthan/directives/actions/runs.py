"""An order is handed to thousands: few at once, many by a job that may be killed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import uuid6
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from thamthan.directives.actions.cascading import cascade_order, order_to_cascade
from thamthan.directives.models import CascadeRun, Order
from thamthan.errors import Refused
from thamthan.letters.actions import send_letter
from thamthan.organisations.models import Organisation, Post

# So many are handed their tasks before the page answers; more than these wait for a worker.
AT_ONCE = 500
BATCH = 500
STUCK_AFTER = timedelta(minutes=5)


@transaction.atomic
def start_cascade(
    order: Order, organisations: Iterable[Organisation], *, by: Post, submission: UUID | None = None
) -> CascadeRun:
    """ถ่ายทอดถึงผู้รับที่เลือก: at once where they are few, by a job where they are many.

    Refuses at the press whatever would stop it later. The same `submission` again is the same run.
    """
    locked = order_to_cascade(order, by=by)
    there = CascadeRun.objects.filter(ref=submission, order=locked).first() if submission else None
    if there is not None:
        return there
    receivers = sorted({one.pk for one in organisations})
    if not receivers:
        raise Refused("ยังไม่ได้เลือกผู้รับ", code="no_receiver", status=400)
    run = CascadeRun.objects.create(
        ref=submission or uuid6.uuid7(),
        order=locked,
        receivers=receivers,
        count=len(receivers),
        made_by=by,
    )
    if len(receivers) <= AT_ONCE:
        return _next_batch(run.pk, by=by)
    carry_on_cascade_task.enqueue(run.pk)
    return run


def carry_on_cascade(run_pk: int, *, by: Post) -> CascadeRun:
    """ทำการถ่ายทอดต่อจนครบ, some hundreds in each transaction; safe to run again."""
    while True:
        run = _next_batch(run_pk, by=by)
        if run.is_finished:
            return run


@transaction.atomic
def _next_batch(run_pk: int, *, by: Post) -> CascadeRun:
    # Two jobs for one run stand in line here.
    run = CascadeRun.objects.select_for_update(no_key=True).get(pk=run_pk)
    if run.is_finished:
        return run
    now = timezone.now()
    try:
        with transaction.atomic():
            _hand_next(run, by=by)
    except Refused as refused:
        # Nobody waits for a job: the page of the order tells what stopped it.
        if run.count <= AT_ONCE:
            raise
        run.message, run.finished_at = refused.message[:400], now
    run.changed_at = now
    if run.done >= run.count:
        run.finished_at = now
    run.save()
    return run


def _hand_next(run: CascadeRun, *, by: Post) -> None:
    order = Order.objects.get(pk=run.order_id)
    if not run.done:
        # The letter goes to all in one sending, with one line of history.
        locked = order_to_cascade(order, by=by)
        if locked.sent is not None:
            everyone = Organisation.objects.filter(pk__in=run.receivers, closed_on=None)
            send_letter(locked.sent, by=by, organisations=everyone)
    part = run.receivers[run.done : run.done + BATCH]
    done = cascade_order(order, Organisation.objects.filter(pk__in=part), by=by)
    run.done += len(part)
    run.new_organisations += done.new_organisations
    run.new_tasks += done.new_tasks


def requeue_stuck_cascades(*, by: Post, now: datetime) -> int:
    """ถ่ายทอดต่อที่ค้าง: what a killed worker left undone is put back; gives how many runs."""
    stuck = CascadeRun.objects.filter(finished_at=None, changed_at__lt=now - STUCK_AFTER)
    keys = list(stuck.values_list("pk", flat=True))
    for key in keys:
        carry_on_cascade_task.enqueue(key)
    return len(keys)


@task()
def carry_on_cascade_task(run_pk: int) -> None:
    run = CascadeRun.objects.select_related("made_by__organisation").get(pk=run_pk)
    carry_on_cascade(run_pk, by=run.made_by)
